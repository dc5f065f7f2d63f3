"""One data set by its name: built in, uploaded, a file or folder, or from the Hub; checked, limited and split."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from pathlib import Path

from lab.card import DataCard, find_cards, refuse_broken
from lab.data.by_value import NOTHING, check_values, note_on
from lab.data.contradictions import notes_on
from lab.data.feedback_card import CARD, FEEDBACK, MADE_FROM
from lab.data.folds import fold_of
from lab.data.formats import Standard
from lab.data.hub import HUB_ID
from lab.data.joined import as_one
from lab.data.sources import check_open, is_file, read_sources
from lab.data.split import Split, first_by_seed, split_by_content, without_leaks
from lab.data.types import DataSet, Row
from lab.errors import DataError, nearest
from lab.extension_points import BuiltInData, optional_hook
from lab.home import Home
from lab.limits import HUB
from lab.recipe import DataChoice, Fold
from lab.sandbox import guarded

Groups = dict[int, str]
"""Of rows, by their identity, the value of the column that figures are told apart by."""
NOT_BUILT_IN = {
    "columns": "leave it out.", "files": "mix them: `data: [one, my.jsonl]`.",
    "held_out_file": "leave it out: it has held-out rows of its own.",
}  # fmt: skip


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
        from lab.data.feedback import load_feedback  # with the store: nothing else here needs a database

        format, rows, notes = load_feedback(choice, home, formats or tuple(MADE_FROM))
        split = split_by_content(rows, choice.held_out, split_seed)
        # a tie tells no model right from wrong: it would only swell the number of pairs a figure is said to be of
        split = replace(split, held_out=[row for row in split.held_out if not row.get("tie")])
        return _finish(choice, format, split, notes, seed, split_seed, groups=_columns(choice, split))
    built_in = find_cards("lab.data.builtin")
    refuse_broken("lab.data.builtin", choice.name, "data")
    if choice.name in built_in:
        return _load_built_in(built_in[choice.name], choice, seed, split_seed)
    check_open(choice)
    job = (_load_foreign, choice, home, seed, formats, split_seed)
    if is_file(choice.name):
        return guarded(*job, where=Path(choice.name).name)
    if HUB_ID.fullmatch(choice.name):
        return guarded(*job, where=choice.name, limits=HUB, needs=("datasets",))
    return _load_foreign(choice, home, seed, formats, split_seed)


def _load_foreign(choice: DataChoice, home: Home, seed: int, formats: Sequence[str], split_seed: int) -> DataSet:
    """A data set that did not come with the lab: see `load_data`."""
    found = read_sources(choice, home, list(data_cards()))
    train = as_one(found.train, choice, formats)
    notes = [*found.told, *train.notes]
    groups = _values(train)
    if not found.held_out:
        split = split_by_content(train.rows, choice.held_out, split_seed)
    else:
        held_out = as_one(found.held_out, choice, formats)
        if held_out.format != train.format:
            raise DataError(f"training rows are of the kind {train.format}, held-out rows {held_out.format}",
                            where=choice.name, do="give both the same columns.")  # fmt: skip
        split = without_leaks(train.rows, held_out.rows)
        notes += [f"Held out: {note}" for note in held_out.left_out]
        groups |= _values(held_out)
    notes += notes_on(train.format, split.train, choice.name)
    return _finish(choice, train.format, split, notes, seed, split_seed, groups=groups)


def _values(found: Standard) -> Groups:
    """Of each row the value that figures are told apart by."""
    return {id(row): value for row, value in zip(found.rows, found.values, strict=bool(found.values))}


def _load_built_in(module: BuiltInData, choice: DataChoice, seed: int, split_seed: int) -> DataSet:
    card = module.CARD
    if choice.language not in card.languages:
        raise DataError(f"'{card.id}' is not there in '{choice.language}'", where="data.language",
                        do=f"choose one of {', '.join(card.languages)}.")  # fmt: skip
    if choice.subset and choice.subset not in card.subsets:
        do = nearest(choice.subset, card.subsets) if card.subsets else "leave it out."
        raise DataError(f"'{card.id}' has no subset '{choice.subset}'", where="data.subset", do=do)
    for field in ("columns", "files", "held_out_file"):
        if getattr(choice, field):
            what = "has no columns" if field == "columns" else "is not read from files"
            raise DataError(f"'{card.id}' is built in and {what}", where=f"data.{field}", do=NOT_BUILT_IN[field])
    if choice.split not in (None, "train"):
        raise DataError(f"'{card.id}' is trained on its split 'train'", where="data.split", do="leave it out.")
    rows = _rows_of(module, choice)
    train = rows("train")
    if not train:
        raise DataError(f"'{card.id}' is for measuring only, it has no training rows", where="data",
                        do=nearest(card.id, [name for name in data_cards() if name != card.id]))  # fmt: skip
    split = without_leaks(train, rows("held_out"))
    unseen = {name: without_leaks(train, rows(name)).held_out for name in card.unseen}
    return _finish(choice, card.format, split, [], seed, split_seed, unseen, _columns(choice, split))


def _columns(choice: DataChoice, split: Split) -> Groups:
    """The values of a column that rows have in their standard format, where a choice names one."""
    if choice.by is None:
        return {}
    rows = [*split.train, *split.held_out]
    plain = dict.fromkeys(name for row in rows for name, value in row.items() if isinstance(value, str | int | float))
    if choice.by not in plain:
        raise DataError(f"'{choice.name}' has no column '{choice.by}'", where="data.by", do=nearest(choice.by, plain))
    groups = {id(row): str(row.get(choice.by, "")) or NOTHING for row in rows}
    check_values(list(groups.values()), choice.by, choice.name)
    return groups


def _rows_of(module: BuiltInData, choice: DataChoice) -> Callable[[str], list[Row]]:
    """What gives the rows of a split: of all the data set, or of one of its subsets."""
    part = optional_hook(module, "load_subset")
    if choice.subset and part:
        return lambda split: part(choice.subset, split, choice.language)
    return lambda split: module.load(split, choice.language)


def _finish(
    choice: DataChoice, format: str, split: Split, notes: list[str], seed: int, split_seed: int,
    unseen: Mapping[str, list[Row]] | None = None, groups: Groups | None = None,
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
    name, values = choice.label, tuple(groups[id(row)] for row in split.held_out) if groups else ()
    if choice.by is not None:
        notes.append(note_on(values, choice.by))
    return DataSet(
        name, format, train, split.held_out, tuple(notes), (name,) * len(split.held_out), values, choice.by or "",
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


def every_question(choice: DataChoice) -> Iterator[tuple[str, str]]:
    """The questions a built-in data set knows the answers of, in any words, with the answers; none of other data."""
    module = find_cards("lab.data.builtin").get(choice.name)
    if module and (known := optional_hook(module, "every_question")):
        yield from known(choice.language)
