"""A result table as text: CSV with every number, Markdown and LaTeX as one reads it. Names are escaped in each."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping

from lab.report.table import COSTS, Cell, ResultTable, Row, digits_of
from lab.words import words

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would compute."""
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
LATEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': "''", "[": "{[}", "*": "{*}", "±": r"$\pm$", "→": r"$\to$", "–": "--", "—": "---",
    "×": r"$\times$", "·": r"$\cdot$", "²": r"\textsuperscript{2}", "³": r"\textsuperscript{3}", "…": r"\dots{}",
    "≥": r"$\geq$", "≤": r"$\leq$", "−": "$-$", "α": r"$\alpha$", "β": r"$\beta$", "γ": r"$\gamma$",
}  # fmt: skip
"""Signs that LaTeX takes for something else (brackets and stars after a line's end) or doesn't know."""
UNITS = 1000.0
Names = Mapping[str, str]
"""What variants are called instead of their own names, where that is another language's."""


def written(table: ResultTable, kind: str, language: str = "en", names: Names | None = None) -> str:
    """The table in one of FORMATS, ending with a line break; `names` are other names of variants."""
    return FORMATS[kind](table, language, names or {})


def as_csv(table: ResultTable, language: str, names: Names) -> str:
    """A line a row under plain English column names, all digits, nothing where nothing is known."""
    shared = ["variant", "recipe", "method", "status", "runs", "done", *COSTS]
    parts = ("before", "after", "deviation", "low", "high")
    known = {(name, part) for row in table.rows for name in row.figures
             for part, value in zip(parts, _numbers(row.figures[name]), strict=True) if value is not None}  # fmt: skip
    columns = [(name, part) for name in table.figures for part in parts if (name, part) in known]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*shared, *(f"{name}.{part}" for name, part in columns)])
    for row in table.rows:
        own = {(name, part): value for name, cell in row.figures.items()
               for part, value in zip(parts, _numbers(cell), strict=True)}  # fmt: skip
        text = [_plain(names.get(row.name, row.name)), _plain(row.recipe), row.method, row.status, row.runs, row.done]
        writer.writerow(
            [*text, *(_number(row.costs[name]) for name in COSTS), *(_number(own.get(one)) for one in columns)]
        )
    return out.getvalue()


def as_markdown(table: ResultTable, language: str, names: Names) -> str:
    """A table with bars, and below it what its signs mean."""
    head, *body = _lines(table, language, names, escape_markdown, lambda said: f"**{said}**")
    lines = [f"| {' | '.join(line)} |" for line in (head, [":--", *["--:"] * (len(head) - 1)], *body)]
    return "\n".join([*lines, "", *(escape_markdown(one) for one in legend(table, language)), ""])


def as_latex(table: ResultTable, language: str, names: Names) -> str:
    """A `tabular` that needs no package; what its signs mean stands before it as comments."""
    head, *body = _lines(table, language, names, escape_latex, lambda said: rf"\textbf{{{said}}}")
    rows = [" & ".join(line) + r" \\" for line in (head, *body)]
    begin = [rf"\begin{{tabular}}{{l{'r' * (len(head) - 1)}}}", r"\hline", rows[0], r"\hline"]
    comments = [f"% {' '.join(one.split())}" for one in legend(table, language)]
    return "\n".join([*comments, *begin, *rows[1:], r"\hline", r"\end{tabular}", ""])


FORMATS: Mapping[str, Callable[[ResultTable, str, Names], str]] = {
    "csv": as_csv, "markdown": as_markdown, "latex": as_latex,
}  # fmt: skip


def escape_markdown(text: str) -> str:
    """A text that Markdown shows as it is, in one line."""
    return MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def escape_latex(text: str) -> str:
    """A text that LaTeX sets as it is, in one line."""
    return "".join(LATEX.get(sign, sign) for sign in " ".join(text.split()) if sign.isprintable())


def legend(table: ResultTable, language: str) -> list[str]:
    """What the signs in a table's cells mean, a sentence each."""
    said = words(language)
    found = [said["report.figures_are"]]
    found += [said["report.deviation"]] if table.repeated else []
    found += [said["report.interval"]] if table.sure else []
    found += [said["report.bold"]] if any(cell.leads for row in table.rows for cell in row.figures.values()) else []
    return found


def figure_name(figure: str, language: str) -> str:
    """What a figure is called in a language, as the page calls it."""
    said = words(language)
    own = {"held_out_loss": "result.held_out", "retained": "result.retained", "forgetting": "result.forgetting"}
    return said.get(own.get(figure, f"metric.{figure}"), figure.replace("_", " "))


def cell_words(cell: Cell | None, figure: str) -> str:
    """A figure as one reads it: the mean, and its deviation over seeds or its interval."""
    if cell is None or cell.after is None:
        return "–"
    digits = digits_of(figure)
    beside = f" ± {_short(cell.deviation, digits)}" if cell.deviation is not None else ""
    if cell.deviation is None and cell.interval:
        beside = f" ({_short(cell.interval[0], digits)}–{_short(cell.interval[1], digits)})"
    return _short(cell.after, digits) + beside


def start_cells(table: ResultTable) -> dict[str, float]:
    """Where all rows began, by figure: of those that all that have it began with alike."""
    found = {}
    for name in table.figures:
        known = {cell.before for row in table.rows if (cell := row.figures.get(name))}
        if len(known) == 1 and None not in known:
            (found[name],) = known
    return found  # type: ignore[return-value]  # None is not among them


def cost_words(row: Row, name: str) -> str:
    """What a row cost, in a unit that it is read in."""
    value = row.costs[name]
    if value is None:
        return "–"
    if name == "train_seconds":
        return f"{value:.1f} s" if value < UNITS else f"{value / 60:.0f} min"
    return _scaled(value, "" if name == "trainable_params" else "B")


def _lines(
    table: ResultTable, language: str, names: Names, escape: Callable[[str], str], bold: Callable[[str], str]
) -> Iterator[list[str]]:
    """The head, the start where all began alike, and the rows, as escaped cells."""
    said = words(language)
    costs = ("trainable_params", "train_seconds")
    head = [said["result.variant"], *(figure_name(name, language) for name in table.figures),
            said["result.trainable"], said["result.time"]]  # fmt: skip
    yield [escape(one) for one in head]
    if start := start_cells(table):
        cells = [_short(start[name], digits_of(name)) if name in start else "" for name in table.figures]
        yield [escape(said["report.start"]), *(escape(one) for one in cells), "", ""]
    for row in table.rows:
        name = names.get(row.name, row.name) + (f" ({said[f'status.{row.status}']})" if not row.done else "")
        told = [(escape(cell_words(row.figures.get(one), one)), row.figures.get(one)) for one in table.figures]
        yield [
            escape(name), *(bold(words) if cell and cell.leads else words for words, cell in told),
            *(escape(cost_words(row, one)) for one in costs),
        ]  # fmt: skip


def _numbers(cell: Cell) -> tuple[float | None, ...]:
    low, high = cell.interval or (None, None)
    return cell.before, cell.after, cell.deviation, low, high


def _number(value: float | None) -> str:
    """All digits, whole numbers without a point."""
    return "" if value is None else f"{value:.0f}" if value == round(value) and abs(value) >= UNITS else repr(value)


def _plain(text: str) -> str:
    """A text that a spreadsheet does not compute."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _short(value: float, digits: int) -> str:
    return f"{value:.{digits}f}" if abs(value) < UNITS else f"{value:.4g}"


def _scaled(value: float, unit: str) -> str:
    for size in ("", "k", "M", "G"):
        if value < UNITS or size == "G":
            shown = f"{value:.0f}" if not size else f"{value:.1f}"
            return f"{shown} {size}{unit}".strip()
        value /= UNITS
    return ""
