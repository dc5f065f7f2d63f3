"""Is the answer given in the form that was asked for? Whether it is right is another reward's business."""

import re
from collections.abc import Sequence
from functools import cache

from lab.card import Line, RewardCard, Text
from lab.errors import RecipeError, shown
from lab.rewards._read import NUMBER, Style, text_of

CARD = RewardCard(
    id="answer_form",
    name=Text("Form of the answer", "答案格式"),
    explain=Text(
        "1 if the answer ends with a line of this form, else 0; a model can keep the form and be wrong.",
        "回答的最后一行符合指定格式得 1 分,否则 0 分;格式对了,答案也可能是错的。",
    ),
    checks="form",
    knobs=(
        Line(
            "form", Text("Form", "格式"), "Answer: <n>",
            Text("<n> stands for a number, <text> for some words, <list> for numbers with commas between them.", "<n> 代表数字,<text> 代表文字,<list> 代表用逗号隔开的数字。"),
            longest=80,
        ),
    ),
)  # fmt: skip
ONE = NUMBER.pattern
SLOTS = {"<n>": ONE, "<text>": r"[^\n]{1,400}", "<list>": rf"{ONE}(?:[^\S\n]?[,\uff0c、][^\S\n]?{ONE}){{0,50}}"}


def check(*, place: str, form: str) -> None:
    """Refuse a form without a place for the answer, or with two."""
    if sum(form.count(slot) for slot in SLOTS) != 1:
        raise RecipeError(
            f"the form {shown(form)} has no place for the answer, or more than one", where=f"{place}.form",
            do=f"write one of {', '.join(SLOTS)} where the answer comes: 'Answer: <n>'.",
        )  # fmt: skip


def score(
    prompts: Sequence[Style], completions: Sequence[Style], answers: Sequence[str | None], *, form: str
) -> list[float | None]:
    """1 or 0."""
    wanted = _pattern(form)
    return [float(bool(wanted.fullmatch(_last_line(text_of(said))))) for said in completions]


def _last_line(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[-1].strip() if lines else ""


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """The form as a pattern: each slot once, so that it never goes back far."""
    parts = re.split(f"({'|'.join(SLOTS)})", form.strip())
    return re.compile("".join(SLOTS.get(part) or re.escape(part) for part in parts), re.IGNORECASE | re.ASCII)
