"""Transfer, measured: how well a run's last stage does with few examples, from what was learned and from the base.

For each number of examples the stage is carried out anew, with as many steps, and thrown away; only the stage itself,
with all its rows, is kept.
"""

import shutil
from collections.abc import Sequence
from dataclasses import replace

from lab.data import DataSet
from lab.data.split import first_by_seed
from lab.models import Chain, load_chain
from lab.store import Change
from lab.store.pictures import Lines
from lab.training.context import StageContext, StopRequest
from lab.training.guard import Diverged
from lab.training.learning_rate import train_trial
from lab.training.outcome import OutcomeWriter
from lab.training.tasks import Scored, Task, score

PICTURE = "shots"
BASE, SOURCE = "base", "source"


def add_shots(context: StageContext, data: DataSet, outcome: OutcomeWriter, stop: StopRequest) -> None:
    """Draw the curve of score against examples, where the recipe asks for it, before the last stage is trained.

    Raises Stopped.
    """
    wanted, last = context.plan.evaluate.shots, context.index == len(context.plan.stages) - 1
    if not wanted or not last or PICTURE in outcome.outcome.pictures or not data.held_out:
        return
    try:
        lines = {
            name: _curve(replace(context, chain=chain), data, sorted({n for n in wanted if n <= len(data.train)}), stop)
            for name, chain in starts_of(context).items()
        }
    finally:
        shutil.rmtree(context.folder.root / "trial", ignore_errors=True)
    outcome.add(pictures=outcome.outcome.pictures | {PICTURE: Lines.of(lines)})
    if len(lines) == 2 and (gain := mean_gain(lines[SOURCE], lines[BASE])) is not None:
        outcome.add_metrics({"shots/gain": Change(None, gain)})


def starts_of(context: StageContext) -> dict[str, Chain]:
    """The weights to learn from few examples from: the base model's, and what was learned before, if anything was."""
    return {BASE: context.chain[:1]} | ({SOURCE: context.chain} if len(context.chain) > 1 else {})


def mean_gain(source: Sequence[tuple[float, float]], base: Sequence[tuple[float, float]]) -> float | None:
    """By how much the one curve lies above the other on average, where both have learned from examples."""
    other = dict(base)
    gaps = [value - other[shots] for shots, value in source if shots and shots in other]
    return sum(gaps) / len(gaps) if gaps else None


def _curve(context: StageContext, data: DataSet, shots: Sequence[int], stop: StopRequest) -> list[tuple[float, float]]:
    """(examples, score): without any, and after the stage's steps on so many; what diverged is left out."""
    task = Task(context.stage.data[0], context.stage, data)
    found = [(0, score(load_chain(context.chain, context.home), task, context))]
    for number in shots:
        some = replace(data, train=first_by_seed(data.train, number, context.seed))
        try:
            model, _ = train_trial(context, some, stop)
        except Diverged:
            continue
        found.append((number, score(model, task, context)))
        print(f"{number} examples: {_told(found[-1][1])}", flush=True)
    return [(float(number), one.value) for number, one in found if one.value is not None]


def _told(scored: Scored) -> str:
    return f"{scored.measure} {scored.value:.3f}" if scored.value is not None else "no score"
