"""The `lab` command: the same calls as the page. One module a subject; this one gathers them and catches errors.

With --json a command prints exactly one JSON document on standard output; all else goes to standard error. Exit codes:
0 done, 1 a run failed, 2 the recipe or the arguments are wrong.
"""

import sys

import typer

from lab.cli import catalogue, chat, data, feedback, machine, pairs, runs, tokens, train
from lab.cli.output import emit_json, say
from lab.errors import LabError

app = typer.Typer(
    name="lab",
    help="Parrot Lab: tune language models side by side, compare them, talk to them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for subject in (machine, catalogue, data, tokens, train, runs, chat, feedback, pairs):
    subject.add_to(app)


def main() -> None:
    """Run the command; what the user can mend is said in one line and ends with exit code 2."""
    try:
        app()
    except LabError as problem:
        if "--json" in sys.argv:
            emit_json({"error": str(problem)})
        say(f"error: {problem}")
        sys.exit(2)
