"""What the page shows of runs, whole or since it last asked: progress, curves, samples, results; from the store."""

import time
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from lab.card import find_cards
from lab.errors import RunError
from lab.evaluate.leaders import as_plain, leaders
from lab.evaluate.selection import Selection, judged_alike, places_of, select_runs, told_apart
from lab.machine import slots_here
from lab.planning.time_left import progress_of
from lab.recipe import variant_of
from lab.recipe.again import seeds_of
from lab.store import Change, Outcome, Run, Store
from lab.store.access import may_change
from lab.store.groups import search_seconds
from lab.store.requests import EVICTED
from lab.ui.component import ONE_RUN, Request, endpoint
from lab.ui.example import BEGUN, Example
from lab.ui.notes import note_words
from lab.ui.prompts import by_prompt
from lab.words import languages, pair

FIRST_CURVES = ("reward", "loss")
"""What is drawn where nobody says what to draw: the first of these that there is."""
MOST_SHOWN = 100
"""Runs and comparisons that an address may name to be shown side by side."""
HELD_OUT = "eval_"
"""Begins the name of a curve on held-out rows, which is drawn with the curve it belongs to."""


class Shown(Request):
    """What is shown: a comparison, one run, or any runs (and comparisons) side by side."""

    comparison: str | None = Field(None, pattern=ONE_RUN)
    run: str | None = Field(None, pattern=ONE_RUN)
    runs: tuple[Annotated[str, Field(pattern=ONE_RUN)], ...] = Field((), max_length=MOST_SHOWN)

    @property
    def named(self) -> str | None:
        """One of the ids asked for; None where nothing is named, for the newest comparison that has begun."""
        return self.comparison or self.run or next(iter(self.runs), None)


class Watch(Shown):
    """What is shown, and what the page has of it already."""

    curve: str = Field("", max_length=60)
    since: int = Field(0, ge=0)
    samples: float = 0.0


class StopRuns(Shown):
    """Which runs to stop, and whether to keep what they learned."""

    keep: bool = True


class RunView:
    """The endpoints of every place that shows runs."""

    def __init__(self, store: Store, example: Example | None = None):
        self._store, self._example = store, example

    @endpoint(Watch)
    def watch(self, asked: Watch) -> dict[str, Any]:
        store = self._example.store_for(asked.named) if self._example else self._store
        found = found_runs(store, asked) if asked.named else Selection(tuple(_newest(store)))
        runs = told_apart(found.runs)
        if not runs:
            return {"empty": True}
        number = {run.id: i for i, run in enumerate(runs)}
        curves = [name for name in store.curves.names(number) if not name.startswith(HELD_OUT)]
        curve = next((name for name in (asked.curve, *FIRST_CURVES) if name in curves), "loss")
        kinds = {curve: 0, HELD_OUT + curve: 1}
        points = store.curves.newer(number, asked.since, names=kinds)
        drawn = [(number[point.run], kinds[point.name], point.step, round(point.value, 5)) for point in points]
        if asked.run and not asked.since:
            drawn = [*_before_fork(runs[0], store, kinds), *drawn]
        newest = store.curves.newest_sample(number)
        samples, wanted = by_prompt(store.curves.samples(number), runs) if newest > asked.samples else (None, None)
        places, alike = places_of(runs, store), judged_alike(runs, store)
        return {
            "comparison": runs[0].comparison, "title": runs[0].recipe_name, "created": runs[0].created,
            "alone": runs[0].id if runs[0].id == asked.comparison else None,
            "missing": found.missing, "alike": alike, "several": len({run.comparison for run in runs}) > 1,
            "leaders": as_plain(leaders(runs)) if alike and not asked.run else {},
            "runs": [run_json(run, places[run.id]) for run in runs if run.id in places],
            "curve": curve, "curves": curves, "points": drawn, "since": points[-1].id if points else asked.since,
            "samples": samples, "wanted": wanted,
            "progress": asdict(progress_of(runs, time.time(), slots_here().workers)),
            "samples_seen": newest, "over": all(run.status.over for run in runs), "recorded": store is not self._store,
        }  # fmt: skip

    @endpoint(StopRuns)
    def stop(self, asked: StopRuns) -> dict[str, Any]:
        found = found_runs(self._store, asked).runs
        for run in [one for one in found if may_change(one)] or found:
            self._store.runs.request(run.id, "cancel" if asked.keep else "discard")
        return {}


def found_runs(store: Store, asked: Shown) -> Selection:
    """The runs asked for; the one run where its id stands for a comparison's, as in an address written by hand. Raises
    RunError where nothing of it is there."""
    if asked.runs:
        return select_runs(asked.runs, store)
    if asked.run:
        return Selection((store.runs.get(asked.run),))
    runs = store.runs.all(comparison=asked.comparison or "")
    runs = runs or list(store.runs.some([asked.comparison or ""]).values())
    if not runs:
        raise RunError("that comparison is no longer there", do="choose another under Runs, or train a new one.")
    return Selection(tuple(runs))


def _before_fork(run: Run, store: Store, kinds: dict[str, int]) -> list[tuple[int, int, int, float]]:
    """The curves of the runs it forked from, each up to the step where the next one did, as its own."""
    found: list[tuple[int, int, int, float]] = []
    while run.forked_at and (parent := store.runs.some([run.parent or ""]).get(run.parent or "")):
        points = store.curves.newer([parent.id], names=kinds)
        before = [point for point in points if (parent.forked_at or -1) <= point.step < run.forked_at]
        found = [(0, kinds[point.name], point.step, round(point.value, 5)) for point in before] + found
        run = parent
    return found


def _newest(store: Store) -> list[Run]:
    comparison = store.runs.newest_comparison(BEGUN)
    return store.runs.all(comparison=comparison) if comparison else []


MOST_TOLD = 4096
_TOLD: dict[tuple[int, int], tuple[Run, dict[str, Any]]] = {}
"""Runs as the page takes them, by identity: the store gives the same object while a run has not changed."""


def run_json(run: Run, place: int) -> dict[str, Any]:
    """A run as the page takes it; times in seconds, sizes in bytes."""
    known = _TOLD.get((id(run), place))
    if known is None or known[0] is not run:
        while len(_TOLD) >= MOST_TOLD:
            _TOLD.pop(next(iter(_TOLD)), None)
        known = _TOLD[id(run), place] = (run, _told(run, place))
    return known[1] | {"mine": may_change(run)}  # not kept: it is another's for others


def _told(run: Run, place: int) -> dict[str, Any]:
    return {
        "id": run.id, "name": run.name, "place": place, "comparison": run.comparison, "recipe": run.recipe_name,
        "variant": variant_of(run.name), "method": run.method, "method_name": method_name(run.method),
        "family": family(run.method), "objective": run.objective, "base": run.base, "seeds": seeds_of(run.recipe),
        "parent": run.parent, "forked_at": run.forked_at, "status": run.status.value, "over": run.status.over,
        "request": run.request,
        "error": run.error, "notes": list(map(note_words, run.outcome.notes)),
        "step": run.step, "total": run.total_steps, "kept_step": run.outcome.kept_step,
        "created": run.created, "doing": "" if run.status.over else run.outcome.doing,
        "tried": [(one.learning_rate, one.held_out_loss) for one in run.outcome.search],
        "pictures": list(run.outcome.pictures),
        "kept": run.outcome.adapter_bytes is not None and run.request not in ("discard", EVICTED),
        **_figures(run.outcome),
    }  # fmt: skip


def method_name(method: str) -> dict[str, str]:
    """The name on the method's card; several stages' names are joined."""
    cards = find_cards("lab.methods")
    names = [
        pair(cards[one].CARD.name) if one in cards else dict.fromkeys(languages(), one) for one in method.split(", ")
    ]
    return {language: " → ".join(name[language] for name in names) for language in languages()}


def family(method: str) -> str:
    """The family of the method of a run's last stage."""
    cards = find_cards("lab.methods")
    last = method.split(", ")[-1]
    return cards[last].CARD.family if last in cards else ""


def _figures(out: Outcome) -> dict[str, Any]:
    return {
        "trainable": out.trainable_params, "all_params": out.total_params, "seconds": out.train_seconds,
        "whole_seconds": out.whole_seconds, "search_seconds": search_seconds(out),
        "memory": out.peak_memory_bytes, "bytes": out.adapter_bytes, "speed": out.tokens_per_second,
        "held_out": _change(out.eval_loss), "forgetting": _change(out.forgetting),
        "retained": _change(out.retained), "metrics": {name: _change(change) for name, change in out.metrics.items()},
        "sure": {name: _sure(one) for name, one in (out.metrics | {"retained": out.retained}).items() if one.n},
    }  # fmt: skip


def _sure(change: Change) -> dict[str, Any]:
    """Of a figure over `n` answers: the 95 % intervals before and after, and what the commonest answer would get."""
    return {"n": change.n, "before": change.before_interval, "after": change.after_interval, "usual": change.commonest}


def _change(change: Change) -> tuple[float | None, float | None]:
    return change.before, change.after
