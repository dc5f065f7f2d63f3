"""Votes from the terminal: `lab feedback collect` makes pairs and has scripts vote, `rank` says who leads."""

import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer

from lab.api import Lab
from lab.api.collecting import Collected
from lab.cli.feedback import feedback_app
from lab.cli.options import AsJson
from lab.cli.output import counted, duration, emit_json, print_table, say
from lab.errors import RunError, nearest
from lab.home import find_home
from lab.model_ref import ModelRef
from lab.store import WHOSE, Store, Vote

TELL_SECONDS = 5.0


def add_to(app: typer.Typer) -> None:
    """The commands are part of `lab feedback`."""
    feedback_app.command()(collect)
    feedback_app.command("rank")(show_ranking)


def collect(
    runs: Annotated[list[str], typer.Argument(metavar="RUN [RUN]", help="Who answers; one alone answers twice.")],
    data: Annotated[str, typer.Option(help="Where the questions come from.")] = "prompts",
    pairs: Annotated[int, typer.Option(help="How many pairs to make.", min=1, max=100_000)] = 100,
    rater: Annotated[
        list[str] | None, typer.Option(help="A scripted rater that votes; without one the pairs wait for a person.")
    ] = None,
    split: Annotated[str, typer.Option(help="Which questions: train or held_out.")] = "train",
    language: Annotated[str, typer.Option(help="The language of built-in data.")] = "en",
    tokens: Annotated[int, typer.Option(help="At most so many new tokens.")] = 48,
    temperature: Annotated[float, typer.Option(help="Higher makes the two answers differ more.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same pairs to a new lab.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Make pairs of answers to compare, and have scripted raters vote on them."""
    sampling = {"temperature": temperature, "max_new_tokens": tokens, "seed": seed}
    began = time.monotonic()
    with Lab.open() as lab:
        made = lab.collect(
            *runs, pairs=pairs, data=data, split=split, language=language, raters=rater or (), **sampling
        )
        collected = _show(made, pairs, began)
    _report(collected, time.monotonic() - began, as_json)


def show_ranking(
    who: Annotated[str, typer.Option("--raters", help="Whose votes count: all, people or scripted.")] = "all",
    as_json: AsJson = False,
) -> None:
    """Who leads by votes, how surely, and how far raters agree."""
    from lab.feedback import agreement, agreements, consistency, rank

    if who not in WHOSE:
        raise RunError(f"'{who}' are no raters", where="--raters", do=nearest(who, WHOSE))
    with Store(find_home()) as store:
        names = {run.id: run.name for run in store.runs.all()}
        votes = store.pairs.votes(scripted=WHOSE[who])
    ranking, together = rank(votes), agreement(votes)
    if as_json:
        return emit_json({
            "ranking": asdict(ranking), "votes": len(votes), "scripted": sum(vote.scripted for vote in votes),
            "agreement": asdict(together) if together else None,
            "between": [asdict(one) for one in agreements(votes)],
            "consistency": [asdict(one) for one in consistency(votes)],
        })  # fmt: skip
    return _print(ranking, votes, names, together, consistency(votes))


def _show(made: Iterator[Collected], pairs: int, began: float) -> Collected:
    """Tell now and then how far it is; the totals at the end, also where Ctrl-C ended it."""
    shown, collected = began, Collected()
    try:
        for collected in made:
            if time.monotonic() - shown > TELL_SECONDS:
                shown = time.monotonic()
                left = (shown - began) / collected.asked * (pairs - collected.asked)
                say(f"{collected.asked} of {pairs} pairs, {duration(left)} left")
    except KeyboardInterrupt:
        say("stopped; what was made is kept.")
    return collected


def _report(done: Collected, seconds: float, as_json: bool) -> None:
    if as_json:
        return emit_json({"pairs": done.kept, "asked": done.asked, "same": done.same, "silent": done.silent,
                          "seconds": round(seconds, 2),
                          "votes": {name: dict(counts) for name, counts in done.votes.items()}})  # fmt: skip
    say(f"{counted(done.kept, 'pairs')} in {duration(seconds)}; left out: {done.same} with equal answers, "
        f"{done.silent} with an empty one")  # fmt: skip
    for name, counts in done.votes.items():
        say(f"{name}: first {counts['left']}, second {counts['right']}, tie {counts['tie']}")
    if not done.votes:
        say("they wait in the Arena.")
    return None


def _print(ranking: Any, votes: list[Vote], names: dict[str, str], together: Any, looks: list[Any]) -> None:
    scripted = sum(vote.scripted for vote in votes)
    print(f"{counted(len(votes), 'votes')}, {scripted} of them scripted; {ranking.votes} compare two players")
    if len(ranking.standings) > 1:
        _print_standings(ranking, names)
    print(_settled(ranking))
    if together:
        kappa = "" if together.kappa is None else f", kappa {together.kappa:.2f}"
        print(f"{len(together.raters)} raters agree on {together.share:.0%} of {together.pairs} shared pairs{kappa}")
    for one in looks:
        print(f"{one.rater} said the same of {one.same} of {one.pairs} pairs seen twice")


def _print_standings(ranking: Any, names: dict[str, str]) -> None:
    print_table(
        "", ("", "player", "wins against the others", "95 % interval", "votes"),
        [(place, _name(one.player, names), f"{one.chance:.0%}", f"{one.low:.0%} to {one.high:.0%}", one.votes)
         for place, one in enumerate(ranking.standings, 1)],
    )  # fmt: skip
    columns = ("won against", *(_name(one.player, names) for one in ranking.standings))
    rows = [(column, *(f"{won:g}" for won in row)) for column, row in zip(columns[1:], ranking.wins, strict=True)]
    print_table("", columns, rows)


def _settled(ranking: Any) -> str:
    if not ranking.standings:
        return "no votes between different players yet"
    if ranking.more is None:
        return "the first two seem equally good"
    return "it is settled" if ranking.more == 0 else f"about {ranking.more} more votes would settle who leads"


def _name(player: str, names: dict[str, str]) -> str:
    return f"{names[player]} ({player})" if player in names else str(ModelRef.of_answer(player).base or player)
