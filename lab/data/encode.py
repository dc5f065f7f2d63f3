"""Rows become token ids with labels: what is read and what is learned from, the same for training and judging.

One way for every format: a row is a conversation in the base's chat template, of which each answer and the token that
ends it are learned (label -100 elsewhere), and nothing else; plain text is learned whole. Only tokenizers here.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any

from lab.errors import DataError, LabError
from lab.models.chat_format import Piece, chat_format

IGNORED = -100
AT_ONCE = 1000
"""Rows cut into tokens together."""
ANSWERS = ("prompt_completion", "messages", "few_shot")
"""Formats whose rows are conversations with answers to learn."""
TEXT_ENDS = ("<|endoftext|>", "<|end_of_text|>")

Encoded = dict[str, list[int]]
Message = dict[str, Any]


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


def encode(
    rows: Iterable[dict[str, Any]], format: str, tokenizer: Any, max_length: int, long_text: str = "chunk"
) -> list[Encoded]:
    """`input_ids` and `labels` of each row, cut at `max_length` tokens; rows with nothing to learn from are left out.

    A longer text becomes several pieces, all of which are learned, unless `long_text` is 'truncate'. Raises DataError
    when nothing is left, or for a format that can't be read as text.
    """
    if format == "text":
        texts = text_ids(tokenizer, [row["text"] for row in rows])
        return [piece for ids in texts for piece in text_pieces(ids, tokenizer, max_length, long_text)]
    if format not in ANSWERS:
        raise DataError(f"data of the kind {format} can't be learned from word by word", do="choose another objective.")
    asked = [(conversation(row, format), row.get("tools")) for row in rows]
    encoded = [labelled(parts) for parts in conversation_parts(tokenizer, asked)]
    cut = [{name: ids[:max_length] for name, ids in row.items()} for row in encoded]
    useful = [row for row in cut if any(label != IGNORED for label in row["labels"])]
    if encoded and not useful:
        raise DataError(f"no row has an answer within {max_length} tokens", do="raise budget.max_length.")
    return useful


def answer_ids(
    tokenizer: Any, prompt: str | Sequence[Message], answer: str | Sequence[Message], tools: Any = None
) -> tuple[list[int], list[int]]:
    """The token ids of what is given, and of an answer with its end."""
    return next(iter(answered(tokenizer, [(prompt, answer, tools)])))


def answered(tokenizer: Any, rows: Sequence[tuple[Any, Any, Any]]) -> Iterator[tuple[list[int], list[int]]]:
    """For each prompt with its answer and the tools: the token ids given, and those of the answer with its end."""
    turns = [(as_messages(prompt, "user"), as_messages(answer, "assistant")) for prompt, answer, _ in rows]
    asked = [([*given, *said], tools) for (given, said), (_, _, tools) in zip(turns, rows, strict=True)]
    for (given, _), parts in zip(turns, conversation_parts(tokenizer, asked), strict=True):
        ids = [ids for ids, _ in parts]
        begin = 2 * sum(turn["role"] == "assistant" for turn in given) + 1  # pieces given and said take turns
        yield list(chain.from_iterable(ids[:begin])), list(chain.from_iterable(ids[begin:]))


def prompt_ids(tokenizer: Any, messages: Sequence[Message], tools: Any = None, thinks: bool | None = None) -> list[int]:
    """The conversation up to where an answer begins, as it was trained; `thinks` where answers begin with thoughts, by
    default where the tokenizer says so (see `lab.data.thoughts`)."""
    thinks = getattr(tokenizer, "thinks", False) if thinks is None else thinks
    text = chat_format(tokenizer).prompt(messages, tools, thinks)
    ids: list[int] = tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
    return ids


def text_end(tokenizer: Any) -> int:
    """The token that ends a text: <|endoftext|> where there is one (a chat model's eos ends a turn), else eos."""
    known = tokenizer.get_vocab()
    return int(next((known[end] for end in TEXT_ENDS if end in known), tokenizer.eos_token_id))


def text_ids(tokenizer: Any, texts: Sequence[str]) -> list[list[int]]:
    """The ids of plain texts to be gone on with: after the tokenizer's own beginning (BOS), if it has one, no end."""
    _, end = _around(tokenizer)
    ids = tokenizer(list(texts), add_special_tokens=True, verbose=False)["input_ids"] if texts else []
    return [row[: len(row) - end] for row in ids]


def text_pieces(ids: Sequence[int], tokenizer: Any, max_length: int, long_text: str = "chunk") -> list[Encoded]:
    """A text with its end in pieces of at most `max_length` tokens; only the first where long texts are truncated.

    A piece begins as a text does (with BOS), or else with the last token before it, which is not learned again: so
    every token of the text is learned once.
    """
    begin = _around(tokenizer)[0]
    head, body = list(ids[:begin]), [*ids[begin:], text_end(tokenizer)]
    room = max(1, max_length - len(head))
    pieces = [{"input_ids": head + body[:room], "labels": [IGNORED] * len(head) + body[:room]}]
    if long_text == "truncate":
        return pieces
    step = room if head else max(1, room - 1)
    for place in range(room, len(body), step):
        before, new = head or [body[place - 1]], body[place : place + step]
        pieces.append({"input_ids": before + new, "labels": [IGNORED] * len(before) + new})
    return pieces


def labelled(parts: Sequence[tuple[list[int], bool]]) -> Encoded:
    """One row: the ids of all pieces, and labels where they are learned."""
    ids = [token for piece, _ in parts for token in piece]
    labels = [token if learned else IGNORED for piece, learned in parts for token in piece]
    return {"input_ids": ids, "labels": labels}


def conversation_parts(
    tokenizer: Any, conversations: Sequence[tuple[Sequence[Message], Any]]
) -> Iterator[list[tuple[list[int], bool]]]:
    """Each conversation (with its tools) as pieces of token ids, given and said by turns, and whether each is learned.

    Raises DataError, with the row's first words, where the template can't write one.
    """
    format = chat_format(tokenizer)
    for start in range(0, len(conversations), AT_ONCE):
        rows = []
        for messages, tools in conversations[start : start + AT_ONCE]:
            try:
                rows.append(format.pieces(messages, tools))
            except LabError as problem:
                problem.where = problem.where or named(messages)
                raise
        yield from _cut(tokenizer, rows)


def named(messages: Sequence[Message]) -> str:
    """A row by its first words: its place in the file is not known any more, once rows are split and mixed."""
    first = next((" ".join(str(one["content"]).split()) for one in messages if one.get("content")), "")
    return f"the row that begins '{first[:47] + '...' if len(first) > 50 else first}'"


def _cut(tokenizer: Any, rows: Sequence[list[Piece]]) -> Iterator[list[tuple[list[int], bool]]]:
    """Token ids of each piece. A row is cut whole, as a chat reads it, then parted where its pieces meet."""
    texts = ["".join(piece.text for piece in pieces) for pieces in rows]
    fast = tokenizer.is_fast
    found = tokenizer(texts, add_special_tokens=False, return_offsets_mapping=fast, verbose=False)
    offsets = found["offset_mapping"] if fast else [None] * len(rows)
    for pieces, ids, spans in zip(rows, found["input_ids"], offsets, strict=True):
        parted = _part(ids, spans, [len(piece.text) for piece in pieces]) if spans is not None else None
        if parted is None:  # a token would reach from what is given into what is said
            parted = tokenizer([piece.text for piece in pieces], add_special_tokens=False, verbose=False)["input_ids"]
        yield [(part, piece.learned) for part, piece in zip(parted, pieces, strict=True)]


def _part(ids: list[int], spans: Sequence[tuple[int, int]], lengths: Sequence[int]) -> list[list[int]] | None:
    """The ids in pieces of so many characters; None where a token lies across."""
    starts = [start for start, _ in spans]
    places = [bisect_left(starts, end) for end in accumulate(lengths)]
    places[-1] = len(ids)
    ends = list(accumulate(lengths))
    if any(place and spans[place - 1][1] > end for place, end in zip(places[:-1], ends, strict=False)):
        return None
    return [ids[begin:end] for begin, end in zip([0, *places], places, strict=False)]


def _around(tokenizer: Any) -> tuple[int, int]:
    """How many special tokens the tokenizer puts before a text of its own, and how many after."""
    bare = tokenizer("a", add_special_tokens=False)["input_ids"]
    whole = tokenizer("a", add_special_tokens=True)["input_ids"]
    begin = next((i for i in range(len(whole)) if whole[i : i + len(bare)] == bare), 0)
    return begin, len(whole) - begin - len(bare)
