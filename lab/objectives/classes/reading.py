"""How a text is read before its class is told: as a question in the base's chat template, up to where it is answered.

So the model stands where it is used to have understood what was said; training, measuring and chats read alike.
"""

from collections.abc import Sequence
from typing import Any

from lab.data.encode import IGNORED, Encoded, answered

ANY = "?"


def read_texts(tokenizer: Any, texts: Sequence[str], max_length: int) -> list[list[int]]:
    """Token ids of each text in its template; of a long text the end is cut, what the template adds after it is not."""
    given = [ids for ids, _ in answered(tokenizer, [(text, ANY, None) for text in texts])]
    tail = _template_end(tokenizer)
    return [_cut(ids, max_length, tail) for ids in given]


def answered_texts(
    tokenizer: Any, texts: Sequence[str], answers: Sequence[str], max_length: int
) -> list[tuple[list[int], list[int]]]:
    """The same with an answer to each: token ids that are given, and those of the answer with its end, which is whole."""
    tail = _template_end(tokenizer)
    rows = answered(tokenizer, [(text, answer, None) for text, answer in zip(texts, answers, strict=True)])
    return [(_cut(given, max_length - len(said), tail), said) for given, said in rows]


def labelled_texts(tokenizer: Any, texts: Sequence[str], answers: Sequence[str], max_length: int) -> list[Encoded]:
    """The same as rows to learn the answers from."""
    pairs = answered_texts(tokenizer, texts, answers, max_length)
    return [{"input_ids": given + said, "labels": [IGNORED] * len(given) + said} for given, said in pairs]


def _cut(ids: list[int], most: int, tail: int) -> list[int]:
    if len(ids) <= most:
        return ids
    return ids[: max(0, most - tail)] + ids[len(ids) - tail :]


def _template_end(tokenizer: Any) -> int:
    """How many tokens the template writes after any text."""
    one, other = (ids for ids, _ in answered(tokenizer, [("a", ANY, None), ("7", ANY, None)]))
    count = 0
    while count < min(len(one), len(other)) and one[-1 - count] == other[-1 - count]:
        count += 1
    return count
