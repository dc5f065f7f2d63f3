"""A row of the form's data, token by token: what is read, learned and cut off. Tokens are read here, without torch."""

from typing import Any

from pydantic import Field

from lab.api import Lab
from lab.card import find_cards
from lab.data.token_rows import ShownSequence
from lab.planning.token_view import StageView, stage_views, token_view
from lab.recipe.fields import parse_form
from lab.ui.component import Request, endpoint
from lab.words import pair


class RowTokens:
    """The endpoint of the Train tab."""

    class Asked(Request):
        """Which row (from 1), and in which of the form's ways to read it."""

        fields: dict[str, Any]
        view: int = Field(0, ge=0, le=1000)
        row: int = Field(1, ge=-(10**9), le=10**9)

    def __init__(self, lab: Lab):
        self._home = lab.home

    @endpoint(Asked)
    def tokens(self, asked: "RowTokens.Asked") -> dict[str, Any]:
        """The row with each of its tokens, and the ways in which the form's stages read rows."""
        views = stage_views(parse_form(asked.fields, None))
        number = min(asked.view, len(views) - 1)
        found = token_view(views[number], asked.row, self._home)
        return {
            "views": [_view(one) for one in views], "view": number, "row": found.row, "rows": found.rows,
            "data": found.data, "base": found.base, "limit": found.max_length, "left_out": found.left_out,
            "sequences": [_sequence(one) for one in found.sequences],
        }  # fmt: skip


def _view(view: StageView) -> dict[str, Any]:
    """What tells one way to read rows from the others."""
    stage = view.stage
    return {
        "objective": pair(find_cards("lab.objectives")[stage.objective].CARD.name), "variants": view.variants,
        "data": " + ".join(choice.name.removeprefix("upload:") for choice in stage.data),
        "limit": stage.budget.max_length,
    }  # fmt: skip


def _sequence(one: ShownSequence) -> dict[str, Any]:
    name, _, piece = one.name.partition(" ")
    chips = [{"text": chip.text, "ids": chip.ids, "kind": chip.kind, "special": chip.special} for chip in one.chips]
    return {"name": name, "piece": piece, "goal": one.goal, "counts": one.counts, "total": one.total, "chips": chips}
