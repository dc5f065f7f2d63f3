"""What the page calls a built-in recipe: English from the recipe, other languages from their folder of words.

A recipe about one method that has no words there takes them from the method's card.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from lab.card import find_cards
from lab.recipe.fields import built_in_fields
from lab.words import ENGLISH, chinese, languages, pair, recipes, variants


def words_of(path: str, fields: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """{"name", "note"} of the recipe at `path` (recipes/…/x.yaml), each in every language."""
    place = PurePosixPath(path).relative_to("recipes").with_suffix("")
    english = {"name": fields["name"], "note": fields.get("note", "")}
    given = {code: {**_from_card(place.name, code), **recipes(code).get(str(place), {})} for code in languages()}
    return {
        part: {code: said if code == ENGLISH else _printed(given[code].get(part, said), code) for code in given}
        for part, said in english.items()
    }


def names(language: str) -> dict[str, str]:
    """What variants and recipes that come with the lab are called in a language, by their English names."""
    cards = [module.CARD.name for kind in ("lab.methods", "lab.objectives") for module in find_cards(kind).values()]
    own = {card.en: pair(card)[language] for card in cards}
    titles = {said["name"][ENGLISH]: said["name"][language] for said in map(_words_of, built_in_fields().items())}
    known = titles | own | {name: _printed(said, language) for name, said in variants(language).items()}
    return {name: said for name, said in known.items() if said != name}


def _words_of(entry: tuple[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    return words_of(*entry)


def _from_card(method: str, language: str) -> dict[str, str]:
    if (module := find_cards("lab.methods").get(method)) is None:
        return {}
    name, good = (pair(said)[language] for said in (module.CARD.name, module.CARD.good))
    return {part: said.format(name=name, good=good) for part, said in recipes(language).get("one_method", {}).items()}


def _printed(said: str, language: str) -> str:
    return chinese(said) if language == "zh" else said
