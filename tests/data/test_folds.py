"""Cross-validation: every row is held out once, and what has the same form is on one side."""

from collections import Counter

import pytest

from lab.data import load_data
from lab.data.asked import questions_of
from lab.data.builtin import cuisine
from lab.data.folds import fold_of
from lab.data.forms import forms_of
from lab.errors import DataError, RecipeError
from lab.planning.repeat import recipe_of_runs
from lab.recipe import DataChoice, Fold, build_recipe, parse_recipe, resolve, variant_of
from lab.store import Run, Status

FRUIT = ["apple", "pear", "plum", "fig", "peach", "lime", "date", "kiwi"]


def test_a_form_is_what_stands_around_the_gap():
    asked = [f"what colour is {one}" for one in FRUIT] + [f"{one} grows where" for one in FRUIT]
    forms = forms_of([*asked, "who are you"])
    assert Counter(forms) == {"what colour is _": 8, "_ grows where": 8, "who are you": 1}
    assert set(forms_of([f"{one}是什么颜色的" for one in "杏桃李梨枣柿"])) == {"_ 是 什 么 颜 色 的"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_folds_of_cuisine_hold_out_each_row_once_and_no_form_is_on_both_sides(language):
    rows = cuisine.load("train", language)
    parts = [fold_of(rows, Fold(number=n, of=5), 0) for n in (1, 2, 3, 4, 5)]
    assert [sum(held) for held in zip(*(out for out, _ in parts), strict=True)] == [1] * len(rows)
    sizes = [sum(out) for out, _ in parts]
    assert max(sizes) < 1.6 * min(sizes) and "form of the question" in parts[0][1]
    forms = forms_of([questions_of(row)[0] for row in rows])
    for out, _ in parts:
        assert not {form for form, one in zip(forms, out, strict=True) if one} & {
            form for form, one in zip(forms, out, strict=True) if not one
        }


def test_rows_without_forms_are_parted_by_what_they_ask():
    rows = [{"prompt": f"{word} {word}", "completion": "x"} for word in "abcdefghij"]
    out, parted = fold_of(rows, Fold(number=1, of=2), 0)
    assert (sum(out), parted) == (5, "10 by form of the question")
    few = [{"prompt": f"say {word}", "completion": "x"} for word in "abcdefgh"]  # all of one form
    assert fold_of(few, Fold(number=1, of=4), 0)[1] == "8 by question"
    with pytest.raises(DataError, match="can't be parted into 20 folds"):
        fold_of(rows, Fold(number=1, of=20), 0)


def test_a_variant_is_trained_once_a_fold_and_comes_back_as_one_recipe(home):
    recipe = build_recipe(
        {"folds": 3, "repeat": 2, "variants": [{"name": "a", "data": {"name": "cuisine", "limit": 90}}]}
    )
    runs = resolve(recipe)
    assert [run.name for run in runs][:3] == ["a · fold 1 · seed 0", "a · fold 1 · seed 1", "a · fold 2 · seed 0"]
    assert {variant_of(run.name) for run in runs} == {"a"} and len(runs) == 6
    again = resolve(parse_recipe(runs[2].to_yaml()))[0]
    assert again.stages == runs[2].stages and again.stages[0].data[0].fold == Fold(number=2, of=3)
    stored = [
        Run(f"aaaaaaa{i}", "c0ffee", run.name, "R", run.to_yaml(), run.base, "lora", "sft", None, Status.DONE, 0.0)
        for i, run in enumerate(runs)
    ]
    fields = recipe_of_runs(stored)
    assert (fields["folds"], fields["repeat"]) == (3, 2) and "fold" not in str(fields["variants"])
    assert [run.name for run in resolve(build_recipe(fields))] == [run.name for run in runs]
    with pytest.raises(RecipeError, match="one fold would hold out everything"):
        resolve(build_recipe({"folds": 1, "variants": [{"name": "a"}]}))


def test_folds_part_what_a_limit_leaves_and_leave_the_own_held_out_rows_alone(home):
    own = load_data(DataChoice(name="cuisine", limit=90), home, 0)
    parts = [load_data(DataChoice(name="cuisine", limit=90, fold=Fold(number=n, of=3)), home, 0) for n in (1, 2, 3)]
    held = [row for part in parts for row in part.held_out]
    assert {row["prompt"] for row in held} <= {row["prompt"] for row in own.train} and len(held) >= 85
    assert not {row["prompt"] for row in held} & {row["prompt"] for row in own.held_out}
    assert all(any("Fold" in note for note in part.notes) for part in parts)
