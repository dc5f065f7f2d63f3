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


def encode(rows: Iterable[dict[str, Any]], format: str, tokenizer: Any, max_length: int) -> list[Encoded]:
    """`input_ids` and `labels` of each row, cut at `max_length` tokens; rows with nothing to learn from are left out.

    Raises DataError when nothing is left, or for a format that can't be read as text.
    """
    encoders = {"text": _encode_texts, "prompt_completion": _encode_answers, "messages": _encode_answers}
    if format not in encoders:
        raise DataError(f"data of the kind {format} can't be learned from word by word", do="choose another objective.")
    encoded = encoders[format](list(rows), format, tokenizer)
    cut = [{name: ids[:max_length] for name, ids in row.items()} for row in encoded]
    useful = [row for row in cut if any(label != IGNORED for label in row["labels"])]
    if encoded and not useful:
        raise DataError(f"no row has an answer within {max_length} tokens", do="raise budget.max_length.")
    return useful


def text_end(tokenizer: Any) -> int:
    """The token that ends a text: <|endoftext|> where there is one (a chat model's eos ends a turn), else eos."""
    return int(tokenizer.get_vocab().get("<|endoftext|>", tokenizer.eos_token_id))


def _encode_texts(rows: list[dict[str, Any]], format: str, tokenizer: Any) -> list[Encoded]:
    """Each text and the end-of-text token, all of it learned."""
    end = text_end(tokenizer)
    texts = [[*ids, end] for ids in _tokens(tokenizer, [row["text"] for row in rows])]
    return [{"input_ids": ids, "labels": list(ids)} for ids in texts]


def _encode_answers(rows: list[dict[str, Any]], format: str, tokenizer: Any) -> list[Encoded]:
    """Conversations of which the last answer is learned, or every answer where there are several.

    What is given and what is said are cut into tokens apart, as they are when the model answers in a chat.
    """
    conversations = [conversation(row, format) for row in rows]
    if not conversations:
        return []
    given = _render(tokenizer, [messages[:-1] for messages in conversations], add_generation_prompt=True)
    whole = _render(tokenizer, conversations)
    said = [text.removeprefix(start) for text, start in zip(whole, given, strict=True)]
    pairs = zip(_tokens(tokenizer, given), _tokens(tokenizer, said), strict=True)
    encoded = [{"input_ids": [*a, *b], "labels": [IGNORED] * len(a) + b} for a, b in pairs]
    for i, messages in enumerate(conversations):
        several = sum(message["role"] == "assistant" for message in messages) > 1
        if several or not whole[i].startswith(given[i]):  # the template may write the past differently once answered
            encoded[i] = _encode_turns(messages, tokenizer)
    return encoded


def _encode_turns(messages: list[Message], tokenizer: Any) -> Encoded:
    """One conversation in one piece; the template's own marks say which tokens are the assistant's."""
    parts = tokenizer.apply_chat_template(messages, tokenize=True, return_dict=True, return_assistant_tokens_mask=True)
    ids, mask = parts["input_ids"], parts["assistant_masks"]
    if not any(mask):
        raise DataError(
            "the chat template does not mark what the assistant says", do="use prompt/completion rows with this base."
        )
    return {"input_ids": ids, "labels": [token if said else IGNORED for token, said in zip(ids, mask, strict=True)]}


def _render(tokenizer: Any, conversations: list[list[Message]], **how: bool) -> list[str]:
    texts: list[str] = tokenizer.apply_chat_template(conversations, tokenize=False, **how)
    return texts


def _tokens(tokenizer: Any, texts: list[str]) -> list[list[int]]:
    return tokenizer(texts, add_special_tokens=False)["input_ids"] if texts else []
