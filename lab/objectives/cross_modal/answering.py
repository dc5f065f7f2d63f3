"""How a model draws what a caption says, token by token and only what is a whole picture, and says what pictures show."""

from collections.abc import Callable, Sequence
from typing import Any

from lab.data.grids import to_grid
from lab.data.picture_code import MOST, TOKENS, Pen
from lab.generate.batch import at_rest
from lab.generate.prompts import eos_ids
from lab.generate.token_sampler import TokenSampler
from lab.generate.types import GREEDY, Sampling
from lab.objectives.cross_modal.rows import Seen

AT_ONCE = 48
"""Rows that are answered together."""
CAPTION_TOKENS = 64

OnRows = Callable[[int, Sequence[int], int], None]
"""Called with row, the squares there are so far and the tokens that took, whenever a picture has grown by rows."""


def draw(
    seeing: Any, tokenizer: Any, rows: Sequence[Seen], sampling: Sampling = GREEDY,
    on_rows: OnRows = lambda number, squares, tokens: None, stop: Callable[[], bool] = lambda: False,
) -> list[str | None]:  # fmt: skip
    """The picture of each row as text; None for one that was stopped before it was whole."""
    found: list[str | None] = []
    for begin in range(0, len(rows), AT_ONCE):
        pens = _draw_batch(seeing, tokenizer, rows[begin : begin + AT_ONCE], sampling, on_rows, stop)
        found += [to_grid(pen.squares) if pen.done else None for pen in pens]
    return found


def _draw_batch(
    seeing: Any, tokenizer: Any, rows: Sequence[Seen], sampling: Sampling, on_rows: OnRows, stop: Callable[[], bool]
) -> list[Pen]:
    """Every score but those of tokens that may come next is set aside, so each picture comes out whole."""
    import torch

    pens, begin = [Pen() for _ in rows], max(len(row.given) for row in rows)
    take = TokenSampler(sampling, begin)

    def choose(scores: Any, ids: Any) -> list[int]:
        said = take(ids, scores[:, seeing.words :].masked_fill(~_allowed(pens).to(scores.device), float("-inf")))
        tokens = said.argmax(-1).tolist()
        for number, (pen, token) in enumerate(zip(pens, tokens, strict=True)):
            if not pen.done:
                before = len(pen.squares)
                pen.put(token)
                if len(pen.squares) > before:
                    on_rows(number, pen.squares, ids.shape[1] - begin + 1)
        return [seeing.words + token for token in tokens]

    with torch.no_grad(), at_rest(seeing):
        _say(seeing, tokenizer, rows, choose, lambda: stop() or all(pen.done for pen in pens), MOST)
    return pens


def describe(
    seeing: Any, tokenizer: Any, rows: Sequence[Seen], stop: Callable[[], bool] = lambda: False,
    sampling: Sampling = GREEDY,
) -> list[str]:  # fmt: skip
    """What each row's picture shows, in words."""
    found: list[list[int]] = []
    for begin in range(0, len(rows), AT_ONCE):
        found += _describe_batch(seeing, tokenizer, rows[begin : begin + AT_ONCE], sampling, stop)
    return [text.strip() for text in tokenizer.batch_decode(found, skip_special_tokens=True)]


def _describe_batch(
    seeing: Any, tokenizer: Any, rows: Sequence[Seen], sampling: Sampling, stop: Callable[[], bool]
) -> list[list[int]]:
    import torch

    ends, said, over = set(eos_ids(seeing.language, tokenizer)), list[list[int]](), [False] * len(rows)
    said += [[] for _ in rows]
    take = TokenSampler(sampling, max(len(row.given) for row in rows))

    def choose(scores: Any, ids: Any) -> list[int]:
        tokens: list[int] = take(ids, scores[:, : seeing.words]).argmax(-1).tolist()
        for number, token in enumerate(tokens):
            over[number] = over[number] or token in ends
            if not over[number]:
                said[number].append(token)
        return tokens

    with torch.no_grad(), at_rest(seeing):
        _say(seeing, tokenizer, rows, choose, lambda: stop() or all(over), CAPTION_TOKENS)
    return said


def _say(
    seeing: Any, tokenizer: Any, rows: Sequence[Seen], choose: Callable[[Any, Any], list[int]],
    over: Callable[[], bool], most: int,
) -> None:  # fmt: skip
    """Token after token behind what is given, padded on the left, until it is `over`."""
    import torch
    from transformers import DynamicCache

    longest = max(len(row.given) for row in rows)
    ids = torch.tensor([[tokenizer.pad_token_id] * (longest - len(row.given)) + list(row.given) for row in rows])
    mask = torch.tensor([[0] * (longest - len(row.given)) + [1] * len(row.given) for row in rows])
    ids, mask = ids.to(seeing.device), mask.to(seeing.device)
    pictures = None
    if all(row.squares is not None for row in rows):
        pictures = torch.tensor([row.squares for row in rows], device=seeing.device)
    cache, new = DynamicCache(config=seeing.config), ids
    for _ in range(most):
        hidden = seeing.hidden(seeing.embed(new, pictures if new is ids else None), mask, cache)
        new = torch.tensor(choose(seeing.logits(hidden[:, -1]), ids), device=ids.device)[:, None]
        if over():
            return
        ids, mask = torch.cat([ids, new], 1), torch.cat([mask, torch.ones_like(new)], 1)


def _allowed(pens: Sequence[Pen]) -> Any:
    """Which picture tokens may come next in each picture (pictures, tokens); any, where one is done."""
    import torch

    table = torch.zeros(len(pens), TOKENS, dtype=torch.bool)
    for number, pen in enumerate(pens):
        table[number, list(pen.allowed()) or [0]] = True
    return table
