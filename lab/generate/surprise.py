"""How surprising a text is to a model, token by token, and what the model would have written instead.

The surprise of a token is -log p in nats, p being its probability after all tokens before it, at temperature 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lab.data.encode import answer_ids, text_ids
from lab.data.token_spans import token_spans, token_text
from lab.errors import DataError, ModelError
from lab.generate.batch import at_rest
from lab.generate.multi_lora import LoraWeights, multi_lora
from lab.generate.prompts import Message, room_for

ALTERNATIVES = 5
MOST_TOKENS = 512
"""Tokens that are read at once, a question included: their probabilities over a large vocabulary take much memory."""


@dataclass(frozen=True)
class Alternative:
    """A token that the model finds likely at a place."""

    text: str
    probability: float


@dataclass(frozen=True)
class TokenSurprise:
    """One token; `nats` is None for a text's first, before which nothing stands."""

    text: str
    nats: float | None
    alternatives: tuple[Alternative, ...]
    """The likeliest tokens at its place, which it may be one of, the likeliest first."""


@dataclass(frozen=True)
class SpanSurprise:
    """A token, or those of one character, with their surprise together: -log of the product of their probabilities."""

    text: str
    nats: float | None
    tokens: tuple[TokenSurprise, ...]


@dataclass(frozen=True)
class TextSurprise:
    """A text as the model of one pane finds it; `error` says why where it can't."""

    pane: str
    spans: tuple[SpanSurprise, ...] = ()
    fingerprint: str = ""
    error: str | None = None

    @property
    def nats(self) -> float:
        """The surprise of the whole text."""
        return math.fsum(span.nats for span in self.spans if span.nats is not None)

    @property
    def tokens(self) -> int:
        """The tokens whose surprise is known."""
        return sum(token.nats is not None for span in self.spans for token in span.tokens)

    @property
    def mean(self) -> float | None:
        """Nats a token; None where no token's surprise is known."""
        return self.nats / self.tokens if self.tokens else None


def text_surprise(
    model: Any, tokenizer: Any, text: str, context: Sequence[Message] = (), adapter: LoraWeights | None = None
) -> tuple[SpanSurprise, ...]:
    """Every token of a text: of a plain one, or, where `context` is a conversation, of an answer in it with its end.

    Raises ModelError for a text that is empty, or too long to be read.
    """
    ids, begin = _ids(tokenizer, text, context)
    room = min(MOST_TOKENS, sum(room_for(model, 1)))
    if len(ids) > room:
        raise ModelError(f"the text is {len(ids):,} tokens long with all before it, {room:,} can be read",
                         do="give a shorter one.")  # fmt: skip
    found = token_surprises(model, tokenizer, ids, begin, adapter)
    said = ids[begin:]
    return tuple(
        SpanSurprise(span.text, _sum(found[span.start : span.end]), tuple(found[span.start : span.end]))
        for span in token_spans(tokenizer, said)
    )


def token_surprises(
    model: Any, tokenizer: Any, ids: Sequence[int], begin: int, adapter: LoraWeights | None = None
) -> list[TokenSurprise]:
    """The tokens from `begin` on, in one pass through the model; it is left in the mode it was in."""
    import torch

    row = torch.tensor([list(ids)], device=model.device)
    with torch.inference_mode(), at_rest(model), multi_lora(model, [adapter]):
        logits = model(input_ids=row, attention_mask=torch.ones_like(row)).logits[0, -len(ids) :]
        first = max(begin, 1)  # position i foretells token i + 1
        log_probs = torch.log_softmax(logits[first - 1 : -1].float(), -1)
        nats = -log_probs.gather(-1, row[0, first:, None])[:, 0]
        best = log_probs.topk(min(ALTERNATIVES, log_probs.shape[-1]), -1)
    known = zip(nats.tolist(), best.indices.tolist(), best.values.exp().tolist(), strict=True)
    found = [TokenSurprise(token_text(tokenizer, ids[0]), None, ())] if begin == 0 else []
    for place, (surprise, tokens, chances) in enumerate(known, first):
        before = ids[place - 1 : place]
        text = token_text(tokenizer, ids[place], before)
        found.append(TokenSurprise(text, surprise, _named(tokenizer, tokens, chances, before)))
    return found


def _ids(tokenizer: Any, text: str, context: Sequence[Message]) -> tuple[list[int], int]:
    """The tokens of all that is read, and where the text begins."""
    if not text.strip():
        raise ModelError("there is no text", do="write one.")
    if not context:
        (ids,) = text_ids(tokenizer, [text])
        bare = tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids, len(ids) - len(bare)
    try:
        given, said = answer_ids(tokenizer, list(context), text)
    except DataError as problem:
        raise ModelError(problem.what, do=problem.do) from problem
    return [*given, *said], len(given)


def _named(
    tokenizer: Any, tokens: Sequence[int], chances: Sequence[float], before: Sequence[int]
) -> tuple[Alternative, ...]:
    return tuple(
        Alternative(token_text(tokenizer, token, before), chance) for token, chance in zip(tokens, chances, strict=True)
    )


def _sum(tokens: Sequence[TokenSurprise]) -> float | None:
    nats = [token.nats for token in tokens if token.nats is not None]
    return math.fsum(nats) if nats else None
