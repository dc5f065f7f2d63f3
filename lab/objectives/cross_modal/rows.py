"""What is read of a caption with its picture, and what of it is learned: the same for training, measuring and talking.

A caption stands in the base's chat template. To draw, it is the question and the picture's tokens are the answer; to
describe, the picture's tokens stand where the question would, and the caption is the answer. An encoder reads a picture
into nine places instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lab.data.encode import IGNORED, answered
from lab.data.grids import to_squares
from lab.data.picture_code import TOKENS, allowed_along, write_picture
from lab.generate.batch import at_rest
from lab.objectives.cross_modal.seeing import picture_tokens

AT_ONCE = 32
"""Rows that are judged together."""
PLACE = "?"
"""What stands in the template where a picture goes."""


@dataclass(frozen=True)
class Seen:
    """One row: what is given, what is learned, and the picture's squares where an encoder reads them."""

    given: tuple[int, ...]
    said: tuple[int, ...] = ()
    squares: tuple[int, ...] | None = None
    allowed: tuple[tuple[int, ...], ...] = ()
    """Of a picture that is said, the tokens (from 0) that might have come at each place."""


def to_draw(tokenizer: Any, captions: Sequence[str], pictures: Sequence[str] | None, words: int) -> list[Seen]:
    """Captions, each with the picture that is learned, behind a vocabulary of so many words."""
    given = [tuple(ids) for ids, _ in answered(tokenizer, [(caption, PLACE, None) for caption in captions])]
    if pictures is None:
        return [Seen(ids) for ids in given]
    said = [write_picture(one) for one in pictures]
    return [Seen(ids, tuple(picture_tokens(tokens, words)), None, allowed_along(tokens))
            for ids, tokens in zip(given, said, strict=True)]  # fmt: skip


def to_describe(
    tokenizer: Any, pictures: Sequence[str | None], captions: Sequence[str] | None, words: int, patches: int = 0
) -> list[Seen]:
    """Pictures, each with the caption that is learned; None is a picture that is left out. With `patches` an encoder
    reads each picture into so many places."""
    pairs = list(answered(tokenizer, [(PLACE, caption, None) for caption in captions or [PLACE] * len(pictures)]))
    begin = _place_of_question(tokenizer)
    found = []
    for picture, (given, said) in zip(pictures, pairs, strict=True):
        seen: list[int] = []
        if picture is not None:
            seen = [words] * patches if patches else picture_tokens(write_picture(picture), words)
        ids = (*given[:begin], *seen, *given[begin + 1 :])
        squares = tuple(to_squares(picture)) if patches and picture is not None else None
        found.append(Seen(ids, tuple(said) if captions is not None else (), squares))
    return found


def batch_of(rows: Sequence[Seen], pad: int, device: Any = None) -> dict[str, Any]:
    """Rows as tensors, padded on the right: token ids, mask, labels, and pictures where an encoder reads them."""
    import torch

    longest = max(len(row.given) + len(row.said) for row in rows)

    def filled(values: Sequence[Sequence[int]], rest: int) -> Any:
        return torch.tensor([[*one, *[rest] * (longest - len(one))] for one in values], device=device)

    whole = [(*row.given, *row.said) for row in rows]
    batch = {
        "input_ids": filled(whole, pad), "attention_mask": filled([[1] * len(one) for one in whole], 0),
        "labels": filled([[*[IGNORED] * len(row.given), *row.said] for row in rows], IGNORED),
    }  # fmt: skip
    if all(row.allowed for row in rows):
        batch["allowed"] = torch.zeros(*batch["labels"].shape, TOKENS, dtype=torch.bool, device=device)
        for number, row in enumerate(rows):
            for place, tokens in enumerate(row.allowed, len(row.given)):
                batch["allowed"][number, place, list(tokens)] = True
    if all(row.squares is not None for row in rows):
        batch["pictures"] = torch.tensor([row.squares for row in rows], device=device)
    return batch


def mean_loss(seeing: Any, rows: Sequence[Seen], pad: int) -> float:
    """Mean cross-entropy in nats over all tokens that rows have learned: every token counts the same."""
    import torch

    total, count = 0.0, 0
    with torch.inference_mode(), at_rest(seeing):
        for begin in range(0, len(rows), AT_ONCE):
            losses = seeing(**batch_of(rows[begin : begin + AT_ONCE], pad, seeing.device))
            total, count = total + losses.sum().item(), count + len(losses)
    return total / count


def _place_of_question(tokenizer: Any) -> int:
    """Which token of the template is the question; the one that two questions differ in."""
    one, other = (ids for ids, _ in answered(tokenizer, [(PLACE, PLACE, None), ("7", PLACE, None)]))
    return next(i for i, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
