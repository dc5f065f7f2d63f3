"""Every recipe that comes with the lab has a name and a note in both languages."""

import re

import pytest
import yaml

from lab.home import ASSETS
from lab.recipe.fields import built_in_fields
from lab.ui.recipe_words import words_of

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("path", sorted(built_in_fields()))
def test_a_recipe_has_words_in_both_languages(path):
    words = words_of(path, built_in_fields()[path])
    for part in ("name", "note"):
        assert not CHINESE.search(words[part]["en"]), part
        assert CHINESE.search(words[part]["zh"]), f"say its {part} in assets/recipes.zh.yaml"


def test_all_chinese_words_belong_to_a_recipe():
    given = yaml.safe_load((ASSETS / "recipes.zh.yaml").read_text(encoding="utf-8"))
    assert {f"recipes/{name}.yaml" for name in given} <= set(built_in_fields())
