"""The runs there are: listing, showing, cancelling, deleting."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from lab.api import Lab
from lab.api.records import run_record
from lab.cli.comparison import comparison_json, print_comparison
from lab.cli.lineage import family_lines, tree_lines
from lab.cli.options import AsJson, RunId
from lab.cli.output import counted, emit_json, figure, print_table, say, size, sparkline
from lab.cli.pictures import print_picture
from lab.cli.report import MARKS, print_results
from lab.cli.small_pictures import picture_lines
from lab.cli.tries import tries_picture
from lab.data.grids import is_grid
from lab.disk import run_bytes
from lab.errors import RunError
from lab.evaluate.right_answers import is_right
from lab.evaluate.selection import find_runs
from lab.planning.removal import Removal
from lab.store import Mark, Run, Sample, Status, Store

COLUMNS = ("run", "created", "recipe", "variant", "base", "method", "status", "steps", "held-out loss", "disk", "tags")
SPARE_COLUMNS = (("method",), ("base",), ("created",), ("steps",), ("disk",), ("tags",))
SHOWN_CURVES = ("loss", "eval_loss")


def add_to(app: typer.Typer) -> None:
    app.command("runs")(list_runs)
    app.command()(show)
    app.command()(cancel)
    app.command()(delete)


def list_runs(
    tree: Annotated[bool, typer.Option("--tree", help="Show which run comes from which.")] = False,
    tag: Annotated[str | None, typer.Option(metavar="TAG", help="Only those with this tag.")] = None,
    starred: Annotated[bool, typer.Option("--starred", help="Only those with a star.")] = False,
    archived: Annotated[bool, typer.Option("--archived", help="Those in the archive, and only those.")] = False,
    as_json: AsJson = False,
) -> None:
    """All runs that are not archived, the newest last."""
    with Lab.open() as lab:
        found = lab.runs(tag=tag, starred=starred or None, archived=archived)
        marks = lab.marks(found)
        disk = {run.id: lab.disk(run) for run in found} if as_json or not tree else {}
        more = sum(one.archived for one in lab.store.marks.all().values()) if not archived else 0
    if tree and not as_json and found:
        return print("\n".join(tree_lines(found)))
    if as_json:
        return emit_json([_record(run, marks[run.id], disk[run.id]) for run in found])
    if not found:
        return say(_nothing(bool(tag or starred or archived), more))
    rows = [
        (run.id, _when(run.created), run.recipe_name, _starred(run, marks[run.id]), run.base, run.method,
         MARKS[run.status], f"{run.step}/{run.total_steps}", figure(run.outcome.eval_loss.after), size(disk[run.id]),
         " ".join(f"#{one}" for one in marks[run.id].tags))
        for run in found
    ]  # fmt: skip
    print_table("", COLUMNS, rows, SPARE_COLUMNS)
    return say(f"{counted(more, 'runs')} in the archive: --archived lists them.") if more else None


def _record(run: Run, mark: Mark, disk: int) -> dict[str, object]:
    """A run as programs read it, with what people keep with it and the bytes it takes."""
    return run_record(run) | _times(run) | asdict(mark) | {"disk_bytes": disk}


def _starred(run: Run, mark: Mark) -> str:
    return f"{run.name} ★" if mark.starred else run.name


def _nothing(asked: bool, archived: int) -> str:
    if asked:
        return "no run is marked so."
    if archived:
        return f"all runs ({archived}) are in the archive: --archived lists them."
    return "no runs yet: `lab train recipes/first_steps.yaml` makes the first ones."


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
    mark, disk = store.marks.some([found.id])[found.id], run_bytes(store.home, found.id).total
    curves = {name: store.curves.curve(found.id, name) for name in SHOWN_CURVES}
    samples = store.curves.samples([found.id])
    out = found.outcome
    if as_json:
        more = {"curves": curves, "samples": [asdict(sample) for sample in samples], "recipe": found.recipe,
                "environment": out.environment, "search": [asdict(one) for one in out.search],
                "ranks": out.ranks}  # fmt: skip
        return emit_json(_record(found, mark, disk) | more)
    print(f"{found.recipe_name} / {found.name}: {found.objective} with {found.method} on {found.base}\n")
    tags = " ".join(f"#{one}" for one in mark.tags)
    print(" · ".join(filter(None, ("★" * mark.starred, tags, "archived" * mark.archived, f"{size(disk)} on disk"))))
    print(f"{mark.note}\n" if mark.note else "")
    if len(lines := family_lines(found, store.runs.all())) > 1:
        print("\n".join(lines) + "\n")
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
            print(f"\n? {_shown(sample.prompt)}\n→ {_shown(sample.answer)}{_right(sample, out.wanted)}")
    return print(f"\n{found.recipe}")


def _right(sample: Sample, wanted: tuple[str, ...]) -> str:
    """Whether a sample is right, and what would be, where the data knows it."""
    known = wanted[sample.position] if sample.position < len(wanted) else ""
    right = is_right(sample.answer, known)
    if right is None:
        return f"\n  right answer: {_shown(known)}" if known else ""
    return "  (right)" if right else f"  (not the right answer: {_shown(known)})"


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
    runs: Annotated[list[str], typer.Argument(metavar="RUN…", help="Ids of runs, or of comparisons.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete runs with their weights, curves and samples. Ratings of their answers stay, and so do their forks."""
    with Lab.open() as lab:
        lab.close_abandoned()
        what = lab.removal(*runs)
        if not what.goes:
            raise RunError("; ".join(f"run '{one.run.id}' {one.reason}" for one in what.stays), do=_to_delete(what))
        for kept in what.stays:
            say(f"{kept.run.name} ({kept.run.id}) stays: it {kept.reason}")
        if not yes and not typer.confirm(f"Delete {_named(what)}, {size(what.bytes)}?", err=True):
            raise typer.Exit(1)
        gone = lab.delete_all(*runs)
    ids = [run.id for run in gone.goes]
    if as_json:
        alone = len(runs) == len(ids) == 1
        stays = {one.run.id: one.reason for one in gone.stays}
        return emit_json({"deleted": ids[0] if alone else ids, "stays": stays, "bytes": gone.bytes})
    return say(f"{_named(gone)}: deleted, with {size(gone.bytes)} of disk")


def _to_delete(what: Removal) -> str:
    run = what.stays[0].run
    return "delete that first." if what.stays[0].heirs else f"stop it first: lab cancel {run.id}."


def _named(what: Removal) -> str:
    first = what.goes[0]
    return (
        f"{first.recipe_name} / {first.name} ({first.id})" if len(what.goes) == 1 else counted(len(what.goes), "runs")
    )


def _times(run: Run) -> dict[str, object]:
    """Seconds since 1970, and the comparison the run belongs to."""
    return {"comparison": run.comparison, "created": run.created, "started": run.started, "ended": run.ended,
            "total_steps": run.total_steps}  # fmt: skip


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")
