"""What the page calls a built-in recipe: English from the recipe, other languages from their folder of words.

A recipe about one method that has no words there takes them from the method's card.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from lab.card import find_cards
from lab.words import ENGLISH, chinese, languages, pair, recipes


def words_of(path: str, fields: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """{"name", "note"} of the recipe at `path` (recipes/…/x.yaml), each in every language."""
    place = PurePosixPath(path).relative_to("recipes").with_suffix("")
    english = {"name": fields["name"], "note": fields.get("note", "")}
    given = {code: {**_from_card(place.name, code), **recipes(code).get(str(place), {})} for code in languages()}
    return {
        part: {code: said if code == ENGLISH else _printed(given[code].get(part, said), code) for code in given}
        for part, said in english.items()
    }


def _from_card(method: str, language: str) -> dict[str, str]:
    if (module := find_cards("lab.methods").get(method)) is None:
        return {}
    name, good = (pair(said)[language] for said in (module.CARD.name, module.CARD.good))
    return {part: said.format(name=name, good=good) for part, said in recipes(language).get("one_method", {}).items()}


def _printed(said: str, language: str) -> str:
    return chinese(said) if language == "zh" else said
