"""In which forms a model leaves the lab, and which of them a run can have. Imports no torch."""

from collections.abc import Sequence

from lab.card import find_cards
from lab.errors import RunError, nearest
from lab.models.chain import Link, quantized
from lab.store import Run

FORMS = ("adapter", "merged", "gguf")
"""adapter: what was learned, as PEFT saves it; merged: the whole model, with what was learned in its weights; gguf:
that as one file for llama.cpp."""
BESIDES = ("script", "bundle")
"""What a run can be taken out as besides: see `lab.model_export.script` and `lab.bundle`."""
TYPES = ("f16", "q8_0")
"""Numbers of a GGUF file: 16 bits a weight; or 8 and a half (32 whole numbers from -127 to 127 share a scale)."""
NOT_PLAIN = {
    "picture": "it draws with tokens that only this lab has rows for: no plain folder holds them",
    "caption": "it sees by what only this lab puts before a language model: no plain folder holds that",
    "tasks": "it has a head for each of its tasks: no plain classifier holds several",
}
"""What can't be taken out at all, by what the model gives."""
OURS = ("bottleneck", "linear_bias")
"""Kinds of adapters that PEFT has only while the lab is imported (`lab.tuners`)."""


def check_form(form: str, run: Run, chain: Sequence[Link], kind: str | None, gives: str, type: str = "f16") -> None:
    """Raises RunError where a run can't be had in that form, with the form that it can be had in.

    `kind` is PEFT's name of the adapter at the end of the chain, in small letters; None where there is none. `gives` is
    what the model gives, see `lab.model_export.heads.gives_of`.
    """
    if form not in FORMS:
        raise RunError(f"there is no form '{form}'", where="--as", do=nearest(form, (*FORMS, *BESIDES)))
    if type not in TYPES:
        raise RunError(f"there is no type '{type}' of GGUF file", where="--type", do=nearest(type, TYPES))
    if gives in NOT_PLAIN:
        raise RunError(NOT_PLAIN[gives], do="ask it here, in the page or with `lab chat`.")
    if form == "gguf" and gives != "text":
        raise RunError(
            "llama.cpp gives text, and this model gives scores or classes", do="take the whole model: --as merged."
        )
    if form == "adapter" and kind is None:
        raise RunError(f"'{run.name}' trained the base's own weights: there is no adapter",
                       do="take the whole model: --as merged.")  # fmt: skip
    if form == "adapter" and kind in OURS:
        raise RunError(f"PEFT by itself has no '{run.method}' adapters, only this lab has",
                       do="take the whole model: --as merged." if _merges(chain) else "run it here.")  # fmt: skip
    if form != "adapter" and kind is not None and not _merges(chain):
        raise not_mergeable(run)
    if form != "adapter" and kind is not None and (bits := quantized(chain)) != "none":
        raise RunError(f"an adapter can't be merged into a base in {bits} without rounding it",
                       do="take it beside the base: --as adapter.")  # fmt: skip


def not_mergeable(run: Run) -> RunError:
    return RunError(f"what '{run.name}' learned can't be merged into its base",
                    do="take it beside the base: --as adapter.")  # fmt: skip


def _merges(chain: Sequence[Link]) -> bool:
    cards = find_cards("lab.methods")
    method = chain[-1].method
    return bool(method not in cards or cards[method].CARD.mergeable)
