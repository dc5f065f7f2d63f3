"""Feedback from the terminal: rating an answer, taking rows in and out, counting what there is."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lab.api import Lab
from lab.cli.options import AsJson
from lab.cli.output import counted, emit_json, print_table, say
from lab.errors import RunError

if TYPE_CHECKING:
    from lab.data.types import Table

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
    with Lab.open() as lab:
        lab.rate(answer, verdict, rater=TERMINAL, reason=reason)
    if as_json:
        return emit_json({"answer": answer, "verdict": verdict})
    return say(f"{answer}: {verdict}")


@feedback_app.command()
def stats(as_json: AsJson = False) -> None:
    """How much feedback there is, by kind and verdict; what was changed later counts once, scripts apart."""
    with Lab.open() as lab:
        rows = [asdict(one) for one in lab.store.ratings.counts()]
    if as_json:
        return emit_json(rows)
    table = [(row["kind"], row["verdict"], "a script" if row["scripted"] else "people", row["count"]) for row in rows]
    return print_table("", ("kind", "verdict", "by", "count"), table)


@feedback_app.command("export")
def export_rows(
    file: Annotated[Path | None, typer.Option("--output", "-o", help="The file to write: .parquet, or JSONL.")] = None,
    repo: Annotated[str, typer.Option("--to", metavar="OWNER/NAME", help="A data set on the Hub to put them in.")] = "",
    format: Annotated[
        str, typer.Option("--format", help="sft, dpo, kto: rows to learn from; votes, thumbs, edits: everything.")
    ] = "kto",
    public: Annotated[bool, typer.Option("--public", help="Everybody may read a data set made on the Hub.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the feedback as a data set, or whole, to take it to another lab: to a file, or to the Hub."""
    from lab.feedback import export, push

    if (file is None) == (not repo):
        raise RunError("it goes to a file or to the Hub", where="-o, --to", do="give one of the two.")
    with Lab.open() as lab:
        count = export(lab.store, format, file) if file else push(lab.store, format, repo, private=not public)
    if as_json:
        return emit_json({"file": file and str(file), "repo": repo or None, "format": format, "rows": count})
    return say(f"{counted(count, 'rows')} for {format} in {file or repo}")


@feedback_app.command("import")
def import_rows(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or the id of a data set on the Hub.")],
    subset: Annotated[str | None, typer.Option(help="Of a data set on the Hub, such as votes.")] = None,
    rater: Annotated[str, typer.Option(help="Who gave the ratings whose row does not say.")] = "",
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave wrong rows out instead of refusing all.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in votes, preferences (chosen, rejected), thumbs (completion, label) or edits (answer, better)."""
    from lab.feedback import import_table

    table = _read(file, subset)
    with Lab.open() as lab:
        found, new = import_table(lab.store, table, rater or f"file {Path(file).name}"[:100], skip_bad)
    faults = [str(fault) for fault in found.faults]
    if as_json:
        return emit_json({"file": file, "kind": found.kind, "rows": table.total, "ratings": len(found.ratings),
                          "new": new, "notes": found.notes, "left_out": faults})  # fmt: skip
    for line in [*found.notes, *(f"left out: {fault}" for fault in faults[:20])]:
        say(line)
    taken, left_out = counted(len(found.ratings), found.kind), counted(found.wrong, "rows")
    return say(f"{taken} in {file}, {new} of them new, {left_out} left out")


def _read(file: str, subset: str | None) -> "Table":
    """The rows of a file, or of a data set on the Hub."""
    from lab.data.files import read_path
    from lab.data.hub import HUB_ID, read_hub
    from lab.recipe import DataChoice

    if not Path(file).exists() and HUB_ID.fullmatch(file) and not Path(file).suffix:
        return read_hub(DataChoice(name=file, subset=subset)).train
    return read_path(Path(file)).train
