"""The estimate before a run: plain arithmetic, exact where it can be."""

import pytest

from lab.home import Home
from lab.models import load_model, shape_of
from lab.recipe import build_recipe, resolve
from lab.training.cost import estimate


def cost_of(tiny_base, tmp_path, method, **variant):
    recipe = build_recipe({"base": str(tiny_base), "variants": [{"name": "x", "method": method, **variant}]})
    return estimate(resolve(recipe)[0], shape_of(str(tiny_base), Home(tmp_path)), tokens_per_second=1000)


@pytest.mark.parametrize("method", ["full", "freeze", "lora"])
def test_the_estimate_counts_what_really_trains(tiny_base, tmp_path, method):
    from lab.card import find_cards

    module = find_cards("lab.methods")[method]
    model = module.build(load_model(tiny_base), steps=1, seed=0, **module.CARD.settle({}, "knobs"))
    cost = cost_of(tiny_base, tmp_path, method)
    assert cost.trainable_params == sum(weight.numel() for weight in model.parameters() if weight.requires_grad)
    assert cost.total_params == sum(weight.numel() for weight in model.parameters())


def test_time_grows_with_steps_and_memory_with_what_trains(tiny_base, tmp_path):
    short, long = (cost_of(tiny_base, tmp_path, "lora", budget={"steps": steps}) for steps in (10, 20))
    assert long.seconds - short.seconds == pytest.approx(10 * 8 * 128 * 0.5 / 1000)
    assert cost_of(tiny_base, tmp_path, "full").memory_bytes > short.memory_bytes
