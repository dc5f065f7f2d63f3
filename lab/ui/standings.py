"""What votes add up to, as the page takes it: the ranking, the win matrix, who rated, how far raters agree.

Other people's names in the store would let one vote as them, so the page gets numbers instead.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from lab.card import find_cards
from lab.feedback.matchups import proposals
from lab.feedback.ranking import Ranking
from lab.feedback.scripted import SCRIPTED
from lab.feedback.sides import SideBias
from lab.feedback.summary import with_same
from lab.feedback.tally import tally_of
from lab.model_ref import ModelRef
from lab.store import PairCount, RaterCount, Store
from lab.ui.component import Request
from lab.ui.players import FIRST_BASE, player_label, player_labels
from lab.ui.summaries import MOST_SHOWN, Shown, summaries_of, summary_of
from lab.visitors.visitor import BROWSER, MEMBER
from lab.words import pair

REWARD_NEEDS = 40
"""Decided votes from which a reward model has something to learn."""
KTO_NEEDS = 20
"""Thumbs from which KTO has something to learn."""


class Standings:
    """Reads all votes and sums them up."""

    class Asked(Request):
        """Whose votes count, and who asks."""

        raters: Literal["all", "people", "scripted"] = "all"
        rater: str = Field("", pattern=r"^[\w-]{4,60}$")

    def __init__(self, store: Store):
        self._store = store

    def all(self, asked: "Standings.Asked") -> dict[str, Any]:
        with tally_of(self._store).look() as tally:
            voted = [one for one in tally.counts() if one.kind == "vote"]
            raters = tally.raters("vote")
        names = rater_names(raters, asked.rater)
        sums = summary_of(self._store, asked.raters)
        pairs = summaries_of(self._store).pairs()
        return {
            "votes": sum(one.count for one in voted), "scripted": sum(one.count for one in voted if one.scripted),
            "raters": [names[one.rater] | {"votes": one.count} for one in most_first(raters)],
            **_ranking(sums, pairs, self._store),
            "agreement": sums.agreement and vars(sums.agreement) | {"raters": len(sums.agreement.raters)},
            "between": [
                vars(one) | {"raters": [names[rater] for rater in one.raters]}
                for one in sums.between if set(one.raters) <= names.keys()
            ],
            "consistency": [
                names[one.rater] | {"pairs": one.pairs, "same": one.same, "low": one.low, "high": one.high}
                for one in sums.consistency if one.rater in names
            ],
            "sides": sums.sides and _side_bias(sums.sides),
            "sides_each": [
                names[one.raters[0]] | _side_bias(one) for one in sums.sides_each if one.raters[0] in names
            ],
        }  # fmt: skip


def _ranking(sums: Shown, pairs: PairCount, store: Store) -> dict[str, Any]:
    """Who leads, what is settled, what is left out, and who is to be compared next."""
    ranking = sums.ranking
    shown, unranked = ranking.standings[:MOST_SHOWN], ranking.unranked[:MOST_SHOWN]
    undecided = ranking.undecided
    pair = (undecided.first, undecided.second) if undecided else ()
    labels = player_labels({*(one.player for one in shown), *unranked, *pair}, store)
    return {
        "ranking": [
            labels[one.player]
            | {"group": one.group, "chance": one.chance, "low": one.low, "high": one.high, "votes": one.votes}
            for one in shown
        ],
        "players": len(ranking.standings) + ranking.left_out,
        "wins": [row[: len(shown)] for row in ranking.wins[: len(shown)]],
        "compared": ranking.votes, "parted": ranking.parted, "verdict": ranking.verdict,
        "more": ranking.more, "equal": ranking.equal, "unranked": [labels[player] for player in unranked],
        "settled": [list(two) for two in sums.settled],
        "undecided": undecided and vars(undecided)
        | {"first": labels[undecided.first], "second": labels[undecided.second], "verdict": undecided.verdict},
        "same_text": same_text(pairs, ranking),
        "compare_next": _compare_next(sums.proposed, store),
    }  # fmt: skip


def _compare_next(pairs: Sequence[tuple[str, str]], store: Store) -> list[list[dict[str, Any]]]:
    """Proposals of whom to compare, `base` being how a match names each."""
    labels = player_labels({player for pair in pairs for player in pair}, store)
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
    ranking = summary_of(store, "all").ranking
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


def lead(match: str, store: Store, rater: str = "") -> dict[str, Any]:
    """One match in a line: how many votes, whose, who leads how surely, how many answers were the same words.

    `mine` are those of the votes that `rater` cast; second looks at a pair are no further votes, and counted apart.
    """
    with tally_of(store).look() as tally:
        sums, ranking = tally.match(match), tally.ranking(match)
        votes, scripted, mine, looks = sums.votes, sums.scripted, sums.by[rater], sums.looks[rater]
    pairs = store.pairs.counts(match).get(match, PairCount(0, 0))
    line: dict[str, Any] = {"votes": votes, "scripted": scripted, "verdict": ranking.verdict, "more": ranking.more,
                            "first": None, "mine": mine, "looks": looks}  # fmt: skip
    if ranking.comparisons:
        (one,) = ranking.comparisons
        line["first"] = player_label(one.first, store) | {"chance": one.chance, "low": one.low, "high": one.high}
        line["pairs"] = one.wins + one.ties + one.losses
    return line | {"same_text": same_text(pairs, ranking)}


def feeds(store: Store) -> dict[str, int]:
    """How many preferences can be learned from, and how many more a reward model wants."""
    with tally_of(store).look() as tally:
        decided = tally.votes.decided
    return {"decided": decided, "missing": max(0, REWARD_NEEDS - decided)}


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
        elif one.rater.startswith((BROWSER, MEMBER)):
            people += one.rater != mine
            who["number"] = people
        else:
            who["name"] = one.rater
        names[one.rater] = who
    return names
