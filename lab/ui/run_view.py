"""What the page shows of runs, whole or since it last asked: progress, curves, samples, results; from the store."""

import time
from collections.abc import Sequence
from typing import Any

from pydantic import Field

from lab.card import find_cards
from lab.errors import RunError
from lab.recipe import variant_of
from lab.store import Change, Outcome, Run, Status, Store
from lab.ui.component import ONE_RUN, Request, endpoint
from lab.ui.example import BEGUN, Example
from lab.ui.notes import note_words
from lab.words import languages, pair

FIRST_CURVES = ("reward", "loss")
"""What is drawn where nobody says what to draw: the first of these that there is."""
HELD_OUT = "eval_"
"""Begins the name of a curve on held-out rows, which is drawn with the curve it belongs to."""


class Watch(Request):
    """A comparison or a run (neither: the newest that has begun), and what the page has already."""

    comparison: str | None = Field(None, pattern=ONE_RUN)
    run: str | None = Field(None, pattern=ONE_RUN)
    curve: str = Field("", max_length=60)
    since: int = Field(0, ge=0)
    samples: float = 0.0


class StopRuns(Request):
    """Which runs to stop, and whether to keep what they learned."""

    comparison: str | None = Field(None, pattern=ONE_RUN)
    run: str | None = Field(None, pattern=ONE_RUN)
    keep: bool = True


class RunView:
    """The endpoints of every place that shows runs."""

    def __init__(self, store: Store, example: Example | None = None):
        self._store, self._example = store, example

    @endpoint(Watch)
    def watch(self, asked: Watch) -> dict[str, Any]:
        named = asked.comparison or asked.run
        store = self._example.store_for(named) if self._example else self._store
        runs = _found(store, asked.comparison, asked.run) if named else _newest(store)
        if not runs:
            return {"empty": True}
        number = {run.id: i for i, run in enumerate(runs)}
        curves = [name for name in store.curves.names(number) if not name.startswith(HELD_OUT)]
        curve = next((name for name in (asked.curve, *FIRST_CURVES) if name in curves), "loss")
        kinds = {curve: 0, HELD_OUT + curve: 1}
        points = store.curves.newer(number, asked.since, names=kinds)
        drawn = [(number[point.run], kinds[point.name], point.step, round(point.value, 5)) for point in points]
        newest = store.curves.newest_sample(number)
        samples = store.curves.samples(number) if newest > asked.samples else None
        labels = store.runs.labels(number)
        return {
            "comparison": runs[0].comparison, "title": runs[0].recipe_name, "created": runs[0].created,
            "runs": [run_json(run, labels[run.id].place) for run in runs if run.id in labels],
            "curve": curve, "curves": curves, "points": drawn, "since": points[-1].id if points else asked.since,
            "samples": samples and [(number[s.run], s.position, s.step, s.prompt, s.answer) for s in samples],
            "samples_seen": newest, "over": all(run.status.over for run in runs), "recorded": store is not self._store,
        }  # fmt: skip

    @endpoint(StopRuns)
    def stop(self, asked: StopRuns) -> dict[str, Any]:
        for run in _found(self._store, asked.comparison, asked.run):
            self._store.runs.request(run.id, "cancel" if asked.keep else "discard")
        return {}


def _found(store: Store, comparison: str | None, run: str | None) -> list[Run]:
    """The runs asked for; raises RunError when they are gone."""
    runs = [store.runs.get(run)] if run else store.runs.all(comparison=comparison or "")
    if not runs:
        raise RunError("that comparison is no longer there", do="choose another under Runs, or train a new one.")
    return runs


def _newest(store: Store) -> list[Run]:
    comparison = store.runs.newest_comparison(BEGUN)
    return store.runs.all(comparison=comparison) if comparison else []


def places(wanted: Sequence[Run], runs: Sequence[Run]) -> list[int]:
    """The place of each wanted run's variant in its comparison, whose runs are all in `runs`: its colour."""
    variants: dict[str, dict[str, int]] = {}
    for run in runs:
        seen = variants.setdefault(run.comparison, {})
        seen.setdefault(variant_of(run.name), len(seen))
    return [variants[run.comparison][variant_of(run.name)] for run in wanted]


def run_json(run: Run, place: int) -> dict[str, Any]:
    """A run as the page takes it; times in seconds, sizes in bytes."""
    return {
        "id": run.id, "name": run.name, "place": place, "comparison": run.comparison, "recipe": run.recipe_name,
        "variant": variant_of(run.name), "method": run.method, "method_name": method_name(run.method),
        "family": family(run.method), "objective": run.objective, "base": run.base,
        "parent": run.parent, "status": run.status.value, "over": run.status.over, "request": run.request,
        "error": run.error, "notes": list(map(note_words, run.outcome.notes)),
        "step": run.step, "total": run.total_steps, "kept_step": run.outcome.kept_step,
        "created": run.created, "left": seconds_left(run),
        "tried": [(one.learning_rate, one.held_out_loss) for one in run.outcome.search],
        "pictures": list(run.outcome.pictures),
        "kept": run.outcome.adapter_bytes is not None and run.request != "discard", **_figures(run.outcome),
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


def seconds_left(run: Run) -> float | None:
    """From the pace so far; None before the first step and after the last."""
    if run.status != Status.RUNNING or not run.step or not run.started:
        return None
    spent = time.time() - run.started - (run.outcome.startup_seconds or 0.0)
    return max(0.0, spent / run.step * (run.total_steps - run.step))


def _figures(out: Outcome) -> dict[str, Any]:
    return {
        "trainable": out.trainable_params, "all_params": out.total_params, "seconds": out.train_seconds,
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
