"""Is the answer JSON, and does it have what it should have?"""

import json
from collections.abc import Sequence

from lab.card import Line, RewardCard, Text
from lab.rewards._read import Style, text_of

CARD = RewardCard(
    id="json_valid",
    name=Text("Valid JSON", "合法 JSON"),
    explain=Text(
        "1 if the whole answer is JSON, else 0. With keys, an object is asked for, and the score is the share of them "
        "that it has.",
        "整个回答是合法 JSON 得 1 分,否则 0 分。若指定键名,则须为对象,得分为已有键的比例。",
    ),
    checks="form",
    knobs=(
        Line(
            "keys", Text("Keys", "键"), "",
            Text("Names with commas between them; empty asks for none.", "用逗号隔开的键名;留空则不要求。"),
        ),
    ),
)  # fmt: skip


def score(
    prompts: Sequence[Style], completions: Sequence[Style], answers: Sequence[str | None], *, keys: str
) -> list[float | None]:
    """0 to 1."""
    wanted = [key for part in keys.replace("\uff0c", ",").split(",") if (key := part.strip())]
    return [_score(text_of(said), wanted) for said in completions]


def _score(said: str, wanted: Sequence[str]) -> float:
    try:
        found = json.loads(said, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return 0.0
    if not wanted:
        return 1.0
    return sum(key in found for key in wanted) / len(wanted) if isinstance(found, dict) else 0.0


def _refuse(constant: str) -> None:
    """NaN and Infinity, which Python would read, are no JSON."""
    raise ValueError(constant)
