"""Feedback from the terminal: rating an answer, and counting what there is."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from lab.cli.options import AsJson
from lab.cli.screen import emit_json, print_table, say
from lab.errors import DataError, RunError, nearest
from lab.feedback import export as export_rows
from lab.feedback import take_in
from lab.home import find_home
from lab.recipe import DataChoice
from lab.store import Feedback, Store

VERDICTS = ("good", "bad", "none")
TERMINAL = "terminal"
feedback_app = typer.Typer(help="What people said of answers.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(feedback_app, name="feedback")


@feedback_app.command()
def thumb(
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help="An answer's id, as `lab chat --json` gives it.")],
    verdict: Annotated[str, typer.Argument(help="good, bad, or none to take it back.")],
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


@feedback_app.command()
def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="The JSONL file to write.")],
    format: Annotated[str, typer.Option(help="sft, dpo or kto.")] = "kto",
    as_json: AsJson = False,
) -> None:
    """Write what there is as rows to train on, in TRL's formats."""
    with Store(find_home()) as store:
        count = export_rows(store, format, output)
    if as_json:
        return emit_json({"rows": count, "format": format, "file": str(output)})
    return say(f"{count} rows for {format} in {output}")


@feedback_app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="Rows of prompt, completion and label (true or false).")],
    rater: Annotated[str, typer.Option(help="Who rated.")] = "import",
    as_json: AsJson = False,
) -> None:
    """Keep a file's rated answers as thumbs."""
    from lab.data import load_data

    home = find_home()
    rows = load_data(DataChoice(name=str(file), held_out=0.01), home, seed=0)
    if rows.format != "binary_feedback":
        raise DataError(f"these rows are {rows.format}", where=file, do="give prompt, completion and label.")
    with Store(home) as store:
        count = take_in(store, [*rows.train, *rows.held_out], rater)
    if as_json:
        return emit_json({"rows": count})
    return say(f"{count} thumbs kept")
