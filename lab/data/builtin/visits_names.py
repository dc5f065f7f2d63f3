"""The built-in data set `visits_names`: sentences about invented inns and towns, with the names in them as BIO tags.

Of the same world as `visits_mood`, for learning both at once. `python -m lab.data.builtin.visits_names` prints some.
"""

from typing import Any

from lab.card import DataCard, Text
from lab.data.builtin._visits import frame_sentences

CARD = DataCard(
    id="visits_names",
    name=Text("Visits: the names", "旅行见闻:命名实体"),
    explain=Text(
        "Short sentences about invented inns and towns, whose names are tagged: person, town, inn. Persons and towns are made "
        "of the same syllables, so that the words around tell which it is; held-out names and sentences are new.",
        "关于虚构旅店和小镇的短句,标出其中的人名、镇名和店名。人名和镇名由同样的音节组成,要看上下文才能分清;留出的名字和句式都是新的。",
    ),
    format="tags",
    source="Drawn from our own sentences (lab/data/builtin/_visits.py).",
    licence="Apache-2.0",
)
COUNTS = {"train": 720, "held_out": 150}


def load(split: str, language: str = "en") -> list[dict[str, Any]]:
    """Rows {"text", "tokens", "tags"} of split "train" or "held_out", always the same."""
    sentences = frame_sentences(split, COUNTS[split])
    return [{"text": one.text, "tokens": list(one.tokens), "tags": list(one.tags)} for one in sentences]


if __name__ == "__main__":
    for row in (row for split in COUNTS for row in load(split)[:8]):
        print(" ".join(f"{token}/{tag}" if tag != "O" else token for token, tag in zip(row["tokens"], row["tags"])))  # noqa: B905
