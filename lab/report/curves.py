"""Learning curves as an SVG that needs nothing else: training values smoothed and solid, held-out ones dashed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from lab.recipe import variant_of
from lab.store import Run, Store
from lab.words import words

COLOURS = ("#0072b2", "#d97f00", "#009068", "#c0508f", "#5b4bb5", "#8c6d1f", "#3aa0c9", "#b8452c")
"""Those of the page in light, by a variant's place."""
WIDE, HIGH = 760, 360
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 12, 42
KEY_LINE = 18
MOST_POINTS = 400
SMOOTHING = 0.8
"""How much of the average before a smoothed value keeps; as the page smooths."""
MOST_KEYS = 24
INK, LINE = "#5c6169", "#dcdcd6"
Points = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class Line:
    """A curve of one run: the place of its variant, which is its colour, and whether it is dashed."""

    place: int
    points: Points
    dashed: bool = False


def curves_svg(
    runs: Sequence[Run], store: Store, curve: str = "loss", language: str = "en", names: Mapping[str, str] | None = None
) -> str:
    """The curves of that name of these runs, and those of the same on held-out rows, a colour a variant; empty where
    there are none."""
    places: dict[str, int] = {}
    for run in runs:
        places.setdefault(variant_of(run.name), len(places))
    found = []
    for run in runs:
        place = places[variant_of(run.name)]
        if points := store.curves.curve(run.id, curve):
            found.append(Line(place, _smoothed(points)))
        if points := store.curves.curve(run.id, f"eval_{curve}"):
            found.append(Line(place, points, dashed=True))
    if not found:
        return ""
    said = words(language)
    titles = {name: (names or {}).get(name, name) for name in places}
    label = said.get(f"curve.{curve}", curve.replace("_", " "))
    return _drawn(found, [titles[name] for name in places], label, said)


def _drawn(lines: Sequence[Line], titles: Sequence[str], label: str, said: Mapping[str, str]) -> str:
    keyed = titles[:MOST_KEYS]
    high = HIGH + KEY_LINE * math.ceil(len(keyed) / 2) + KEY_LINE + 4
    every = [point for line in lines for point in line.points]
    steps, values = [step for step, _ in every], [value for _, value in every]
    across = _Scale(min(0, *steps), max(*steps, 1), LEFT, WIDE - RIGHT)
    up = _Scale(*_span(values), HIGH - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}" '
        f'role="img" font-family="ui-sans-serif, system-ui, sans-serif" font-size="12" fill="{INK}" '
        f'aria-label="{escape(label)}">',
        f'<rect width="{WIDE}" height="{high}" fill="#ffffff"/>',
        *_grid(across, up, label, said["chart.step"]),
        *(_path(line, across, up) for line in lines),
        *_key(keyed, said),
        "</svg>",
    ]
    return "\n".join(parts)


@dataclass(frozen=True)
class _Scale:
    """From values to places on the picture."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values within the scale."""
        step = 10 ** math.floor(math.log10((self.high - self.low or 1) / most))
        step *= next(size for size in (1, 2, 5, 10) if (self.high - self.low) / (step * size) <= most)
        first = math.ceil(self.low / step)
        return [count * step for count in range(first, math.floor(self.high / step) + 1)]


def _span(values: Sequence[float]) -> tuple[float, float]:
    """The axis: from zero where the curves come near it, with a little air above."""
    low, high = min(values), max(values)
    low = 0 if 0 < low < 0.6 * high else low - 0.08 * (high - low)
    return low, high + 0.05 * ((high - low) or 1)


def _grid(across: _Scale, up: _Scale, label: str, step: str) -> list[str]:
    middle = (TOP + HIGH - BOTTOM) / 2
    found = [
        f'<path d="M{LEFT} {up(value):.1f}H{WIDE - RIGHT}" stroke="{LINE}"/>'
        f'<text x="{LEFT - 8}" y="{up(value) + 4:.1f}" text-anchor="end">{value:g}</text>'
        for value in (round(one, 10) for one in up.ticks())
    ]
    found += [
        f'<path d="M{across(value):.1f} {TOP}V{HIGH - BOTTOM}" stroke="{LINE}"/>'
        f'<text x="{across(value):.1f}" y="{HIGH - BOTTOM + 16}" text-anchor="middle">{value:g}</text>'
        for value in (round(one, 10) for one in across.ticks(8))
    ]
    found.append(f'<text x="{(LEFT + WIDE - RIGHT) / 2}" y="{HIGH - 8}" text-anchor="middle">{escape(step)}</text>')
    turned = f'text-anchor="middle" transform="rotate(-90 14 {middle})"'
    return [*found, f'<text x="14" y="{middle}" {turned}>{escape(label)}</text>']


def _path(line: Line, across: _Scale, up: _Scale) -> str:
    points = line.points[:: -(-len(line.points) // MOST_POINTS)]
    places = "L".join(f"{across(step):.1f} {up(value):.1f}" for step, value in [*points, line.points[-1]])
    dashes = ' stroke-dasharray="7 5"' if line.dashed else ""
    return f'<path d="M{places}" fill="none" stroke="{colour(line.place)}" stroke-width="2"{dashes}/>'


def colour(place: int) -> str:
    """The colour of a variant by its place; they begin again after the eighth."""
    return COLOURS[place % len(COLOURS)]


def _key(titles: Sequence[str], said: Mapping[str, str]) -> list[str]:
    """What each colour is, two in a line, and what solid and dashed lines are."""
    found = []
    for place, title in enumerate(titles):
        x, y = LEFT + (place % 2) * (WIDE - LEFT) / 2, HIGH + KEY_LINE * (place // 2) + 10
        shown = title if len(title) <= 48 else f"{title[:47]}…"
        found.append(
            f'<rect x="{x}" y="{y - 9}" width="14" height="10" rx="2" fill="{colour(place)}"/>'
            f'<text x="{x + 20}" y="{y}"><title>{escape(title)}</title>{escape(shown)}</text>'
        )
    y = HIGH + KEY_LINE * math.ceil(len(titles) / 2) + 10
    for x, dashes, name in ((LEFT, "", "chart.training"), (LEFT + 190, ' stroke-dasharray="7 5"', "chart.held_out")):
        found.append(
            f'<path d="M{x} {y - 4}h26" stroke="{INK}" stroke-width="2"{dashes}/>'
            f'<text x="{x + 32}" y="{y}">{escape(said[name])}</text>'
        )
    return found


def _smoothed(points: Points) -> list[tuple[int, float]]:
    """An average that leans on the newest values and starts without a bias towards zero."""
    total = weight = 0.0
    found = []
    for step, value in points:
        total = SMOOTHING * total + (1 - SMOOTHING) * value
        weight = SMOOTHING * weight + (1 - SMOOTHING)
        found.append((step, total / weight))
    return found
