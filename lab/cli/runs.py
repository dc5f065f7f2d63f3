"""The runs there are: listing, showing, cancelling, deleting."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from lab.api import Lab
from lab.api.records import run_record
from lab.cli.comparison import comparison_json, find_runs, print_comparison
from lab.cli.options import AsJson, RunId
from lab.cli.output import emit_json, figure, print_table, say, sparkline
from lab.cli.pictures import print_picture
from lab.cli.report import MARKS, print_results
from lab.cli.small_pictures import picture_lines
from lab.cli.tries import tries_picture
from lab.data.grids import is_grid
from lab.store import Run, Status, Store

SHOWN_CURVES = ("loss", "eval_loss")


def add_to(app: typer.Typer) -> None:
    app.command("runs")(list_runs)
    app.command()(show)
    app.command()(cancel)
    app.command()(delete)


def list_runs(as_json: AsJson = False) -> None:
    """All runs, the newest last."""
    with Lab.open() as lab:
        found = lab.runs()
    if as_json:
        return emit_json([run_record(run) | _times(run) for run in found])
    if not found:
        return say("no runs yet: `lab train recipes/first_steps.yaml` makes the first ones.")
    rows = [
        (run.id, _when(run.created), run.recipe_name, run.name, run.base, run.method, MARKS[run.status],
         f"{run.step}/{run.total_steps}", figure(run.outcome.eval_loss.after))
        for run in found
    ]  # fmt: skip
    columns = ("run", "created", "recipe", "variant", "base", "method", "status", "steps", "held-out loss")
    return print_table("", columns, rows, (("method",), ("base",), ("created",), ("steps",)))


def show(
    runs: Annotated[list[str], typer.Argument(metavar="RUN…", help="Ids of runs, or of comparisons.")],
    against: Annotated[
        str | None, typer.Option(metavar="VARIANT", help="Tell how far the others differ from it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """One run: its figures, curves, samples and recipe. Several, or a comparison: one table of all."""
    with Lab.open() as lab:
        lab.close_abandoned()
        found = find_runs(runs, lab.store)
        if len(found) == 1 and not against:
            return _show_one(found[0], lab.store, as_json)
    return emit_json(comparison_json(found, against)) if as_json else print_comparison(found, against)


def _show_one(found: Run, store: Store, as_json: bool) -> None:
    curves = {name: store.curves.curve(found.id, name) for name in SHOWN_CURVES}
    samples = store.curves.samples([found.id])
    out = found.outcome
    if as_json:
        more = {"curves": curves, "samples": [asdict(sample) for sample in samples], "recipe": found.recipe,
                "environment": out.environment, "search": [asdict(one) for one in out.search],
                "ranks": out.ranks}  # fmt: skip
        return emit_json(run_record(found) | _times(found) | more)
    print(f"{found.recipe_name} / {found.name}: {found.objective} with {found.method} on {found.base}\n")
    print_results([found])
    for name, points in curves.items():
        if points:
            values = [value for _, value in points]
            print(f"\n{name:<10}{sparkline(values)}  {values[0]:.3f} → {values[-1]:.3f}")
    if picture := tries_picture(out):
        print("\n" + "\n".join(picture))
    if out.search:
        print()
        tried = [(f"{one.learning_rate:g}", one.steps, figure(one.held_out_loss)) for one in out.search]
        print_table("Learning rates tried", ("rate", "steps", "held-out loss"), tried)
    if out.ranks:
        print()
        print_table("Ranks", ("layer", "rank"), [(name, "█" * rank + f" {rank}") for name, rank in out.ranks.items()])
    for title, drawn in out.pictures.items():
        print()
        print_picture(title, drawn)
    last = max((sample.step for sample in samples), default=0)
    for sample in samples:
        if sample.step == last:
            print(f"\n? {_shown(sample.prompt)}\n→ {_shown(sample.answer)}")
    return print(f"\n{found.recipe}")


def _shown(text: str) -> str:
    """A text as it is, a small picture drawn."""
    return "\n" + "\n".join(picture_lines(text)) if is_grid(text) else text


def cancel(
    run: RunId,
    discard: Annotated[bool, typer.Option("--discard", help="Throw its weights away.")] = False,
    as_json: AsJson = False,
) -> None:
    """Stop a run within a step; the weights so far are kept."""
    with Lab.open() as lab:
        lab.close_abandoned()
        after = lab.cancel(run, keep=not discard)
    if as_json:
        return emit_json(run_record(after))
    return say(f"{after.name} ({after.id}): {'cancelled' if after.status == Status.CANCELLED else 'asked to stop'}")


def delete(
    run: RunId, yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False, as_json: AsJson = False
) -> None:
    """Delete a run with its weights, curves and samples. Ratings of its answers stay."""
    with Lab.open() as lab:
        lab.close_abandoned()
        found = lab.run(run)
        if not yes and not typer.confirm(f"Delete {found.recipe_name} / {found.name} ({found.id})?", err=True):
            raise typer.Exit(1)
        lab.delete(found)
    if as_json:
        return emit_json({"deleted": found.id})
    return say(f"{found.name} ({found.id}) is deleted")


def _times(run: Run) -> dict[str, object]:
    """Seconds since 1970, and the comparison the run belongs to."""
    return {"comparison": run.comparison, "created": run.created, "started": run.started, "ended": run.ended,
            "total_steps": run.total_steps}  # fmt: skip


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")
