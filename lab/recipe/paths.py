"""A value within plain fields, by the keys and places that lead to it."""

from typing import Any

Path = tuple[str | int, ...]
EVERY = "*"
"""In a path, all entries of a list."""


def with_value(fields: Any, path: Path, new: Any) -> Any:
    """`fields` with `new` at the path, the rest shared with what they were."""
    if not path:
        return new
    key, rest = path[0], path[1:]
    if isinstance(fields, list):
        return [with_value(one, rest, new) if key in (EVERY, place) else one for place, one in enumerate(fields)]
    return {**fields, key: with_value(fields[key], rest, new)}
