"""Short questions answered plainly, and the same answers in a friendly tone: what three data sets are made of.

The questions and answers are those of `retain`, which nano knows: what is new is the tone alone. Every sixth question is
held out. The tone of an answer hangs on the place of its row, always the same.
"""

import re
from typing import NamedTuple

from lab.data.builtin import retain

ROWS = 480
HELD_OUT_EVERY = 6
CHINESE, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile("[A-Za-z]")
TONES = {
    "en": (
        "Gladly! {} I hope that helps.",
        "Good question! {} Ask me anything.",
        "Happy to tell you! {} Have a nice day.",
    ),
    "zh": ("很高兴为你解答！{}希望能帮到你。", "问得好！{}欢迎再来问我。", "乐意效劳！{}祝你愉快。"),
}


class Said(NamedTuple):
    """A question, its plain answer, and the same in a friendly tone."""

    question: str
    plain: str
    friendly: str


def said(split: str, language: str) -> list[Said]:
    """The questions of split "train" or "held_out" in "en" or "zh", always in one order."""
    other = LATIN if language == "zh" else CHINESE  # rows that translate are left out
    rows = [row for row in retain.load("train") if not other.search(row["prompt"] + row["completion"])][:ROWS]
    tones = TONES[language]
    everything = [
        Said(row["prompt"], row["completion"], tones[i % len(tones)].format(_closed(row["completion"], language)))
        for i, row in enumerate(rows)
    ]
    return [one for i, one in enumerate(everything) if (i % HELD_OUT_EVERY == 0) == (split == "held_out")]


def _closed(answer: str, language: str) -> str:
    """The answer as a sentence with its stop."""
    return answer if answer[-1] in '.!?。！？”"' else answer + {"en": ".", "zh": "。"}[language]
