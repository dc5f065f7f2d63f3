"""What a visitor may queue: so many runs, so many tokens, none that takes too long; and putting it into the queue.

Counted and queued under one lock, so that many requests at once get no more than one after the other.
"""

import threading
from collections.abc import Sequence
from functools import lru_cache

from lab.errors import LabError
from lab.recipe import ResolvedRun, parse_recipe, resolve
from lab.store import Run, Status, Store
from lab.visitors import LOCAL, acting, current
from lab.visitors.fair import LimitError, check, in_about, most_for

BUSY = 8
"""Times the seconds that a run may compute that it may be expected to take: a machine that many use is slow."""
OPEN = (Status.QUEUED, Status.RUNNING)
_queueing = threading.Lock()


def put_in_queue(new: Sequence[Run], store: Store) -> None:
    """Queue runs; raises LimitError, and queues nothing, where that is more than who asks may have."""
    with _queueing:
        _check(new, store)
        store.runs.queue(new)


def put_back(run: Run, store: Store) -> Run:
    """Queue a run again; raises LimitError where that is more than who asks may have."""
    with _queueing:
        _check([run], store)
        return store.runs.requeue(run.id)


def check_count(runs: int) -> None:
    """Raise LimitError for a recipe of more runs than a visitor may have, before they are looked at one by one."""
    check(current(), "queued_runs", runs, 0, of="runs", when="take fewer variants; waiting does not help.")


def tokens_of(run: ResolvedRun) -> int:
    """The most tokens that a run reads in training: steps × batch × length, the sweeps for a learning rate too."""
    found = 0
    for stage in run.stages:
        budget, steps = stage.budget, stage.budget.planned_steps
        if stage.search:
            steps += stage.search.rates * stage.search.length(steps)
        found += steps * budget.batch_size * budget.max_length
    return found


def _check(new: Sequence[Run], store: Store) -> None:
    me = current()
    if me.owns_lab:
        return
    with acting(LOCAL):  # others' runs count, seen or not
        waiting = [run for run in store.runs.all(statuses=OPEN) if run.visitor is not None]
    mine = [run for run in waiting if run.visitor == me.mark]
    when = _when(mine or waiting)
    check(me, "queued_runs", len(mine) + len(new), len(waiting) + len(new), of="runs that wait or run", when=when)
    own, each = sum(_tokens(run.recipe) for run in new), [_tokens(run.recipe) for run in mine]
    every = own + sum(_tokens(run.recipe) for run in waiting)
    most = most_for(me, "tokens")
    if most and own > most:
        when = "take fewer steps, a smaller batch_size or a smaller max_length; waiting does not help."
    check(me, "tokens", own + sum(each), every, of="tokens (steps × batch × length)", when=when)
    _check_time(new, most_for(me, "run_seconds"))


def _check_time(new: Sequence[Run], most: int) -> None:
    """Raise LimitError for a run that is expected to take too long; one that takes longer than expected is stopped."""
    longest = max((run.outcome.expected_seconds or 0.0 for run in new), default=0.0)
    if most and longest > BUSY * most:
        raise LimitError(
            f"that run takes some {longest / 60:,.0f} minutes, and one of a visitor may compute for {most / 60:g}",
            do="take fewer steps, or a smaller base; waiting does not help.",
        )


def _when(waiting: Sequence[Run]) -> str:
    """When some of these runs are over, as far as is known."""
    known = [run.outcome.expected_seconds for run in waiting if run.outcome.expected_seconds]
    if not known:
        return "come back when one of them is over."
    return f"come back {in_about(min(known))}, when one of them is over, or stop some."


@lru_cache(maxsize=2048)
def _tokens(recipe: str) -> int:
    try:
        return tokens_of(resolve(parse_recipe(recipe))[0])
    except LabError:
        return 0
