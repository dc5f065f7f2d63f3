"""Every recipe that comes with the lab has a name and a note in both languages."""

import re

import pytest

from lab import words
from lab.recipe.fields import built_in_fields
from lab.ui.recipe_words import words_of
from tests.every import check_every

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_recipe_has_words_in_both_languages():
    def has_words(path):
        said = words_of(path, built_in_fields()[path])
        for part in ("name", "note"):
            assert not CHINESE.search(said[part]["en"]), part
            assert CHINESE.search(said[part]["zh"]), f"say its {part} in assets/words/zh/recipes.yaml"

    check_every(built_in_fields(), has_words)


@pytest.mark.parametrize("language", words.languages())
def test_all_words_belong_to_a_recipe(language):
    given = words.recipes(language).keys() - {"one_method"}
    assert {f"recipes/{name}.yaml" for name in given} <= set(built_in_fields())
