"""Replay: rows of earlier stages come along in every stage, as a part of what it learns from."""

import random
from dataclasses import replace
from typing import Any

from lab.card import Number, RemedyCard, Text
from lab.data import DataSet
from lab.errors import DataError
from lab.remedies.past import Past

CARD = RemedyCard(
    id="replay",
    name=Text("Replay", "回放"),
    explain=Text(
        "A part of the rows of every stage are old ones, from the stages before. They cost steps that new rows don't get: "
        "how many is noted with the run.",
        "每个阶段都混入一部分以前各阶段的数据。旧数据会占用本该留给新数据的步数,占了多少记在训练记录里。",
    ),
    good=Text("The surest remedy, wherever old rows may still be used.", "只要旧数据还能用,这是最可靠的办法。"),
    bad=Text("The old rows are gone, or may not be kept.", "旧数据已经没有,或不允许保留的时候。"),
    paper="Rolnick et al. 2019, arXiv:1811.11682",
    knobs=(
        Number(
            "share", Text("Share of old rows", "旧数据比例"), 0.3, 0.01, 0.9,
            help=Text("How much of what a stage learns from is of earlier stages.", "一个阶段学习的数据中,旧数据占多少。"),
        ),
        Number(
            "kept", Text("Rows kept of a stage", "每阶段保留条数"), 0, 0, 100_000, whole=True,
            help=Text("So many rows of each earlier stage may come back; 0: any of them.", "每个旧阶段最多保留多少条;0 表示全部。"),
        ),
    ),
)  # fmt: skip


def rows(data: DataSet, past: Past, /, *, share: float, kept: int) -> DataSet:
    """The stage's rows and so many old ones that they make up `share` of all; those of all earlier stages alike."""
    wanted = round(len(data.train) * share / (1 - share))
    buffers = [_buffer(past, number, kept) for number in range(len(past.stages))]
    for old in buffers:
        if old.format != data.format:
            raise DataError(
                f"'{old.name}' ({old.format}) can't be replayed among '{data.name}' ({data.format})", where="remedy",
                do="give the stages data of one kind, or take another remedy.",
            )  # fmt: skip
    again = [row for number, old in enumerate(buffers) for row in _drawn(old, number, wanted, len(buffers), past.seed)]
    train = [*data.train, *again]
    random.Random(f"{past.seed} replay").shuffle(train)
    said = f"Replay: {len(again):,} of {len(train):,} training rows are of earlier stages."
    return replace(data, train=train, notes=(*data.notes, said))


def _buffer(past: Past, number: int, kept: int) -> DataSet:
    """What is kept of an earlier stage's rows: the same ones in every later stage."""
    data = past.load(past.stages[number].stage)
    if not kept or kept >= len(data.train):
        return data
    return replace(data, train=random.Random(f"kept {number}").sample(data.train, kept))


def _drawn(old: DataSet, number: int, wanted: int, parts: int, seed: int) -> list[dict[str, Any]]:
    """This stage's part of `wanted` rows: all of its rows as often as they fit, the rest drawn."""
    count = (number + 1) * wanted // parts - number * wanted // parts
    whole, rest = divmod(count, len(old.train))
    return old.train * whole + random.Random(f"{seed} replay {number}").sample(old.train, rest)
