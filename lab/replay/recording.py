"""What a page needs to show a comparison as it trained: what the lab's reading endpoints answer about it at its end,
every curve, and the samples on its way. Lines are thinned, and paths of this machine left out.
"""

from collections.abc import Callable, Sequence
from typing import Any

from lab.errors import RunError
from lab.evaluate.selection import told_apart
from lab.recipe import variant_of
from lab.store import Run, Store
from lab.ui.component import without_paths
from lab.ui.curves import thin
from lab.ui.prompts import Judged, by_prompt
from lab.ui.run_details import RunDetails
from lab.ui.run_view import FIRST_CURVES, HELD_OUT, RunView

MOST_RUNS = 100
MOST_POINTS = 300
"""Of a line; longer ones become means of neighbours."""
MOST_LOOKS = 12
"""Steps of a run at which its samples are kept: the first, the last, and others between."""
MOST_REFERENCES = 12
"""Variants that the others can be held against."""
DULL = ("grad_norm", "learning_rate", "tokens_per_second", "entropy", "epoch")
"""Curves that no picture of the page needs."""
Recording = dict[str, Any]


def recordings_of(runs: Sequence[Run], store: Store, points: int = MOST_POINTS) -> list[Recording]:
    """A recording of each comparison that these runs are of; of its runs those that are named.

    Raises RunError where there is none, where one is not over yet, or where there are too many.
    """
    several: dict[str, list[Run]] = {}
    for run in runs:
        if not run.status.over:
            raise RunError(f"run '{run.id}' is {run.status}", do="wait until it is over, or stop it: `lab cancel`.")
        several.setdefault(run.comparison, []).append(run)
    if not several or len(runs) > MOST_RUNS:
        raise RunError(f"{len(runs)} runs are named", where="RUN", do=f"name one to {MOST_RUNS}.")
    return [_recording(own, store, points) for own in several.values()]


def _recording(runs: Sequence[Run], store: Store, points: int) -> Recording:
    """One comparison, or some runs of it."""
    whole = len(store.runs.all(comparison=runs[0].comparison)) == len(runs)
    ids = [run.id for run in runs]
    what = {"comparison": runs[0].comparison} if whole else {"runs": ids}
    view, details = RunView(store), RunDetails(store)
    watched = _answer(view.watch, what)
    shown = [store.runs.get(one["id"]) for one in watched["runs"]]
    drawn = [name for name in watched["curves"] if name in FIRST_CURVES or name not in DULL]
    samples, wanted = by_prompt(store.curves.samples([run.id for run in shown]), told_apart(shown))
    references = list(dict.fromkeys(variant_of(run["name"]) for run in watched["runs"]))[:MOST_REFERENCES]
    return {
        "id": runs[0].comparison, "what": what,
        "watched": watched | {"points": [], "samples": None, "curves": drawn, "wanted": wanted, "missing": [],
                              "runs": [without_paths(one) for one in watched["runs"]]},
        "seconds": [run.outcome.train_seconds or 0.0 for run in shown],
        "points": {name: _lines(shown, name, store, points) for name in drawn},
        "samples": _some_looks(samples),
        "moved": {run.id: _answer(details.moved, {"runs": [run.id]})["runs"][0] for run in shown},
        "pictures": {run.id: _answer(details.pictures, {"runs": [run.id]})["runs"][0] for run in shown},
        "settings": without_paths(_answer(details.settings, what)["runs"]),
        "sweep": without_paths(details.sweep(what)), "pooled": details.pooled(what),
        "versus": {one: details.versus(what | {"reference": one}) for one in references}
        if len(references) > 1 else {},
    }  # fmt: skip


def _answer(endpoint: Callable[[Any], Any], asked: dict[str, Any]) -> dict[str, Any]:
    """What an endpoint answers; raises RunError with its sentence where it has a problem."""
    answer: dict[str, Any] = endpoint(asked)
    if "problem" in answer:
        raise RunError(answer["problem"])
    return answer


def _lines(runs: Sequence[Run], name: str, store: Store, most: int) -> list[tuple[int, int, int, float]]:
    """A curve of all runs, and that on held-out rows: run, kind, step, value."""
    found = []
    for place, run in enumerate(runs):
        for kind, curve in enumerate((name, HELD_OUT + name)):
            line = thin(store.curves.curve(run.id, curve), most)
            found += [(place, kind, step, float(f"{value:.5g}")) for step, value in line]
    return found


def _some_looks(samples: Sequence[Judged]) -> list[Judged]:
    """The samples of some of each run's looks, evenly taken."""
    steps: dict[int, list[int]] = {}
    for run, _, step, *_ in samples:
        steps.setdefault(run, []).append(step)
    kept = {run: _spread(sorted(set(own))) for run, own in steps.items()}
    return [one for one in samples if one[2] in kept[one[0]]]


def _spread(steps: Sequence[int]) -> set[int]:
    if len(steps) <= MOST_LOOKS:
        return set(steps)
    return {steps[round(place * (len(steps) - 1) / (MOST_LOOKS - 1))] for place in range(MOST_LOOKS)}
