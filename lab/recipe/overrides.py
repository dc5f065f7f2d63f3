"""Overrides: `key=value` texts, as `--set` takes them, applied to a recipe's plain fields before it is checked."""

from typing import Any

from lab.errors import RecipeError, cut, nearest, shown
from lab.limits import SHOWN
from lab.recipe.plain_yaml import read_yaml


def override(fields: dict[str, Any], override: str) -> None:
    """Set one `path.to.field=value` in plain fields; list entries go by number or by their name."""
    path, equals, text = override.partition("=")
    if not equals or not path:
        raise RecipeError(f"{shown(override)} is not an override", where="--set", do="write it as key=value.")
    spot: Any = fields
    keys = path.strip().split(".")
    for key in keys[:-1]:
        spot = _enter(spot, key, path)
    value = read_yaml(text, f"--set {cut(path, SHOWN)}")
    if isinstance(spot, list):
        spot[_position(spot, keys[-1], path)] = value
    else:
        spot[keys[-1]] = value


def _enter(spot: Any, key: str, path: str) -> Any:
    if isinstance(spot, list):
        return spot[_position(spot, key, path)]
    inner = spot.get(key)
    if inner is None or not isinstance(inner, dict | list):
        inner = spot[key] = {} if inner is None else {"name": inner}
    return inner


def _position(entries: list[Any], key: str, path: str) -> int:
    names = [str(entry.get("name", i)) if isinstance(entry, dict) else str(i) for i, entry in enumerate(entries)]
    if key in names:
        return names.index(key)
    if key.isdigit() and int(key) < len(entries):
        return int(key)
    raise RecipeError(f"'{key}' is not in the list", where=f"--set {path}", do=nearest(key, names))
