"""The built-in data set `retain`: questions and answers such as nano was made from, to repeat beside new ones (replay).

A part of it in a mix keeps a model from unlearning what it knew. None of its rows asks a fact or uses a wording that the
retained skill is measured by (recipes/nano/retain.py wrote both). None is held out: what was kept is told by the
retained skill, and the figures of a mix stay those of the new data.
"""

import json

from lab.card import DataCard, Text
from lab.home import ASSETS

CARD = DataCard(
    id="retain",
    name=Text("What it knew", "原有知识"),
    explain=Text(
        "Everyday questions, small sums and talk that nano was made from, to be mixed into new data so that less of the "
        "old is unlearned (replay). Other bases have never seen these rows: for them they are simple general questions.",
        "nano 训练时见过的日常问答、小算术和闲聊：混进新数据里，可以少忘一些旧知识（回放）。"
        "别的底座没见过这些题，对它们来说只是简单的常识问答。",
    ),
    format="prompt_completion",
    source="Our own generators (recipes/nano/retain.py).",
    licence="Apache-2.0",
    languages=("en",),
)
RETAIN_WEIGHT = 0.3
"""Its usual share beside 1 of new data (recipes/process/keep_what_it_knew.yaml shows what it keeps)."""


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"prompt", "completion"} for split "train", none for others."""
    if split != "train":
        return []
    lines = (ASSETS / "data" / "skills" / "retain.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
