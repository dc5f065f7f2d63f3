"""Dialogs written as one string: "\\n\\nHuman: ...\\n\\nAssistant: ..." (Anthropic's hh-rlhf) and its relatives."""

import re

from lab.data.turns import Message

SPEAKERS = {
    "human": "user",
    "user": "user",
    "h": "user",
    "assistant": "assistant",
    "a": "assistant",
    "system": "system",
}
STYLES = (  # none begins with a repeated sign: a million line breaks would be gone over a million times
    re.compile(r"(?:\A|\n\n)(Human|User|Assistant|System): ?", re.I),
    re.compile(r"(?:\A|\n\n)(H|A): ?"),
    re.compile(r"### (Human|User|Assistant|System): ?"),  # OpenAssistant Guanaco
    re.compile(r"\[\|(Human|Assistant)\|\] ?"),  # Baize
)
BEGINNING = re.compile(r"\s*(?:(?:human|user|assistant|system|h|a):|### |\[\|)", re.I)
"""What every dialog begins with, asked first: nearly no text is one."""
EXTRA_ID = re.compile(r"\n<extra_id_1>(User|Assistant)\n")
"""HelpSteer's marks; the user's first words have none."""


def dialog_in(text: str) -> list[Message] | None:
    """The turns of a dialog; None for text that is none. An answer that is still to come, at its end, is left off.

    A dialog begins with a speaker's mark and has at least one mark of the assistant's.
    """
    if "<extra_id_1>" in text and EXTRA_ID.search(text):
        return _turns(EXTRA_ID.split(f"\n<extra_id_1>User\n{text}"))
    if not BEGINNING.match(text):
        return None
    trimmed = text.strip()
    for style in STYLES:
        found = style.split(trimmed)
        if len(found) >= 5 and not found[0].strip() and "assistant" in map(_speaker, found[1::2]):
            return _turns(found)
    return None


def _turns(found: list[str]) -> list[Message]:
    """Messages from what a split at the marks left: text before, then speaker and words by turns."""
    said = [
        {"role": _speaker(mark), "content": words.strip()} for mark, words in zip(found[1::2], found[2::2], strict=True)
    ]
    return [turn for turn in said if turn["content"]]


def _speaker(mark: str) -> str:
    return SPEAKERS[mark.lower()]
