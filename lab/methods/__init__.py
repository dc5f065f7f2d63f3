"""Which weights move: a file a method, its CARD, `count` and `build`; `ls` is the catalogue. Nothing here trains.

`count(shape, **knobs)` is the exact number of trainable parameters, from a base's shape alone; `build(model, *, steps,
seed, **knobs)` returns the model with the method in place. A method that needs more has one of these beside them:

    kept(shape, **knobs)                             numbers saved, where they are not those trained (p-tuning)
    check(*, place, **knobs)                         refuses knobs that can't be together (AdaLoRA)
    callbacks(model, *, steps, **knobs)              trainer callbacks (AdaLoRA moves its ranks after every step)
    initialise(model, batches, **knobs)              a start computed from the first training batches (EVA)
    optimizer(model, *, learning_rate, weight_decay, **knobs)   an optimizer of its own (LoRA+)
    regulariser(model)                               a term for the loss, where the card says own_loss (KaSA)
    save(model, folder)                              what to keep, where PEFT's way would not load again (PiSSA)
    lit(**knobs)                                     what the picture lights with knobs of one's own (freezing)
    ranks(folder)                                    the rank each layer was left with, for the picture (AdaLoRA)

Heavy libraries are imported inside functions. Left out of what PEFT has, and why: LILY (later tokens and neighbours in
the batch influence a token), X-LoRA (does not survive saving and loading), CPT and aLoRA (need a prompt or an invocation
text of their own), Poly (needs a task number with every row), Shadow (a second, smaller model rather than an adapter),
Cartridge (a prefix distilled from a document), BD-LoRA (LoRA cut up for servers with several GPUs), CorDA and AdaMSS
(need packages the lab does without).
"""

from collections.abc import Callable
from typing import Any

from lab.card import find_cards


def hook(method: str, name: str) -> Callable[..., Any] | None:
    """The method's own function of that name, None where it has none."""
    return getattr(find_cards("lab.methods")[method], name, None)
