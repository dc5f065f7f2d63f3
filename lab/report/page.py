"""A report on some runs: one HTML file with everything in it, which loads nothing and runs nothing."""

import time
from collections.abc import Callable, Mapping, Sequence
from html import escape

from lab.errors import LabError
from lab.evaluate.selection import judged_alike
from lab.planning.repeat import recipe_of_runs
from lab.recipe import variant_of
from lab.recipe.schema import dump_fields
from lab.report.curves import colour, curves_svg
from lab.report.formats import Names, cell_words, cost_words, figure_name, legend, start_cells
from lab.report.html import cells, html_table, row_of, section
from lab.report.sections import by_value_section, notes_section, samples_section
from lab.report.table import ResultTable, Row, digits_of, result_table
from lab.store import Run, Store
from lab.words import words

CURVES = ("loss", "reward", "kl")
"""Curves that are drawn where runs have them."""
COLUMNS = ("trainable_params", "train_seconds", "peak_memory_bytes", "adapter_bytes")
STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.5 ui-sans-serif, system-ui, sans-serif; color: #1d2024; background: #fff; max-width: 1240px;
  margin: 0 auto; padding: 24px; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 32px 0 8px; } .soft { color: #5c6169; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid #e3e3de; text-align: right; vertical-align: top;
  white-space: nowrap; }
thead th { white-space: normal; }
th:first-child, td:first-child { text-align: left; max-width: 280px; overflow-wrap: anywhere; white-space: normal; }
.left th, .left td { text-align: left; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 340px; }
thead th { color: #5c6169; font-weight: 500; } svg { max-width: 100%; height: auto; }
pre { background: #f5f5f2; padding: 12px; overflow-x: auto; font-size: 12.5px; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.mark { display: inline-block; width: 12px; height: 10px; border-radius: 2px; margin-right: 6px; }
@media print { body { padding: 0; max-width: none; } h2 { break-after: avoid; } }
"""


def report_html(
    runs: Sequence[Run], store: Store, language: str = "en", names: Names | None = None, title: str | None = None,
    say: Callable[[str], str] = str,
) -> str:  # fmt: skip
    """The report on these runs: figures with intervals, curves, samples, recipe and where it was computed.

    `names` are what variants and recipes are called in the language, and `say` gives what a run notes in it.
    """
    called, said = names or {}, words(language)
    heading = title or " · ".join(dict.fromkeys(called.get(run.recipe_name, run.recipe_name) for run in runs))
    drawn = [svg for name in CURVES if (svg := curves_svg(runs, store, name, language, called))]
    parts = [
        section(said["report.results"], _apart(runs, store, said) + results_section(runs, language, called)),
        section(said["report.curves"], "".join(f"<figure>{svg}</figure>" for svg in drawn)),
        by_value_section(runs, said, called),
        samples_section(runs, store, said, called),
        notes_section(runs, said, called, say),
        section(said["report.recipe"], f"<pre>{escape(_recipe(runs))}</pre>"),
        section(said["report.runs"], _runs(runs, said)),
    ]
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(heading)}</title>'
        f"<style>{STYLE}</style></head>"
        f'\n<body><main><h1>{escape(heading)}</h1><p class="soft">{escape(_made(runs, said))}</p>\n'
        + "\n".join(part for part in parts if part)
        + "\n</main></body></html>\n"
    )


def results_section(runs: Sequence[Run], language: str, names: Names) -> str:
    """The result table, and what its signs mean."""
    table, said = result_table(runs), words(language)
    figures = [figure_name(name, language) for name in table.figures]
    costs = [said[f"result.{name}"] for name in ("trainable", "time", "memory", "size")]
    places = {name: place for place, name in enumerate(dict.fromkeys(variant_of(run.name) for run in runs))}
    rows = [_line(row, table, said, names, places[row.name]) for row in table.rows]
    below = "".join(f'<p class="soft">{escape(one)}</p>' for one in legend(table, language))
    return html_table((said["result.variant"], *figures, *costs), [_start(table, said), *rows]) + below


def _line(row: Row, table: ResultTable, said: Mapping[str, str], names: Names, place: int) -> str:
    name = names.get(row.name, row.name)
    beside = "" if row.done else f" ({said[f'status.{row.status}']})"
    runs = f' <span class="soft">{row.done}/{row.runs}</span>' if row.runs > 1 else ""
    told = []
    for figure in table.figures:
        cell = row.figures.get(figure)
        kind = "b" if cell and cell.leads else "span"
        told.append(f"<td><{kind}>{escape(cell_words(cell, figure))}</{kind}></td>")
    mark = f'<span class="mark" style="background:{colour(place)}"></span>'
    spent = cells(cost_words(row, one) for one in COLUMNS)
    return row_of(mark + escape(name + beside) + runs, "".join(told) + spent)


def _start(table: ResultTable, said: Mapping[str, str]) -> str:
    """The row of where all began."""
    start = start_cells(table)
    if not start:
        return ""
    told = [f"{start[name]:.{digits_of(name)}f}" if name in start else "–" for name in table.figures]
    return row_of(escape(said["report.start"]), cells((*told, *[""] * len(COLUMNS))), "soft")


def _apart(runs: Sequence[Run], store: Store, said: Mapping[str, str]) -> str:
    """A word of warning where figures mean different things."""
    if judged_alike(runs, store):
        return ""
    return "<p><b>" + escape(said["report.apart"]) + "</b></p>"


def _made(runs: Sequence[Run], said: Mapping[str, str]) -> str:
    """When the runs were made, on what, with which versions."""
    day = time.strftime("%Y-%m-%d", time.localtime(min(run.created for run in runs)))
    around = next((run.outcome.environment for run in runs if run.outcome.environment), {})
    versions = ", ".join(f"{name} {one}" for name, one in around.get("versions", {}).items())
    return " · ".join(filter(None, (day, str(around.get("device", "")), versions, said["report.made_by"])))


def _recipe(runs: Sequence[Run]) -> str:
    """The recipe that repeats the runs, one after the other where they are of several comparisons."""
    several: dict[str, list[Run]] = {}
    for run in runs:
        several.setdefault(run.comparison, []).append(run)
    return "\n---\n".join(map(_repeating, several.values()))


def _repeating(runs: Sequence[Run]) -> str:
    try:
        return dump_fields(recipe_of_runs(runs))
    except (LabError, KeyError, TypeError, ValueError):  # of an earlier lab, or with a card that is gone: as it is kept
        return "\n---\n".join(run.recipe for run in runs)


def _runs(runs: Sequence[Run], said: Mapping[str, str]) -> str:
    heads = (
        said["report.run"],
        said["result.variant"],
        said["report.seeds"],
        said["report.base"],
        said["report.state"],
    )
    told = (
        (run.id, run.name, f"{run.step}/{run.total_steps}", run.base, said[f"status.{run.status.value}"])
        for run in runs
    )
    rows = [f"<tr>{cells(one)}</tr>" for one in told]
    return html_table(heads, rows, "left")
