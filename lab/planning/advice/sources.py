"""Where a rule is known from, in two languages: papers are the same in both, the lab's own words are not."""

from lab.card import Text

CHINESE = {
    "the estimate from the cards (steps measured on nano)": "按卡片的估算（每步用时在 nano 上实测）",
    "the objective's card (its step measured on nano)": "目标的卡片（每步用时在 nano 上实测）",
    "the method's card (measured on nano)": "方法的卡片（在 nano 上实测）",
    "the method's card (year of its paper)": "方法的卡片（论文年份）",
    "the method's card": "方法的卡片",
    "the estimate for this device": "对这台设备的估算",
    "(three seeds: all of 48 trained questions right, 22 % of them in other words)": (
        "（三个种子：练过的 48 题全对，换个问法只答对 22 %）"
    ),
    "(three seeds)": "（三个种子）",
    "(figure 1)": "（图 1）",
    "measured here: ": "这里实测：",
    "; ": "；",
    " and ": "、",
}  # fmt: skip
"""The lab's own words in sources, the longer ones first."""


def source_of(said: str) -> Text:
    """A source as it is told."""
    chinese = said
    for english, own in CHINESE.items():
        chinese = chinese.replace(english, own)
    return Text(said, chinese)
