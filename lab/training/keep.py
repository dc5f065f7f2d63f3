"""What a stage leaves behind: its weights and chain, marked where they are not finished, and why it failed."""

import shutil
from typing import Any

from lab.card import find_cards
from lab.evaluate.evaluator import Evaluator
from lab.methods import hook
from lab.models import Chain, save_chain
from lab.models.unfinished import Unfinished, mark_finished, save_unfinished
from lab.objectives import hook as objective_hook
from lab.recipe.teachers import own_teacher
from lab.remedies import hook as hook_of_remedy
from lab.training.baseline import evaluate_start
from lab.training.context import StageContext
from lab.training.divergence import ended_above, told_ended_above, told_not_finite
from lab.training.fit import Fit, last_checkpoint
from lab.training.guard import Diverged
from lab.training.learning_rate import usual_rate_of
from lab.training.outcome import OutcomeWriter
from lab.training.weights import makes_reward_model, save_weights, size_of


def save_stage(context: StageContext, model: Any, fitted: Fit, outcome: OutcomeWriter) -> Chain:
    """Save the stage's weights and lengthen the chain."""
    left = Unfinished("stopped", fitted.steps, context.chain) if fitted.stopped else None
    return _save(context, model, fitted.trainer, outcome, left)


def _save(context: StageContext, model: Any, trainer: Any, outcome: OutcomeWriter, left: Unfinished | None) -> Chain:
    """Save the weights and lengthen the chain.

    The checkpoints that led there are dropped once the stage's steps are done; of a stage that was left before that
    they stay, and its weights are marked with how it was left.
    """
    stage, folder = context.stage, context.weights
    link = save_weights(model, folder, stage, context.ref.in_chains)
    if save := objective_hook(stage.objective, "save"):
        save(trainer, folder)
    if left:
        save_unfinished(context.folder, context.index, left)
    else:
        mark_finished(context.folder, context.index)
    before = context.chain[:-1] if context.continues else context.chain
    chain = (*before, link)
    save_chain(context.folder, chain)
    if makes_reward_model(stage) or any(own_teacher(other) == context.index for other in context.plan.stages):
        save_chain(context.folder, chain, context.index)  # later stages go on without it
    outcome.add(adapter_bytes=size_of(folder))
    if ranks := hook(stage.method, "ranks"):
        with outcome.noted("reading the ranks"):
            outcome.add(ranks=ranks(folder))
    if not left:
        shutil.rmtree(context.checkpoints, ignore_errors=True)
    return chain


def keep_last_good(context: StageContext, model: Any, fitted: Fit, outcome: OutcomeWriter) -> str:
    """Save the newest weights that gave finite numbers, from memory or from the last checkpoint; what to tell."""
    steps, checkpoint = fitted.guard.put_back(), last_checkpoint(context.checkpoints)
    if steps is None and checkpoint:
        fitted.trainer._load_from_checkpoint(checkpoint)
        steps = int(checkpoint.rpartition("-")[2])
    kept = "Nothing was learned before, so nothing is kept"
    if steps and fitted.diverged:
        _save(context, model, fitted.trainer, outcome, Unfinished("diverged", steps, context.chain))
        run = context.run_id
        kept = f"The weights after step {steps} are kept: talk to them with `lab chat {run}`, or start from run:{run}"
    stage, problem = context.stage, fitted.diverged or Diverged("the loss", fitted.steps)
    return told_not_finite(
        problem, float(stage.learning_rate or 0), usual_rate_of(context), context.plan.precision,
        stage.budget.max_length, kept,
    )  # fmt: skip


def worse_than_its_start(
    context: StageContext, evaluator: Evaluator, start: Chain, outcome: OutcomeWriter
) -> str | None:
    """What to tell of a stage that went through its steps and ended far above its start; None for one that did not.

    Where the best weights were put back, theirs is the end.
    """
    stage = context.stage
    if find_cards("lab.objectives")[stage.objective].CARD.rewarded:
        return None
    curves, first = outcome.store.curves, context.first_step
    losses = [loss for step, loss in curves.curve(context.run_id, "loss") if step > first]
    held_out = dict(curves.curve(context.run_id, "eval_loss"))
    before = held_out.get(0) if first == 0 else None
    if first == 0 and before is None and ended_above(losses):
        with outcome.noted("measuring the start"):
            before = evaluate_start(context, start, evaluator, outcome.store).eval_loss
    kept = outcome.outcome.kept_step
    at = kept if kept in held_out else max(held_out, default=None)
    found = ended_above(losses, (before, held_out[at] if at is not None else None))
    if found is None:
        return None
    save_unfinished(context.folder, context.index, Unfinished("diverged", len(losses), context.chain))
    left = f"Its weights are kept as they are, as run:{context.run_id}"
    if any(hook_of_remedy(choice.name, "penalty") for choice in stage.remedy):
        left = f"The loss counts what holds old weights: a lower value of the remedy's strength may do as well. {left}"
    return told_ended_above(
        *found, float(stage.learning_rate or 0), usual_rate_of(context), context.plan.precision, left
    )
