"""Token after token until every row has ended; rows that have ended leave the batch."""

from collections.abc import Callable, Sequence, Set
from typing import Any

from lab.generate.decoder.llama import LlamaDecoder

Choose = Callable[[Any, Sequence[int], int], Any]
"""From scores (rows, vocabulary), the numbers of those rows in the whole batch and the position in the answer to the
tokens to take, (rows,)."""
LEAVE_SHARE = 0.25
"""The share of rows that must have ended before the batch is made smaller: that copies the cache."""


def decode(
    decoder: LlamaDecoder,
    ids: Any,
    mask: Any,
    max_new_tokens: int,
    ends: Set[int],
    choose: Choose,
    on_token: Callable[[int, int], None],
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Answer the prompts `ids`, `mask` (rows, tokens; padded at the left), telling `on_token` row and token of each.

    A row ends with a token of `ends` or after `max_new_tokens`; `stop` is asked after every token.
    """
    import torch

    scores = decoder.begin(ids, mask)
    rows = list(range(ids.shape[0]))
    open_rows = set(rows)
    for position in range(max_new_tokens):
        tokens = choose(scores, rows, position)
        for row, token in zip(rows, tokens.tolist(), strict=True):
            if row in open_rows:
                on_token(row, token)
                if token in ends:
                    open_rows.discard(row)
        if not open_rows or position + 1 == max_new_tokens or stop():
            return
        if len(open_rows) <= (1 - LEAVE_SHARE) * len(rows):
            kept = torch.tensor([at for at, row in enumerate(rows) if row in open_rows], device=ids.device)
            decoder.keep(kept)
            tokens, rows = tokens[kept], [row for row in rows if row in open_rows]
        scores = decoder.step(tokens)
