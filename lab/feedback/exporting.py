"""Feedback goes out to files and to the Hub: as rows to learn from (sft, dpo, kto), or whole (votes, thumbs, edits).

The ending of the file's name says how it is written: .parquet, or JSONL. On the Hub each format is a subset of its own.
What goes out whole is read and written some thousand rows at a time, so that a million votes take no more memory.
The way back in is `intake`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from lab.data import FORMATS as COLUMNS
from lab.data.feedback import MADE_FROM, open_ratings
from lab.data.hub import check_name
from lab.errors import DataError, nearest
from lab.feedback.rows import FORMATS, Row, rows_for
from lab.home import Home
from lab.models.hub import hub_refusal, reach_hub
from lab.store import Answer, Feedback, Store
from lab.visitors.keys import pseudonym
from lab.visitors.visitor import BROWSER, MEMBER

AT_ONCE = 5000
"""Rows read and written in one go."""
WHOLE = {"votes": "vote", "thumbs": "thumb", "edits": "edit"}
"""Formats that keep everything: who rated, which run answered, with which settings."""


def export(store: Store, format: str, file: Path) -> int:
    """Write the rows; returns how many there are. Raises DataError when there are none, or on a full disk."""
    return write_rows(rows_out(store, format), file)


def push(store: Store, format: str, repo: str, private: bool = True) -> int:
    """Put the rows on the Hub as a subset of the data set `repo`, which is made if need be; returns how many there are.

    Raises DataError for what is no name there, when there are no rows, or where the Hub says no.
    """
    check_name(repo)
    rows = list(rows_out(store, format))
    import datasets
    import huggingface_hub.utils

    for quiet in (datasets.disable_progress_bars, huggingface_hub.utils.disable_progress_bars):
        quiet()
    datasets.logging.set_verbosity_error()
    try:
        reach_hub()
        message = f"{len(rows)} rows of feedback: {format}"
        datasets.Dataset.from_list(rows).push_to_hub(repo, config_name=format, private=private, commit_message=message)
    except Exception as problem:  # network, rights and names: its client raises a dozen kinds
        raise hub_refusal(problem, repo, DataError) from None
    return len(rows)


def rows_out(store: Store, format: str) -> Iterator[Row]:
    """All rows of a format; raises DataError, before the first is read, when there are none."""
    if format not in (*FORMATS, *WHOLE):
        raise DataError(f"there is no format '{format}'", where="--format", do=nearest(format, (*FORMATS, *WHOLE)))
    rows = whole_rows(store, WHOLE[format]) if format in WHOLE else iter(_as_trl_reads(rows_for(store, format), format))
    if (first := next(rows, None)) is None:
        told = " and ".join(f"{kind}s" for kind in kinds_of(format))
        raise DataError(
            f"there is no feedback for {format} yet", do=f"it is made from {told}: rate some answers first."
        )
    return chain([first], rows)


def kinds_of(format: str) -> tuple[str, ...]:
    """The kinds of feedback that rows of a format are made from."""
    return (WHOLE[format],) if format in WHOLE else tuple(MADE_FROM[FORMATS[format]])


def _as_trl_reads(rows: list[Row], format: str) -> list[Row]:
    """The rows with the columns of their format alone, without the marks that the lab's own reward models read."""
    columns = {"prompt", *COLUMNS[FORMATS[format]]}
    return [{name: value for name, value in row.items() if name in columns} for row in rows]


def whole_rows(store: Store, kind: str) -> Iterator[Row]:
    """Current ratings of a kind with all that is known of them, oldest first; who rated goes by a pseudonym."""
    since = 0
    while some := store.ratings.current(kind, since=since, most=AT_ONCE):
        since = some[-1].id
        ratings = [replace(one, rater=export_name(one, store.home)) for one in open_ratings(some)]
        answers = store.ratings.answers({name for one in ratings for name in (one.answer, one.other) if name})
        yield from (_row(one, answers) for one in ratings)


def export_name(rating: Feedback, home: Home) -> str:
    """Who rated, as it is given out: scripts by their names, and so who was named by a file; others by a pseudonym."""
    return pseudonym(home, rating.rater) if rating.rater.startswith((BROWSER, MEMBER)) else rating.rater


def write_rows(rows: Iterable[Row], file: Path) -> int:
    """Write rows as Parquet (whole) or JSONL (one after the other), by the ending of the name; returns how many there
    were. Raises DataError where that can't be done."""
    try:
        if file.suffix.lower() == ".parquet":
            import pyarrow
            import pyarrow.parquet

            table = pyarrow.Table.from_pylist(list(rows))
            pyarrow.parquet.write_table(table, file)
            return int(table.num_rows)
        left, written = iter(rows), 0
        with file.open("w", encoding="utf-8") as out:
            while some := list(islice(left, AT_ONCE)):
                out.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some))
                written += len(some)
        return written
    except OSError as problem:
        raise DataError(f"can't be written ({problem.strerror or problem})", where=file) from None


def _row(rating: Feedback, answers: dict[str, Answer]) -> Row:
    answer = answers[rating.answer]
    prompt = list(answer.messages)
    who = {"rater": rating.rater, "scripted": rating.scripted, "reason": rating.reason, "time": rating.time}
    if rating.kind == "vote":
        other = answers[rating.other or ""]
        said = {"left": answer.text, "right": other.text, "verdict": rating.verdict}
        origin = _origin("left_", answer) | _origin("right_", other)
        return {"prompt": prompt, **said, **who, "subject": rating.subject, **origin}
    if rating.kind == "edit":
        return {"prompt": prompt, "answer": answer.text, "better": rating.verdict, **who, **_origin("", answer)}
    label = rating.verdict == "good"
    return {"prompt": prompt, "completion": answer.text, "label": label, **who, **_origin("", answer)}


def _origin(side: str, answer: Answer) -> dict[str, Any]:
    """Who answered and how; settings as text, because Parquet wants the same fields in every row."""
    settings = json.dumps(answer.settings, sort_keys=True)
    return {
        f"{side}id": answer.id, f"{side}run": answer.run, f"{side}settings": settings,
        f"{side}fingerprint": answer.fingerprint,
    }  # fmt: skip
