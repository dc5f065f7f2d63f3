"""`lab replay`: recorded comparisons as a folder that plays in any browser, without a lab."""

from pathlib import Path
from typing import Annotated

import typer

from lab.api import Lab
from lab.cli.exporting import Runs, known_language
from lab.cli.options import AsJson
from lab.cli.output import emit_json, say
from lab.evaluate.selection import find_runs
from lab.store.access import is_private


def add_to(app: typer.Typer) -> None:
    app.command()(replay)


def replay(
    runs: Runs,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="A new folder, or one with a replay in it.")
    ] = Path("replay"),
    title: Annotated[str | None, typer.Option(help="Of the page; the recipe's name where none is given.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Which the page begins in, en or zh; the browser's where none is given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """A folder that plays finished runs in a browser: curves as they drew themselves, samples, table, notes, costs. It
    needs no lab and no network, and is a static Space."""
    spoken = known_language(language) if language else None
    with Lab.open() as lab:
        found = find_runs(runs, lab.store)
        from lab.replay import write_replay  # it takes the page's own parts, and with them Gradio

        made = write_replay(found, lab.store, output, title, spoken)
    own = [run.id for run in found if is_private(run)]
    if as_json:
        return emit_json({"folder": str(made.folder), "comparisons": made.comparisons, "runs": made.runs,
                          "bytes": made.bytes})  # fmt: skip
    if own:
        say(f"{', '.join(own)}: learned from files of yours; their samples, settings and names are in the page.")
    return say(f"{made.folder / 'index.html'}: {made.runs} runs, {made.bytes:,} bytes. Open it in a browser.")
