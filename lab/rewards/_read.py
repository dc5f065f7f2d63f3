"""What an answer says: its text, the part that is the answer proper, and the numbers in it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

Style = str | Sequence[Mapping[str, str]]
"""A text, or messages of which the last one counts."""

LEAD = re.compile(r"(?:\bthe answer is\b|\banswer\s*[:\uff1a]|答案是|答案\s*[:\uff1a]|####)[^\S\n]*", re.IGNORECASE)
"""What stands before an answer that is announced."""
NUMBER = re.compile(r"(?:(?<![\w).])-)?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?", re.ASCII)
KEPT = re.compile(rf"{NUMBER.pattern}|[^\W_]+")
"""Numbers and words: what is left of a text when nothing else counts."""
WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0D: "-", 0xFF0E: "."}
"""Full-width digits and their signs as plain ones; a full-width comma stays what it is, no mark of thousands."""
ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
CHINESE = "零 一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十".split()
IN_WORDS = {word: Decimal(number) for words in (ENGLISH, CHINESE) for number, word in enumerate(words)} | {
    "两": Decimal(2)
}
WORD = re.compile(r"[a-z]+|二十|十[一二三四五六七八九]?|[零一二两三四五六七八九]")


def text_of(said: Style) -> str:
    return said if isinstance(said, str) else said[-1]["content"]


def proper(said: str) -> str:
    """What follows the last announcement of an answer on its line, or all of it where nothing is announced."""
    found = list(LEAD.finditer(said))
    return said[found[-1].end() :].split("\n")[0] if found else said


def plain(text: str) -> str:
    """Without case, punctuation, spaces at will and differences of Unicode form; a number keeps its point and minus."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(KEPT.findall(folded))


def numbers(text: str) -> list[Decimal]:
    """The numbers in their order: those in digits or, where there are none, those to twenty in words."""
    found = [Decimal(one.replace(",", "")) for one in NUMBER.findall(text.translate(WIDE))]
    return found or [IN_WORDS[word] for word in WORD.findall(text.casefold()) if word in IN_WORDS]
