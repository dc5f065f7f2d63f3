"""`lab leaderboard`: the measured table of methods; `measure` carries out what is missing of one, `record` keeps it."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from lab.api import Lab
from lab.api.leaderboard import RULE, SEEDS, measure, record
from lab.card import find_cards
from lab.cli.options import AsJson
from lab.cli.output import emit_json, print_table, say, size
from lab.cli.train import ExecutorName, check_named
from lab.errors import RecipeError, RunError, nearest
from lab.evaluate.leaderboard import FILE, Figure, Leaderboard, Score, front, read_leaderboard

leaderboard_app = typer.Typer(help="The measured table of methods.", invoke_without_command=True, no_args_is_help=False)
COLUMNS = ("", "method", "accuracy", "", "seeds", "retained", "perplexity", "trained", "CPU", "memory", "rate")
SPARE = (("memory",), ("rate",), ("perplexity",), ("CPU",), ("trained",))
LEGEND = """\
Brackets: 95 % intervals over questions and, from two seeds on, over seeds.
"can't tell": the difference to the highest, paired over seeds and questions, may be chance; one seed never tells.
*: no other is better in accuracy and in retained skill. ↕: the best rate tried is the lowest or the highest tried.
CPU: seconds of the steps, which other work makes no longer. docs/leaderboard.md says how to repeat all of it."""
STANDINGS = {"best": "highest", "unsure": "can't tell", "lower": "lower"}
Table = Annotated[Path, typer.Option("--file", help="Another recorded table than the one that ships with the lab.")]
Name = Annotated[
    str | None, typer.Argument(metavar="[RECIPE]", help="A recipe; by default recipes/peft/leaderboard.yaml.")
]


def add_to(app: typer.Typer) -> None:
    app.add_typer(leaderboard_app, name="leaderboard")


@leaderboard_app.callback()
def show(
    context: typer.Context,
    data: Annotated[str | None, typer.Option(help="Only on this data set.")] = None,
    family: Annotated[str | None, typer.Option(help="Only methods of this family.")] = None,
    mergeable: Annotated[
        bool, typer.Option("--mergeable", help="Only methods that can be merged into the base.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
    file: Table = FILE,
    as_json: AsJson = False,
) -> None:
    """What every method came to on each data set, the best first, with 95 % intervals."""
    if context.invoked_subcommand:
        return None
    table = read_leaderboard(file)
    if table is None:
        raise RunError(
            "no table of methods is recorded", where=str(file), do="`lab leaderboard measure`, then `record`."
        )
    scores = _chosen(table, data, family, mergeable)
    if as_csv:
        return _print_csv([one.row() for one in scores])
    if as_json:
        return emit_json(asdict(table) | {"scores": [asdict(one) for one in scores]})
    return _print(table, scores)


@leaderboard_app.command("measure")
def measure_command(
    recipe: Name = None,
    data: Annotated[
        list[str] | None,
        typer.Option(help=f"Data sets, as a recipe names them; by default the recipe's own and {RULE}."),
    ] = None,
    seeds: Annotated[int, typer.Option(help="Seeds of each method.", min=1, max=20)] = SEEDS,
    again: Annotated[bool, typer.Option("--again", help="Try anew what failed.")] = False,
    executor: ExecutorName = None,
) -> None:
    """Carry out what is missing, all methods before any has its next seed; stop it at any time, and begin it again."""
    check_named(executor)
    wanted = [_data(one) for one in data] if data else [None, RULE]
    with Lab.open() as lab:
        try:
            count = measure(lab, recipe, data=wanted, seeds=seeds, again=again, executor=executor, show=say)
        except KeyboardInterrupt:
            say("stopped; the same command goes on from here, `lab leaderboard record` keeps what there is.")
            raise typer.Exit(130) from None
    say(
        f"{count} runs were carried out; `lab leaderboard record` keeps what they came to."
        if count
        else "all is there."
    )


@leaderboard_app.command("record")
def record_command(
    recipe: Name = None,
    file: Annotated[Path, typer.Option("--file", help="Where to write it.")] = Path("leaderboard.json"),
    seeds: Annotated[int, typer.Option(help="How many seeds were planned.", min=1, max=20)] = SEEDS,
) -> None:
    """Write what the runs of a table came to so far into a file; each cell says how many seeds it has."""
    with Lab.open() as lab:
        table = record(lab, recipe, file=file, seeds=seeds)
    counts = sorted({score.seeds for score in table.scores})
    say(f"{len(table.scores)} scores with {counts[0]} to {counts[-1]} seeds each in {file}")


def _data(text: str) -> Any:
    """A data set's name, or its fields as YAML such as {name: cookbook, subset: west}."""
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        raise RecipeError(f"'{text}' is no data set", where="--data",
                          do="give a name, or fields such as '{name: cookbook, subset: west}'.") from None  # fmt: skip


def _chosen(table: Leaderboard, data: str | None, family: str | None, mergeable: bool) -> list[Score]:
    names = [one.id for one in table.data]
    if data is not None and data not in names:
        raise RunError(f"the table has no data set '{data}'", where="--data", do=nearest(data, names))
    cards = {name: module.CARD for name, module in find_cards("lab.methods").items()}
    families = sorted({card.family for card in cards.values()})
    if family is not None and family not in families:
        raise RunError(f"there is no family '{family}'", where="--family", do=nearest(family, families))
    return [
        one for one in table.scores
        if data in (None, one.data) and (card := cards.get(one.method))
        and family in (None, card.family) and (card.mergeable or not mergeable)
    ]  # fmt: skip


def _print(table: Leaderboard, scores: Sequence[Score]) -> None:
    for data in table.data:
        own = [one for one in scores if one.data == data.id]
        if not own:
            continue
        best = {one.method for one in front(own, "forgetting")}
        rows = [_row(place, one, one.method in best) for place, one in enumerate(own, 1)]
        print_table(f"{data.name['en']} ({data.id}): {data.asked} held-out questions", COLUMNS, rows, SPARE)
        start = table.start[data.id]
        print(f"Before training: accuracy {_share(start['accuracy'])}, retained {_share(start['retained'])}.")
        if lost := table.failed[data.id]:
            print(f"Failed: {', '.join(lost)}.")
        print()
    count = f"{table.parameters:,} parameters but for those marked ≠" if table.parameters else "the cards' knobs"
    print(
        f"Recorded {table.recorded} on {table.base}: {table.steps} steps, {count}; {table.seeds_planned} seeds planned."
    )
    print(LEGEND)


def _row(place: int, one: Score, on_front: bool) -> tuple[object, ...]:
    failed = f", {one.failed} failed" if one.failed else ""
    return (
        place, one.method + (" *" if on_front else ""), _figure(one.accuracy), STANDINGS[one.standing],
        f"{one.seeds}{failed}", _figure(one.retained), f"{one.perplexity.mean:.1f}" if one.perplexity else "–",
        f"{one.trainable:,}{'' if one.equal else ' ≠'}", f"{one.cpu_seconds:.1f} s" if one.cpu_seconds else "–",
        size(one.memory_bytes), f"{one.learning_rate:g}{' ↕' if one.at_edge else ''}",
    )  # fmt: skip


def _figure(one: Figure | None) -> str:
    if one is None:
        return "–"
    return f"{one.mean:.0%}" + ("" if one.low is None or one.high is None else f" [{one.low:.0%} {one.high:.0%}]")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _print_csv(rows: Sequence[dict[str, Any]]) -> None:
    writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else ["method"])
    writer.writeheader()
    writer.writerows(rows)
