"""What a recipe can be made of, for programs: plain lists in English, and single entries with all their settings."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from lab.api import Lab
from lab.errors import RunError, nearest
from lab.recipe.built_in import built_in
from lab.recipe.locate import read_text
from lab.ui import form_choices

Kind = Literal["recipes", "bases", "data", "methods", "objectives", "rewards"]
Plain = dict[str, Any]


def listed(kind: Kind, lab: Lab) -> list[Plain]:
    """All entries of a kind, each with id, name and explain."""
    return [{key: one.get(key, "") for key in ("id", "name", "explain")} for one in _entries(kind, lab)]


def whole(kind: Kind, name: str, lab: Lab) -> Plain:
    """One entry with all its settings, a recipe with its text; raises RunError where there is none of that name."""
    found = {one["id"]: one for one in _entries(kind, lab)}
    if name not in found:
        raise RunError(f"there is no '{name[:80]}'", where=kind, do=nearest(name, found))
    return found[name] | ({"text": read_text(Path(name))} if kind == "recipes" else {})


def _entries(kind: Kind, lab: Lab) -> list[Plain]:
    if kind == "recipes":
        return [{"id": one, "name": recipe.name, "explain": recipe.note} for one, recipe in built_in().items()]
    made: dict[Kind, Callable[[], list[Plain]]] = {
        "bases": lambda: form_choices.bases(lab.home, lab.store), "data": form_choices.data_sets,
        "methods": form_choices.methods, "objectives": form_choices.objectives,
        "rewards": lambda: form_choices.rewards(lab.store),
    }  # fmt: skip
    found: list[Plain] = [_english(one) for one in made[kind]() if "explain" in one]  # runs are told by `table`
    return found


def _english(said: Any) -> Any:
    """The same with the English of texts that have several languages."""
    if isinstance(said, dict):
        return said["en"] if "en" in said and "zh" in said else {key: _english(one) for key, one in said.items()}
    return [_english(one) for one in said] if isinstance(said, list | tuple) else said
