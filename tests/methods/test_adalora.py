"""AdaLoRA's ranks really move, on any budget of steps, and its regulariser is part of what is minimised."""

import pytest

from lab.errors import RecipeError
from lab.methods import adalora
from lab.models.chain import link_folder
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


def test_a_start_that_leaves_nothing_to_prune_is_refused(ground):
    card = adalora.CARD.settle({"start": 4, "r": 4}, "adalora")
    with pytest.raises(RecipeError, match="nothing to prune"):
        adalora.build(ground.base(), steps=10, seed=0, **card)
