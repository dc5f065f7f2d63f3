"""The measured table of methods in the Learn tab: what every method came to, read from what ships with the lab."""

from dataclasses import asdict
from typing import Any

from lab.card import MethodCard, find_cards
from lab.data import data_cards
from lab.evaluate.leaderboard import Leaderboard, Score, TableData, read_leaderboard
from lab.ui.component import Request, endpoint
from lab.words import pair


class Nothing(Request):
    """An endpoint that needs no question."""


class Measured:
    """The endpoint of the table."""

    @endpoint(Nothing)
    def measured(self, _asked: Nothing) -> dict[str, Any]:
        """The table with what the page filters and names methods by; {"none": True} where none is recorded."""
        table = read_leaderboard()
        return _page(table) if table else {"none": True}


def _page(table: Leaderboard) -> dict[str, Any]:
    cards = {name: module.CARD for name, module in find_cards("lab.methods").items()}
    known = [one for one in table.scores if one.method in cards]
    return {
        "base": table.base, "recipe": table.recipe, "recorded": table.recorded, "parameters": table.parameters,
        "planned": table.seeds_planned, "steps": table.steps, "versions": table.versions,
        "data": [
            asdict(one)
            | {"explain": _explain(one), "start": table.start[one.id], "failed": table.failed[one.id]}
            for one in table.data
        ],
        "methods": {name: _method(card) for name, card in cards.items()},
        "scores": [_score(one, cards[one.method]) for one in known],
    }  # fmt: skip


def _explain(data: TableData) -> dict[str, str]:
    """What the card of the data set says, of a mix that of its first."""
    first = data.fields[0] if isinstance(data.fields, list) else data.fields
    cards = data_cards()
    return pair(cards[first["name"]].explain) if first["name"] in cards else {"en": "", "zh": ""}


def _method(card: MethodCard) -> dict[str, Any]:
    return {
        "name": pair(card.name), "family": card.family, "mergeable": card.mergeable, "adapter": card.adapter,
        "quantized": card.quantized,
    }  # fmt: skip


def _score(one: Score, card: MethodCard) -> dict[str, Any]:
    """A row of the page, with the variant that repeats it."""
    shown = asdict(one)
    del shown["knobs"]
    variant = {"name": card.name.en, "method": one.method, "learning_rate": one.learning_rate, "knobs": one.knobs}
    return shown | {"variant": {key: value for key, value in variant.items() if value != {}}}
