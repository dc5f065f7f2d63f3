"""Several short documents in one row, without one seeing another: the rows, and the batches that trainers take of them.

Positions begin again with each document and no attention mask is given, by which transformers masks attention into
blocks, a block a document (`find_packed_sequence_indices`), as long as no cache of keys is used. Measured on a CPU with
sdpa and eager attention: TRL's own packing (`bfd`, padding-free) keeps documents apart in this way too, but lays a
whole batch into one row, whose attention costs the square of that; with a cache, or beside virtual tokens, for which
PEFT drops the positions, both would leak.
"""

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from typing import Any

from lab.data.encode import IGNORED, Encoded


def packed(pieces: Sequence[Encoded], limit: int) -> list[Encoded]:
    """The pieces in as few rows of at most `limit` tokens as best fit, longest first, finds (Johnson 1973).

    The first token of each is not learned, since what stands before it in the row is another document.
    """
    longest_first = sorted(range(len(pieces)), key=lambda i: (-len(pieces[i]["input_ids"]), i))
    room: list[tuple[int, int]] = []  # what is left in each row, least first
    rows: list[list[int]] = []
    for i in longest_first:
        size = len(pieces[i]["input_ids"])
        place = bisect_left(room, (size, -1))
        left, row = room.pop(place) if place < len(room) else (limit, len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(i)
        insort(room, (left - size, row))
    return [_joined([pieces[i] for i in row]) for row in rows]


def _joined(pieces: Sequence[Encoded]) -> Encoded:
    row: Encoded = {"input_ids": [], "labels": [], "position_ids": []}
    for piece in pieces:
        row["input_ids"] += piece["input_ids"]
        row["labels"] += [IGNORED, *piece["labels"][1:]]
        row["position_ids"] += range(len(piece["input_ids"]))
    return row


def collate_packed(rows: Sequence[Mapping[str, Sequence[int]]], pad: int) -> dict[str, Any]:
    """Token ids, labels and positions (rows, longest); the padding of a row counts as one more document."""
    import torch

    longest = max(len(row["input_ids"]) for row in rows)

    def filled(name: str, value: int | None) -> Any:
        empty = [longest - len(row[name]) for row in rows]
        tails = [range(count) if value is None else [value] * count for count in empty]
        return torch.tensor([[*row[name], *tail] for row, tail in zip(rows, tails, strict=True)])

    return {
        "input_ids": filled("input_ids", pad), "labels": filled("labels", IGNORED),
        "position_ids": filled("position_ids", None),
    }  # fmt: skip
