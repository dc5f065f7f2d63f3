"""Sweeps: a setting of a variant given as a list or a range makes a variant of each value, or of each combination.

    variants:
      - name: LoRA
        method: lora
        knobs: {r: [2, 8, 32]}
        learning_rate: {log: [1e-4, 1e-2], n: 3}     # or {linear: [0, 0.3], n: 4}
    sweep: {pick: random, tries: 6}                  # left out: all nine

Settings are those of a variant, of its stages, and what stands in its knobs, options, budget, data, reward and remedy.
"""

import itertools
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field, ValidationError

from lab.errors import RecipeError, shown
from lab.recipe.budget import Settings
from lab.recipe.paths import Path, with_value

MOST = 100
"""Variants of a recipe."""
ENTRIES = ("data", "files", "reward", "remedy", "stages")
"""Fields whose lists are entries and no values to choose from."""
RANGES = ("log", "linear")
Fields = dict[str, Any]


class Sweep(Settings):
    """How combinations are picked where settings have several values: all, or so many at random."""

    pick: Literal["grid", "random"] = "grid"
    tries: int = Field(12, ge=1, le=MOST)
    seed: int = Field(0, ge=0, le=2**31)


class Range(Settings):
    """Values from one end to the other, evenly spaced or by equal factors."""

    log: tuple[float, float] | None = None
    linear: tuple[float, float] | None = None
    n: int = Field(ge=2, le=MOST)

    def values(self) -> list[float]:
        """All of them, both ends included, rounded to three digits."""
        low, high = self.log or self.linear or (0.0, 0.0)
        shares = [i / (self.n - 1) for i in range(self.n)]
        return [_rounded(self._at(share, low, high), low, high) for share in shares]

    def draw(self, rng: random.Random) -> float:
        """One at random, by equal factors where `log`."""
        low, high = self.log or self.linear or (0.0, 0.0)
        return _rounded(self._at(rng.random(), low, high), low, high)

    def _at(self, share: float, low: float, high: float) -> float:
        return low * (high / low) ** share if self.log else low + (high - low) * share


def with_sweeps(fields: Mapping[str, Any], where: str) -> Fields:
    """The fields with a variant for each combination of values, as many as `sweep` says. Raises RecipeError."""
    plain = {key: value for key, value in fields.items() if key != "sweep"}
    sweep = _checked(Sweep, fields.get("sweep") or {}, f"{where}: sweep")
    variants = fields.get("variants")
    if not isinstance(variants, list):
        return plain  # the recipe's own check says so
    found = [one for place, variant in enumerate(variants)
             for one in _made_of(variant, sweep, f"{where}: variants.{place}")]  # fmt: skip
    if len(found) > len(variants):
        _check_number(len(found), f"{where}: variants")
    if "sweep" in fields and all(one in variants for one in found):
        raise RecipeError(
            "nothing has several values", where=f"{where}: sweep",
            do="give a setting of a variant as a list, or as {log: [1e-4, 1e-2], n: 6}.",
        )  # fmt: skip
    return plain | {"variants": found}


def _check_number(number: int, where: str) -> None:
    """Raise RecipeError for more variants than a recipe may have."""
    if number > MOST:
        told = f"{number}" if number < 1_000_000 else "more than a million"
        raise RecipeError(
            f"the lists and ranges make {told} variants, and a recipe has at most {MOST}", where=where,
            do="give fewer values, or `sweep: {pick: random, tries: 12}`.",
        )  # fmt: skip


def _made_of(variant: Any, sweep: Sweep, where: str) -> list[Any]:
    """The variants that one makes; itself where no setting has several values."""
    if not isinstance(variant, Mapping):
        return [variant]
    places = list(_several(variant, (), where))
    if not places:
        return [variant]
    paths = [path for path, _ in places]
    every = [values.values() if isinstance(values, Range) else values for _, values in places]
    if sweep.pick == "grid":
        _check_number(math.prod(map(len, every)), where)  # before there are as many
    combinations = itertools.product(*every) if sweep.pick == "grid" else _drawn(places, sweep)
    return [_with(variant, paths, values) for values in combinations]


def _drawn(places: Sequence[tuple[Path, Any]], sweep: Sweep) -> list[tuple[Any, ...]]:
    """So many different combinations, each value drawn by itself; fewer where there are not as many."""
    rng, found = random.Random(f"{sweep.seed} sweep"), dict[str, tuple[Any, ...]]()
    for _ in range(50 * sweep.tries):
        one = tuple(values.draw(rng) if isinstance(values, Range) else rng.choice(values) for _, values in places)
        found.setdefault(repr(one), one)
        if len(found) == sweep.tries:
            break
    return list(found.values())


def _several(value: Any, path: Path, where: str) -> Iterator[tuple[Path, Any]]:
    """Where a setting has several values, and which: a list, or a Range."""
    if isinstance(value, Mapping):
        if path and any(key in value for key in RANGES):
            spot = f"{where}.{'.'.join(map(str, path))}"
            found = _checked(Range, value, spot)
            if (found.log is None) == (found.linear is None) or (found.log and min(found.log) <= 0):
                raise RecipeError("a range has either `log`, both ends above 0, or `linear`", where=spot,
                                  do="write {log: [1e-4, 1e-2], n: 6} or {linear: [0, 0.3], n: 4}.")  # fmt: skip
            yield path, found
            return
        for key, one in value.items():
            yield from _several(one, (*path, str(key)), where)
    elif isinstance(value, list):
        if path and path[-1] in ENTRIES:
            for place, one in enumerate(value):
                yield from _several(one, (*path, place), where)
        elif value:
            yield path, value


def _with(variant: Mapping[str, Any], paths: Sequence[Path], values: Sequence[Any]) -> Fields:
    """The variant with these values, which its name says."""
    made: Any = variant
    for path, value in zip(paths, values, strict=True):
        made = with_value(made, path, value)
    told = " · ".join(f"{_called(path, paths)} {value}" for path, value in zip(paths, values, strict=True))
    return {**made, "name": f"{variant.get('name', 'variant')} · {told}"[:200]}


def _called(path: Path, paths: Sequence[Path]) -> str:
    """The last name of a path; all of it where another ends alike."""
    alike = sum(one[-1] == path[-1] for one in paths) > 1
    return ".".join(map(str, path)) if alike else str(path[-1])


def _rounded(value: float, low: float, high: float) -> float:
    """Three digits; whole numbers where both ends are and they are far enough apart."""
    if float(low).is_integer() and float(high).is_integer() and high - low >= 1:
        return round(value)
    return float(f"{value:.3g}")


def _checked(kind: Any, given: Any, where: str) -> Any:
    try:
        return kind.model_validate(given)
    except ValidationError as problem:
        first = problem.errors()[0]
        spot = ".".join(str(part) for part in first["loc"])
        raise RecipeError(f"{shown(given)} is not allowed", where=f"{where}{'.' if spot else ''}{spot}",
                          do=f"{first['msg']}.") from None  # fmt: skip
