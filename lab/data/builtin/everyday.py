"""The probe set `everyday`: short plain passages on which perplexity shows what a model has forgotten.

A probe is never trained on: split "train" is empty and "held_out" holds every passage (assets/data/everyday.jsonl).
The first half of each language are tiny stories in simple words, the second half explain everyday things.
"""

import json

from lab.card import DataCard, Text
from lab.home import ASSETS

CARD = DataCard(
    id="everyday",
    name=Text("Everyday text", "日常短文"),
    explain=Text(
        "Tiny stories and simple explanations. They are not for training: how much worse a model reads them after "
        "tuning shows what it has forgotten.",
        "小故事和简单的说明文。它们不用于训练：微调以后读得差了多少，就说明忘掉了多少。",
    ),
    format="text",
    source="Our own passages (assets/data/everyday.jsonl).",
    licence="Apache-2.0",
    languages=("en", "zh"),
)


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"text"}: all passages in "en" or "zh" for split "held_out", none for "train"."""
    if split == "train":
        return []
    lines = (ASSETS / "data" / "everyday.jsonl").read_text(encoding="utf-8").splitlines()
    passages = map(json.loads, lines)
    return [{"text": passage["text"]} for passage in passages if passage["language"] == language]
