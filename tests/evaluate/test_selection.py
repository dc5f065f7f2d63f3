"""Runs of several comparisons side by side: which are meant, their names and colours, and what may be ranked."""

import json

import pytest

from lab.errors import RecipeError, RunError
from lab.evaluate.selection import judged_alike, places_of, select_runs, told_apart
from lab.planning import submit
from lab.planning.repeat import recipe_of_runs
from lab.recipe import build_recipe
from lab.ui.run_details import RunDetails
from lab.ui.run_view import RunView
from lab.ui.train import Train


def recipe(name: str = "A", *methods: str, **more: object):
    variants = [{"name": method, "method": method, "learning_rate": 1e-3} for method in methods or ("lora", "full")]
    return build_recipe({"name": name, "variants": variants, **more})


@pytest.fixture
def three(store):
    """Runs of three comparisons, two of them of one recipe."""
    return [*submit(recipe(), store), *submit(recipe(), store), *submit(recipe("B", "lora", "ia3"), store)]


def test_ids_of_runs_and_comparisons_are_taken_together_each_run_once(store, three):
    found = select_runs([three[0].comparison, three[1].id, three[4].id, "gone00aa"], store)
    assert [run.id for run in found.runs] == [three[0].id, three[1].id, three[4].id]
    assert found.missing == ("gone00aa",)
    with pytest.raises(RunError, match="none of these runs is there: gone00aa"):
        select_runs(["gone00aa"], store)


def test_variants_of_one_name_are_told_apart_by_their_recipe_or_else_by_their_comparison(three):
    first, second = three[0].comparison, three[2].comparison
    assert [run.name for run in told_apart([three[0], three[2], three[4], three[5]])] == [
        f"lora · A · {first}", f"lora · A · {second}", "lora · B", "ia3",
    ]  # fmt: skip
    assert told_apart(three[:2]) == three[:2]


def test_seeds_of_one_variant_stay_one_variant_when_they_are_told_apart(store):
    runs = [*submit(recipe("A", "lora", repeat=2), store), *submit(recipe("B", "lora"), store)]
    assert [run.name for run in told_apart(runs)] == ["lora · A · seed 0", "lora · A · seed 1", "lora · B"]


def test_colours_stay_those_of_the_comparison_and_are_new_for_several(store, three):
    assert places_of(three[1:2], store) == {three[1].id: 1}
    several = told_apart([three[1], three[2], three[4]])
    assert list(places_of(several, store).values()) == [0, 1, 2]


def test_figures_are_ranked_only_where_base_questions_and_objective_are_the_same(store, three):
    assert judged_alike([three[0], three[2], three[5]], store)
    other = submit(recipe("C", "lora", evaluate={"rows": 8}), store)[0]
    chinese = submit(recipe("C", "lora", data={"name": "cuisine", "language": "zh"}), store)[0]
    assert not judged_alike([three[0], other], store) and not judged_alike([three[0], chinese], store)


def test_the_page_shows_a_selection_with_all_that_a_comparison_has(store, three):
    ids = [three[0].id, three[4].comparison, "gone00aa"]
    seen = RunView(store).watch({"runs": ids})
    assert [run["variant"] for run in seen["runs"]] == ["lora · A", "lora · B", "ia3"]
    assert (seen["several"], seen["alike"], seen["missing"]) == (True, True, ("gone00aa",))
    json.dumps(seen)
    details = RunDetails(store)
    assert len(details.settings({"runs": ids})["runs"]) == 3
    assert list(details.versus({"runs": ids, "reference": "lora · A"})["variants"]) == ["lora · B", "ia3"]
    assert details.sweep({"runs": ids})["variants"] == ("lora · A", "lora · B", "ia3")
    assert details.pooled({"runs": ids}) == {"pooled": None}
    assert "no longer" in RunView(store).watch({"comparison": "gone00aa"})["problem"]
    assert "unknown" in RunView(store).watch({"runs": ["../etc"]})["problem"]


def test_a_run_where_an_address_names_a_comparison_is_shown_and_told(store, three):
    seen = RunView(store).watch({"comparison": three[1].id})
    assert (seen["alone"], [run["id"] for run in seen["runs"]]) == (three[1].id, [three[1].id])
    assert RunView(store).watch({"comparison": three[1].comparison})["alone"] is None


def test_a_selection_becomes_one_recipe_unless_what_is_shared_differs(store, three):
    fields = recipe_of_runs(told_apart([three[0], three[4]]))
    assert fields["name"] == "A + B" and [one["name"] for one in fields["variants"]] == ["lora · A", "lora · B"]
    other = submit(recipe("C", "lora", evaluate={"rows": 8}), store)[0]
    with pytest.raises(RecipeError, match="these runs differ in evaluate"):
        recipe_of_runs(told_apart([three[0], other]))


def test_the_form_begins_from_a_selection(store, home, three):
    from lab.api import Lab

    got = Train(Lab(home, store)).fields_from({"runs": [three[0].id, three[5].id]})
    assert [one["name"] for one in got["fields"]["variants"]] == ["lora", "ia3"]
