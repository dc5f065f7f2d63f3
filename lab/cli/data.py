"""`lab data`: the built-in data sets, or a look at one data set before anything is trained on it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from lab.card import broken_cards
from lab.cli.options import AsJson, SkipBad
from lab.cli.output import counted, emit_json, print_table, say
from lab.data import DataReport, data_cards, load_mix
from lab.data.columns import Columns, read_columns
from lab.errors import DataError
from lab.home import find_home
from lab.planning.reading import report_on
from lab.recipe import Budget, Recipe, Variant
from lab.recipe.text import read_choice

LEARNS = {"preference": "dpo", "binary_feedback": "kto"}
"""The objective in whose way rows of a format are measured; SFT's where none is named."""
LONGEST_CELL = 400


def add_to(app: typer.Typer) -> None:
    app.command()(data)


def data(
    name: Annotated[str, typer.Argument(metavar="[DATA]", help="A built-in name, a file, a folder or a Hub id.")] = "",
    base: Annotated[str, typer.Option(help="The base in whose tokens rows are measured.")] = "nano",
    max_length: Annotated[int, typer.Option(help="Tokens that are read of a row.")] = Budget().max_length,
    split: Annotated[str | None, typer.Option(help="The split to train on.")] = None,
    language: Annotated[str, typer.Option(help="Of a built-in data set, en or zh.")] = "en",
    column: Annotated[
        list[str] | None, typer.Option(metavar="OURS=THEIRS", help="Which column is what, such as prompt=frage.")
    ] = None,
    file: Annotated[list[str] | None, typer.Option(help="One more file, read as one with the first.")] = None,
    held_out: Annotated[str | None, typer.Option(metavar="FILE", help="A file whose rows are held out.")] = None,
    by: Annotated[str | None, typer.Option(metavar="COLUMN", help="The column to tell figures apart by.")] = None,
    skip_bad: SkipBad = False,
    as_json: AsJson = False,
) -> None:
    """The built-in data sets; or of one data set what its columns became, how long its rows are, and the first of them.

    What is said here of a file goes into a recipe: `data: {name: …, columns: …, files: …, held_out_file: …, by: …}`."""
    if not name:
        return _print_cards(as_json)
    home = find_home()
    choice = read_choice({
        "name": name, "split": split, "language": language, "skip_bad": skip_bad, "columns": _mapping(column or ()),
        "files": file or (), "held_out_file": held_out, "by": by,
    })  # fmt: skip
    columns = None if name in data_cards() else read_columns(choice, home)
    if columns and columns.problem and not as_json:
        _print_columns(columns, by)
    objective = LEARNS.get(load_mix([choice], home, 0).format, "sft")
    variant = Variant(name="data", method="lora")
    recipe = Recipe(
        base=base, data=(choice,), budget=Budget(max_length=max_length), objective=objective, variants=(variant,)
    )
    report = report_on(recipe, home)
    if as_json:
        return emit_json(asdict(report) | {"columns": asdict(columns)["columns"] if columns else []})
    _print_report(report, base, max_length)
    return _print_columns(columns, by) if columns else None


def _mapping(given: Sequence[str]) -> dict[str, str]:
    """What `--column` says, by our names; raises DataError."""
    pairs = [one.partition("=") for one in given]
    if wrong := next((ours for ours, sign, _ in pairs if not sign), None):
        raise DataError(f"'{wrong}' does not say which column it is", where="--column", do=f"write {wrong}=my_column.")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def _print_columns(found: Columns, by: str | None) -> None:
    """What each column of a file became, with its first value."""
    rows = [
        (one.name, one.became or ("figures by it" if one.name == by else "not used"), f"{one.values:,}",
         _cell(next(iter(one.examples), "")))
        for one in found.columns
    ]  # fmt: skip
    print_table("", ("column", "became", "different values", "first value"), rows, [("different values",)])


def _print_cards(as_json: bool) -> None:
    cards = list(data_cards().values())
    for problem in broken_cards("lab.data.builtin"):
        say(f"error: {problem}")
    if as_json:
        return emit_json([asdict(card) for card in cards])
    rows = [(card.id, card.name.en, card.format, ", ".join(card.languages), card.licence) for card in cards]
    return print_table("", ("data", "name", "format", "languages", "licence"), rows)


def _print_report(report: DataReport, base: str, max_length: int) -> None:
    rows, held_out = counted(report.rows, "rows"), f"{report.held_out_rows:,} held out"
    print(f"{report.name}: {rows} to learn from ({report.format}), {held_out}")
    cut = f"; {report.truncated_share:.1%} are longer than {max_length:,}" if report.truncated_share else ""
    print(f"The longest row has {report.longest:,} tokens of {base}{cut}.")
    for note in report.notes:
        print(note)
    columns = list(dict.fromkeys(column for row in report.preview for column in row))
    rows_shown = [[_cell(row.get(column, "")) for column in columns] for row in report.preview]
    print_table("", columns, rows_shown, [(column,) for column in reversed(columns[1:])])


def _cell(value: Any) -> str:
    """A value as text, shortened; signs that would steer a terminal are shown, not sent."""
    if isinstance(value, list) and all(isinstance(one, dict) and "role" in one for one in value):
        value = "\n".join(f"{one['role']}: {one['content']}" for one in value)
    shown = str(value)
    shown = shown if len(shown) <= LONGEST_CELL else f"{shown[:LONGEST_CELL]} …"
    return "".join(sign if sign.isprintable() or sign == "\n" else repr(sign)[1:-1] for sign in shown)
