"""All that votes add up to, as the page and the terminal both tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lab.feedback.agreement import Agreement, Consistency, agreement_of, agreements_of, consistency_of
from lab.feedback.ranking import Ranking, rank_sums
from lab.feedback.sides import SideBias, side_bias_of, side_biases_of
from lab.feedback.sums import SCRIPTED, VoteSums
from lab.feedback.tally import tally_of
from lab.model_ref import ModelRef
from lab.models import CATALOGUE
from lab.store import PairCount, Store


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
    with tally_of(store).look() as tally:
        return summarise_sums(tally.votes, raters)


def summarise_sums(sums: VoteSums, raters: str = "all", most: int | None = None) -> Summary:
    """The same by what votes add up to; of tables that grow with the raters the first `most` rows, if that is given."""
    mine = sums.by[raters]
    sides = raters != SCRIPTED
    return Summary(
        rank_sums(mine), agreement_of(sums, raters), agreements_of(sums, raters, most), consistency_of(sums, raters),
        side_bias_of(sums) if sides else None, side_biases_of(sums, most) if sides else [],
        mine.votes, mine.scripted,
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
