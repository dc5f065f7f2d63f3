"""Which weights move: a file a method, its CARD, `count` and `build`; `ls` is the catalogue. Nothing here trains.

`count` is the exact number of trainable parameters, from a base's shape alone; `build` returns the model with the method
in place. What else a method may bring (callbacks, an optimizer, a start from data) is listed with them in
`lab.extension_points`: `Method` and `MethodHooks`.

Heavy libraries are imported inside functions. Left out of what PEFT has, and why: LILY (later tokens and neighbours in
the batch influence a token), X-LoRA (does not survive saving and loading), CPT and aLoRA (need a prompt or an invocation
text of their own), Poly (needs a task number with every row), Shadow (a second, smaller model rather than an adapter),
Cartridge (a prefix distilled from a document), BD-LoRA (LoRA cut up for servers with several GPUs), CorDA and AdaMSS
(need packages the lab does without).
"""

from collections.abc import Callable
from typing import Any

from lab.card import MethodCard, find_cards
from lab.extension_points import Method, optional_hook


def get(method: str) -> Method:
    """The method of that id, which a resolved recipe names; a KeyError for one there is not."""
    return find_cards("lab.methods")[method]


def cards() -> dict[str, MethodCard]:
    """The cards of all methods by their ids."""
    return {name: method.CARD for name, method in find_cards("lab.methods").items()}


def hook(method: str, name: str) -> Callable[..., Any] | None:
    """The method's own function of that name, one of `MethodHooks`; None where it has none."""
    return optional_hook(get(method), name)
