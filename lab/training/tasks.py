"""The tasks of a staged run, scored after each of its stages: the held-out rows of every stage's data.

A held-out row that any of the stages learns, or asks, is left out for all of them, so that the scores before and after
a stage are of the same rows.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lab.card import find_cards
from lab.data import DataSet, load_mix
from lab.data.apart import for_choosing_and_report
from lab.data.asked import number_of, questions_of, row_key
from lab.data.fit import fitting
from lab.data.learned import Learned, learned_before, without_learned
from lab.evaluate.continual import LOWER_IS_BETTER, summary
from lab.evaluate.evaluator import spread
from lab.evaluate.graded import ANSWERED, Graded, grade
from lab.models import Chain, load_chain, precision_of
from lab.objectives import hook
from lab.recipe import DataChoice, ResolvedStage
from lab.store import Change
from lab.store.pictures import Scores
from lab.training.context import StageContext
from lab.training.earlier import ancestors_of
from lab.training.outcome import OutcomeWriter
from lab.training.weights import makes_reward_model

PICTURE = "tasks"
START = "start"
UNTOLD = ("weight", "limit", "skip_bad")
"""What of a choice of data says nothing about what is held out of it."""


@dataclass(frozen=True)
class Task:
    """One data set of one stage, as that stage's objective judges it."""

    choice: DataChoice
    stage: ResolvedStage
    data: DataSet


@dataclass(frozen=True)
class Scored:
    """What a model scores on a task, by which measure and over how many rows."""

    measure: str
    value: float | None
    count: int


def task_matrix(context: StageContext, start: Chain, outcome: OutcomeWriter) -> "TaskMatrix | None":
    """What scores the run's tasks after the stage, where the recipe asks for that; the start is scored here."""
    if not context.plan.evaluate.tasks or makes_reward_model(context.stage):
        return None
    with outcome.noted("scoring the tasks at the start"):
        matrix = TaskMatrix(context, outcome)
        matrix.add_start(start)
        return matrix
    return None


class TaskMatrix:
    """Scores a run's tasks as it goes, and keeps the picture and the figures of them in its outcome."""

    def __init__(self, context: StageContext, outcome: OutcomeWriter):
        self._context, self._outcome = context, outcome
        self._tasks = tasks_of(context)

    def add_start(self, start: Chain) -> None:
        """Score the weights that the run starts from, once; they are kept for other runs that start there."""
        if PICTURE in self._outcome.outcome.pictures:
            return
        context = self._context
        parts = [[f"{link.kind}:{link.ref}" for link in start], precision_of(start, context.home),
                 context.plan.evaluate.model_dump(), [task.data.held_out for task in self._tasks],
                 [task.stage.model_dump(mode="json") for task in self._tasks]]  # fmt: skip
        key = hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()
        found = self._outcome.store.baselines.get(key)
        if found is None:
            scored = self._score(load_chain(start, context.home))
            found = [[one.measure, one.value, one.count] for one in scored]
            self._outcome.store.baselines.put(key, found)
        scored = [Scored(*one) for one in found]
        picture = Scores(
            (START,), tuple(task.choice.label for task in self._tasks), (_values(scored),), ((),),
            tuple(one.measure for one in scored), tuple(one.count for one in scored), (0,), (0.0,), (0.0,),
        )  # fmt: skip
        self._outcome.add(pictures=self._outcome.outcome.pictures | {PICTURE: picture})

    def add_stage(self, model: Any, steps: int, tokens: float, old_rows: float) -> None:
        """Score the model that the context's stage has made, beside what the stage took."""
        drawn, stage = self._outcome.outcome.pictures.get(PICTURE), self._context.stage
        if not isinstance(drawn, Scores):
            return
        scored, done = self._score(model), self._context.index + 1
        learned = tuple(place for place, task in enumerate(self._tasks) if _same(task.choice, stage.data))
        label = " + ".join(choice.label for choice in stage.data)
        measures = tuple(one.measure or was for one, was in zip(scored, drawn.measures, strict=True))
        counts = tuple(one.count or was for one, was in zip(scored, drawn.counts, strict=True))
        picture = Scores(
            (*drawn.rows[:done], label), drawn.columns, (*drawn.values[:done], _values(scored)),
            (*drawn.learned[:done], learned), measures, counts, (*drawn.steps[:done], steps),
            (*drawn.tokens[:done], tokens), (*drawn.old_rows[:done], old_rows),
        )  # fmt: skip
        self._outcome.add(pictures=self._outcome.outcome.pictures | {PICTURE: picture})
        self._add_figures(picture)

    def _add_figures(self, picture: Scores) -> None:
        """What the matrix comes to, where all of it is shares of right answers."""
        if LOWER_IS_BETTER in picture.measures:
            return
        figures = summary(picture.values, picture.learned)
        start = [value for value in picture.values[0] if value is not None]
        before = {"tasks/average": sum(start) / len(start), "tasks/worst": min(start)} if start else {}
        self._outcome.add_metrics({name: Change(before.get(name), value) for name, value in figures.items()})

    def _score(self, model: Any) -> list[Scored]:
        return [score(model, task, self._context) for task in self._tasks]


def tasks_of(context: StageContext) -> list[Task]:
    """The tasks of a run and of those it builds on, each once, in the order in which they come up."""
    stages = [one.stage for one in ancestors_of(context.plan.base, context.home)]
    stages += [stage for stage in context.plan.stages if not makes_reward_model(stage)]
    found: list[Task] = []
    for stage in stages:
        for choice in stage.data:
            if not any(_same(one.choice, [choice]) for one in found):
                found.append(Task(choice, stage, _load(choice, stage, context)))
    asked = frozenset(
        number_of(key) for task in found for row in task.data.train for key in (*questions_of(row), row_key(row))
    )
    learned: Learned = asked | learned_before(context.plan, context.home)
    return [Task(one.choice, one.stage, _reported(without_learned(one.data, learned), context)) for one in found]


def _reported(data: DataSet, context: StageContext) -> DataSet:
    """The data without the held-out rows that something was chosen by, as the stage's own figures are without them."""
    plan = context.plan
    return for_choosing_and_report(data, plan.split_seed)[1] if plan.evaluate.apart else data


def score(model: Any, task: Task, context: StageContext) -> Scored:
    """Exact answers where the data has answers, the share of right classes where it has classes, else held-out loss."""
    data, settings, tokenizer = task.data, context.plan.evaluate, context.tokenizer
    if not data.held_out:
        return Scored("", None, 0)
    if data.format in ANSWERED and settings.answers:
        rows = spread(data.held_out, settings.answers)
        right = grade(model, tokenizer, rows, data.format, "", "").figures["exact_match"]
        return Scored("exact_match", right, len(rows))
    some = min(settings.rows, len(data.held_out))
    if data.format == "labels" and (measure := hook(task.stage.objective, "measure")):
        found = measure(model, tokenizer, data, task.stage, context.home, settings.rows)
        figures = found.figures if isinstance(found, Graded) else found
        return Scored("accuracy", figures.get("accuracy"), some)
    loss = find_cards("lab.objectives")[task.stage.objective].held_out_loss
    return Scored(LOWER_IS_BETTER, loss(model, tokenizer, data, task.stage, settings.rows), some)


def _load(choice: DataChoice, stage: ResolvedStage, context: StageContext) -> DataSet:
    plan, card = context.plan, find_cards("lab.objectives")[stage.objective].CARD
    data = load_mix((choice,), context.home, plan.seed, card.formats, plan.split_seed)
    return fitting(data, context.tokenizer, stage)


def _same(choice: DataChoice, others: Sequence[DataChoice]) -> bool:
    """Whether one of the others has the same rows held out."""
    told = choice.model_dump(exclude=set(UNTOLD))
    return any(other.model_dump(exclude=set(UNTOLD)) == told for other in others)


def _values(scored: Sequence[Scored]) -> tuple[float | None, ...]:
    return tuple(one.value for one in scored)
