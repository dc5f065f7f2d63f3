"""Pairs from the terminal: `lab feedback collect` makes them and has scripts vote."""

import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from lab.api import Lab
from lab.api.collecting import Collected
from lab.cli.feedback import feedback_app
from lab.cli.options import AsJson
from lab.cli.output import counted, duration, emit_json, say
from lab.cli.ranking import show_ranking
from lab.evaluate.selection import find_runs
from lab.model_ref import ModelRef

if TYPE_CHECKING:
    from lab.api.agreeing import Share

TELL_SECONDS = 5.0


def add_to(app: typer.Typer) -> None:
    """The commands are part of `lab feedback`."""
    feedback_app.command()(collect)
    feedback_app.command("rank")(show_ranking)
    feedback_app.command()(agree)


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
    judge: Annotated[
        str | None,
        typer.Option(metavar="run:ID", help="A reward model that chooses among the candidates."),
    ] = None,
    candidates: Annotated[
        int,
        typer.Option(help="Above 1: of so many pairs the one that the votes so far say least about."),
    ] = 1,
    seed: Annotated[int, typer.Option(help="The same seed gives the same pairs to a new lab.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Make pairs of answers to compare, and have scripted raters vote on them."""
    sampling = {"temperature": temperature, "max_new_tokens": tokens, "seed": seed}
    began = time.monotonic()
    with Lab.open() as lab:
        made = lab.collect(
            *runs,
            pairs=pairs,
            data=data,
            split=split,
            language=language,
            raters=rater or (),
            judge=judge,
            candidates=candidates,
            **sampling,
        )
        collected = _show(made, pairs, began)
    _report(collected, time.monotonic() - began, as_json)


def agree(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run that has trained a reward model.")],
    who: Annotated[str, typer.Option("--raters", help="Whose votes and thumbs: all, people or scripted.")] = "people",
    as_json: AsJson = False,
) -> None:
    """Whether a reward model agrees with your votes and thumbs on questions that it has not learned from."""
    from lab.api.agreeing import judge_agreement

    with Lab.open() as lab:
        model = find_runs([run], lab.store)[0].id
        found = judge_agreement(lab.store, model, lab.scorer(str(ModelRef(run=model))), who)
    if as_json:
        return emit_json(asdict(found))
    for name, new, longer, learned in (
        ("votes", found.new.votes, found.longer.votes, found.learned.votes),
        ("good and bad answers", found.new.thumbs, found.longer.thumbs, found.learned.thumbs),
    ):
        print(f"{name}: agrees on {_share(new)}, {new.count} new to it")
        if new.count:
            left = f"; the left one is in {_share(found.left)}" if name == "votes" else ""
            print(f"  the longer answer is the better one in {_share(longer)}{left}")
        if learned.count:
            print(f"  of what it has learned from: {_share(learned)}, {learned.count}")
    return None


def _share(one: "Share") -> str:
    return f"{one.right / one.count:.0%} ({one.low:.0%} to {one.high:.0%})" if one.count else "nothing to compare"


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
