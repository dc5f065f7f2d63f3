"""`lab report` and `lab export`: results as files for others: a report, a table, curves, a model."""

import logging
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from lab.api import Lab
from lab.cli import giving
from lab.cli.options import AsJson
from lab.cli.output import emit_json, say
from lab.errors import RunError, nearest
from lab.evaluate.selection import find_runs, told_apart
from lab.model_export.agreement import Agreement
from lab.report import curves_svg, report_html, result_table, written
from lab.store import Run, Store
from lab.ui.notes import note_words
from lab.ui.recipe_words import names
from lab.words import languages

KINDS = {".csv": "csv", ".md": "markdown", ".tex": "latex", ".svg": "svg", ".html": "html"}
"""What is written, by the ending of the file."""
Runs = Annotated[list[str], typer.Argument(metavar="RUN…", help="Ids of runs, or of comparisons.")]
Language = Annotated[str, typer.Option(help="Of headings, en or zh.")]


def add_to(app: typer.Typer) -> None:
    app.command()(report)
    app.command("export")(export)


def report(
    runs: Runs,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where it is written.")] = Path(
        "report.html"
    ),
    title: Annotated[str | None, typer.Option(help="Its heading; the recipe's name where none is given.")] = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """One HTML file on some runs: figures with intervals, curves, samples, recipe. It loads nothing from elsewhere."""
    with Lab.open() as lab:
        text = _report(told_apart(find_runs(runs, lab.store)), lab.store, known_language(language), title)
    _write(output, text, as_json)


def export(
    runs: Runs,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Ends with .csv, .md, .tex, .svg or .html; with --as a new folder, or a file .gguf.",
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--as",
            help="Of one run, its model: adapter (PEFT), merged (transformers) or gguf (llama.cpp); it as a script; "
            "its whole comparison as a bundle, for another lab.",
        ),
    ] = None,
    weights: Annotated[bool, typer.Option("--weights", help="Of --as bundle: with the weights of its runs.")] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Of --as bundle: who gives it away.")] = "",
    type: Annotated[
        str | None, typer.Option(help="Numbers of a gguf: f16 (where nothing is said), or q8_0 (half the size).")
    ] = None,
    format: Annotated[
        str | None, typer.Option(help="csv, markdown, latex, svg (curves) or html, where the file does not say it.")
    ] = None,
    every_run: Annotated[bool, typer.Option("--every-run", help="A row a run, not a variant.")] = False,
    curve: Annotated[str, typer.Option(help="Of .svg, which curve.")] = "loss",
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """The result table of some runs as CSV, Markdown or LaTeX, or their curves as SVG (printed without a PATH); with
    --as the model of a run, which is loaded again without the lab and checked before it is handed over."""
    if type is not None and form != "gguf":
        raise RunError("only a GGUF file has that", where="--type", do="take --as gguf.")
    if form in giving.FORMS:
        return giving.give(runs, form, output, weights, by, as_json)
    if weights or by:
        raise RunError("only a bundle has that", where="--weights" if weights else "--by", do="take --as bundle.")
    if form is not None:
        return _export_model(runs, form, type or "f16", output, as_json)
    kind = _kind(output, format)
    with Lab.open() as lab:
        text = _made(
            told_apart(find_runs(runs, lab.store)), lab.store, kind, every_run, curve, known_language(language)
        )
    if output is None:
        return emit_json({"format": kind, "text": text}) if as_json else print(text, end="")
    return _write(output, text, as_json)


def _export_model(runs: list[str], form: str, type: str, goal: Path | None, as_json: bool) -> None:
    if len(runs) != 1:
        raise RunError(f"{len(runs)} runs are named", where="RUN", do="name one: a model is of one run.")
    _hush()
    with Lab.open() as lab:
        found: Any = lab.export(runs[0], form, goal or Path(f"{runs[0]}-{form}"), type)
    sure = found.agreement
    if as_json:
        kind = {"type": type} if form == "gguf" else {}
        return emit_json({"folder": str(found.folder), "as": form, **kind, "bytes": found.bytes, **asdict(sure)})
    say(f"{found.folder}: {found.bytes:,} bytes. Loaded again without the lab by {sure.by}, {_sure(sure)}")
    if sure.texts:
        say(f"The same token ids for all questions and {sure.texts_same} of {sure.texts} texts of all kinds.")
    if form == "gguf" and not sure.texts:
        say("How llama.cpp cuts texts was not tried: pip install 'parrot-lab[gguf]'.")
    for text in sure.differing:
        say(f"  read as other tokens: {text!r}")
    return None


def _hush() -> None:
    """No progress of single seconds and no advice of libraries among what is said of an export."""
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", category=FutureWarning)
    from transformers.utils import logging as transformers_logging

    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()


def _sure(found: Agreement) -> str:
    """How far an export is from the run's model."""
    same = f"{found.same_likeliest:.1%}"
    if found.of == "score":
        return f"over {found.tokens} answers: scores differ by at most {found.largest_difference:.2g}."
    if found.of == "class":
        return f"over {found.tokens} texts: the same class for {same}, {found.kl:.2g} nats apart."
    return f"over {found.tokens} tokens: the same likeliest token after {same}, {found.kl:.2g} nats apart."


def _made(runs: list[Run], store: Store, kind: str, every_run: bool, curve: str, language: str) -> str:
    """What is to be written; raises RunError where runs have no such curve."""
    if kind == "html":
        return _report(runs, store, language)
    if kind != "svg":
        return written(result_table(runs, together=not every_run), kind, language, names(language))
    if not (text := curves_svg(runs, store, curve, language, names(language))):
        known = [name for name in store.curves.names([run.id for run in runs]) if not name.startswith("eval_")]
        raise RunError(f"these runs have no curve '{curve}'", where="--curve", do=nearest(curve, known))
    return text


def _report(runs: list[Run], store: Store, language: str, title: str | None = None) -> str:
    def say_note(note: str) -> str:
        return note_words(note).get(language, note)

    return report_html(runs, store, language, names(language), title, say_note)


def known_language(language: str) -> str:
    """A language that the lab speaks; raises RunError."""
    if language not in languages():
        raise RunError(f"the lab does not speak '{language}'", where="--language", do=nearest(language, languages()))
    return language


def _kind(output: Path | None, format: str | None) -> str:
    """What is written: as the option says, else as the file's name ends. Raises RunError."""
    if format is None and output is None:
        return "csv"
    known = list(KINDS.values())
    if format is not None and format not in known:
        raise RunError(f"there is no format '{format}'", where="--format", do=nearest(format, known))
    found = format or KINDS.get(output.suffix.lower() if output else "")
    if found is None:
        raise RunError(f"'{output}' does not say what to write", where="--output",
                       do=f"end it with one of {', '.join(KINDS)}, or name a --format.")  # fmt: skip
    return found


def _write(file: Path, text: str, as_json: bool) -> None:
    file.write_text(text, encoding="utf-8")
    size = len(text.encode())
    return emit_json({"file": str(file), "bytes": size}) if as_json else say(f"{file}: {size:,} bytes")
