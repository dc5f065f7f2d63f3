"""All that votes add up to, as the page and the terminal both tell it: read from the store once, nothing remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lab.feedback.agreement import Agreement, Consistency, agreement, agreements, consistency
from lab.feedback.ranking import Ranking, rank
from lab.feedback.sides import SideBias, side_bias, side_biases
from lab.model_ref import ModelRef
from lab.models import CATALOGUE
from lab.store import WHOSE, PairCount, Store


@dataclass(frozen=True)
class Summary:
    """Who leads, how far raters agree with each other and with themselves, whether they prefer a side."""

    ranking: Ranking
    agreement: Agreement | None
    between: Sequence[Agreement]
    consistency: Sequence[Consistency]
    sides: SideBias | None
    sides_each: Sequence[SideBias]
    votes: int
    scripted: int


def summarise(store: Store, raters: str = "all") -> Summary:
    """The sums of the votes of 'all', 'people' or 'scripted' raters."""
    votes = store.pairs.votes(scripted=WHOSE[raters])
    return Summary(
        rank(votes), agreement(votes), agreements(votes), consistency(votes), side_bias(votes), side_biases(votes),
        len(votes), sum(vote.scripted for vote in votes),
    )  # fmt: skip


def between_players(counts: Mapping[str, PairCount]) -> PairCount:
    """The pairs of all matches between two players, from those by match; two samples of one player are left out."""
    found = [count for match, count in counts.items() if not _with_itself(match)]
    return PairCount(sum(count.pairs for count in found), sum(count.same for count in found))


def with_same(ranking: Ranking, count: PairCount) -> float | None:
    """What the first of two players would win if pairs of the same words were asked too, always a tie; None without
    two. Of more players each couple has a share of its own.
    """
    if len(ranking.comparisons) != 1 or len(ranking.standings) != 2:
        return None
    chance = ranking.comparisons[0].chance
    return chance + (0.5 - chance) * count.share


def able(ranking: Ranking, store: Store) -> list[str]:
    """Those in a ranking who can still answer: runs that are there, and bases; a file may call a player anything."""
    players = [one.player for one in ranking.standings]
    refs = {player: ModelRef.of_answer(player) for player in players}
    runs = store.runs.some([ref.run for ref in refs.values() if ref.run])
    return [player for player in players if refs[player].run in runs or _is_base(refs[player].base, store)]


def _is_base(base: str | None, store: Store) -> bool:
    return base is not None and (base in CATALOGUE or store.runs.start_from(base))


def _with_itself(match: str) -> bool:
    half = match[: len(match) // 2]
    return match == f"{half}|{half}"
