"""The `lab` command: the same calls as the page. One module a subject; this one gathers them and catches errors.

With --json a command prints exactly one JSON document on standard output; all else goes to standard error. Exit codes:
0 done, 1 a run failed, 2 the recipe or the arguments are wrong.
"""

import contextlib
import os
import sys
from typing import NoReturn

import typer
from pydantic import ValidationError

from lab.cli import (
    advise,
    backups,
    catalogue,
    chat,
    cluster,
    data,
    exporting,
    feedback,
    forks,
    giving,
    keeping,
    leaderboard,
    machine,
    pairs,
    replay,
    runs,
    sharing,
    tokens,
    train,
)  # fmt: skip
from lab.cli.output import emit_json, say
from lab.errors import LabError, in_words, shown

app = typer.Typer(
    name="lab",
    help="Parrot Lab: tune language models side by side, compare them, talk to them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
SUBJECTS = (
    machine, cluster, backups, catalogue, advise, leaderboard, data, tokens, train, forks, runs, keeping, exporting,
    replay, giving, sharing, chat, feedback, pairs,
)  # fmt: skip
for subject in SUBJECTS:
    subject.add_to(app)


def main() -> None:
    """Run the command; what the user can mend is said in one line and ends with exit code 2."""
    try:
        app()
    except BrokenPipeError:  # who read the output has left: `lab runs | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(2)
    except LabError as problem:
        _refuse(problem)
    except OSError as problem:
        _refuse(in_words(problem))
    except ValidationError as problem:
        first = problem.errors()[0]
        _refuse(
            LabError(f"{shown(first['input'])} is not allowed", where=".".join(map(str, first["loc"])), do=first["msg"])
        )
    except MemoryError:
        _refuse(LabError("out of memory", do="close other programs, or ask for less."))


def _refuse(problem: LabError) -> NoReturn:
    if "--json" in sys.argv:
        with contextlib.suppress(OSError):
            emit_json({"error": str(problem)})
    with contextlib.suppress(OSError):
        say(f"error: {problem}")
    sys.exit(2)
