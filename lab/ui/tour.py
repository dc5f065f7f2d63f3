"""What the guided tour asks the lab: whose taste somebody's votes are like. The tour itself is assets/js/tour."""

from typing import Any

from pydantic import Field

from lab.api import Lab
from lab.card import find_cards
from lab.feedback.taste import taste_of
from lab.ui.component import Request, endpoint
from lab.ui.match_requests import RATER
from lab.words import pair

HALF = 0.5


class Tour:
    """The endpoint."""

    class Asked(Request):
        """Who looks, and how many of their newest votes count."""

        rater: str = RATER
        newest: int = Field(10, ge=1, le=200)

    def __init__(self, lab: Lab):
        self._store = lab.store

    @endpoint(Asked)
    def taste(self, asked: "Tour.Asked") -> dict[str, Any]:
        """The script that these votes are most like: its name, and how many of how many agree; empty where too few
        votes are decided, or no script agrees with more than half of them."""
        found = taste_of(self._store, asked.rater, asked.newest)
        if not found or found[0].share <= HALF:
            return {}
        card = find_cards("lab.raters")[found[0].script].CARD
        return {"script": card.id, "name": pair(card.name), "same": found[0].same, "of": found[0].of}
