"""What a card is written with: words in two languages, and the four kinds of knobs, which check themselves.

A knob is checked when it is made: a default that its own range refuses is a CardError, not a surprise in a run.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, SupportsFloat

from lab.errors import CardError, RecipeError, nearest, shown

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Text:
    """The same words in English and Chinese."""

    en: str
    zh: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True)
class Number:
    """A numeric knob with a range; `whole` for counts, `log` where a slider should step by factors."""

    name: str
    label: Text
    default: float
    low: float
    high: float
    help: Text
    whole: bool = False
    log: bool = False
    live: bool = False
    """Of a method's knob: it says how is learned and nothing of what, so that it may change between two steps."""

    def __post_init__(self) -> None:
        _check_knob(self)

    def check(self, value: object, where: str) -> float | int:
        """`value` as a number in range; raises RecipeError."""
        number = _number(value)
        if number is None or not (self.low <= number <= self.high) or (self.whole and number != int(number)):
            kind = "a whole number" if self.whole else "a number"
            raise RecipeError(
                f"{shown(value)} is not allowed", where=where, do=f"give {kind} from {self.low:g} to {self.high:g}."
            )
        return int(number) if self.whole else number


@dataclass(frozen=True)
class Choice:
    """A knob with a few named answers."""

    name: str
    label: Text
    default: str
    options: tuple[str, ...]
    help: Text

    def __post_init__(self) -> None:
        _check_knob(self)

    def check(self, value: object, where: str) -> str:
        """`value` as one of the options; raises RecipeError."""
        if value not in self.options:
            raise RecipeError(f"{shown(value)} is not allowed", where=where, do=nearest(str(value), self.options))
        return str(value)


@dataclass(frozen=True)
class Switch:
    """A knob that is on or off."""

    name: str
    label: Text
    default: bool
    help: Text

    def __post_init__(self) -> None:
        _check_knob(self)

    def check(self, value: object, where: str) -> bool:
        """`value` as true or false; raises RecipeError."""
        if not isinstance(value, bool):
            raise RecipeError(f"{shown(value)} is not allowed", where=where, do="give true or false.")
        return value


@dataclass(frozen=True)
class Line:
    """A knob that is a line of text, up to `longest` characters."""

    name: str
    label: Text
    default: str
    help: Text
    longest: int = 200

    def __post_init__(self) -> None:
        _check_knob(self)

    def check(self, value: object, where: str) -> str:
        """`value` as one line; raises RecipeError."""
        if not isinstance(value, str) or len(value) > self.longest or len(value.splitlines()) > 1:
            said = value if not isinstance(value, str) or len(value) <= self.longest else f"{value[:40]}…"
            raise RecipeError(
                f"{shown(said)} is not allowed", where=where, do=f"give a line of up to {self.longest} letters."
            )
        return value


Knob = Number | Choice | Switch | Line


def complete(knobs: Sequence[Knob], given: Mapping[str, object], owner: str, where: str) -> dict[str, Any]:
    """All knobs with values of the kinds they say: the given ones checked, the others at their defaults.

    Whole numbers are ints, other numbers floats, choices and lines texts, switches true or false. Raises RecipeError
    that names their `owner`.
    """
    known = {knob.name: knob for knob in knobs}
    for name in given:
        if name not in known:
            do = nearest(name, known) if known else "leave it out."
            raise RecipeError(f"{owner} has no knob '{name}'", where=where, do=do)
    return {name: knob.check(given.get(name, knob.default), f"{where}.{name}") for name, knob in known.items()}


def check_knobs(knobs: Sequence[Knob], where: str) -> None:
    """Raise CardError for two knobs of one name."""
    names = [knob.name for knob in knobs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise CardError(f"the knob '{twice[0]}' is there twice", where=where, do="give each a name of its own.")


def _check_knob(knob: Knob) -> None:
    """Raise CardError for a knob that could not be used, or whose default it would refuse itself."""
    place = f"knob '{knob.name}'"
    check_identifier(knob.name, place)
    for words in (knob.label, knob.help):
        if not isinstance(words, Text):
            raise CardError(f"{words!r} is not in two languages", where=place, do='write Text("English", "中文").')
    if isinstance(knob, Number) and knob.low > knob.high:
        raise CardError(f"its range goes from {knob.low:g} down to {knob.high:g}", where=place)
    if isinstance(knob, Choice) and len(set(knob.options)) < max(len(knob.options), 1):
        raise CardError(f"its options are {knob.options}", where=place, do="give each of them once.")
    try:
        knob.check(knob.default, place)
    except RecipeError as refused:
        raise CardError(f"its default, {knob.default!r}, is not among its values", where=place, do=refused.do) from None


def check_identifier(name: object, where: str) -> None:
    """Raise CardError for a name that is not in lower-case letters, digits and underscores."""
    if not (isinstance(name, str) and IDENTIFIER.fullmatch(name)):
        raise CardError(f"{name!r} is no name", where=where, do="take lower-case letters, digits and underscores.")


def _number(value: object) -> float | None:
    """A finite number, also from a string such as 5e-3 (which YAML 1.1 reads as a string); None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value) if isinstance(value, float | int | str | SupportsFloat) else math.nan
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
