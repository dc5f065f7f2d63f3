"""The built-in data set `visits_mood`: sentences about invented inns and towns, and whether they speak well of them.

Of the same world as `visits_names`, for learning both at once. `python -m lab.data.builtin.visits_mood` prints some.
"""

from lab.card import DataCard, Text
from lab.data.builtin._visits import mood_sentences

CARD = DataCard(
    id="visits_mood",
    name=Text("Visits: the mood", "旅行见闻:情感"),
    explain=Text(
        "Short sentences about invented inns and towns, each good, bad or neutral. Few: 240. Opinions and names that are "
        "held out are in no training sentence.",
        "关于虚构旅店和小镇的短句,分为好评、差评、中性,只有 240 条。留出的评价说法和名字都不在训练句子里。",
    ),
    format="labels",
    source="Drawn from our own sentences (lab/data/builtin/_visits.py).",
    licence="Apache-2.0",
)
COUNTS = {"train": 240, "held_out": 150}


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"text", "label"} of split "train" or "held_out", always the same."""
    return [{"text": one.text, "label": one.mood} for one in mood_sentences(split, COUNTS[split])]


if __name__ == "__main__":
    print("\n".join(f"{row['label']}: {row['text']}" for split in COUNTS for row in load(split)[:8]))
