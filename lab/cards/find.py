"""Finds the files of a folder by their cards, so that `ls lab/methods` is the catalogue.

A file that is broken, in whatever way, is left out and told as one CardError that names it; the others are not harmed.
"""

import importlib
import pkgutil
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, overload

from lab import extension_points as points
from lab.cards.contract import check_plugin, is_plugin
from lab.errors import CardError, LabError
from lab.home import PACKAGE


@dataclass(frozen=True)
class Found:
    """What a folder holds: modules by their card's id, and by the file's name what is wrong with the others."""

    cards: dict[str, ModuleType]
    broken: dict[str, CardError]


@overload
def find_cards(package: Literal["lab.methods"]) -> dict[str, points.Method]: ...
@overload
def find_cards(package: Literal["lab.objectives"]) -> dict[str, points.Objective]: ...
@overload
def find_cards(package: Literal["lab.raters"]) -> dict[str, points.Rater]: ...
@overload
def find_cards(package: Literal["lab.rewards"]) -> dict[str, points.Reward]: ...
@overload
def find_cards(package: Literal["lab.remedies"]) -> dict[str, points.Remedy]: ...
@overload
def find_cards(package: Literal["lab.data.builtin"]) -> dict[str, points.BuiltInData]: ...
@overload
def find_cards(package: Literal["lab.executors"]) -> dict[str, points.ExecutorModule]: ...
@overload
def find_cards(package: str) -> dict[str, Any]: ...
def find_cards(package: str) -> Any:
    """The modules of `package` that have a CARD and all that goes with it, by its id, in the order of file names."""
    return _look(package).cards


def broken_cards(package: str) -> list[CardError]:
    """What is wrong with the files of `package` that can't be used, one error each."""
    return list(_look(package).broken.values())


def refuse_broken(package: str, name: str, where: str | None = None) -> None:
    """Raise CardError if `name` is a broken file of `package`: what to ask before saying that there is no such."""
    if problem := _look(package).broken.get(name):
        raise CardError(problem.what, where=where, do=problem.do)


def forget_cards() -> None:
    """Look into the folders anew the next time: files were added or taken away."""
    _look.cache_clear()


@cache
def _look(package: str) -> Found:
    point, found = points.EXTENSION_POINTS[package], Found({}, {})
    folders = list(importlib.import_module(package).__path__)
    names = {info.name for info in pkgutil.iter_modules(folders) if not info.name.startswith("_")}
    for name in sorted(names):
        try:
            module = importlib.import_module(f"{package}.{name}")
            if is_plugin(module, point):
                check_plugin(module, point, name)
                found.cards[name] = module
        except (Exception, SystemExit) as problem:
            found.broken[name] = _explain(problem, point, name, folders)
    return found


def _explain(problem: BaseException, point: points.ExtensionPoint, name: str, folders: Sequence[str]) -> CardError:
    """Whatever went wrong, as one error that names the file."""
    do = "mend the file."
    if isinstance(problem, LabError):
        why, do = f"{problem.where}: {problem.what}" if problem.where else problem.what, problem.do or do
    else:
        why = f"{type(problem).__name__}: {problem.msg if isinstance(problem, SyntaxError) else problem}"
    if isinstance(problem, ModuleNotFoundError):
        do = f"install what has {problem.name}, or import it inside the function that needs it."
    where = _origin(problem, folders) or _shown(_file(name, folders))
    return CardError(f"{point.kind} '{name}' can't be loaded: {why.rstrip('.: ')}, in {where}", do=do)


def _origin(problem: BaseException, folders: Sequence[str]) -> str | None:
    """The file and line it comes from, if one in these folders was read then: perhaps one that the file imports."""
    if isinstance(problem, SyntaxError) and problem.filename:
        return f"{_shown(Path(problem.filename))}, line {problem.lineno}"
    for frame in reversed(traceback.extract_tb(problem.__traceback__)):
        if str(Path(frame.filename).parent) in folders:
            return f"{_shown(Path(frame.filename))}, line {frame.lineno}"
    return None


def _file(name: str, folders: Sequence[str]) -> Path:
    """The file of that name, a module or a package."""
    places = [Path(folder, *parts) for folder in folders for parts in ((f"{name}.py",), (name, "__init__.py"))]
    return next((place for place in places if place.exists()), places[0])


def _shown(file: Path) -> str:
    """A path as one would say it: `lab/methods/lora.py`, or the whole of it for a file outside the lab."""
    root = PACKAGE.parent
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
