"""How far raters agree with each other on the same pairs, and each with itself when a pair comes a second time.

Only numbers. A verdict counts as one of three: the first answer, the second, or neither ('tie' and 'both bad').
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from lab.store import Vote


@dataclass(frozen=True)
class Agreement:
    """What several raters said of the same pairs. `share` of all comparable verdicts are the same; kappa takes chance
    off: 1 is full agreement, 0 what chance would give, None where everybody always says the same."""

    raters: tuple[str, ...]
    pairs: int
    share: float
    kappa: float | None


@dataclass(frozen=True)
class Consistency:
    """How often a rater said the same of a pair seen again with its sides swapped."""

    rater: str
    scripted: bool
    pairs: int
    same: int


def agreement(votes: Sequence[Vote]) -> Agreement | None:
    """All raters together, by Fleiss' kappa (1971) for any number of raters a pair; None where no pair has two."""
    verdicts = [list(by.values()) for by in _by_pair(votes).values() if len(by) > 1]
    if not verdicts:
        return None
    raters = {rater for by in _by_pair(votes).values() if len(by) > 1 for rater in by}
    share = sum(_same(said) for said in verdicts) / len(verdicts)
    totals = Counter(verdict for said in verdicts for verdict in said)
    chance = sum((count / totals.total()) ** 2 for count in totals.values())
    return Agreement(tuple(sorted(raters)), len(verdicts), share, _kappa(share, chance))


def agreements(votes: Sequence[Vote]) -> list[Agreement]:
    """Every two raters with a pair in common, by Cohen's kappa (1960); those with the most in common first."""
    found = []
    by_pair = _by_pair(votes)
    for one, other in combinations(sorted({vote.rater for vote in votes}), 2):
        both = [(by[one], by[other]) for by in by_pair.values() if one in by and other in by]
        if not both:
            continue
        share = sum(mine == yours for mine, yours in both) / len(both)
        mine, yours = (Counter(side) for side in zip(*both, strict=True))
        chance = sum(mine[verdict] * yours[verdict] for verdict in mine) / len(both) ** 2
        found.append(Agreement((one, other), len(both), share, _kappa(share, chance)))
    return sorted(found, key=lambda one: -one.pairs)


def consistency(votes: Sequence[Vote]) -> list[Consistency]:
    """Each rater who was shown a pair again, by name."""
    first = {(vote.rater, vote.pair): _verdict(vote) for vote in votes if not vote.again}
    seen: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for vote in votes:
        if vote.again and (vote.rater, vote.pair) in first:
            seen[vote.rater, vote.scripted].append(first[vote.rater, vote.pair] == _verdict(vote))
    return [Consistency(*who, len(same), sum(same)) for who, same in sorted(seen.items())]


def _by_pair(votes: Sequence[Vote]) -> dict[str, dict[str, str]]:
    """Each pair's verdicts by rater; second looks and answers in the same words are left out."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for vote in votes:
        if not (vote.again or vote.equal):
            found[vote.pair][vote.rater] = _verdict(vote)
    return found


def _verdict(vote: Vote) -> str:
    return vote.winner if vote.winner in ("first", "second") else "neither"


def _same(said: Sequence[str]) -> float:
    """The share of pairs of raters that said the same."""
    counts = Counter(said)
    return sum(count * (count - 1) for count in counts.values()) / (len(said) * (len(said) - 1))


def _kappa(share: float, chance: float) -> float | None:
    return None if chance >= 1 else (share - chance) / (1 - chance)
