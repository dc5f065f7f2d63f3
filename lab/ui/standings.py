"""What votes add up to, as the page takes it: the ranking, the win matrix, who rated, how far raters agree.

Other people's names in the store would let one vote as them, so the page gets numbers instead.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from pydantic import Field

from lab.card import find_cards
from lab.feedback.matchups import proposals
from lab.feedback.ranking import Ranking, rank
from lab.feedback.scripted import SCRIPTED
from lab.feedback.sides import SideBias
from lab.feedback.summary import Summary, able, between_players, summarise, with_same
from lab.model_ref import ModelRef
from lab.store import PairCount, RaterCount, Store
from lab.ui.component import Request
from lab.ui.players import FIRST_BASE, player_label, player_labels
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
        pairs = between_players(_counts(self._store, self._store.pairs.newest()))
        return {
            "votes": sum(one.count for one in voted), "scripted": sum(one.count for one in voted if one.scripted),
            "raters": [names[one.rater] | {"votes": one.count} for one in most_first(raters)],
            **_ranking(sums.ranking, pairs, self._store),
            "agreement": sums.agreement and vars(sums.agreement) | {"raters": len(sums.agreement.raters)},
            "between": [
                vars(one) | {"raters": [names[rater] for rater in one.raters]} for one in sums.between[:MOST_BETWEEN]
            ],
            "consistency": [
                names[one.rater] | {"pairs": one.pairs, "same": one.same, "low": one.low, "high": one.high}
                for one in sums.consistency
            ],
            "sides": sums.sides and _side_bias(sums.sides),
            "sides_each": [names[one.raters[0]] | _side_bias(one) for one in sums.sides_each[:MOST_BETWEEN]],
        }  # fmt: skip


def _ranking(ranking: Ranking, pairs: PairCount, store: Store) -> dict[str, Any]:
    """Who leads, what is settled, what is left out, and who is to be compared next."""
    labels = player_labels([*(one.player for one in ranking.standings), *ranking.unranked], store)
    undecided = ranking.undecided
    return {
        "ranking": [
            labels[one.player]
            | {"group": one.group, "chance": one.chance, "low": one.low, "high": one.high, "votes": one.votes}
            for one in ranking.standings
        ],
        "wins": ranking.wins, "compared": ranking.votes, "parted": ranking.parted, "verdict": ranking.verdict,
        "more": ranking.more, "equal": ranking.equal, "unranked": [labels[player] for player in ranking.unranked],
        "settled": [[one.first, one.second] for one in ranking.comparisons if one.leader],
        "undecided": undecided and vars(undecided)
        | {"first": labels[undecided.first], "second": labels[undecided.second], "verdict": undecided.verdict},
        "same_text": same_text(pairs, ranking),
        "compare_next": _compare_next(ranking, labels, store),
    }  # fmt: skip


def _compare_next(ranking: Ranking, labels: Mapping[str, dict[str, Any]], store: Store) -> list[list[dict[str, Any]]]:
    """Proposals of whom to compare, `base` being how a match names each."""
    pairs = proposals(ranking, able(ranking, store))
    return [[labels[player] | {"base": _in_matches(player)} for player in pair] for pair in pairs]


def opening_match(offered: Mapping[str, Any], store: Store) -> dict[str, str]:
    """What the Arena opens with: the newest run against its base until somebody has judged it, then whom the ranking
    proposes to compare. `offered` is who can play.
    """
    bases, runs = [one["id"] for one in offered["bases"]], offered["runs"]
    newest = runs[0] if runs else None
    usual = {"first": FIRST_BASE, "second": f"run:{newest['id']}" if newest else FIRST_BASE}
    if newest and newest["base"] in bases:
        usual["first"] = newest["base"]
    ranking = _sums(store, store.ratings.newest(), "all").ranking
    if newest is None or newest["id"] not in {one.player for one in ranking.standings}:
        return usual
    there = [ModelRef(base=base).in_answers for base in bases] + [run["id"] for run in runs]
    proposed = next(iter(proposals(ranking, there)), None)
    names = ("first", "second")
    return usual if proposed is None else dict(zip(names, map(_in_matches, proposed), strict=True))


def _in_matches(player: str) -> str:
    """How a match names a player that answers name so."""
    return str(ModelRef.of_answer(player))


def same_text(pairs: PairCount, ranking: Ranking) -> dict[str, Any]:
    """How many pairs were twice the same words, and what the first of two would win with these as ties."""
    return {"pairs": pairs.pairs, "same": pairs.same, "with_same": with_same(ranking, pairs)}


def _side_bias(one: SideBias) -> dict[str, Any]:
    return {"votes": one.votes, "share": one.share, "low": one.low, "high": one.high, "leans": one.leans}


@lru_cache(maxsize=16)
def _sums(store: Store, _newest: int, raters: str) -> Summary:
    return summarise(store, raters)


@lru_cache(maxsize=16)
def _counts(store: Store, _newest: float) -> Mapping[str, PairCount]:
    return store.pairs.counts()


def lead(match: str, store: Store) -> dict[str, Any]:
    """One match in a line: how many votes, whose, who leads how surely, how many answers were the same words."""
    votes, scripted, ranking = _match(store, store.ratings.newest(), match)
    pairs = _counts(store, store.pairs.newest()).get(match, PairCount(0, 0))
    line: dict[str, Any] = {"votes": votes, "scripted": scripted, "verdict": ranking.verdict, "more": ranking.more,
                            "first": None}  # fmt: skip
    if ranking.comparisons:
        (one,) = ranking.comparisons
        line["first"] = player_label(one.first, store) | {"chance": one.chance, "low": one.low, "high": one.high}
        line["pairs"] = one.wins + one.ties + one.losses
    return line | {"same_text": same_text(pairs, ranking)}


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
