"""Who measures a stage's models: its data, its objective's own loss and figures, and its rewards."""

import contextlib
from dataclasses import replace
from typing import Any

from lab.card import find_cards
from lab.data import DataSet, load_data
from lab.data.asked import number_of, questions_of
from lab.data.learned import learned_before, without_learned
from lab.evaluate.by_value import OnRows
from lab.evaluate.evaluator import Evaluator
from lab.evaluate.graded import SHARES, Graded
from lab.evaluate.skills import Skills, skills_of, unlearned
from lab.model_ref import ModelRef
from lab.models import load_chain, root_base
from lab.objectives import hook
from lab.objectives.checked import checked_metrics
from lab.objectives.policy_metrics import policy_metrics
from lab.recipe import DataChoice, ResolvedStage
from lab.training.context import StageContext

NOT_ALONE = (ValueError, LookupError, ArithmeticError, RuntimeError)
"""What some objectives raise where the rows of one value alone are too few, or of one kind: these have no loss."""


def make_evaluator(context: StageContext, data: DataSet) -> Evaluator:
    """An evaluator on the stage's data, by its objective's own loss."""
    stage, settings, tokenizer, home = context.stage, context.plan.evaluate, context.tokenizer, context.home
    objective, measure = find_cards("lab.objectives")[stage.objective], hook(stage.objective, "measure")
    whole, questions = with_run_models(stage, context.run_id), context.plan.question_data()
    asked = _asked(questions, data, context) if questions and stage.reward else data

    def loss_of(model: Any) -> float | None:
        loss: float | None = objective.held_out_loss(model, tokenizer, data, stage, settings.rows)
        return loss

    def measured(model: Any, trained: bool) -> Graded:
        own = measure(model, tokenizer, data, whole, home, settings.rows) if measure else {}
        start = (lambda: load_chain(context.chain, home)) if trained else None
        sampled = policy_metrics(model, start, tokenizer, asked, whole, home, settings.rows)
        checked = Graded(checked_metrics(model, tokenizer, asked, whole, home, settings.rows))
        return (own if isinstance(own, Graded) else Graded(own)) + sampled + checked

    def on_rows(model: Any, some: DataSet) -> OnRows:
        loss = None
        with contextlib.suppress(*NOT_ALONE):
            loss = objective.held_out_loss(model, tokenizer, some, stage, settings.rows)
        if measure is None or data.format != "preference":
            return OnRows(loss)
        own = measure(model, tokenizer, some, whole, home, settings.rows)
        figures = own.figures if isinstance(own, Graded) else own
        name = next((name for name in SHARES if name in figures), "")
        return OnRows(loss, name, figures.get(name), min(settings.rows, len(some.held_out)))

    aim = f"{stage.objective} {stage.options} {whole.reward} {whole.teacher}" if measure or stage.reward else ""
    if objective.CARD.adapts:
        aim += f" {stage.method} {stage.knobs}"
    asks, answers = hook(stage.objective, "asked"), hook(stage.objective, "answers")
    return Evaluator(
        data, tokenizer, settings, _skills(context, data), loss_of, measured, aim, objective.CARD.watches_general, asks,
        (lambda model, questions: answers(model, tokenizer, stage, questions)) if answers else None, on_rows,
    )  # fmt: skip


def _skills(context: StageContext, data: DataSet) -> Skills:
    """What the base could do, asked in questions that neither the stage nor what it builds on has learned."""
    plan, home = context.plan, context.home
    asked = (key for row in data.train for key in questions_of(row))
    return unlearned(skills_of(root_base(plan.base, home), home), asked, learned_before(plan, home, context.run_id))


def _asked(choice: DataChoice, data: DataSet, context: StageContext) -> DataSet:
    """The questions of another data set, without those that the stage or what it builds on has learned."""
    asked = load_data(choice, context.home, context.plan.seed, (), context.plan.split_seed)
    own = frozenset(number_of(key) for row in data.train for key in questions_of(row))
    return without_learned(asked, own | learned_before(context.plan, context.home, context.run_id))


def with_run_models(stage: ResolvedStage, run_id: str) -> ResolvedStage:
    """The stage with what earlier stages made for it, reward models and a teacher, named as what this run left."""

    def named(model: str) -> str:
        ref = ModelRef.parse(model)
        return str(replace(ref, run=run_id)) if ref.is_own_stage else model

    reward = tuple(choice.model_copy(update={"name": named(choice.name)}) for choice in stage.reward)
    return stage.model_copy(update={"reward": reward, "teacher": named(stage.teacher) if stage.teacher else None})
