"""Has the answer as many words as it should have?"""

from collections.abc import Sequence

from lab.card import Number, RewardCard, Text
from lab.errors import RecipeError
from lab.raters._words import WORD
from lab.rewards._read import Style, text_of

CARD = RewardCard(
    id="word_count",
    name=Text("Length in words", "字数"),
    explain=Text(
        "1 for an answer of so many words (characters in Chinese), numbers too; the further off, the less, down to 0.",
        "字数(英文按词、中文按字,数字也算)在范围内得 1 分,偏离越远得分越低,直到 0 分。",
    ),
    checks="form",
    knobs=(
        Number("least", Text("At least", "至少"), 1, 0, 2000, Text("Words.", "字(词)。"), whole=True),
        Number("most", Text("At most", "至多"), 20, 1, 2000, Text("Words.", "字(词)。"), whole=True),
    ),
)


def check(*, place: str, least: int, most: int) -> None:
    """Refuse a range that nothing is in."""
    if least > most:
        raise RecipeError(f"no answer has at least {least} and at most {most} words", where=f"{place}.most",
                          do="give the larger number to `most`.")  # fmt: skip


def score(
    prompts: Sequence[Style], completions: Sequence[Style], answers: Sequence[str | None], *, least: int, most: int
) -> list[float | None]:
    """0 to 1, linear outside the range: 0 for twice the most, or for nothing said where there should be something."""
    return [_score(len(_words(text_of(said))), least, most) for said in completions]


def _score(count: int, least: int, most: int) -> float:
    if count < least:
        return count / least
    return max(0.0, 1 - max(0, count - most) / most)


def _words(said: str) -> list[str]:
    lower = said.lower()
    return [*WORD.findall(lower), *filter(str.isdigit, lower.replace("-", " ").split())]
