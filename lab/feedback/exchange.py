"""Feedback goes out to files: as rows to learn from (sft, dpo, kto), or whole, as it was given (votes, thumbs, edits).

The ending of the file's name says how it is written: .parquet, or JSONL. The way back in is `intake`.
"""

import json
from pathlib import Path
from typing import Any

from lab.data.feedback import MADE_FROM
from lab.errors import DataError, nearest
from lab.feedback.rows import FORMATS, Row, rows_for
from lab.store import Answer, Feedback, Store

WHOLE = {"votes": "vote", "thumbs": "thumb", "edits": "edit"}
"""Formats that keep everything: who rated, which run answered, with which settings."""


def export(store: Store, format: str, file: Path) -> int:
    """Write the rows; returns how many there are. Raises DataError when there are none, or on a full disk."""
    if format not in (*FORMATS, *WHOLE):
        raise DataError(f"there is no format '{format}'", where="--format", do=nearest(format, (*FORMATS, *WHOLE)))
    rows = whole_rows(store, WHOLE[format]) if format in WHOLE else rows_for(store, format)
    if not rows:
        kinds = format if format in WHOLE else " and ".join(f"{kind}s" for kind in MADE_FROM[FORMATS[format]])
        raise DataError(
            f"there is no feedback for {format} yet", do=f"it is made from {kinds}: rate some answers first."
        )
    write_rows(rows, file)
    return len(rows)


def whole_rows(store: Store, kind: str) -> list[Row]:
    """Current ratings of a kind with all that is known of them, oldest first."""
    ratings = store.ratings.current(kind)
    answers = store.ratings.answers({name for one in ratings for name in (one.answer, one.other) if name})
    return [_row(one, answers) for one in ratings]


def write_rows(rows: list[Row], file: Path) -> None:
    """Write rows as Parquet or JSONL, by the ending of the name; raises DataError where that can't be done."""
    try:
        if file.suffix.lower() == ".parquet":
            import pyarrow
            import pyarrow.parquet

            pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), file)
        else:
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            file.write_text("".join(lines), encoding="utf-8")
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
