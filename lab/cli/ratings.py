"""Feedback from the terminal: rating an answer, taking rows in and out, counting what there is."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from lab.cli.options import AsJson
from lab.cli.screen import emit_json, print_table, say
from lab.errors import DataError, RunError, nearest
from lab.home import find_home
from lab.store import Feedback, Store

VERDICTS = ("good", "bad", "none")
TERMINAL = "terminal"
feedback_app = typer.Typer(help="What people said of answers.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(feedback_app, name="feedback")


@feedback_app.command()
def thumb(
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help="An answer's id, as `lab chat --json` gives it.")],
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="good, bad, or none to take it back.")],
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    as_json: AsJson = False,
) -> None:
    """Rate an answer."""
    if verdict not in VERDICTS:
        raise RunError(f"'{verdict}' is no verdict", where="VERDICT", do=nearest(verdict, VERDICTS))
    with Store(find_home()) as store:
        if store.ratings.answer(answer) is None:
            raise RunError(f"there is no answer '{answer}'", where="ANSWER", do="`lab chat … --json` gives the ids.")
        store.ratings.rate(Feedback("thumb", answer, TERMINAL, verdict, answer, reason=reason))
    if as_json:
        return emit_json({"answer": answer, "verdict": verdict})
    return say(f"{answer}: {verdict}")


@feedback_app.command()
def stats(as_json: AsJson = False) -> None:
    """How much feedback there is, by kind and verdict; what was changed later counts once."""
    with Store(find_home()) as store:
        current = store.ratings.current()
    counts = Counter((row.kind, row.verdict if row.kind != "edit" else "edited") for row in current)
    if as_json:
        return emit_json([{"kind": kind, "verdict": verdict, "count": n} for (kind, verdict), n in counts.items()])
    return print_table("", ("kind", "verdict", "count"), [(*pair, n) for pair, n in sorted(counts.items())])


@feedback_app.command("export")
def export_rows(
    file: Annotated[Path, typer.Option("--output", "-o", help="The JSONL file to write.")],
    format: Annotated[str, typer.Option("--format", help="sft, dpo or kto.")] = "kto",
    as_json: AsJson = False,
) -> None:
    """Write the feedback as a data set for the next round of training."""
    from lab.feedback import export

    with Store(find_home()) as store:
        count = export(store, format, file)
    if as_json:
        return emit_json({"file": str(file), "format": format, "rows": count})
    return say(f"{count} rows for {format} in {file}")


@feedback_app.command("import")
def import_rows(file: Annotated[Path, typer.Argument(metavar="FILE")], as_json: AsJson = False) -> None:
    """Take in rows of prompt, completion and label (true or false) as thumbs."""
    from lab.data import to_standard
    from lab.data.files import read_path
    from lab.feedback import take_in

    read = to_standard(read_path(file).train)
    if read.format != "binary_feedback":
        raise DataError(f"holds rows of the kind {read.format}", where=file, do="give prompt, completion and label.")
    with Store(find_home()) as store:
        count = take_in(store, read.rows, rater=f"file {file.name}"[:100])
    if as_json:
        return emit_json({"file": str(file), "rows": count})
    return say(f"{count} thumbs from {file}")
