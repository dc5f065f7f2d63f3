"""Runs and comparisons out of one lab and into another: `lab export --as script|bundle`, `lab import`."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lab.api import Lab
from lab.bundle import BroughtIn, Bundled
from lab.cli.options import AsJson
from lab.cli.output import counted, emit_json, figure, say, size
from lab.errors import RunError
from lab.model_export.forms import BESIDES
from lab.store.imported import Imported

if TYPE_CHECKING:
    from lab.model_export.script import Script

FORMS = BESIDES


def add_to(app: typer.Typer) -> None:
    app.command("import")(bring_in)


def give(runs: list[str], form: str, path: Path | None, weights: bool, by: str, as_json: bool) -> None:
    """Write one run as a script, or one comparison as a bundle, and tell what was written."""
    if len(runs) != 1:
        what = "a script is of one run" if form == "script" else "a bundle is of one comparison"
        raise RunError(f"{len(runs)} are named", where="RUN", do=f"name one: {what}.")
    if form == "script" and (weights or by):
        raise RunError("a script has its rows and its base with it, and says whose it is nowhere",
                       where="--weights" if weights else "--by", do="leave that out, or take --as bundle.")  # fmt: skip
    with Lab.open() as lab:
        if form == "bundle":
            return _told_bundle(lab.bundle(runs[0], path or Path(f"{runs[0]}.zip"), weights=weights, by=by), as_json)
        made: Any = lab.export(runs[0], form, path or Path(f"{runs[0]}-script"))
    return _told_script(made, as_json)


def bring_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `lab export --as bundle` wrote.")],
    votes: Annotated[bool, typer.Option("--votes/--no-votes", help="With what people and scripts said there.")] = True,
    as_json: AsJson = False,
) -> None:
    """Take in a comparison of another lab: recipes, figures, curves, samples, votes, and weights where it has them.
    Everything is checked first, and nothing of it is executed."""
    with Lab.open() as lab:
        found = lab.import_bundle(file, votes=votes)
    if as_json:
        return emit_json(asdict(found))
    return say(_told_import(found))


def _told_import(found: BroughtIn) -> str:
    weights = f", weights of {counted(len(found.weights), 'runs')}" if found.weights else ", no weights"
    return (
        f"{found.name} ({found.comparison}): {counted(len(found.runs), 'runs')}, {counted(found.ratings, 'ratings')}"
        f"{weights}; {from_where(found.origin)}. Its figures were measured there. `lab show {found.comparison}`"
    )


def from_where(told: Imported) -> str:
    """Where a comparison comes from, in words."""
    return f"from lab {told.where}, {datetime.fromtimestamp(told.made):%Y-%m-%d}"


def _told_script(made: "Script", as_json: bool) -> None:
    if as_json:
        return emit_json({"as": "script"} | asdict(made) | {"file": str(made.file), "files": str(made.files)})
    say(
        f"{made.file}: {made.lines} lines; in {made.files} {made.rows:,} rows and {made.held_out:,} held out "
        f"({size(made.bytes)}). `python {made.file}` trains it again; the run's {made.figure} was "
        f"{figure(made.recorded)}."
    )
    for note in made.notes:
        say(f"note: {note}.")
    return None


def _told_bundle(made: Bundled, as_json: bool) -> None:
    if as_json:
        return emit_json({"as": "bundle"} | asdict(made) | {"file": str(made.file)})
    weights = f"with the weights of {len(made.weights)}" if made.weights else "without weights"
    return say(
        f"{made.file}: {counted(made.runs, 'runs')}, {counted(made.ratings, 'ratings')}, {weights} "
        f"({size(made.bytes)}); "
        f"`lab import {made.file.name}` takes it into another lab"
    )
