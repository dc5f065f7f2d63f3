"""Votes from the terminal: `lab feedback collect` makes pairs and has scripts vote, `rank` says who leads."""

import threading
import time
from collections import Counter
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, Literal

import typer

from lab.cli.chat import bases_of
from lab.cli.feedback import feedback_app
from lab.cli.options import AsJson
from lab.cli.output import counted, duration, emit_json, print_table, say
from lab.errors import RunError, nearest
from lab.home import find_home
from lab.model_ref import ModelRef
from lab.store import Store, Vote

WHO = ("all", "people", "scripted")
REPORT_SECONDS = 5.0


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
    from lab.data.questions import questions
    from lab.feedback.collection.pairs import PairRequest
    from lab.feedback.scripted import rater_name
    from lab.generate import Sampling
    from lab.recipe import DataChoice

    for name in rater or ():
        rater_name(name)
    wanted = _split(split)
    sampling = Sampling(temperature, 0.95, tokens, seed)
    with Store(find_home()) as store:
        first, second = _two(runs, store)
        asked = questions([DataChoice(name=data, language=language)], store.home, seed, wanted)
        _collect(PairRequest(first, second, tuple(asked), data, pairs, sampling), store, rater or [], as_json)


def show_ranking(
    who: Annotated[str, typer.Option("--raters", help="Whose votes count: all, people or scripted.")] = "all",
    as_json: AsJson = False,
) -> None:
    """Who leads by votes, how surely, and how far raters agree."""
    from lab.feedback import agreement, agreements, consistency, rank

    if who not in WHO:
        raise RunError(f"'{who}' are no raters", where="--raters", do=nearest(who, WHO))
    with Store(find_home()) as store:
        names = {run.id: run.name for run in store.runs.all()}
        votes = [vote for vote in store.pairs.votes() if who in ("all", "scripted" if vote.scripted else "people")]
    ranking, together = rank(votes), agreement(votes)
    if as_json:
        return emit_json({
            "ranking": asdict(ranking), "votes": len(votes), "scripted": sum(vote.scripted for vote in votes),
            "agreement": asdict(together) if together else None,
            "between": [asdict(one) for one in agreements(votes)],
            "consistency": [asdict(one) for one in consistency(votes)],
        })  # fmt: skip
    return _print(ranking, votes, names, together, consistency(votes))


def _split(name: str) -> Literal["train", "held_out"]:
    if name == "train":
        return "train"
    if name == "held_out":
        return "held_out"
    raise RunError(f"'{name}' is no split", where="--split", do="say train or held_out.")


def _two(names: list[str], store: Store) -> list[str]:
    """What the one or two named answer with."""
    if len(names) > 2:
        raise RunError(f"{len(names)} are named", where="RUN", do="name one, which answers twice, or two.")
    found = bases_of(names, store)
    return [found[names[0]], found[names[-1]]]


def _collect(request: Any, store: Store, raters: list[str], as_json: bool) -> None:
    import torch

    from lab.feedback.collection.pairs import Answerer, collect_pairs
    from lab.feedback.scripted import cast_scripted, rater_name
    from lab.machine import cores, inference_threads
    from lab.serving.engine import InferenceEngine

    torch.set_num_threads(inference_threads(cores()))
    engine, stop = InferenceEngine(store.home), threading.Event()
    answer: Answerer = partial(engine.answer, stop=stop)
    began = reported = time.monotonic()
    kept = asked = same = silent = 0
    votes: dict[str, Counter[str]] = {rater_name(name): Counter() for name in raters}
    try:
        for batch in collect_pairs(request, store, answer, stop):
            for name in raters:
                votes[rater_name(name)] += cast_scripted(store, name, batch.pairs)
            asked, kept = asked + batch.asked, kept + len(batch.pairs)
            same, silent = same + batch.same, silent + batch.silent
            if time.monotonic() - reported > REPORT_SECONDS:
                reported = time.monotonic()
                left = (reported - began) / asked * (request.pairs - asked)
                say(f"{asked} of {request.pairs} pairs, {duration(left)} left")
    except KeyboardInterrupt:
        say("stopped; what was made is kept.")
    seconds = time.monotonic() - began
    if as_json:
        return emit_json({"pairs": kept, "asked": asked, "same": same, "silent": silent, "seconds": round(seconds, 2),
                          "votes": {name: dict(counts) for name, counts in votes.items()}})  # fmt: skip
    made = f"{counted(kept, 'pairs')} in {duration(seconds)}"
    say(f"{made}; left out: {same} with equal answers, {silent} with an empty one")
    for name, counts in votes.items():
        say(f"{name}: first {counts['left']}, second {counts['right']}, tie {counts['tie']}")
    if not votes:
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
