"""`lab advise`: a few answers in, ranked ways of tuning out, with what speaks for and against each, and a recipe."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from lab.api import Lab
from lab.cli.options import AsJson
from lab.cli.output import duration, emit_json, say, size
from lab.cli.plan_report import plan_record
from lab.errors import RecipeError
from lab.planning.advice import QUESTIONS, Advice
from lab.recipe import dump_recipe
from lab.words import words

FOR, AGAINST = 4, 3
"""So many reasons are printed; --json has all."""


def add_to(app: typer.Typer) -> None:
    app.command()(advise)


def _asked(name: str) -> str:
    """A question's help: its words and its answers."""
    return f"{words('en')[f'advice.ask_{name}']} {', '.join(QUESTIONS[name])}."


def advise(
    task: Annotated[str | None, typer.Option(help=_asked("task"))] = None,
    labels: Annotated[str | None, typer.Option(help=_asked("labels"))] = None,
    amount: Annotated[str | None, typer.Option(help=f"{_asked('amount')[:-1]}, or a number of rows.")] = None,
    keep: Annotated[str, typer.Option(help=_asked("keep"))] = "nothing",
    people: Annotated[str, typer.Option(help=_asked("people"))] = "no",
    deliver: Annotated[str, typer.Option(help=_asked("deliver"))] = "any",
    device: Annotated[
        str, typer.Option(help="Where it trains: this (this machine), '24 GB', 'RTX 4090', cpu.")
    ] = "this",
    base: Annotated[str, typer.Option(help="The model to start from.")] = "nano",
    data: Annotated[str | None, typer.Option(help="Your own rows: a file or a data set's name.")] = None,
    number: Annotated[int, typer.Option(min=1, help="Which of the ranked recipes --recipe writes.")] = 1,
    recipe: Annotated[Path | None, typer.Option(metavar="PATH", help="Write the recipe to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Which way of tuning suits a task: ranked, with reasons for and against, what it costs here, and a recipe."""
    given = {"task": task, "labels": labels, "amount": amount, "keep": keep, "people": people, "deliver": deliver,
             "device": device, "base": base, "data": data}  # fmt: skip
    with Lab.open() as lab:
        advised = lab.advise(**given)
    if recipe is not None:
        _write(advised, number, recipe)
    if as_json:
        return emit_json([advice_record(one) for one in advised])
    for place, one in enumerate(advised, 1):
        print_advice(place, one)
    if recipe is None:
        say(
            "\n`lab advise … --recipe mine.yaml` writes the first (--number 2: the second); then `lab train mine.yaml`."
        )
    return None


def advice_record(one: Advice) -> dict[str, Any]:
    """A way that is advised, as `lab advise --json` prints it."""
    return {
        "title": asdict(one.title), "method": one.method.id, "objectives": [card.id for card in one.objectives],
        "remedies": one.remedies, "share": one.share, "score": one.score,
        "reasons": [asdict(reason) for reason in one.reasons],
        "think_twice": asdict(one.method.bad), "measured": asdict(one.measured) if one.measured else None,
        **{key: value for key, value in plan_record(one.planned).items() if key in ("cost", "fit", "notes")},
        "recipe": dump_recipe(one.recipe),
    }  # fmt: skip


def print_advice(place: int, one: Advice) -> None:
    """One way, with its cost and what speaks for and against it."""
    cost, fit = one.planned.cost, one.planned.fit
    costs = [f"{size(cost.memory_bytes)} of memory", f"a file of {size(cost.adapter_bytes)}"]
    if cost.seconds is not None:
        costs.insert(0, f"about {duration(cost.seconds)}")
    if fit and not fit.fits:
        costs.append(f"does not fit on {fit.device}")
    print(f"{place}. {one.title.en}")
    print(f"   {', '.join(costs)}")
    for sign, told in (("+", one.pros[:FOR]), ("-", one.cons[:AGAINST])):
        for reason in told:
            print(f"   {sign} {reason.says.en[0].upper()}{reason.says.en[1:]}. [{reason.source.en}]")
    print(f"   Think twice: {one.method.bad.en}")


def _write(advised: list[Advice], number: int, path: Path) -> None:
    """Write one of the recipes; raises RecipeError for a number there is not, or a file that can't be written."""
    if number > len(advised):
        raise RecipeError(f"{len(advised)} ways are advised", where="--number", do=f"give 1 to {len(advised)}.")
    try:
        path.write_text(dump_recipe(advised[number - 1].recipe), encoding="utf-8")
    except OSError as problem:
        why = f"{path} can't be written: {problem.strerror}"
        raise RecipeError(why, where="--recipe", do="name another file.") from None
    say(f"{path}: {advised[number - 1].title.en}")
