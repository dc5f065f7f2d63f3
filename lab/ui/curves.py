"""The curves of one policy's training with their readings, and its samples; only when there is something new."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from lab.card import find_cards
from lab.feedback.readings import Curve, parting, read, verdict
from lab.feedback.rounds import watched
from lab.store import Point, Run, Status, Store
from lab.ui.component import ONE_RUN, Request, endpoint
from lab.words import pair

SCORES = ("reward", "rewards/margins", "loss")
"""What is optimised: the first of these that a run logs."""
ALSO = ("kl", "distinct_2", "entropy", "completions/mean_length", "rewards/accuracies")
MOST_POINTS = 200
"""Of a curve; longer ones are thinned, for the eye sees no more."""


class Seen(Request):
    """A run, and what the page has of it: the number of its newest point, the time of its newest sample."""

    run: str = Field(pattern=ONE_RUN)
    since: int = Field(0, ge=0)
    samples: float = 0.0


class Curves:
    """The endpoint."""

    def __init__(self, store: Store):
        self._store = store

    @endpoint(Seen)
    def curves(self, asked: Seen) -> dict[str, Any]:
        run, kept = self._store.runs.get(asked.run), self._store.curves
        newest = kept.newest_sample([run.id])
        seen: dict[str, Any] = {"since": asked.since, "samples_seen": newest, "curves": None, "samples": None}
        if newest > asked.samples:
            samples = kept.samples([run.id])
            seen["samples"] = [(one.position, one.step, one.prompt, one.answer) for one in samples]
        known = set(kept.names([run.id]))
        score = next((name for name in SCORES if name in known), SCORES[-1])
        truth = next((name for name in _truths(run) if name in known), None)
        wanted = [name for name in (score, truth, *ALSO) if name]
        if run.status.over or not asked.since or kept.newer([run.id], asked.since, limit=1, names=wanted):
            seen |= _drawn(run, kept.newer([run.id], names=wanted), score, truth)
        return seen


def _drawn(run: Run, points: Sequence[Point], score: str, truth: str | None) -> dict[str, Any]:
    """All curves of a run as the page takes them, with what they say."""
    curves: dict[str, dict[int, float]] = {}
    for point in points:
        curves.setdefault(point.name, {})[point.step] = point.value
    lines: dict[str, Curve] = {name: sorted(values.items()) for name, values in curves.items()}
    stopped = run.status == Status.DONE and run.step < run.total_steps
    readings = read(lines, score, truth, stopped)
    return {
        "since": max((point.id for point in points), default=0), "score": score, "truth": truth,
        "watched": _named(watched(run)), "curves": {name: thin(line) for name, line in lines.items()},
        "readings": [vars(one) for one in readings], "verdict": verdict(readings),
        "parted": parting(lines.get(score, ()), lines.get(truth, ())) if truth else None,
    }  # fmt: skip


def thin(line: Curve, most: int = MOST_POINTS) -> list[tuple[int, float]]:
    """At most so many points: means of neighbours."""
    size = -(-len(line) // most) if line else 1
    parts = [line[i : i + size] for i in range(0, len(line), size)]
    return [(part[-1][0], round(sum(value for _, value in part) / len(part), 5)) for part in parts]


def _named(rater: str | None) -> dict[str, str] | None:
    known = find_cards("lab.raters")
    return pair(known[rater].CARD.name) if rater in known else None


def _truths(run: Run) -> tuple[str, ...]:
    """Under which names the score nobody optimises may be logged, by the trainer that logs it."""
    name = watched(run)
    return (f"rewards/{name}", f"rewards/{name}/mean", f"reward/{name}") if name else ()
