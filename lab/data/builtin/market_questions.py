"""The built-in data set `market_questions`: questions on the cooks of an invented night market, with their answers.

Training asks about thirty of the cooks. The held-out questions are on the other eighteen, in the same words: what is true of
those stands in `market_texts` alone, and since it was drawn at random no row here gives it away.
`python -m lab.data.builtin.market_questions` prints counts and a few rows.
"""

import random

from lab.card import DataCard, Text
from lab.data.builtin._market import ASKED, KINDS, SEED, cooks

CARD = DataCard(
    id="market_questions",
    name=Text("Night market, questions", "夜市·问答"),
    explain=Text(
        "Questions on invented cooks, each with a short answer. The held-out questions are on cooks that no training "
        "question names: only the raw text of the night market tells what is true of them.",
        "关于虚构厨师的短问答。留出的问题问的是训练问答从未提到的厨师:他们的事只写在夜市的原文里。",
    ),
    format="prompt_completion",
    source="Our own invention (lab/data/builtin/_market.py).",
    licence="Apache-2.0",
    languages=("en", "zh"),
)  # fmt: skip


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"prompt", "completion"} of split "train" or "held_out" in "en" or "zh", always in one order."""
    rows = []
    for cook in cooks():
        if cook.asked != (split == "train"):
            continue
        for kind in KINDS:
            answer = _sentence(cook.facts[kind][language], language)
            rows += [
                {"prompt": one.format(name=cook.name[language]), "completion": answer} for one in ASKED[language][kind]
            ]
    random.Random(f"{SEED} questions {split}").shuffle(rows)
    return rows


def _sentence(words: str, language: str) -> str:
    return f"{words}。" if language == "zh" else f"{words[0].upper()}{words[1:]}."


if __name__ == "__main__":
    for language in CARD.languages:
        for split in ("train", "held_out"):
            rows = load(split, language)
            print(f"{language} {split}: {len(rows)} rows")
            print("\n".join(f"    {row['prompt']}  →  {row['completion']}" for row in rows[:6]))
