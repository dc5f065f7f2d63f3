"""The advisor of the Learn tab: its questions, and the ways that fit the answers, with reasons, costs and recipes."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from lab.api import Lab
from lab.planning.advice import QUESTIONS, Advice, Reason, together
from lab.planning.advice.answers import HERE
from lab.recipe.fields import to_fields
from lab.ui import form_choices
from lab.ui.component import Request, endpoint
from lab.words import pair

Entry = dict[str, Any]
LANGUAGES = ("en", "zh")
"""Those that recipes are named in."""


class Nothing(Request):
    """An endpoint that needs no question."""


class Task(Request):
    """The answers; what each may be, `lab.planning.advice` says."""

    task: str = Field("facts", max_length=40)
    labels: str = Field("answers", max_length=40)
    amount: str = Field("some", max_length=40)
    keep: str = Field("nothing", max_length=40)
    people: str = Field("no", max_length=40)
    deliver: str = Field("any", max_length=40)
    device: str = Field(HERE, max_length=60)
    base: str = Field("nano", max_length=200)


class Advisor:
    """The endpoints of the advisor."""

    def __init__(self, lab: Lab):
        self._lab = lab

    @endpoint(Nothing)
    def questions(self, _asked: Nothing) -> Entry:
        """What is asked, and the models one can start from."""
        bases = form_choices.bases(self._lab.home, self._lab.store)
        return {"questions": QUESTIONS, "bases": [one for one in bases if one["here"]]}

    @endpoint(Task)
    def advise(self, asked: Task) -> Entry:
        """The ways that fit, the best first, and the first of them side by side."""
        advised = self._lab.advise(**asked.model_dump())
        beside, count = together(advised)
        return {
            "advised": [_entry(one) for one in advised],
            "beside": {code: to_fields(recipe) for code, recipe in beside.items()} if beside else None,
            "count": count,
        }


def _entry(one: Advice) -> Entry:
    cost, fit = one.planned.cost, one.planned.fit
    return {
        "title": pair(one.title), "method": one.method.id, "name": pair(one.method.name),
        "objectives": [card.id for card in one.objectives], "parts": one.method.parts,
        "pros": _told(one.pros), "cons": _told(one.cons), "think_twice": pair(one.method.bad),
        "seconds": cost.seconds, "memory": cost.memory_bytes, "size": cost.adapter_bytes, "share": one.share,
        "unfit": fit.device if fit and not fit.fits else None,
        "fields": {code: to_fields(one.recipe_in(code)) for code in LANGUAGES},
    }  # fmt: skip


def _told(reasons: Sequence[Reason]) -> list[Entry]:
    return [{"says": pair(one.says), "source": pair(one.source)} for one in reasons]
