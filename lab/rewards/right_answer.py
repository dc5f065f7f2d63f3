"""Is it the right answer, word for word? What announces an answer ("The answer is", "Answer:") is not looked at."""

from collections.abc import Sequence

from lab.card import RewardCard, Text
from lab.rewards._read import Style, plain, proper, text_of

CARD = RewardCard(
    id="right_answer",
    name=Text("Right answer", "答案正确"),
    explain=Text(
        "1 if the answer is the right one, else 0. Only what follows “The answer is” or “Answer:” counts, where that is "
        "said; case, punctuation and spaces don't.",
        "答案与标准答案一致得 1 分,否则 0 分。若有“答案是”或“答案:”,只看其后的内容;不计大小写、标点和空格。",
    ),
    checks="correctness",
    answers=True,
)


def score(prompts: Sequence[Style], completions: Sequence[Style], answers: Sequence[str | None]) -> list[float | None]:
    """1 or 0; None for a row without a right answer."""
    return [
        None if answer is None else float(plain(proper(text_of(said))) == plain(proper(answer)))
        for said, answer in zip(completions, answers, strict=True)
    ]
