"""What the page calls a built-in recipe: English from the recipe, Chinese from assets/recipes.zh.yaml.

A recipe about one method that has no words there takes them from the method's card.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import yaml

from lab.card import Text, find_cards
from lab.home import ASSETS
from lab.ui.language import pair


def words_of(path: str, fields: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """{"name", "note"} of the recipe at `path` (recipes/…/x.yaml), each in both languages."""
    given = _chinese().get(str(PurePosixPath(path).relative_to("recipes").with_suffix("")), {})
    chinese = _from_card(PurePosixPath(path).stem) | given
    english = {"name": fields["name"], "note": fields.get("note", "")}
    return {part: pair(Text(words, chinese.get(part, words))) for part, words in english.items()}


@cache
def _chinese() -> dict[str, dict[str, str]]:
    return yaml.safe_load((ASSETS / "recipes.zh.yaml").read_text(encoding="utf-8"))


def _from_card(method: str) -> dict[str, str]:
    if (module := find_cards("lab.methods").get(method)) is None:
        return {}
    return {"name": f"{module.CARD.name.zh} 与 LoRA 对比", "note": f"同样的数据、同样的步数。{module.CARD.good.zh}"}
