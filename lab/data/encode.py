"""Rows become token ids with labels: what is read and what is learned from, the same for training and judging.

Prompts and completions are put into the model's chat template, so that what was trained is what a chat shows. Only what
the assistant says is learned (label -100 elsewhere); plain text is learned whole. Only tokenizers here, no models.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from lab.errors import DataError

IGNORED = -100

Encoded = dict[str, list[int]]
Message = dict[str, str]


def conversation(row: dict[str, Any], format: str) -> list[Message]:
    """A prompt/completion or messages row as a conversation that ends with what is to be learned."""
    if format == "messages":
        return list(row["messages"])
    return [*prompt_messages(row, format), *as_messages(row["completion"], "assistant")]


def prompt_messages(row: dict[str, Any], format: str) -> list[Message]:
    """The part of a row that is given: everything before the last answer."""
    if format == "messages":
        messages = list(row["messages"])
        return messages[:-1] if messages[-1]["role"] == "assistant" else messages
    return as_messages(row["prompt"], "user")


def wanted_answer(row: dict[str, Any], format: str) -> str:
    """The answer a row wants, as text."""
    last = conversation(row, format)[-1]
    return last["content"] if last["role"] == "assistant" else ""


def as_messages(value: str | Sequence[Message], role: str) -> list[Message]:
    return [{"role": role, "content": value}] if isinstance(value, str) else list(value)


def encode(rows: Iterable[dict[str, Any]], format: str, tokenizer, max_length: int) -> list[Encoded]:
    """`input_ids` and `labels` of each row, cut at `max_length` tokens; rows with nothing to learn from are left out.

    Raises DataError when nothing is left, or for a format that can't be read as text.
    """
    encoders = {"text": _encode_text, "prompt_completion": _encode_conversation, "messages": _encode_conversation}
    if format not in encoders:
        raise DataError(f"data of the kind {format} can't be learned from word by word", do="choose another objective.")
    encoded = [encoders[format](row, format, tokenizer) for row in rows]
    cut = [{name: ids[:max_length] for name, ids in row.items()} for row in encoded]
    useful = [row for row in cut if any(label != IGNORED for label in row["labels"])]
    if encoded and not useful:
        raise DataError(f"no row has an answer within {max_length} tokens", do="raise budget.max_length.")
    return useful


def _encode_text(row: dict[str, Any], format: str, tokenizer) -> Encoded:
    """The text and the end-of-text token."""
    ids = tokenizer(row["text"], add_special_tokens=False)["input_ids"] + [text_end(tokenizer)]
    return {"input_ids": ids, "labels": list(ids)}


def text_end(tokenizer) -> int:
    """The token that ends a text: <|endoftext|> where there is one (a chat model's eos ends a turn), else eos."""
    known = tokenizer.get_vocab()
    return known.get("<|endoftext|>", tokenizer.eos_token_id)


def _encode_conversation(row: dict[str, Any], format: str, tokenizer) -> Encoded:
    messages = conversation(row, format)
    if sum(message["role"] == "assistant" for message in messages) > 1:
        return _encode_turns(messages, tokenizer)
    given = _template(tokenizer, messages[:-1], add_generation_prompt=True)
    whole = _template(tokenizer, messages)
    if whole[: len(given)] != given:  # the template writes the past differently once it is answered
        return _encode_turns(messages, tokenizer)
    return {"input_ids": whole, "labels": [IGNORED] * len(given) + whole[len(given) :]}


def _encode_turns(messages: list[Message], tokenizer) -> Encoded:
    """Several answers in one conversation: the template's own marks say which tokens are the assistant's."""
    parts = tokenizer.apply_chat_template(messages, tokenize=True, return_dict=True, return_assistant_tokens_mask=True)
    ids, mask = parts["input_ids"], parts["assistant_masks"]
    if not any(mask):
        raise DataError(
            "the chat template does not mark what the assistant says", do="use prompt/completion rows with this base."
        )
    return {"input_ids": ids, "labels": [token if said else IGNORED for token, said in zip(ids, mask, strict=True)]}


def _template(tokenizer, messages: list[Message], **how: bool) -> list[int]:
    return tokenizer.apply_chat_template(messages, tokenize=True, return_dict=True, **how)["input_ids"]
