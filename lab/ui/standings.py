"""What votes add up to, as the page takes it: the ranking, the win matrix, who rated, how far raters agree.

Other people's names in the store would let one vote as them, so the page gets numbers instead.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field

from lab.card import find_cards
from lab.feedback import agreement, agreements, consistency, rank
from lab.feedback.scripted import SCRIPTED
from lab.store import Feedback, Store, Vote
from lab.store.pairs import match_of
from lab.ui.component import Request
from lab.ui.players import player_label
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
        every = self._store.pairs.votes()
        votes = [vote for vote in every if asked.raters in ("all", "scripted" if vote.scripted else "people")]
        ranking, together, names = rank(votes), agreement(votes), rater_names(every, asked.rater)
        counts = Counter(vote.rater for vote in every)
        return {
            "votes": len(every), "scripted": sum(vote.scripted for vote in every),
            "raters": [names[rater] | {"votes": count} for rater, count in counts.most_common()],
            "ranking": [
                player_label(one.player, self._store)
                | {"chance": one.chance, "low": one.low, "high": one.high, "votes": one.votes}
                for one in ranking.standings
            ],
            "wins": ranking.wins, "compared": ranking.votes, "more": ranking.more,
            "agreement": together and {"pairs": together.pairs, "share": together.share, "kappa": together.kappa,
                                       "raters": len(together.raters)},
            "between": [
                {"raters": [names[rater] for rater in one.raters], "pairs": one.pairs, "share": one.share,
                 "kappa": one.kappa}
                for one in agreements(votes)[:MOST_BETWEEN]
            ],
            "consistency": [names[one.rater] | {"pairs": one.pairs, "same": one.same} for one in consistency(votes)],
        }  # fmt: skip


def lead(votes: Sequence[Vote], match: str, store: Store) -> dict[str, Any]:
    """One match in a line: how many votes, whose, and who leads how surely."""
    mine = [vote for vote in votes if match_of(vote.first, vote.second) == match and not vote.again]
    ranking = rank(mine)
    scripted = sum(vote.scripted for vote in mine)
    line: dict[str, Any] = {"votes": len(mine), "scripted": scripted, "more": ranking.more, "first": None}
    if ranking.standings:
        first = ranking.standings[0]
        line["first"] = player_label(first.player, store) | {
            "chance": first.chance,
            "low": first.low,
            "high": first.high,
        }
    return line


def feeds(votes: Sequence[Vote]) -> dict[str, int]:
    """How many preferences can be learned from, and how many more a reward model wants."""
    decided = sum(vote.winner in ("first", "second") and not (vote.equal or vote.again) for vote in votes)
    return {"decided": decided, "missing": max(0, REWARD_NEEDS - decided)}


def rater_names(votes: Sequence[Vote | Feedback], mine: str) -> dict[str, dict[str, Any]]:
    """Every rater as the page may know them: oneself, a script by its name, other browsers by number."""
    names: dict[str, dict[str, Any]] = {}
    people, cards = 0, find_cards("lab.raters")
    for vote in votes:
        if vote.rater in names:
            continue
        who: dict[str, Any] = {"mine": vote.rater == mine, "scripted": vote.scripted}
        if vote.rater.startswith(SCRIPTED):
            script = vote.rater.removeprefix(SCRIPTED)
            who["name"] = pair(cards[script].CARD.name) if script in cards else script
        elif vote.rater.startswith(BROWSER):
            people += vote.rater != mine
            who["number"] = people
        else:
            who["name"] = vote.rater
        names[vote.rater] = who
    return names
