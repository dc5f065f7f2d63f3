"""A run's own pictures in the terminal: a function a kind of `lab.store.pictures`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lab.cli.output import print_table
from lab.cli.small_pictures import beside, picture_lines
from lab.data.grids import differing
from lab.data.tags import spans_of
from lab.store import Run
from lab.store.pictures import ByValue, Captions, Drawings, Lines, Matrix, Picture, Scores, Spans, Texts
from lab.words import words

WIDEST = 12
"""Columns of a matrix; the page shows one of any size."""
MOST_ROWS = 12
"""Rows of a table of lines."""


def print_picture(name: str, picture: Picture) -> None:
    """Draw a picture under its title on standard output."""
    said = words("en")
    name, _, task = name.partition("/")
    print(said.get(f"picture.{name}", name.replace("_", " ")) + (f", {task}" if task else ""))
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


def _drawings(name: str, picture: Drawings) -> None:
    """Of each caption what is wanted, how the drawing grew, and the nearest training picture, from left to right."""
    grown = picture.grown or ((),) * len(picture.captions)
    heads = ["wanted", *(f"step {step}" for step in picture.steps), "drawn", "nearest in training"]
    print(f"From left to right: {', '.join(heads)}.")
    for place, caption in enumerate(picture.captions):
        wanted, drawn, nearest = picture.wanted[place], picture.drawn[place], picture.nearest[place]
        right = "right" if wanted == drawn else f"{differing(wanted, drawn)} squares wrong"
        print(f"\n{caption} - {right}; {picture.apart[place]} squares from the nearest in training")
        print("\n".join(beside([wanted, *grown[place], drawn, nearest])))


def _captions(name: str, picture: Captions) -> None:
    """Each picture with what is said of it, what is wanted, and what is said with another picture before it."""
    for place, shown in enumerate(picture.pictures):
        print("\n" + "\n".join(picture_lines(shown)))
        print(f"said    {picture.said[place]}{' ✓' if picture.right[place] else ' ✗'}")
        print(f"wanted  {picture.wanted[place]}")
        print(f"blind   {picture.blind[place]}")


def _lines(name: str, picture: Lines) -> None:
    """A table of the values of all lines, a row an x; of long lines only some."""
    said = words("en")
    every = sorted({x for line in picture.points for x, _ in line})
    shown = every[:: -(-len(every) // MOST_ROWS)] if len(every) > MOST_ROWS else every
    values = [dict(line) for line in picture.points]
    rows = [(f"{x:g}", *(f"{line[x]:.3f}" if x in line else "·" for line in values)) for x in shown]
    heads = (said.get(f"picture.{name}_{line}", line) for line in picture.names)
    print_table("", (said.get(f"picture.{name}_x", ""), *heads), rows)


def _spans(name: str, picture: Spans) -> None:
    """Each sentence with the names that were found in brackets, and below it what was missed or is none."""
    for tokens, wanted, said in zip(picture.tokens, picture.wanted, picture.said, strict=True):
        print("  " + _bracketed(tokens, said))
        if list(wanted) != list(said):
            print("    wanted: " + _bracketed(tokens, wanted))


def _bracketed(tokens: Sequence[str], tags: Sequence[str]) -> str:
    shown = list(tokens)
    for span in spans_of(tags):
        shown[span.begin] = f"[{shown[span.begin]}"
        shown[span.end - 1] += f" {span.kind}]"
    return " ".join(shown)


def _texts(name: str, picture: Texts) -> None:
    """A table of texts, those that came out right with a tick, where that is told."""
    said = words("en")
    heads = [said.get(f"picture.{name}_{column}", column) for column in picture.columns]
    if not picture.right:
        print_table("", heads, picture.rows)
    else:
        rows = [("✓" if right else "", *row) for row, right in zip(picture.rows, picture.right, strict=True)]
        print_table("", ["", *heads], rows)


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


def _by_value(name: str, picture: ByValue) -> None:
    """A row a value: how many rows, the share that came out right before and after with its interval, and the loss."""
    said = words("en")
    share = said.get(f"metric.{picture.measure}", picture.measure)
    heads = (picture.column, "held out", f"asked, {share}", "before", "after", "95 %", "loss before", "loss after")
    rows = []
    for place, value in enumerate(picture.values):
        low, high = picture.low[place], picture.high[place]
        sure = "–" if low is None or high is None else f"{100 * low:.0f}–{100 * high:.0f}"
        rows.append((
            value, picture.rows[place], picture.counts[place], _percent(picture.before[place]),
            _percent(picture.shares[place]), sure, _nats(picture.losses_before[place]), _nats(picture.losses[place]),
        ))  # fmt: skip
    if picture.measure:
        return print_table("", heads, rows, (("loss before", "loss after"), ("before",)))
    return print_table("", (*heads[:2], *heads[6:]), [(*row[:2], *row[6:]) for row in rows])


def print_by_value(runs: Sequence[Run]) -> None:
    """The figures of several runs by the values of a column, a row a value and a column a run; nothing without any."""
    drawn = [(run.name, one) for run in runs if isinstance(one := run.outcome.pictures.get("by_value"), ByValue)]
    for column in dict.fromkeys(one.column for _, one in drawn):
        mine = [(name, one) for name, one in drawn if one.column == column]
        values = dict.fromkeys(value for _, one in mine for value in one.values)
        rows = [(value, *(_of_value(one, value) for _, one in mine)) for value in values]
        print()
        print_table("", (column, *(name for name, _ in mine)), rows)


def _of_value(picture: ByValue, value: str) -> str:
    """The share that came out right with its interval and how many were asked, else the held-out loss."""
    if value not in picture.values:
        return "–"
    place = picture.values.index(value)
    low, high = picture.low[place], picture.high[place]
    if low is None or high is None:
        return f"loss {_nats(picture.losses[place])} ({picture.rows[place]} rows)"
    return f"{_percent(picture.shares[place])} ({100 * low:.0f}–{100 * high:.0f}; {picture.counts[place]} asked)"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _nats(loss: float | None) -> str:
    return "–" if loss is None else f"{loss:.3f}"


DRAWINGS: Mapping[str, Callable[[str, Any], None]] = {
    "matrix": _matrix, "lines": _lines, "texts": _texts, "scores": _scores, "spans": _spans,
    "drawings": _drawings, "captions": _captions, "by_value": _by_value,
}  # fmt: skip
