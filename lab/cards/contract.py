"""Holds a module to what `lab.extension_points` asks of it; what is missing, misspelt or wrong is a CardError."""

import difflib
import inspect
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from lab.errors import CardError
from lab.extension_points import ExtensionPoint

NEAR = 0.8
"""How alike a function's name and a hook's are when one is taken for the other misspelt: `call_backs`, `initialize`."""


def is_plugin(module: ModuleType, point: ExtensionPoint) -> bool:
    """Whether a module is one of the catalogue, or means to be: others of the folder only help those."""
    return hasattr(module, "CARD") or any(name in vars(module) for name in point.required)


def check_plugin(module: ModuleType, point: ExtensionPoint, name: str) -> None:
    """Raise CardError for a module that is not what a file `name` of this folder must be."""
    card = getattr(module, "CARD", None)
    if not isinstance(card, point.card):
        wrong = "it has no CARD" if card is None else f"its CARD is of the type {type(card).__name__}"
        raise CardError(wrong, do=f"write `CARD = {point.card.__name__}(…)`.")
    if card.id != name:
        raise CardError(f"its card has the id '{card.id}'", do=f"make it '{name}', or rename the file.")
    own, knobs = _own_functions(module), [knob.name for knob in getattr(card, "knobs", ())]
    _check_spelling(own, (*point.required, *point.optional))
    for wanted, contract in point.required.items():
        if not callable(getattr(module, wanted, None)):
            raise CardError(f"it has no function `{wanted}`", do=_how(contract))
    for offered, contract in (point.required | point.optional).items():
        if (function := getattr(module, offered, None)) is not None:
            _check_call(function, contract, knobs)


def _own_functions(module: ModuleType) -> list[str]:
    """The names of the public functions that are written in this very file."""
    functions = [one for one in vars(module).values() if inspect.isfunction(one)]
    return [one.__name__ for one in functions if one.__module__ == module.__name__ and one.__name__[0] != "_"]


def _check_spelling(own: Sequence[str], known: Sequence[str]) -> None:
    """Raise CardError for a function that is nearly called like one the lab would call."""
    for name in own:
        if name not in known and (near := difflib.get_close_matches(name, known, n=1, cutoff=NEAR)):
            raise CardError(
                f"the lab never calls `{name}`", do=f"call it `{near[0]}`, or `_{name}` if it is something else."
            )


def _check_call(function: Any, contract: Callable[..., Any], knobs: Sequence[str]) -> None:
    """Raise CardError for a function that can't be called as the lab will call it, with every knob of the card."""
    _, *parameters = inspect.signature(contract).parameters.values()
    given = [one.name for one in parameters if one.kind is one.POSITIONAL_ONLY]
    named = [one.name for one in parameters if one.kind is one.KEYWORD_ONLY]
    if any(one.kind is one.VAR_KEYWORD for one in parameters):
        named += knobs
    try:
        inspect.signature(function).bind(*given, **dict.fromkeys(named))
    except (TypeError, ValueError) as problem:
        call = ", ".join([*given, *(f"{name}=…" for name in named)])
        raise CardError(
            f"`{contract.__name__}` can't be called as `{contract.__name__}({call})`: {problem}", do=_how(contract)
        ) from None


def _how(contract: Callable[..., Any]) -> str:
    """What a function is for, in the words of its Protocol."""
    return f"`{contract.__name__}` gives this: {inspect.getdoc(contract)}"
