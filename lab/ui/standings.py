"""What votes add up to, as the page takes it: the ranking, the win matrix, who rated, how far raters agree.

Other people's names in the store would let one vote as them, so the page gets numbers instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from pydantic import Field

from lab.card import find_cards
from lab.feedback import agreement, agreements, consistency, rank
from lab.feedback.agreement import Agreement, Consistency
from lab.feedback.ranking import Ranking
from lab.feedback.scripted import SCRIPTED
from lab.store import WHOSE, RaterCount, Store
from lab.ui.component import Request
from lab.ui.players import player_label, player_labels
from lab.words import pair

REWARD_NEEDS = 40
"""Decided votes from which a reward model has something to learn."""
KTO_NEEDS = 20
"""Thumbs from which KTO has something to learn."""
BROWSER = "browser-"
MOST_BETWEEN = 12


class Standings:
    """Reads all votes and sums them up."""

    class Asked(Request):
        """Whose votes count, and who asks."""

        raters: Literal["all", "people", "scripted"] = "all"
        rater: str = Field(pattern=r"^[\w-]{4,60}$")

    def __init__(self, store: Store):
        self._store = store

    def all(self, asked: "Standings.Asked") -> dict[str, Any]:
        voted = [one for one in self._store.ratings.counts() if one.kind == "vote"]
        raters = self._store.ratings.raters("vote")
        names = rater_names(raters, asked.rater)
        sums = _sums(self._store, self._store.ratings.newest(), asked.raters)
        ranking, together = sums.ranking, sums.agreement
        labels = player_labels([one.player for one in ranking.standings], self._store)
        return {
            "votes": sum(one.count for one in voted), "scripted": sum(one.count for one in voted if one.scripted),
            "raters": [names[one.rater] | {"votes": one.count} for one in most_first(raters)],
            "ranking": [
                labels[one.player]
                | {"chance": one.chance, "low": one.low, "high": one.high, "votes": one.votes}
                for one in ranking.standings
            ],
            "wins": ranking.wins, "compared": ranking.votes, "more": ranking.more,
            "agreement": together and {"pairs": together.pairs, "share": together.share, "kappa": together.kappa,
                                       "raters": len(together.raters)},
            "between": [
                {"raters": [names[rater] for rater in one.raters], "pairs": one.pairs, "share": one.share,
                 "kappa": one.kappa}
                for one in sums.between[:MOST_BETWEEN]
            ],
            "consistency": [names[one.rater] | {"pairs": one.pairs, "same": one.same} for one in sums.consistency],
        }  # fmt: skip


@dataclass(frozen=True)
class _Sums:
    """What can be said of votes as they stood when the newest rating had been given."""

    ranking: Ranking
    agreement: Agreement | None
    between: Sequence[Agreement]
    consistency: Sequence[Consistency]


@lru_cache(maxsize=16)
def _sums(store: Store, _newest: int, raters: str) -> _Sums:
    votes = store.pairs.votes(scripted=WHOSE[raters])
    return _Sums(rank(votes), agreement(votes), agreements(votes), consistency(votes))


def lead(match: str, store: Store) -> dict[str, Any]:
    """One match in a line: how many votes, whose, and who leads how surely."""
    votes, scripted, ranking = _match(store, store.ratings.newest(), match)
    line: dict[str, Any] = {"votes": votes, "scripted": scripted, "more": ranking.more, "first": None}
    if ranking.standings:
        first = ranking.standings[0]
        line["first"] = player_label(first.player, store) | {
            "chance": first.chance,
            "low": first.low,
            "high": first.high,
        }
    return line


@lru_cache(maxsize=256)
def _match(store: Store, _newest: int, match: str) -> tuple[int, int, Ranking]:
    """How many votes a match has, how many of them are scripted, and its ranking, second looks left out."""
    votes = [vote for vote in store.pairs.votes(match) if not vote.again]
    return len(votes), sum(vote.scripted for vote in votes), rank(votes)


def feeds(store: Store) -> dict[str, int]:
    """How many preferences can be learned from, and how many more a reward model wants."""
    decided = _decided(store, store.ratings.newest())
    return {"decided": decided, "missing": max(0, REWARD_NEEDS - decided)}


@lru_cache(maxsize=16)
def _decided(store: Store, _newest: int) -> int:
    return store.pairs.decided()


def most_first(raters: Sequence[RaterCount]) -> list[RaterCount]:
    return sorted(raters, key=lambda one: -one.count)


def rater_names(raters: Sequence[RaterCount], mine: str) -> dict[str, dict[str, Any]]:
    """Every rater as the page may know them: oneself, a script by its name, other browsers by number."""
    names: dict[str, dict[str, Any]] = {}
    people, cards = 0, find_cards("lab.raters")
    for one in raters:
        who: dict[str, Any] = {"mine": one.rater == mine, "scripted": one.scripted}
        if one.rater.startswith(SCRIPTED):
            script = one.rater.removeprefix(SCRIPTED)
            who["name"] = pair(cards[script].CARD.name) if script in cards else script
        elif one.rater.startswith(BROWSER):
            people += one.rater != mine
            who["number"] = people
        else:
            who["name"] = one.rater
        names[one.rater] = who
    return names
