"""Words with BIO tags (Ramshaw and Marcus 1995): names as spans, and how well they are found. Plain data.

`B-person` begins a name, `I-person` goes on with it, `O` is no name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lab.data.types import Row

OUTSIDE = "O"


@dataclass(frozen=True)
class Span:
    """A name: the words from `begin` up to, but without, `end`, and its kind."""

    begin: int
    end: int
    kind: str


def is_tag(tag: Any) -> bool:
    """Whether a tag is O, or B- or I- with a kind."""
    return isinstance(tag, str) and (tag == OUTSIDE or (tag[:2] in ("B-", "I-") and len(tag) > 2))


def spans_of(tags: Sequence[str]) -> list[Span]:
    """The names that tags mark. An I that goes on with nothing of its kind begins a name, as in CoNLL's own count."""
    found: list[Span] = []
    begin, kind = 0, ""
    for place, tag in enumerate([*tags, OUTSIDE]):
        goes_on = tag.startswith("I-") and tag[2:] == kind
        if kind and not goes_on:
            found.append(Span(begin, place, kind))
        if not goes_on:
            begin, kind = place, "" if tag == OUTSIDE else tag[2:]
    return found


def tag_names(rows: Sequence[Row]) -> tuple[str, ...]:
    """The tags a head tells apart: O first, then B and I of each kind of name in the rows."""
    kinds = sorted({tag[2:] for row in rows for tag in row["tags"] if tag != OUTSIDE})
    return (OUTSIDE, *(f"{side}-{kind}" for kind in kinds for side in "BI"))


def span_f1(said: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> float:
    """The harmonic mean of precision and recall of whole names of the right kind, over all sentences."""
    counts = [span_counts(one, other) for one, other in zip(said, wanted, strict=True)]
    return f1_of(counts)


def span_counts(said: Sequence[str], wanted: Sequence[str]) -> tuple[int, int]:
    """Of one sentence: the names that are right, and those said and wanted together."""
    found, right = set(spans_of(said)), set(spans_of(wanted))
    return len(found & right), len(found) + len(right)


def f1_of(counts: Sequence[tuple[int, int]]) -> float:
    """The harmonic mean from the counts of sentences; 1 where no name is said or wanted."""
    right, both = (sum(column) for column in zip(*counts, strict=True))
    return 2 * right / both if both else 1.0
