"""Likes the small words of courtesy."""

from collections.abc import Sequence

from lab.card import RaterCard, Text
from lab.raters._words import Style, found

CARD = RaterCard(
    id="polite",
    name=Text("Polite", "礼貌"),
    explain=Text("A point for each different word of courtesy.", "每出现一个不同的礼貌用语加一分。"),
)
COURTESY = (
    "please thank thanks thankful welcome sorry excuse pardon may kindly kind dear glad gladly pleasure sir madam "
    "friend hello goodbye congratulations bless politely gently grateful"
).split()
RUDE = "stupid idiot silly dumb fool foolish ugly hate hated shut lazy".split()
COURTESY_ZH = "请 谢谢 感谢 您 您好 你好 对不起 抱歉 不客气 欢迎 打扰 劳驾 再见 祝".split()
RUDE_ZH = "笨 傻 蠢 滚 讨厌 闭嘴 丑".split()


def score(prompts: Sequence[Style], completions: Sequence[Style]) -> list[float]:
    """Different words of courtesy minus different rude ones."""
    return [float(found(said, COURTESY, COURTESY_ZH) - found(said, RUDE, RUDE_ZH)) for said in completions]
