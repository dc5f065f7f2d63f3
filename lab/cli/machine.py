"""The machine and the app: `lab doctor`, `lab serve`."""

from dataclasses import asdict
from typing import Annotated

import typer

from lab.cli.options import AsJson
from lab.cli.output import emit_json, print_table
from lab.home import find_home

SIGNS = {"good": "✓", "limited": "!", "missing": "✗"}


def add_to(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(doctor)


def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.", min=0, max=65535)] = 7860,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Open the app."""
    from lab.ui.launch import launch

    launch(host=host, port=port, open_browser=open_browser)


def doctor(as_json: AsJson = False) -> None:
    """Versions, device, memory, disk; what can't work here and why."""
    from lab.doctor import examine

    findings = examine(find_home())
    if as_json:
        emit_json([asdict(finding) for finding in findings])
    else:
        print_table("", ("", "about", ""), [(SIGNS[one.state], one.about, one.words) for one in findings])
    if any(one.state == "missing" for one in findings):
        raise typer.Exit(1)
