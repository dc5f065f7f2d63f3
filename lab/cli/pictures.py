"""A run's own pictures in the terminal: a function a kind of `lab.store.pictures`."""

from collections.abc import Callable, Mapping

from lab.cli.output import print_table
from lab.store.pictures import Matrix, Picture
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


DRAWINGS: Mapping[str, Callable[[str, Matrix], None]] = {"matrix": _matrix}
