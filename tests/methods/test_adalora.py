"""AdaLoRA's ranks really move, on any budget of steps, and its regulariser is part of what is minimised."""

import pytest

from lab.errors import RecipeError
from lab.methods import adalora
from lab.models.chain import link_folder
from lab.recipe import build_recipe
from tests.methods.practice import NAMES


def test_every_number_of_steps_leaves_room_for_pruning():
    for steps in range(1, 500):
        before, after = adalora.schedule(steps)
        assert 0 <= before < steps - after


def test_what_is_left_is_the_budget_spread_unevenly(ground):
    practised = ground.cached(NAMES.index("adalora"))
    ranks = adalora.ranks(link_folder(practised.link, practised.home))
    assert len(ranks) == 14
    assert sum(ranks.values()) == 14 * practised.knobs["r"]
    assert len(set(ranks.values())) > 1
    assert all(0 <= rank <= practised.knobs["start"] for rank in ranks.values())


def test_the_models_own_loss_holds_the_regulariser(ground):
    model, _ = ground.start(NAMES.index("adalora"))
    assert model(**ground.batch).loss.item() > ground.loss(model) + 0.1


@pytest.mark.parametrize(
    ("method", "knobs", "said"),
    [("adalora", {"start": 4, "r": 4}, "nothing to prune"), ("freeze", {"keep": 0}, "nothing is left to train")],
)
def test_knobs_that_can_not_be_together_are_refused_before_anything_is_loaded(method, knobs, said):
    with pytest.raises(RecipeError, match=said):
        build_recipe({"variants": [{"name": "x", "method": method, "knobs": knobs}]})
