"""The built-in data set `friendly_thumbs`: single answers with a thumb, up for friendly ones and down for plain ones.

Made by a rule, not by people: an example of thumbs for who has none yet.
"""

from typing import Any

from lab.card import DataCard, Text
from lab.data.builtin._friendly import said

CARD = DataCard(
    id="friendly_thumbs",
    name=Text("Thumbs for a friendly tone", "给友好语气的赞与踩"),
    explain=Text(
        "Everyday questions with one answer each: friendly answers have a thumb up, plain ones a thumb down. Made by a "
        "rule: an example of thumbs, until people have given theirs.",
        "日常问题各有一个回答，友好的得“赞”，平淡的得“踩”。由规则生成：在有人评价之前，可作赞踩数据的例子。",
    ),
    format="binary_feedback",
    source="Our own sentences around the answers of `retain`.",
    licence="Apache-2.0",
    languages=("en", "zh"),
)


def load(split: str, language: str = "en") -> list[dict[str, Any]]:
    """Rows {"prompt", "completion", "label"} of split "train" or "held_out", friendly and plain answers in turn."""
    return [
        {"prompt": one.question, "completion": one.plain if i % 2 else one.friendly, "label": not i % 2}
        for i, one in enumerate(said(split, language))
    ]
