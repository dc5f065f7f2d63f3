"""Rows as texts, in TRL's standard formats, wherever TRL makes the very tokens of them that the lab learned from."""

from collections.abc import Sequence
from typing import Any

from lab.data.encode import IGNORED, Encoded
from lab.model_export.script.source import Source


def as_texts(
    source: Source, parts: Sequence[Sequence[tuple[tuple[str, str] | None, Encoded]]]
) -> tuple[list[dict[str, str]], ...] | None:
    """`prompt` and `completion` of all rows of several files; None where one of them would be other tokens."""
    files = []
    for rows in parts:
        found = []
        for text, row in rows:
            if text is None or (told := _told(source, *text, row)) is None:
                return None
            found.append(told)
        files.append(found)
    return tuple(files)


def _told(source: Source, given: str, said: str, row: Encoded) -> dict[str, str] | None:
    begun = without_begin(source.tokenizer, given)
    limit = source.stage.budget.max_length
    ids = ended_ids(source.tokenizer, begun, said)
    if ids is None:
        return None
    prompt, whole = ids
    labels = [IGNORED] * len(prompt) + whole[len(prompt) :]
    same = (whole[:limit], labels[:limit]) == (row["input_ids"], row["labels"])
    return {"prompt": begun, "completion": said} if same else None


def ended_ids(tokenizer: Any, given: str, said: str) -> tuple[list[int], list[int]] | None:
    """The tokens that TRL makes of a prompt, and of it with its answer; None where it would add another end."""
    if not tokenizer.eos_token or not said.endswith(tokenizer.eos_token):
        return None
    prompt, whole = (tokenizer(text, verbose=False)["input_ids"] for text in (given, given + said))
    return (prompt, whole) if whole[: len(prompt)] == prompt else None


def without_begin(tokenizer: Any, text: str) -> str:
    """A rendered conversation without the token that the tokenizer itself puts before every text."""
    begin = tokenizer.bos_token
    adds = bool(begin) and tokenizer("a")["input_ids"][:1] == [tokenizer.bos_token_id]
    return text.removeprefix(begin) if adds else text
