"""Feedback comes in from files: votes, preferences, thumbs and edits, all checked before the first one is kept.

Every row that is wrong is found, the first one named with its column and all counted; then nothing is taken in, unless
the caller wants the good ones. Answers are named by what they say, so taking a file in twice adds nothing.
"""

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from lab.data import checks, detect_format, to_standard, turns
from lab.data.layouts import column_for
from lab.data.types import Table
from lab.errors import DataError, shown
from lab.feedback.brought import brought_by, check_share
from lab.feedback.matchups import VERDICTS
from lab.feedback.rows import Row
from lab.store import Answer, Feedback, Pair, Store
from lab.store.pairs import AGAIN
from lab.store.votes import FILED

IMPORTED = "import:file"
"""What stands for the run of an answer that came from a file and does not say who gave it."""
_taking_in = threading.Lock()
"""Counted and taken in under it, so that many files at once bring no more than one after the other."""
Rated = tuple[Feedback, tuple[Answer, ...]]


@dataclass
class ImportReport:
    """What is in a file: ratings with their answers, what was left out, and rows that are wrong."""

    kind: str
    ratings: dict[tuple[str, str], Rated] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[DataError] = field(default_factory=list)
    """Rows whose syntax is broken first; of a great many of those, only the first ones."""
    wrong: int = 0
    """How many rows are wrong."""


def read_ratings(table: Table, rater: str, store: Store | None = None) -> ImportReport:
    """The ratings in a table; `rater` is who gave those that don't say. Raises DataError where its columns are none.

    With a store, answers it has already are recognised by their ids.
    """
    kind, reader = _reader(table)
    found, repeated = ImportReport(kind, faults=[fault for _, fault in table.bad.first]), 0
    named = brought_by(store)
    seen: dict[tuple[str, str], str] = {}
    columns = table.columns()
    for index, row in enumerate(table.rows):
        place = table.place(index)
        try:
            rating, answers = reader({name: row.get(name) for name in columns}, table, index, rater)
            rating = replace(rating, rater=named(rating.rater))
        except DataError as fault:
            found.faults.append(fault)
            continue
        key = (rating.rater, rating.subject)
        if key in seen and found.ratings[key][0].says[0] != rating.says[0]:
            found.faults.append(_contradiction(rating, place, seen[key]))
        elif key in seen:
            repeated += 1
        else:
            seen[key], found.ratings[key] = place, (rating, answers)
    found.wrong = len(found.faults) - len(table.bad.first) + table.bad.count
    if repeated:
        found.notes.append(f"{repeated:,} rows say the same as an earlier one and count once.")
    found.notes += _one_sided(found)
    return _recognised(found, store) if store else found


def import_table(store: Store, table: Table, rater: str, skip_bad: bool = False) -> tuple[ImportReport, int]:
    """Keep the ratings in a table, all or none; returns what was found and how many ratings are new.

    Raises DataError for the first wrong row, saying how many there are; with `skip_bad` those are left out.
    """
    found = read_ratings(table, rater, store)
    if found.faults and not skip_bad:
        raise _refusal(found, table.total)
    with _taking_in:
        check_share(store, [rating for rating, _ in found.ratings.values()])
        return found, _keep(store, found)


def import_thumbs(store: Store, rows: Iterable[Row], rater: str, scripted: bool = False) -> int:
    """Keep rows of binary feedback ({"prompt", "completion", "label"}) as thumbs; returns how many are new."""
    rows = [{**row, "scripted": scripted} for row in rows]
    table = Table("rows", rows, range(1, len(rows) + 1))
    return import_table(store, table, rater)[1]


def _keep(store: Store, found: ImportReport) -> int:
    ratings = [rating for rating, _ in found.ratings.values()]
    answers = [answer for _, said in found.ratings.values() for answer in said]
    pairs = [
        Pair(rating.subject, "file", *said)
        for rating, said in found.ratings.values()
        if rating.kind == "vote" and rating.subject.startswith(FILED) and not rating.subject.endswith(AGAIN)
    ]
    return store.pairs.take_in(answers, pairs, ratings)


def _reader(table: Table) -> tuple[str, Callable[[Row, Table, int, str], Rated]]:
    """What the rows are, by their columns, and who reads one; raises DataError."""
    columns = set(table.columns())
    if {"left", "right"} <= columns or "verdict" in columns:
        return "votes", _vote
    if "better" in columns:
        return "edits", _edit
    format = detect_format(list(columns))
    if format is None and columns & {"chosen", "rejected"}:
        format = "preference"
    one_sided = format == "preference" and column_for("chosen", columns, {}) is None
    if one_sided or format not in ("preference", "binary_feedback"):
        shown = f"holds rows of the kind {format}" if format else f"has the columns {', '.join(sorted(columns)[:12])}"
        raise DataError(shown, where=table.where,
                        do="give prompt, chosen, rejected; or prompt, completion, label; or prompt, left, right, "
                        "verdict; or prompt, answer, better.")  # fmt: skip
    return ("votes", _preference) if format == "preference" else ("thumbs", _thumb)


def _vote(row: Row, table: Table, index: int, rater: str) -> Rated:
    place = table.place(index)
    left, right = _two(row, place, "left", "right")
    verdict = row.get("verdict")
    if verdict not in VERDICTS:
        raise DataError(f"{shown(verdict)} is no verdict", where=f"{place}, column 'verdict'",
                        do=f"write one of {', '.join(VERDICTS)}.")  # fmt: skip
    prompt = _prompt(row.get("prompt"), place)
    answers = (_answer(row, prompt, left, "left_"), _answer(row, prompt, right, "right_"))
    again = AGAIN if str(row.get("subject") or "").endswith(AGAIN) else ""
    return _rating(row, place, rater, "vote", _pair_id(answers) + again, str(verdict), answers)


def _preference(row: Row, table: Table, index: int, rater: str) -> Rated:
    place = table.place(index)
    fields = _standard(row, table, index)
    prompt = _prompt(fields.get("prompt"), place)
    chosen, rejected = _two(fields, place, "chosen", "rejected")
    answers = tuple(_answer({}, prompt, said, "") for said in (chosen, rejected))
    return _rating(row, place, rater, "vote", _pair_id(answers), "left", answers)


def _thumb(row: Row, table: Table, index: int, rater: str) -> Rated:
    place = table.place(index)
    fields = _standard(row, table, index)
    answer = _answer(row, _prompt(fields["prompt"], place), _text(fields["completion"]), "")
    return _rating(row, place, rater, "thumb", answer.id, "good" if fields["label"] else "bad", (answer,))


def _standard(row: Row, table: Table, index: int) -> Row:
    """One row in its standard format, whatever its layout."""
    kept = {name: value for name, value in row.items() if name not in ("rater", "scripted", "reason", "time")}
    return to_standard(Table(table.where, [kept], [table.numbers[index]], table.unit)).rows[0]


def _edit(row: Row, table: Table, index: int, rater: str) -> Rated:
    place = table.place(index)
    answer, better = _two(row, place, "answer", "better")
    kept = _answer(row, _prompt(row.get("prompt"), place), answer, "")
    return _rating(row, place, rater, "edit", kept.id, better, (kept,))


def _rating(row: Row, place: str, rater: str, kind: str, subject: str, verdict: str, said: Sequence[Answer]) -> Rated:
    name = row.get("rater") or rater
    reason = row.get("reason") or ""
    for column, value in (("rater", name), ("reason", reason)):
        if not isinstance(value, str) or len(value) > 2000:
            raise DataError("this is not a short text", where=f"{place}, column '{column}'", do="write a name.")
    scripted = False if row.get("scripted") is None else checks.truth(row["scripted"], place, "scripted")
    other = said[1].id if len(said) > 1 else None
    return Feedback(kind, subject, name[:100], verdict, said[0].id, other, reason, scripted), tuple(said)


def _two(row: Row, place: str, first: str, second: str) -> tuple[str, str]:
    """Both texts of a row that must differ."""
    one, other = (_text(turns.said(row.get(name), place, name)).strip() for name in (first, second))
    if one == other:
        raise DataError(f"{first} and {second} are the same", where=f"{place}, column '{second}'",
                        do="remove the row: there is nothing to prefer in it.")  # fmt: skip
    return one, other


def _prompt(value: object, place: str) -> list[dict[str, str]]:
    asked = turns.said(value, place, "prompt")
    return [{"role": "user", "content": asked}] if isinstance(asked, str) else asked


def _text(value: str | list[dict[str, str]]) -> str:
    return value if isinstance(value, str) else value[-1]["content"]


def _answer(row: Row, prompt: list[dict[str, str]], text: str, side: str) -> Answer:
    """The answer of a row, under the id the row gives it or one made from what it says."""
    run, settings = row.get(f"{side}run"), row.get(f"{side}settings")
    run = run if isinstance(run, str) and 0 < len(run) <= 300 else IMPORTED
    known = _object(settings)
    name = _digest(run, prompt, text, known)
    mark = row.get(f"{side}fingerprint")
    given = row.get(f"{side}id")
    kept = Answer(name, run, tuple(prompt), text, known, mark[:64] if isinstance(mark, str) else "")
    return _Named(**vars(kept), given=given) if isinstance(given, str) else kept


def _object(text: object) -> dict[str, object]:
    """Settings as `exchange` writes them; anything else is none."""
    try:
        read = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        read = None
    return read if isinstance(read, dict) else {}


@dataclass(frozen=True)
class _Named(Answer):
    """An answer whose file says under which id it was kept."""

    given: str = ""


def _recognised(found: ImportReport, store: Store) -> ImportReport:
    """The ratings with answers that the store has already in their place."""
    given = {said.given for _, answers in found.ratings.values() for said in answers if isinstance(said, _Named)}
    known = store.ratings.answers(given)

    def settled(said: Answer) -> Answer:
        here = known.get(said.given) if isinstance(said, _Named) else None
        return (
            here if here and here.text == said.text else Answer(**{k: v for k, v in vars(said).items() if k != "given"})
        )

    standing = {_place(one): one.subject for one in store.ratings.current()}
    for key, (rating, answers) in found.ratings.items():
        said = tuple(map(settled, answers))
        placed = replace(rating, answer=said[0].id, other=said[1].id if len(said) > 1 else None)
        subject = rating.subject if rating.kind == "vote" else said[0].id
        found.ratings[key] = (replace(placed, subject=standing.get(_place(placed), subject)), said)
    return found


def _place(rating: Feedback) -> tuple[object, ...]:
    """What a rating is of, by answers: the same whichever side they were shown on."""
    said = tuple(sorted(filter(None, (rating.answer, rating.other))))
    return rating.kind, rating.rater, said, rating.subject.endswith(AGAIN)


def _pair_id(answers: Sequence[Answer]) -> str:
    """The same whichever side the answers are on."""
    return FILED + _digest(*sorted(answer.id for answer in answers))[:28]


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def _contradiction(rating: Feedback, place: str, earlier: str) -> DataError:
    column = {"vote": "verdict", "thumb": "label", "edit": "better"}[rating.kind]
    return DataError(f"it contradicts {earlier.rpartition(', ')[2]}: '{rating.rater}' says something else of the same "
                     "answers there", where=f"{place}, column '{column}'", do="keep one of them.")  # fmt: skip


def _one_sided(found: ImportReport) -> list[str]:
    thumbs = {rating.verdict for rating, _ in found.ratings.values() if rating.kind == "thumb"}
    if len(thumbs) != 1 or len(found.ratings) < 2:
        return []
    return [f"All {len(found.ratings):,} thumbs say '{thumbs.pop()}': nothing can be learned from one side alone."]


def _refusal(found: ImportReport, rows: int) -> DataError:
    first, count = found.faults[0], found.wrong
    also = f"{count:,} of {rows:,} rows are wrong, nothing was taken in; with --skip-bad the others are."
    return DataError(first.what, where=first.where, do=f"{first.do or ''} {also}".strip())
