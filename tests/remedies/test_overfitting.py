"""Remedies against overfitting: they act in a first stage, do what their cards say, and refuse what they can't help."""

import pytest
import torch

from lab.errors import RecipeError
from lab.models import load_model
from lab.recipe import build_recipe, resolve
from lab.remedies import dropout, l1
from lab.store import Status
from lab.training.run import train_run
from tests.training.test_run import SMALL, queue, weights_of


def variant(**fields):
    return resolve(build_recipe({"base": "nano", "variants": [{"name": "x", **fields}]}))[0].stages[0]


@pytest.mark.parametrize("name", ["l1", "l2_start", "dropout", "augment"])
def test_a_remedy_against_overfitting_needs_nothing_before_it(name):
    assert variant(remedy=name).remedy[0].name == name


@pytest.mark.parametrize(("name", "objective", "words"), [
    ("dropout", "dpo", "compares the model with what it was"), ("dropout", "ppo", "compares the model"),
    ("l1", "grpo", "learns from answers it draws anew"), ("augment", "ppo", "learns from answers"),
])  # fmt: skip
def test_objectives_it_can_not_help_are_refused(name, objective, words):
    fields = {"objective": objective, "remedy": name}
    if objective != "dpo":
        fields |= {"reward": "shorter", "data": "prompts"}
    else:
        fields |= {"data": "feedback"}
    with pytest.raises(RecipeError, match=words):
        variant(**fields)


@pytest.mark.parametrize(("towards", "ends"), [("start", [0.0, 1.0, -1.0]), ("zero", [0.0, 0.7, -0.7])])
def test_l1_takes_a_step_back_and_stops_where_it_started(towards, ends):
    """Of three weights one does not move, one moves up, one down; a rate of 0.1 and a strength of 3 take 0.3 back."""
    model = torch.nn.Linear(3, 1, bias=False)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[0.0, 0.9, -0.9]]))
    (shrink,) = l1.callbacks(model, strength=3.0, towards=towards)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with torch.no_grad():
        model.weight += torch.tensor([[0.2, 0.1, -0.1]]) if towards == "zero" else torch.tensor([[0.2, 0.4, -0.4]])
    shrink.on_optimizer_step(None, None, None, optimizer=optimizer)
    assert torch.allclose(model.weight.detach(), torch.tensor([ends]))
    assert shrink.figures()["unmoved"] == pytest.approx(1 / 3)


def test_dropout_is_in_every_block_while_it_trains_and_nowhere_else(tiny_base):
    model = load_model(tiny_base)
    ids = torch.tensor([[5, 17, 200, 33]])
    plain = model.eval()(ids).logits
    dropout.attach(model, share=0.5)
    assert torch.equal(model.eval()(ids).logits, plain)
    model.train()
    assert not torch.equal(model(ids).logits, model(ids).logits)
    assert sum(bool(module._forward_hooks) for module in model.modules()) == 4  # two blocks of two


@pytest.mark.slow
def test_l1_leaves_most_of_a_model_exactly_where_it_was(store, tiny_base):
    def trained(strength):
        remedy = {"name": "l1", "knobs": {"strength": strength}}
        run = queue(store, tiny_base, {"method": "full", "remedy": remedy}, steps=8)
        assert train_run(run, store) == Status.DONE
        return store.runs.get(run.id)

    weak, strong = trained(0.01), trained(0.9)
    shares = [run.outcome.metrics["unmoved"].after for run in (weak, strong)]
    assert shares[0] < shares[1] and shares[1] > 0.2
    start, left = load_model(tiny_base).state_dict(), weights_of(store, strong.id)
    still = sum(int((left[name] == value).sum()) for name, value in start.items() if name in left)
    assert still / sum(value.numel() for name, value in start.items() if name in left) > 0.2


@pytest.mark.slow
def test_made_rows_are_learned_shown_and_held_out_no_more(store, tiny_base):
    from lab.data.asked import number_of, questions_of
    from lab.data.learned import learned_by

    few = {"data": {"name": "cuisine", "limit": 20}, "budget": {"max_length": 128}}
    run = queue(store, tiny_base, few | {"remedy": "augment"}, evaluate=SMALL | {"trained": 8})
    assert train_run(run, store) == Status.DONE
    outcome = store.runs.get(run.id).outcome
    picture = outcome.pictures["made"]
    assert picture.columns == ("from", "made", "ways") and len(picture.rows) == 12 and picture.right == ()
    assert any("rows were made from 20" in note for note in outcome.notes)
    known = learned_by(run.id, store.home)
    assert all(number_of(questions_of({"prompt": made})[0]) in known for _, made, _ in picture.rows)
    assert {"exact_match", "exact_match/trained"} <= outcome.metrics.keys()
    assert outcome.metrics["exact_match/trained"].n == 8
