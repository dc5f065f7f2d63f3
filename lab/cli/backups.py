"""A lab in one file and back: `lab backup`, `lab restore`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lab.cli.options import AsJson
from lab.cli.output import counted, emit_json, size
from lab.errors import LabError
from lab.home import find_home


def add_to(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Such as lab.tar, or lab.tar.gz to have it packed.")],
    checkpoints: Annotated[
        bool, typer.Option("--checkpoints", help="With checkpoints, to resume runs that stopped early.")
    ] = False,
    models: Annotated[bool, typer.Option("--models", help="With the models that were fetched.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the whole lab into one file: curves, votes, runs' weights, uploads. The lab may run meanwhile."""
    from lab.store import Store
    from lab.store.backup import write_backup

    if file.exists() and not force:
        raise LabError("there is such a file already", where=file, do="name another, or replace it with --force.")
    with Store(find_home()) as store:
        made = write_backup(store, file, checkpoints=checkpoints, models=models)
    if as_json:
        return emit_json({"file": str(file), **asdict(made)})
    return print(
        f"{file}: {counted(made.runs, 'runs')}, {counted(made.votes, 'rows of votes')}, "
        f"{counted(made.files, 'files')} ({size(made.bytes)}); `lab restore {file}` puts it into an empty LAB_HOME"
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `lab backup` wrote.")],
    as_json: AsJson = False,
) -> None:
    """Put a backup into this lab's folder (LAB_HOME), which must be empty."""
    from lab.store.backup import restore_backup

    home = find_home()
    if not file.is_file():
        raise LabError("there is no such file", where=file, do="name a file that `lab backup` wrote.")
    found = restore_backup(file, home)
    if as_json:
        return emit_json({"home": str(home.root), **asdict(found)})
    cut = f"; {counted(found.interrupted, 'runs')} that were running are interrupted" if found.interrupted else ""
    return print(
        f"{home.root}: {counted(found.runs, 'runs')}, {counted(found.votes, 'rows of votes')}, "
        f"{counted(found.files, 'files')}{cut}"
    )
