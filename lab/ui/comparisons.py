"""The list of comparisons under Runs: what each is of, and its curves as a small picture."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from lab.api import Lab
from lab.disk import run_bytes
from lab.recipe import variant_of
from lab.store import Mark, Run, Store
from lab.store.comparisons import Comparison, comparisons
from lab.store.imported import imported_of
from lab.ui.component import ONE_RUN, Request, endpoint
from lab.ui.curves import thin
from lab.ui.run_view import FIRST_CURVES, HELD_OUT

MOST = 500
MOST_PICTURES = 24
MOST_LINES = 16
POINTS = 40
WIDE, HIGH = 160.0, 56.0
"""The size of a picture; the page scales it."""
Line = tuple[int, str]
"""The place of a variant, which is its colour, and the points of its curve as SVG has them."""


class Nothing(Request):
    """An endpoint that needs no question."""


class Pictures(Request):
    """Of which comparisons the pictures are wanted."""

    comparisons: tuple[Annotated[str, Field(pattern=ONE_RUN)], ...] = Field(max_length=MOST_PICTURES)


class Comparisons:
    """The endpoints."""

    def __init__(self, lab: Lab):
        self._store = lab.store
        self._drawn: dict[str, tuple[float, list[Line]]] = {}

    @endpoint(Nothing)
    def list_comparisons(self, _asked: Nothing) -> dict[str, Any]:
        """All comparisons, the newest first; beyond some hundreds the oldest are left out."""
        marks = self._store.marks.all()
        found = comparisons(self._store.runs.newest_comparisons(MOST))
        return {"comparisons": [told(one, marks) | {"disk": self._disk(one)} for one in found]}

    @endpoint(Pictures)
    def thumbnails(self, asked: Pictures) -> dict[str, Any]:
        """The curves of some comparisons, by their ids: polylines in a box of WIDE by HIGH."""
        found = {name: self._store.runs.all(comparison=name) for name in asked.comparisons}
        return {"size": (WIDE, HIGH), "lines": {name: self._lines(name, runs) for name, runs in found.items() if runs}}

    def _disk(self, one: Comparison) -> int:
        """The bytes that its runs take."""
        return sum(run_bytes(self._store.home, run.id).total for run in one.runs)

    def _lines(self, name: str, runs: Sequence[Run]) -> list[Line]:
        """The picture, drawn once for runs that are over."""
        if not all(run.status.over for run in runs):
            return picture(runs, self._store)
        ended = max(run.ended or 0.0 for run in runs)
        seen = " ".join((name, *(run.id for run in runs)))  # not everybody sees the same of them
        if self._drawn.get(seen, (None,))[0] != ended:
            self._drawn[seen] = (ended, picture(runs, self._store))
        return self._drawn[seen][1]


def told(one: Comparison, marks: Mapping[str, Mark]) -> dict[str, Any]:
    """A comparison as the page takes it: starred where one of its runs is, archived where all are."""
    first = one.runs[0]
    own = [marks.get(run.id, Mark()) for run in one.runs]
    return {
        "id": one.id, "name": one.name, "created": one.created, "runs": len(one.runs), "variants": one.variants,
        "base": first.base, "objectives": list(dict.fromkeys(run.objective for run in one.runs)),
        "methods": list(dict.fromkeys(run.method for run in one.runs)), "over": one.over,
        "statuses": {status.value: count for status, count in one.statuses.items()},
        "starred": any(mark.starred for mark in own), "archived": all(mark.archived for mark in own),
        "tags": sorted({tag for mark in own for tag in mark.tags}),
        "imported": origin.where if (origin := imported_of(first)) else None,
    }  # fmt: skip


def picture(runs: Sequence[Run], store: Store) -> list[Line]:
    """The curves of a comparison's variants, each of its first run: of the first curve that there is, on held-out rows
    where these were looked at at least three times."""
    first: dict[str, Run] = {}
    for run in runs:
        first.setdefault(variant_of(run.name), run)
    shown = list(first.values())[:MOST_LINES]
    ids = [run.id for run in shown]
    known = set(store.curves.names(ids))
    curve = next((name for name in FIRST_CURVES if name in known), None)
    if curve is None:
        return []
    held_out = {run_id: store.curves.curve(run_id, HELD_OUT + curve) for run_id in ids}
    usable = all(len(line) > 2 for line in held_out.values())
    lines = held_out if usable else {run_id: store.curves.curve(run_id, curve) for run_id in ids}
    return _drawn({place: thin(lines[run_id], POINTS) for place, run_id in enumerate(ids)})


def _drawn(lines: Mapping[int, Sequence[tuple[int, float]]]) -> list[Line]:
    """Lines in one box, as wide and high as they need."""
    points = [point for line in lines.values() for point in line]
    if not points:
        return []
    (left, right), (low, high) = ((min(one), max(one)) for one in zip(*points, strict=True))
    across, up = WIDE / max(1e-9, right - left), HIGH / max(1e-9, high - low)
    return [
        (place, " ".join(f"{(x - left) * across:.1f},{HIGH - (y - low) * up:.1f}" for x, y in line))
        for place, line in lines.items() if len(line) > 1
    ]  # fmt: skip
