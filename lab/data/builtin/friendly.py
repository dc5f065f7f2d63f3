"""The built-in data set `friendly`: questions that nano can answer, answered in a friendly tone.

What is to be learned is how something is said, not what; see `friendly_pairs` and `friendly_thumbs` for the same as
feedback.
"""

from lab.card import DataCard, Text
from lab.data.builtin._friendly import said

CARD = DataCard(
    id="friendly",
    name=Text("A friendly tone", "友好的语气"),
    explain=Text(
        "Everyday questions that nano can answer, with its answers in a friendly tone: an example of a style to learn.",
        "nano 本来就会答的日常问题，答案换成友好的语气：学习一种风格的例子。",
    ),
    format="prompt_completion",
    source="Our own sentences around the answers of `retain`.",
    licence="Apache-2.0",
    languages=("en", "zh"),
)


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"prompt", "completion"} of split "train" or "held_out" in "en" or "zh", always in one order."""
    return [{"prompt": one.question, "completion": one.friendly} for one in said(split, language)]
