"""One data set by its name: built in, uploaded, a file or folder, or from the Hub; checked, limited and split.

On a public Space (LAB_PUBLIC=1) only built-in data, uploads and the Hub are open: a path would let a visitor read the
machine's files.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from pathlib import Path

from lab.card import DataCard, find_cards, refuse_broken
from lab.data.contradictions import notes_on
from lab.data.feedback import CARD, FEEDBACK, MADE_FROM, load_feedback
from lab.data.files import is_data_file, read_path
from lab.data.folds import fold_of
from lab.data.formats import to_standard
from lab.data.hub import HUB_ID, read_hub
from lab.data.split import Split, first_by_seed, split_by_content, without_leaks
from lab.data.types import DataSet, Parts, Row
from lab.errors import DataError, nearest
from lab.extension_points import BuiltInData, optional_hook
from lab.home import Home, is_public
from lab.recipe import DataChoice, Fold

UPLOAD = "upload:"
UPLOAD_NAME = re.compile(r"[\w-][\w.-]{0,120}")


def data_cards() -> dict[str, DataCard]:
    """The cards of the built-in data sets and of the lab's own feedback, by name."""
    cards = {name: module.CARD for name, module in find_cards("lab.data.builtin").items()}
    return cards | {FEEDBACK: CARD}


def load_data(choice: DataChoice, home: Home, seed: int, formats: Sequence[str] = (), split_seed: int = 0) -> DataSet:
    """The rows of one data set in a standard format, split into training and held out.

    Which rows are held out hangs on what they ask and on `split_seed`; the run's `seed` only chooses the training rows
    that a `choice.limit` leaves, so that runs of all seeds and limits are judged on the same rows.
    `formats` are those the objective learns from, best first. Raises DataError, naming file, row and column, for
    anything that is not as it should be.
    """
    if choice.name == FEEDBACK:
        format, rows, notes = load_feedback(choice, home, formats or tuple(MADE_FROM))
        split = split_by_content(rows, choice.held_out, split_seed)
        # a tie tells no model right from wrong: it would only swell the number of pairs a figure is said to be of
        split = replace(split, held_out=[row for row in split.held_out if not row.get("tie")])
        return _finish(choice, format, split, notes, seed, split_seed)
    built_in = find_cards("lab.data.builtin")
    refuse_broken("lab.data.builtin", choice.name, "data")
    if choice.name in built_in:
        return _load_built_in(built_in[choice.name], choice, seed, split_seed)
    parts = _read(choice, home)
    train = to_standard(parts.train, choice.columns, formats, choice.skip_bad)
    notes = [*parts.train.notes, *train.notes]
    if parts.held_out is None:
        split = split_by_content(train.rows, choice.held_out, split_seed)
    else:
        held_out = to_standard(parts.held_out, choice.columns, formats, choice.skip_bad)
        if held_out.format != train.format:
            raise DataError(f"training rows are of the kind {train.format}, held-out rows {held_out.format}",
                            where=choice.name, do="give both the same columns.")  # fmt: skip
        split = without_leaks(train.rows, held_out.rows)
        notes += ["Held out: the data set's own split.", *(f"Held out: {note}" for note in held_out.left_out)]
    notes += notes_on(train.format, split.train, choice.name)
    return _finish(choice, train.format, split, notes, seed, split_seed)


def _load_built_in(module: BuiltInData, choice: DataChoice, seed: int, split_seed: int) -> DataSet:
    card = module.CARD
    if choice.language not in card.languages:
        raise DataError(f"'{card.id}' is not there in '{choice.language}'", where="data.language",
                        do=f"choose one of {', '.join(card.languages)}.")  # fmt: skip
    if choice.subset and choice.subset not in card.subsets:
        do = nearest(choice.subset, card.subsets) if card.subsets else "leave it out."
        raise DataError(f"'{card.id}' has no subset '{choice.subset}'", where="data.subset", do=do)
    if choice.columns:
        raise DataError(f"'{card.id}' is built in and has no columns", where="data.columns", do="leave it out.")
    if choice.split not in (None, "train"):
        raise DataError(f"'{card.id}' is trained on its split 'train'", where="data.split", do="leave it out.")
    rows = _rows_of(module, choice)
    train = rows("train")
    if not train:
        raise DataError(f"'{card.id}' is for measuring only, it has no training rows", where="data",
                        do=nearest(card.id, [name for name in data_cards() if name != card.id]))  # fmt: skip
    split = without_leaks(train, rows("held_out"))
    unseen = {name: without_leaks(train, rows(name)).held_out for name in card.unseen}
    return _finish(choice, card.format, split, [], seed, split_seed, unseen)


def _rows_of(module: BuiltInData, choice: DataChoice) -> Callable[[str], list[Row]]:
    """What gives the rows of a split: of all the data set, or of one of its subsets."""
    part = optional_hook(module, "load_subset")
    if choice.subset and part:
        return lambda split: part(choice.subset, split, choice.language)
    return lambda split: module.load(split, choice.language)


def _finish(
    choice: DataChoice, format: str, split: Split, notes: list[str], seed: int, split_seed: int,
    unseen: Mapping[str, list[Row]] | None = None,
) -> DataSet:  # fmt: skip
    train = first_by_seed(split.train, choice.limit, seed)
    if len(train) < len(split.train):
        notes.append(f"{len(train):,} of {len(split.train):,} training rows are used (limit).")
    if choice.fold:
        split = _without_fold(train, choice.fold, split_seed, notes)
        train = split.train
    if split.dropped:
        notes.append(f"{split.dropped:,} held-out rows were left out: training has them, or what they ask, too.")
    if split.repeated:
        notes.append(f"{split.repeated:,} training rows are copies of others.")
    if split.one_task:
        notes.append("Most rows ask one and the same: a held-out row is new by its answer, not by its question.")
    if not split.held_out and choice.name not in find_cards("lab.data.builtin"):  # those hold out what they mean to
        notes.append("Nothing is held out: there are too few different rows.")
    name = choice.label
    return DataSet(
        name, format, train, split.held_out, tuple(notes), (name,) * len(split.held_out),
        split.dropped, split.repeated, split.one_task, unseen or {},
    )  # fmt: skip


def _without_fold(rows: list[Row], fold: Fold, split_seed: int, notes: list[str]) -> Split:
    """The rows of all other folds to learn from, and those of this one held out."""
    out, parted = fold_of(rows, fold, split_seed)
    split = without_leaks([row for row, one in zip(rows, out, strict=True) if not one], list(compress(rows, out)))
    notes.append(
        f"Fold {fold.number} of {fold.of}: {len(split.held_out):,} of {len(rows):,} training rows are held out "
        f"(parted {parted}); the data's own held-out rows are not looked at."
    )
    return split


def _read(choice: DataChoice, home: Home) -> Parts:
    """The rows of an upload, a path or a Hub id, as they are."""
    name = choice.name
    if name.startswith(UPLOAD):
        return _without_subset(choice, read_path(_upload_path(name, home), choice.split))
    path = Path(name).expanduser()
    if is_public():
        inside = path.resolve().is_relative_to(home.uploads.resolve())
        if not inside and (path.exists() or not HUB_ID.fullmatch(name) or is_data_file(path.name)):
            raise DataError(f"'{name}' is not open here", where="data", do="upload the file, and take its name.")
        return read_path(path, choice.split) if inside else read_hub(choice)
    if path.exists():
        return _without_subset(choice, read_path(path, choice.split))
    if is_data_file(path.name) or name.startswith((".", "/", "~")):
        raise DataError("there is no such file", where=name, do=f"it was looked for in {Path.cwd()}; check the path.")
    if HUB_ID.fullmatch(name):
        return read_hub(choice)
    raise DataError(f"there is no data set '{name}'", where="data", do=_what_there_is(name))


def _upload_path(name: str, home: Home) -> Path:
    """The file an `upload:` name means; no path can be smuggled in."""
    bare = name.removeprefix(UPLOAD)
    if not UPLOAD_NAME.fullmatch(bare):
        raise DataError(f"'{name}' is not an upload's name", where="data", do="upload the file, and take its name.")
    path = home.uploads / bare
    if not path.is_file():
        raise DataError(f"there is no upload '{bare}'", where="data", do="upload the file again.")
    return path


def _without_subset(choice: DataChoice, parts: Parts) -> Parts:
    if choice.subset:
        raise DataError(
            "a file has no subset", where="data.subset", do="leave it out; `split` names a file of a folder."
        )
    return parts


def _what_there_is(name: str) -> str:
    return f"{nearest(name, data_cards())} Or give a file, or a Hub id (owner/name)."
