"""Keeping runs in order: comparisons, names, tags, notes, stars, the archive, and what differs between two recipes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from lab.api import Lab
from lab.cli.options import AsJson
from lab.cli.output import counted, emit_json, print_table, say, size
from lab.store import Run, Status
from lab.store.comparisons import Comparison
from lab.store.imported import imported_of

Several = Annotated[list[str], typer.Argument(metavar="RUN…", help="Ids of runs, or of comparisons.")]
Off = Annotated[bool, typer.Option("--off", help="Take it back.")]
WHOLE = "all variants"


def add_to(app: typer.Typer) -> None:
    for command in (comparisons, rename, tag, note, star, archive, diff):
        app.command()(command)


def comparisons(
    archived: Annotated[bool, typer.Option("--archived", help="Those in the archive, and only those.")] = False,
    as_json: AsJson = False,
) -> None:
    """What was trained together: all comparisons that are not archived, the newest last."""
    with Lab.open() as lab:
        lab.close_abandoned()
        marks = lab.store.marks.all()
        away = {run for run, mark in marks.items() if mark.archived}
        found = [one for one in lab.comparisons()[::-1] if all(run.id in away for run in one.runs) == archived]
        disk = {one.id: sum(lab.disk(run) for run in one.runs) for one in found}
    if as_json:
        return emit_json([_told(one) | {"disk_bytes": disk[one.id]} for one in found])
    if not found:
        return say("no comparison here: `lab train recipes/first_steps.yaml` makes one.")
    rows = [(one.id, _when(one.created), one.name, len(one.runs), _names(one), _how_far(one), size(disk[one.id]))
            for one in found]  # fmt: skip
    head = ("comparison", "created", "name", "runs", "variants", "status", "disk")
    return print_table("", head, rows, (("created",), ("disk",)))


def rename(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run, or a comparison.")],
    name: Annotated[str, typer.Argument(metavar="NAME")],
    as_json: AsJson = False,
) -> None:
    """Give a run's variant (its runs of all seeds), or a whole comparison, another name."""
    with Lab.open() as lab:
        found = lab.rename(run, name)
    return _done(found, f"called '{' '.join(name.split())}' now", as_json)


def tag(
    runs: Several,
    add: Annotated[list[str] | None, typer.Option("--add", "-a", metavar="TAG", help="As often as wanted.")] = None,
    remove: Annotated[list[str] | None, typer.Option("--remove", "-r", metavar="TAG", help="Take it off.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add tags to runs, or take them off; without either, print the tags."""
    with Lab.open() as lab:
        found = lab.mark(*runs, add=add or (), remove=remove or ())
        marks = lab.marks(found)
    if as_json:
        return emit_json({run.id: list(marks[run.id].tags) for run in found})
    rows = [(run.id, run.recipe_name, run.name, " ".join(f"#{one}" for one in marks[run.id].tags)) for run in found]
    return print_table("", ("run", "recipe", "variant", "tags"), rows)


def note(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run, or a comparison.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="'' takes the note away.")],
    as_json: AsJson = False,
) -> None:
    """Write a note beside a run; `lab show RUN` has it."""
    with Lab.open() as lab:
        found = lab.mark(run, note=text)
    return _done(found, "noted" if text.strip() else "without a note now", as_json)


def star(runs: Several, off: Off = False, as_json: AsJson = False) -> None:
    """Star runs; `lab runs --starred` lists them."""
    with Lab.open() as lab:
        found = lab.mark(*runs, starred=not off)
    return _done(found, "without a star now" if off else "starred", as_json)


def archive(runs: Several, off: Off = False, as_json: AsJson = False) -> None:
    """Put runs away: they stay whole, but lists leave them out (`lab runs --archived` has them)."""
    with Lab.open() as lab:
        found = lab.mark(*runs, archived=not off)
    return _done(found, "back from the archive" if off else "archived", as_json)


def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A run, a comparison, or a recipe's file.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    as_json: AsJson = False,
) -> None:
    """In which fields two recipes differ, what they leave out counted as what it comes to."""
    with Lab.open() as lab:
        found = lab.diff(first, second)
    if as_json:
        return emit_json([asdict(one) for one in found])
    if not found:
        return say("they do not differ.")
    several = any(one.variant for one in found)
    head = (*(["variant"] if several else []), "field", first, second)
    rows = [
        (*([one.variant or WHOLE] if several else []), one.field, _value(one.first), _value(one.second))
        for one in found
    ]
    return print_table("", head, rows)


def _value(text: str | None) -> str:
    return "(not there)" if text is None else text


def _done(runs: Sequence[Run], what: str, as_json: bool) -> None:
    if as_json:
        return emit_json([run.id for run in runs])
    named = f"{runs[0].name} ({runs[0].id})" if len(runs) == 1 else counted(len(runs), "runs")
    return say(f"{named}: {what}")


def _told(one: Comparison) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "created": one.created, "variants": one.variants,
        "runs": [run.id for run in one.runs], "statuses": {status.value: n for status, n in one.statuses.items()},
        "imported": asdict(origin) if (origin := imported_of(one.runs[0])) else None,
    }  # fmt: skip


def _names(one: Comparison) -> str:
    few = one.variants[:4]
    return ", ".join(few) + (f" and {len(one.variants) - len(few)} more" if len(one.variants) > len(few) else "")


def _how_far(one: Comparison) -> str:
    told = one.statuses
    far = "done" if list(told) == [Status.DONE] else ", ".join(f"{count} {status}" for status, count in told.items())
    return f"{far}, imported" if imported_of(one.runs[0]) else far


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")
