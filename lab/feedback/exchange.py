"""Feedback goes to files and comes back from them.

Rows come checked from `lab.data`; here they become ratings in the store, or the store's ratings become rows of a file.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lab.data.feedback import MADE_FROM
from lab.errors import DataError
from lab.feedback.rows import FORMATS, Row, rows_for
from lab.store import Feedback, Store

IMPORTED = "import:file"
"""What stands for the run of an answer that came from a file."""


def export(store: Store, format: str, file: Path) -> int:
    """Write the rows as JSONL; returns how many there are. Raises DataError when there are none, or on a full disk."""
    rows = rows_for(store, format)
    if not rows:
        kinds = " and ".join(f"{kind}s" for kind in MADE_FROM[FORMATS[format]])
        raise DataError(
            f"there is no feedback for {format} yet", do=f"it is made from {kinds}: rate some answers first."
        )
    try:
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    except OSError as problem:
        raise DataError(f"can't be written ({problem.strerror})", where=file) from None
    return len(rows)


def take_in(store: Store, rows: Iterable[Row], rater: str, scripted: bool = False) -> int:
    """Keep rows of binary feedback ({"prompt", "completion", "label"}) as thumbs; returns how many.

    Rows come checked from `lab.data`; the same row taken in twice counts once for each time, as an answer of its own.
    """
    count = 0
    for row in rows:
        answer = store.ratings.keep_answer(IMPORTED, _messages(row["prompt"], "user"), _text(row["completion"]), {}, "")
        verdict = "good" if row["label"] else "bad"
        store.ratings.rate(Feedback("thumb", answer.id, rater, verdict, answer.id, scripted=scripted))
        count += 1
    return count


def _messages(value: Any, role: str) -> list[dict[str, str]]:
    return [{"role": role, "content": value}] if isinstance(value, str) else list(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else value[-1]["content"]
