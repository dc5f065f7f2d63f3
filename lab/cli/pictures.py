"""A run's own pictures in the terminal: a function a kind of `lab.store.pictures`."""

from collections.abc import Callable, Mapping
from typing import Any

from lab.cli.output import print_table
from lab.store.pictures import Matrix, Picture, Scores
from lab.words import words

WIDEST = 12
"""Columns of a matrix; the page shows one of any size."""


def print_picture(name: str, picture: Picture) -> None:
    """Draw a picture under its title on standard output."""
    said = words("en")
    print(said.get(f"picture.{name}", name.replace("_", " ")))
    if (told := f"picture.{name}_help") in said:
        print(said[told])
    DRAWINGS[picture.kind](name, picture)


def _matrix(name: str, picture: Matrix) -> None:
    """A table of counts, the ones on the diagonal in brackets; of a large one each row's commonest column."""
    said = words("en")
    corner = f"{said.get(f'picture.{name}_rows', '')} \\ {said.get(f'picture.{name}_columns', '')}"
    if len(picture.columns) <= WIDEST:
        rows = [
            (row, *(_count(value, row == column) for value, column in zip(values, picture.columns, strict=True)))
            for row, values in zip(picture.rows, picture.values, strict=True)
        ]
        return print_table("", (corner, *picture.columns), rows)
    rows = []
    for row, values in zip(picture.rows, picture.values, strict=True):
        most = max(range(len(values)), key=values.__getitem__)
        rows.append((row, f"{picture.columns[most]} {values[most]:g} of {sum(values):g}"))
    return print_table("", (corner, "most often"), rows)


def _count(value: float, same: bool) -> str:
    return f"[{value:g}]" if same else f"{value:g}" if value else "·"


def _scores(name: str, picture: Scores) -> None:
    """A table of scores in per cent (losses as they are), in brackets what a row's stage learned, and costs."""
    said = words("en")
    head = (said[f"picture.{name}_rows"], *picture.columns, "steps", "tokens", "old rows")
    rows = []
    for place, (row, values) in enumerate(zip(picture.rows, picture.values, strict=True)):
        scored = [
            _scored(value, measure, task in picture.learned[place])
            for task, (value, measure) in enumerate(zip(values, picture.measures, strict=True))
        ]
        took = (picture.steps[place], f"{picture.tokens[place]:,.0f}", f"{100 * picture.old_rows[place]:.0f} %")
        rows.append((f"{place} {row}" if place else row, *scored, *(took if place else ("", "", ""))))
    print_table("", head, rows)


def _scored(value: float | None, measure: str, learned: bool) -> str:
    told = "–" if value is None else f"{value:.2f}" if measure == "eval_loss" else f"{100 * value:.0f}"
    return f"[{told}]" if learned else told


DRAWINGS: Mapping[str, Callable[[str, Any], None]] = {"matrix": _matrix, "scores": _scores}
