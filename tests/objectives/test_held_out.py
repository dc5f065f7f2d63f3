"""Held-out losses of learning from preferences: the stage's own loss at its own options, as its trainer reckons it."""

import math
from dataclasses import replace

import pytest
import torch

from lab.card import find_cards
from lab.data import DataSet
from lab.objectives._held_out import Gain, dpo_losses, kto_losses, mean_of, odds_losses
from tests.objectives.test_objectives import base, home, task_for, trained  # noqa: F401 (fixtures)

BUDGET = {"steps": 2, "batch_size": 4, "max_length": 64}
CASES = [
    *(("dpo", {"loss": loss, "beta": 0.7}) for loss in ("sigmoid", "hinge", "ipo", "robust", "apo_zero")),
    ("kto", {"beta": 0.5, "good_weight": 2.0}),
    ("orpo", {"beta": 0.6}),
    ("reward", {"centre": 0.2}),
    ("reward", {"margin": 0.5}),
]


@pytest.mark.slow
@pytest.mark.parametrize(("objective", "options"), CASES)
def test_it_is_the_loss_the_trainer_minimises(base, home, objective, options):  # noqa: F811
    task = task_for(base, home, objective, options=options, budget=BUDGET, rate=5e-3)
    rows = task.data.held_out[:4]
    if "margin" in options:
        rows = [row | {"margin": 3.0} for row in rows[:3]] + rows[3:]
    task = replace(task, data=DataSet("same", task.data.format, rows, rows))
    trainer = trained(task)
    trainer.model.eval()
    batch = trainer._prepare_inputs(trainer.data_collator([trainer.train_dataset[i] for i in range(4)]))
    with torch.no_grad():
        own = float(trainer.compute_loss(trainer.model, batch))
    held_out = find_cards("lab.objectives")[objective].held_out_loss
    found = held_out(task.model, task.tokenizer, task.data, task.stage, 8)
    assert found == pytest.approx(own, rel=1e-3)
    plain = task.stage.model_copy(
        update={"options": find_cards("lab.objectives")[objective].CARD.complete_knobs({}, "")}
    )
    assert held_out(task.model, task.tokenizer, task.data, plain, 8) != pytest.approx(found, rel=2e-3)


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["dpo", "kto", "orpo"])
def test_rows_too_long_cost_the_figure_and_broken_weights_are_nan(base, home, objective):  # noqa: F811
    task = task_for(base, home, objective, budget=BUDGET)
    held_out = find_cards("lab.objectives")[objective].held_out_loss
    short = task.stage.model_copy(update={"budget": task.stage.budget.model_copy(update={"max_length": 8})})
    assert held_out(task.model, task.tokenizer, task.data, short, 8) is None
    next(task.model.parameters()).data.fill_(math.nan)
    assert math.isnan(held_out(task.model, task.tokenizer, task.data, task.stage, 8))


def test_each_loss_by_hand():
    chosen, rejected = Gain(torch.tensor([2.0]), torch.tensor([4])), Gain(torch.tensor([-1.0]), torch.tensor([2]))
    margin = 0.5 * 3.0
    wanted = {
        "sigmoid": math.log1p(math.exp(-margin)),
        "hinge": 0.0,
        "ipo": (0.5 + 0.5 - 1.0) ** 2,
        "apo_zero": 1 / (1 + math.e) + 1 / (1 + math.exp(0.5)),
        "robust": (0.9 * math.log1p(math.exp(-margin)) - 0.1 * math.log1p(math.exp(margin))) / 0.8,
    }
    for kind, loss in wanted.items():
        assert dpo_losses(kind, chosen, rejected, 0.5, 0.1).item() == pytest.approx(loss, abs=1e-6), kind
    kto = kto_losses(torch.tensor([1.0, 1.0]), torch.tensor([True, False]), torch.tensor(-3.0), 1.0, 2.0, 1.0)
    assert kto.tolist() == pytest.approx([2 / (1 + math.e), 1 - 1 / (1 + math.e)])
    assert odds_losses(torch.tensor([math.log(0.5)]), torch.tensor([math.log(0.5)]), 0.1).item() == pytest.approx(
        0.1 * math.log(2)
    )
    assert odds_losses(torch.tensor([0.0]), torch.tensor([0.0]), 1.0).isfinite().all()
    assert mean_of(torch.tensor([1.0, math.nan]), torch.tensor([True, False])) == 1.0
    assert mean_of(torch.tensor([math.nan]), torch.tensor([False])) is None
