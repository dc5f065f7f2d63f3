"""Is the number right? What else is said, and how, makes no difference."""

from collections.abc import Sequence

from lab.card import RewardCard, Text
from lab.rewards._read import Style, numbers, proper, text_of

CARD = RewardCard(
    id="right_number",
    name=Text("Right number", "数字正确"),
    explain=Text(
        "1 if the last number said is the right one, else 0; where the right answer is several numbers, the last ones "
        "said, in their order. Naming many numbers gains nothing.",
        "说出的最后一个数字正确得 1 分,否则 0 分;标准答案有多个数字时,最后几个数字须按顺序全部正确。多报数字没有好处。",
    ),
    checks="correctness",
    answers=True,
)


def score(prompts: Sequence[Style], completions: Sequence[Style], answers: Sequence[str | None]) -> list[float | None]:
    """1 or 0; None for a row whose right answer has no number."""
    return [_score(text_of(said), answer) for said, answer in zip(completions, answers, strict=True)]


def _score(said: str, answer: str | None) -> float | None:
    wanted = numbers(proper(answer)) if answer is not None else []
    return float(numbers(said)[-len(wanted) :] == wanted) if wanted else None
