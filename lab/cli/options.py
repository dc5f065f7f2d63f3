"""Options that several commands share."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
RunId = Annotated[str, typer.Argument(metavar="RUN", help="A run's id, or the beginning of it.")]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help="Go on without rows that can't be read; they are counted and named.")
]
