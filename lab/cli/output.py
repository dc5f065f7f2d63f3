"""Where the terminal's words go: results to standard output, everything else to standard error."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from lab.store.shapes import plain

BARS = "▁▂▃▄▅▆▇█"
WIDE = 200
"""Cells of a line where nobody says how many there are."""


def emit_json(document: Any) -> None:
    """The one JSON document of a command; a number that is not finite is null."""
    sys.stdout.write(json.dumps(plain(document), ensure_ascii=False, indent=1, default=str, allow_nan=False) + "\n")
    sys.stdout.flush()


def say(words: str) -> None:
    """One line for whoever watches."""
    print(words, file=sys.stderr, flush=True)


def print_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], spare: Sequence[Sequence[str]] = ()
) -> None:
    """A table on standard output: as wide as the terminal allows, or as it needs where that is none.

    `spare` are groups of columns to go without in a narrow terminal, the least important first; that is said.
    """
    from rich.console import Console
    from rich.table import Table

    from lab.cli.table_fit import fit

    console = Console(highlight=False, markup=False)
    if not (console.is_terminal or "COLUMNS" in os.environ):
        console.width, spare = WIDE, ()  # who reads a file or a pipe gets all
    cells = [[str(cell) for cell in row] for row in (columns, *rows)]
    fitted = fit(cells, console.width, spare)
    table = Table(title=title or None, title_justify="left", header_style="bold", show_edge=False, pad_edge=False)
    for place, width in zip(fitted.places, fitted.widths, strict=True):
        table.add_column(columns[place], overflow="fold", width=width)
    for row in cells[1:]:
        table.add_row(*(row[place] for place in fitted.places))
    console.print(table)
    if left_out := [column for place, column in enumerate(columns) if place not in fitted.places]:
        say(f"not shown in a terminal this narrow: {', '.join(left_out)}. --json has all.")


def sparkline(values: Sequence[float], width: int = 60) -> str:
    """The course of a curve in one line of blocks."""
    if not values:
        return ""
    count = min(width, len(values))
    picked = [values[i * (len(values) - 1) // max(1, count - 1)] for i in range(count)]
    low, high = min(picked), max(picked)
    scale = (len(BARS) - 1) / (high - low) if high > low else 0.0
    return "".join(BARS[round((value - low) * scale)] for value in picked)


def size(count: float | None) -> str:
    """Bytes for people."""
    if count is None:
        return "–"
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit in ("B", "kB") else f"{count:.1f} {unit}"
        count /= 1000
    return ""


def duration(seconds: float | None) -> str:
    """Seconds for people."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s" if seconds < 10 else f"{rest} s"


def counted(number: int, things: str) -> str:
    """'1 row', '1,200 rows': `things` is the plural, which ends in s."""
    return f"{number:,} {things.removesuffix('s') if number == 1 else things}"


def figure(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}" if abs(value) < 1000 else f"{value:.4g}"
