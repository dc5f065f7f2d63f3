"""The switches of the Overfitting tab: each is a variant of the clinic's recipe, with the value of its slider."""

import pytest

from lab.api import Lab
from lab.recipe import build_recipe, resolve
from lab.recipe.fields import built_in_fields
from lab.ui.overfitting import FOLDS, RECIPE, SWITCHES, Clinic


@pytest.fixture
def clinic(home, store):
    return Clinic(Lab(home, store))


def variants_of(answer):
    return {variant["name"]: variant for variant in answer["fields"]["variants"]}


def test_every_variant_of_the_recipe_but_the_first_is_a_switch_with_its_value(clinic):
    recipe = built_in_fields()[RECIPE]
    assert [one.variant for one in SWITCHES] == list(range(1, len(recipe["variants"])))
    told = {one["id"]: one for one in clinic.choices({})["switches"]}
    assert [told[one.id]["value"] for one in SWITCHES] == [2, 224, 4, 1, 0.3, 0.2, 2]
    assert all(one["low"] <= one["value"] <= one["high"] for one in told.values())


def test_switches_and_sliders_make_a_recipe_that_would_run(clinic):
    values = {
        "simpler": 4,
        "more_data": 96,
        "augmentation": 2,
        "l2": 0.5,
        "l1": 0.1,
        "dropout": 0.1,
        "early_stopping": 3,
    }
    answer = clinic.preview({"on": [one.id for one in SWITCHES], "values": values, "language": "zh"})
    found = variants_of(answer)
    assert list(found) == ["No remedy", "A simpler model", "More data", "Data augmentation", "L2", "L1", "Dropout",
                           "Early stopping"]  # fmt: skip
    assert found["A simpler model"]["knobs"] == {"r": 4}
    assert [one["limit"] for one in found["More data"]["data"]] == [96, 96]
    assert [one["language"] for one in found["More data"]["data"]] == ["zh", "zh"]
    assert found["Data augmentation"]["remedy"] == [{"name": "augment", "knobs": {"copies": 2}}]
    assert found["L1"]["remedy"][0]["knobs"] == {"strength": 0.1}
    assert found["Early stopping"]["early_stop"]["patience"] == 3
    assert len(resolve(build_recipe(answer["fields"]))) == answer["runs"] == 8
    assert built_in_fields()[RECIPE]["variants"][2]["data"][0]["limit"] == 224  # the recipe itself is as it was


def test_nothing_on_is_the_variant_without_a_remedy_and_folds_are_for_all(clinic):
    assert list(variants_of(clinic.preview({}))) == ["No remedy"]
    assert list(variants_of(clinic.preview({"page": "zh"}))) == ["不用任何办法"]
    answer = clinic.preview({"on": ["l1"], "folds": True})
    assert answer["runs"] == 2 * FOLDS and answer["fields"]["folds"] == FOLDS


@pytest.mark.parametrize(("asked", "words"), [
    ({"on": ["l1"], "values": {"l1": 50}}, "50 is not allowed for 'l1'"), ({"on": ["prayer"]}, "something unknown"),
    ({"base": "no/such/base"}, "no/such/base"),
])  # fmt: skip
def test_what_can_not_be_is_a_sentence(clinic, asked, words):
    assert words in clinic.preview(asked)["problem"]


def test_the_button_queues_the_variants(clinic):
    started = clinic.start({"on": ["more_data", "early_stopping"]})
    runs = clinic._lab.store.runs.all(comparison=started["comparison"])
    assert [run.name for run in runs] == ["No remedy", "More data", "Early stopping"]
