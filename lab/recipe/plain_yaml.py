"""YAML from outside becomes plain values: texts, numbers, true and false, nothing, lists and mappings. No aliases, no
tags, no dates; no more of it than `lab.limits` allows. Whatever else it is raises RecipeError.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import yaml

from lab.errors import RecipeError, cut, shown
from lab.limits import DIGITS, RECIPE_DEPTH, RECIPE_LETTERS, RECIPE_VALUES, SHOWN

FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's: some twenty times as fast; PyYAML comes without it for a few systems."""
OPENING = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
CLOSING = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
TAG = "tag:yaml.org,2002:"
DATES = f"{TAG}timestamp"
KINDS = ("null", "bool", "int", "float", "str", "seq", "map")


class _Loader(FAST):  # type: ignore[misc, valid-type]
    """Builds the plain kinds alone; a date is the text that it is written as."""

    yaml_implicit_resolvers: ClassVar = {
        letter: [(tag, pattern) for tag, pattern in known if tag != DATES]
        for letter, known in FAST.yaml_implicit_resolvers.items()
    }
    yaml_constructors: ClassVar = {f"{TAG}{kind}": FAST.yaml_constructors[f"{TAG}{kind}"] for kind in KINDS} | {
        None: FAST.yaml_constructors[None]
    }


def read_yaml(text: str, where: str) -> Any:
    """The plain values of a YAML text; raises RecipeError with the line where it is wrong."""
    if len(text) > RECIPE_LETTERS:
        raise RecipeError(f"it has {len(text):,} letters; at most {RECIPE_LETTERS:,} are read", where=where,
                          do="give a recipe; data belongs into a file of its own.")  # fmt: skip
    try:
        _check_events(text, where)
        value = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as problem:
        line = _line(text, where, getattr(problem, "problem_mark", None))
        said = cut(str(getattr(problem, "problem", None) or "it has a letter that no text has"), 2 * SHOWN)
        raise RecipeError(f"this is not YAML: {said}", where=line, do="mend it; `lab recipes` shows some.") from None
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as problem:
        said = "a number of thousands of digits" if "digits" in str(problem) else cut(str(problem), 2 * SHOWN)
        raise RecipeError(f"a value can't be read ({said})", where=where, do="write it plainly.") from None
    check_plain(value, where)
    return value


def check_plain(value: Any, where: str) -> None:
    """Raises RecipeError for values that no recipe has: too many, too deep, too long a number."""
    left: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while left:
        one, depth = left.pop()
        seen += 1
        if depth > RECIPE_DEPTH:
            raise _too_deep(where)
        if seen > RECIPE_VALUES:
            raise _too_many(where)
        if isinstance(one, Mapping):
            left += [(inner, depth + 1) for pair in one.items() for inner in pair]
        elif isinstance(one, list | tuple):
            left += [(inner, depth + 1) for inner in one]
        elif isinstance(one, int) and one.bit_length() > DIGITS * 10 // 3:
            raise RecipeError(f"{shown(one)} is too long a number", where=where,
                              do=f"give one of at most {DIGITS} digits.")  # fmt: skip
        elif isinstance(one, str) and not one.isascii() and one.encode("utf-8", "replace").decode() != one:
            raise RecipeError(f"{one[:SHOWN]!a} has half a letter in it", where=where, do="write it anew.")


def _check_events(text: str, where: str) -> None:
    """Stop before anything is built: at the first alias, and where it is too deep or too much."""
    depth = 0
    for seen, event in enumerate(yaml.parse(text, Loader=FAST)):
        line = _line(text, where, event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise RecipeError(f"'*{cut(str(event.anchor), SHOWN)}' stands for something above (an alias)", where=line,
                              do="write it out: recipes have no aliases.")  # fmt: skip
        depth += isinstance(event, OPENING)
        depth -= isinstance(event, CLOSING)
        if depth > RECIPE_DEPTH:
            raise _too_deep(line)
        if seen > 2 * RECIPE_VALUES:  # a list or mapping has two events, at its ends
            raise _too_many(line)


def _line(text: str, where: str, mark: Any) -> str:
    """`where` with the line of the mark; a text of one line needs none."""
    return f"{where}, line {mark.line + 1}" if mark and "\n" in text.strip() else where


def _too_deep(where: str) -> RecipeError:
    return RecipeError(f"more than {RECIPE_DEPTH} lists or mappings stand in each other", where=where,
                       do="no field of a recipe is that deep: look for a bracket too many.")  # fmt: skip


def _too_many(where: str) -> RecipeError:
    return RecipeError(f"it has more than {RECIPE_VALUES:,} values", where=where,
                       do="give fewer variants, or several recipes.")  # fmt: skip
