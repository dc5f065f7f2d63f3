"""`lab feedback rank`: who leads by votes, whether it is settled, how far raters agree, whether they prefer a side."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from lab.api import Lab
from lab.cli.options import AsJson
from lab.cli.output import counted, emit_json, print_table
from lab.errors import RunError, nearest
from lab.feedback.comparisons import Comparison
from lab.feedback.matchups import proposals
from lab.feedback.meetings import BEATEN
from lab.feedback.ranking import MOST_RANKED, Ranking, Standing
from lab.feedback.sides import SideBias
from lab.feedback.summary import Summary, able, between_players, summarise, with_same
from lab.model_ref import ModelRef
from lab.store import WHOSE, PairCount


def show_ranking(
    who: Annotated[str, typer.Option("--raters", help="Whose votes count: all, people or scripted.")] = "all",
    as_json: AsJson = False,
) -> None:
    """Who leads by votes, how surely, and how far raters agree."""
    if who not in WHOSE:
        raise RunError(f"'{who}' are no raters", where="--raters", do=nearest(who, WHOSE))
    with Lab.open() as lab:
        names = {run.id: run.name for run in lab.store.runs.all()}
        sums, pairs = summarise(lab.store, who), between_players(lab.store.pairs.counts())
        then = proposals(sums.ranking, able(sums.ranking, lab.store))
    return emit_json(_document(sums, pairs) | {"compare_next": then}) if as_json else _print(sums, pairs, then, names)


def _document(sums: Summary, pairs: PairCount) -> dict[str, Any]:
    ranking = sums.ranking
    comparisons = [asdict(one) | {"verdict": one.verdict} for one in ranking.comparisons]
    return asdict(sums) | {
        "ranking": asdict(ranking) | {"verdict": ranking.verdict, "more": ranking.more, "comparisons": comparisons},
        "sides": sums.sides and _side_bias(sums.sides), "sides_each": [_side_bias(one) for one in sums.sides_each],
        "same_text": asdict(pairs) | {"share": pairs.share, "with_same": with_same(ranking, pairs)},
    }  # fmt: skip


def _side_bias(one: SideBias) -> dict[str, Any]:
    return asdict(one) | {"share": one.share, "leans": one.leans}


def _print(sums: Summary, pairs: PairCount, then: Sequence[tuple[str, str]], names: Mapping[str, str]) -> None:
    ranking = sums.ranking
    print(f"{counted(sums.votes, 'votes')}, {sums.scripted} of them scripted; {ranking.votes} compare two players")
    if ranking.standings:
        _print_standings(ranking, names)
    print(_settled(ranking, names))
    for one, other in then:
        asked = " ".join(ref.run or str(ref) for ref in map(ModelRef.of_answer, (one, other)))
        print(f"compare next: {_name(one, names)} with {_name(other, names)}: lab feedback collect {asked}")
    _print_left_out(ranking, pairs, names)
    _print_raters(sums)


def _print_standings(ranking: Ranking, names: Mapping[str, str]) -> None:
    sizes = Counter(one.group for one in ranking.standings)
    for group, size in sizes.items():
        if group:
            print(_parted(ranking.parted[group - 1]))
        rows = [_row(place, one, names) for place, one in enumerate(_of_group(ranking, group), 1)]
        kind = "95 % interval, for one look" if size > 2 else "95 % interval, however often one looks"
        print_table("", ("", "player", "wins against the others", kind, "votes"), rows)
    columns = ("won against", *(_name(one.player, names) for one in ranking.standings))
    rows = [(column, *(f"{won:g}" for won in row)) for column, row in zip(columns[1:], ranking.wins, strict=True)]
    print_table("", columns, rows)


def _of_group(ranking: Ranking, group: int) -> list[Standing]:
    return [one for one in ranking.standings if one.group == group]


def _row(place: int, one: Standing, names: Mapping[str, str]) -> tuple[object, ...]:
    share = ("–", "–") if one.chance is None else (f"{one.chance:.0%}", f"{one.low:.0%} to {one.high:.0%}")
    return place, _name(one.player, names), *share, one.votes


def _parted(follows: str) -> str:
    if follows == BEATEN:
        return "ranked apart: won no vote against those above, and not all of them have met"
    return "ranked apart: no votes tie these to those above"


def _settled(ranking: Ranking, names: Mapping[str, str]) -> str:
    if ranking.verdict == "none":
        return "no votes between different players yet"
    if ranking.verdict == "apart":
        return "there is no one order: not all players have been compared"
    if (undecided := ranking.undecided) is None:
        return f"it is settled: {_name(ranking.standings[0].player, names)} is the best"
    told = _told(undecided, names)
    if undecided.verdict == "alike":
        return f"{told}: as good as equal"
    more = f"about {undecided.more:,} more votes would settle it" if undecided.more else "many more votes are needed"
    return f"not settled: {told}; {more}"


def _told(one: Comparison, names: Mapping[str, str]) -> str:
    return (f"{_name(one.first, names)} wins {one.chance:.0%} ({one.low:.0%} to {one.high:.0%}) against "
            f"{_name(one.second, names)}")  # fmt: skip


def _print_left_out(ranking: Ranking, pairs: PairCount, names: Mapping[str, str]) -> None:
    if pairs.same:
        tied = with_same(ranking, pairs)
        means = "" if tied is None else f"; with these as ties, the first would win {tied:.0%}"
        print(f"{pairs.share:.0%} of the pairs ({pairs.same} of {pairs.pairs}) were twice the same text and are not "
              f"asked; shares are of those that differ{means}")  # fmt: skip
    if ranking.equal:
        print(f"{counted(ranking.equal, 'votes')} on answers in the same words left out")
    if ranking.left_out:
        print(f"{counted(ranking.left_out, 'players')} with fewer votes are not ranked: {MOST_RANKED} at most are")
    for player in ranking.unranked:
        print(f"{_name(player, names)} has no place: all its answers that were judged were the same words")


def _print_raters(sums: Summary) -> None:
    if both := sums.agreement:
        kappa = (
            "" if both.kappa is None else f", kappa {both.kappa:.2f} ({both.kappa_low:.2f} to {both.kappa_high:.2f})"
        )
        print(f"{len(both.raters)} raters agree on {both.share:.0%} ({both.share_low:.0%} to {both.share_high:.0%}) of "
              f"{both.pairs} shared pairs{kappa}")  # fmt: skip
    for one in sums.consistency:
        print(f"{one.rater} said the same of {one.same} of {one.pairs} pairs seen twice "
              f"({one.low:.0%} to {one.high:.0%})")  # fmt: skip
    if sides := sums.sides:
        leans = f": people prefer the {sides.leans} side" if sides.leans else ""
        print(f"the left answer won {sides.share:.0%} ({sides.low:.0%} to {sides.high:.0%}) of people's "
              f"{counted(sides.votes, 'votes')} for one side{leans}")  # fmt: skip


def _name(player: str, names: Mapping[str, str]) -> str:
    return f"{names[player]} ({player})" if player in names else str(ModelRef.of_answer(player).base or player)
