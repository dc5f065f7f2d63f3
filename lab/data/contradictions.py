"""What is wrong with feedback as a whole: preferences and thumbs that contradict each other, or all say the same.

Each row was right by itself; rows that contradict each other are kept, counted and reported, since people do disagree.
"""

from collections import Counter
from collections.abc import Sequence

from lab.data.asked import key_of
from lab.data.types import Row
from lab.errors import DataError

FEWEST = 2
"""Rows from which all saying the same is a pattern."""


def notes_on(format: str, rows: Sequence[Row], where: str) -> list[str]:
    """How many rows contradict others; raises DataError for thumbs from which nothing can be told apart."""
    if format == "preference":
        preferred = Counter((_prompt(row), key_of(row["chosen"]), key_of(row["rejected"])) for row in rows)
        both = sum(count for (prompt, one, other), count in preferred.items() if (prompt, other, one) in preferred)
        return [f"{both:,} rows prefer one answer to another that other rows prefer to it."] if both else []
    if format != "binary_feedback":
        return []
    labels = {row["label"] for row in rows}
    if len(labels) == 1 and len(rows) >= FEWEST:
        side, missing = ("good", "bad") if labels.pop() else ("bad", "good")
        raise DataError(f"all {len(rows):,} rows say '{side}'", where=where,
                        do=f"nothing can be learned from one side: add some that say '{missing}'.")  # fmt: skip
    thumbs = Counter((_prompt(row), key_of(row["completion"]), bool(row["label"])) for row in rows)
    both = sum(count for (prompt, answer, label), count in thumbs.items() if (prompt, answer, not label) in thumbs)
    return [f"{both:,} rows say 'good' of an answer that others call bad, or the other way round."] if both else []


def _prompt(row: Row) -> str:
    return key_of(row.get("prompt"))
