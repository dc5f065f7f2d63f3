"""One model answers many prompts, in batches: for evaluation and for samples while training."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from lab.data.encode import text_ids
from lab.generate.batch import prompt_like, run_batch
from lab.generate.decoder import decoder_weights
from lab.generate.prompts import Message, conversation_prompt, room_for
from lab.generate.text_stream import HALF, decode
from lab.generate.types import GREEDY, Sampling

BATCH = 64


def complete(
    model: Any,
    tokenizer: Any,
    prompts: Sequence[str | Sequence[Message]],
    max_new_tokens: int = 64,
    sampling: Sampling = GREEDY,
) -> list[str]:
    """The model's answers, in the order of `prompts`: a conversation is answered, a plain text is gone on with.

    Greedy unless `sampling` says otherwise. A prompt too long for the model loses its beginning. The model is left in
    the mode it was in.
    """
    room, answer = room_for(model, max_new_tokens)
    sampling = replace(sampling, max_new_tokens=answer)
    ids = [_ids(tokenizer, prompt, room) for prompt in prompts]
    answers = [""] * len(prompts)
    weights = decoder_weights(model)
    for rows in _batches([len(row) for row in ids], equal=prompt_like(model)):
        said = run_batch(model, tokenizer, [ids[row] for row in rows], sampling, weights=weights)
        for row, tokens in zip(rows, said, strict=True):
            answers[row] = decode(tokenizer, tokens).rstrip(HALF)  # the limit may fall inside a character
    return answers


def complete_ids(
    model: Any, tokenizer: Any, prompts: Sequence[Sequence[int]], sampling: Sampling, seeds: Sequence[int] = ()
) -> list[list[int]]:
    """The same for prompts that are token ids: the answers' ids, each with the token that ends it where it has ended.

    `seeds` has one for each prompt, or none.
    """
    answers: list[list[int]] = [[] for _ in prompts]
    weights = decoder_weights(model)
    for rows in _batches([len(prompt) for prompt in prompts], equal=prompt_like(model)):

        def heard(row: int, token: int, rows: Sequence[int] = rows) -> None:
            answers[rows[row]].append(token)

        own = [seeds[row] for row in rows] if seeds else []
        asked = [prompts[row] for row in rows]
        run_batch(model, tokenizer, asked, sampling, weights=weights, seeds=own, on_token=heard)
    return answers


def conversation_ids(tokenizer: Any, messages: Sequence[Message], room: int) -> list[int]:
    """The token ids of a conversation with an answer begun, without its beginning where it is longer than `room`."""
    return _ids(tokenizer, messages, room)


def _ids(tokenizer: Any, prompt: str | Sequence[Message], room: int) -> list[int]:
    """Token ids of a plain text (at least one token) or of a conversation with an answer begun."""
    if isinstance(prompt, str):
        ids = text_ids(tokenizer, [prompt])[0] or [tokenizer.bos_token_id or tokenizer.eos_token_id]
    else:
        ids = conversation_prompt(tokenizer, prompt, room=10**9).ids
    return ids[-room:]


def _batches(lengths: Sequence[int], equal: bool) -> Iterator[list[int]]:
    """Row numbers in batches of like (or, if asked, equal) length: little padding, or none."""
    order = sorted(range(len(lengths)), key=lambda row: lengths[row])
    groups = [list(group) for _, group in groupby(order, key=lambda row: lengths[row])] if equal else [order]
    for group in groups:
        for start in range(0, len(group), BATCH):
            yield group[start : start + BATCH]
