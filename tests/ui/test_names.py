"""Every variant of the recipes that come with the lab has a Chinese name, or one that is nobody's language."""

import re

from lab.recipe import build_recipe
from lab.recipe.fields import built_in_fields
from lab.ui.recipe_words import names
from lab.words import variants

ABBREVIATION = re.compile(r"[\w()+³-]*[A-Z0-9³][\w()+³-]*( · .*)?")
"""LoRA, QLoRA, (IA)³, P-tuning, EWC: one word with a capital that is no beginning of a sentence."""


def test_every_variant_of_a_built_in_recipe_is_named_in_chinese():
    known = names("zh")
    every = {variant.name for fields in built_in_fields().values() for variant in build_recipe(fields).variants}
    unsaid = {name for name in every if name not in known and not ABBREVIATION.fullmatch(name)}
    assert len(every) > 100 and not unsaid


def test_no_name_is_kept_for_a_variant_that_is_gone():
    every = {variant.name for fields in built_in_fields().values() for variant in build_recipe(fields).variants}
    parts = {part for name in every for part in name.split(" · ")}
    assert not set(variants("zh")) - every - parts - {"seed", "fold", "No remedy"}


def test_recipes_and_methods_are_named_too():
    assert names("zh")["First steps"] == "第一步" and "冻结" in names("zh")["Freezing"]
