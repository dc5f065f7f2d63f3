"""Which recipes name files of somebody's: what learned from these is not for everybody to see."""

import pytest

from lab.store.access import PRIVATE


@pytest.mark.parametrize(
    "recipe",
    [
        "data: [{name: 'upload:mine.csv'}]", "data: ./mine.csv", "data:\n- name: mine.csv\n", "files: [./x, y]",
        "files:\n- ../x\n", "data: {name: cuisine, files: [a, ~/b]}", "base: /models/llama", "held_out_file: ~/a",
        "data: [rows.jsonl]", "questions: /etc/hosts", "teacher: ./big", "data: Rows.CSV.gz",
    ],
)  # fmt: skip
def test_a_recipe_that_names_a_file_is_private(recipe):
    assert PRIVATE.search(recipe)


@pytest.mark.parametrize(
    "recipe",
    [
        "data: cuisine", "variants: [{name: LoRA, method: lora}]", "learning_rate: [0.1, .5]", "base: owner/model-1.5b",
        "tags: [a, .5]", "note: 'half of it, -1 and all'", "data: {name: cookbook, subset: west}",
    ],
)  # fmt: skip
def test_what_everybody_has_is_not(recipe):
    assert not PRIVATE.search(recipe)
