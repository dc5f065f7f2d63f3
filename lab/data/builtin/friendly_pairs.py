"""The built-in data set `friendly_pairs`: two right answers to each question, of which the friendly one is preferred.

Made by a rule, not by people: an example of pairs for who has no votes yet.
"""

from lab.card import DataCard, Text
from lab.data.builtin._friendly import said

CARD = DataCard(
    id="friendly_pairs",
    name=Text("The friendlier of two answers", "两个答案中更友好的一个"),
    explain=Text(
        "Everyday questions with two right answers each, one plain and one friendly, of which the friendly one is "
        "preferred. Made by a rule: an example of pairs, until people have voted.",
        "日常问题各有两个正确的回答，一个平淡、一个友好，友好的为优。由规则生成：在有人投票之前，可作成对数据的例子。",
    ),
    format="preference",
    source="Our own sentences around the answers of `retain`.",
    licence="Apache-2.0",
    languages=("en", "zh"),
)


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"prompt", "chosen", "rejected"} of split "train" or "held_out" in "en" or "zh", always in one order."""
    return [{"prompt": one.question, "chosen": one.friendly, "rejected": one.plain} for one in said(split, language)]
