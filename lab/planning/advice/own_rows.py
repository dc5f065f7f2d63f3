"""Rows of one's own: what they say of the answers that nobody gave, and their format, which an objective must take."""

from collections.abc import Mapping
from typing import Any

from lab.data import data_cards, load_data
from lab.data.feedback_card import FEEDBACK
from lab.home import Home
from lab.planning.advice.answers import Answers, amount_of
from lab.planning.checks import is_on_hub
from lab.recipe import DataChoice

LABELS = {"preference": "pairs", "binary_feedback": "thumbs", "text": "none", "some_labels": "few", "prompt": "score"}
"""What somebody has of labels, by the format of her rows; right answers for all others."""
TASKS = {
    "labels": "classes", "some_labels": "classes", "tags": "spans", "few_shot": "small_tasks", "image": "draw",
    "text": "field", "preference": "taste", "binary_feedback": "taste",
}  # fmt: skip


def answers_for(given: Mapping[str, Any], home: Home) -> Answers:
    """Answers as somebody gives them; what is left out, rows of her own tell. Raises LabError."""
    said = {name: value for name, value in given.items() if value is not None}
    data = said.get("data")
    if data is None:
        return Answers.of(said)
    Answers.of(said)  # what is wrong with the answers is said before the rows are read
    format_, rows = _read(str(data), home)
    told = {"labels": LABELS.get(format_, "answers")} if format_ else {}
    told |= {"task": TASKS[format_]} if format_ in TASKS else {}
    told |= {"amount": amount_of(rows)} if rows else {}
    return Answers.of(told | said)


def format_of(answers: Answers, home: Home) -> str | None:
    """The format of somebody's own rows, where they can be read here. Raises DataError."""
    return _read(answers.data, home)[0] if answers.data else None


def _read(data: str, home: Home) -> tuple[str | None, int]:
    """The format of rows and how many there are to learn from; None and 0 for what is on the Hub or grows."""
    choice = DataChoice(name=data)
    if data == FEEDBACK or is_on_hub(choice):
        return None, 0
    if data in (cards := data_cards()) and cards[data].format == "ratings":
        return None, 0
    found = load_data(choice, home, 0)
    return found.format, len(found.train)
