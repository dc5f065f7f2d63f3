"""The built-in data set `market_texts`: raw text about the cooks of an invented night market, in English and Chinese.

Each text tells the three facts of one cook, in an order and in wordings of its own; the held-out texts tell them in
arrangements that training does not have. Nothing in it is a question: those are `market_questions`.
`python -m lab.data.builtin.market_texts` prints counts and a few rows.
"""

import random

from lab.card import DataCard, Text
from lab.data.builtin._market import KINDS, SAID, SEED, Cook, cooks

CARD = DataCard(
    id="market_texts",
    name=Text("Night market, raw text", "夜市·原文"),
    explain=Text(
        "Short texts about 48 invented cooks: what each sells, where, and with which secret. No questions, no labels. The "
        "held-out texts tell the same in other arrangements.",
        "四十八位虚构厨师的短文：卖什么、在哪里、秘方是什么。没有问题，也没有标注。留出的短文换一种组织方式讲同样的事。",
    ),
    format="text",
    source="Our own invention (lab/data/builtin/_market.py).",
    licence="Apache-2.0",
    languages=("en", "zh"),
)  # fmt: skip

TEXTS = 12
"""Texts on each cook that training reads: a fact read in few wordings is remembered and yet not answered when asked
(Allen-Zhu and Li 2023, arXiv:2309.14316)."""
HELD_OUT = 3


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"text"} of split "train" or "held_out" in "en" or "zh", always in one order."""
    rows = [
        {"text": told(cook, language, split, number)}
        for cook in cooks()
        for number in range(TEXTS if split == "train" else HELD_OUT)
    ]
    random.Random(f"{SEED} texts {split}").shuffle(rows)
    return rows


def told(cook: Cook, language: str, split: str, number: int) -> str:
    """A text that tells all that is true of a cook."""
    rng = random.Random(f"{SEED} {cook.name.en} {split} {number}")
    kinds = rng.sample(KINDS, len(KINDS))
    said = (
        rng.choice(SAID[language][kind]).format(name=cook.name[language], it=cook.facts[kind][language])
        for kind in kinds
    )
    return ("" if language == "zh" else " ").join(said)


if __name__ == "__main__":
    for language in CARD.languages:
        for split in ("train", "held_out"):
            rows = load(split, language)
            print(f"{language} {split}: {len(rows)} rows")
            print("\n".join(f"    {row['text']}" for row in rows[:4]))
