"""Which modules a run may move, as it starts, and how far each moved, when it is over, packed for its outcome.

A picture is worth no run: whatever goes wrong here is logged, None is the answer, and the run goes on.
"""

import logging
from dataclasses import replace
from typing import Any

from lab.card import find_cards
from lab.data import DataSet
from lab.data.encode import ANSWERS, encode
from lab.evaluate.movement import measure, movable
from lab.models import Chain, shape_of
from lab.models.tensors import open_tensors
from lab.store.movement import Moved, Movement
from lab.training.context import StageContext

logger = logging.getLogger(__name__)
ROWS = 6
ENCODED = ("text", *ANSWERS)


def movable_modules(context: StageContext, model: Any, packed: str) -> str | None:
    """What the stage that begins may move, beside what earlier stages moved (`packed` in the outcome)."""
    try:
        modules = movable(model, shape_of(context.plan.base, context.home).tensors)
        return Movement(_together(modules, Movement.unpack(packed).modules)).pack()
    except Exception:
        logger.exception("what the method may move could not be noted")
        return None


def measure_movement(context: StageContext, model: Any, start: Chain, data: DataSet, packed: str) -> str | None:
    """How far each module that `packed` names moved from the run's start to the last stage's model."""
    try:
        modules = Movement.unpack(packed).modules
        mergeable = find_cards("lab.methods")[context.stage.method].CARD.mergeable
        rounded = context.plan.quantize != "none"
        with open_tensors(start, context.home) as read:
            rows = _rows(context, data)
            return measure(model, modules, read, rows, mergeable=mergeable, rounded=rounded).pack()
    except Exception:
        logger.exception("how far the modules moved could not be noted")
        return None


def _together(now: tuple[Moved, ...], earlier: tuple[Moved, ...]) -> tuple[Moved, ...]:
    """Each module with the most any stage trained of it."""
    most = {module.name: module for module in earlier}
    together = [
        replace(module, trainable=max(module.trainable, most.pop(module.name, module).trainable)) for module in now
    ]
    return (*together, *most.values())


def _rows(context: StageContext, data: DataSet) -> list[Any]:
    """A few held-out rows; everyday text where there are none that can be read as they are."""
    from lab.data.builtin import everyday

    held_out = data.held_out if data.format in ENCODED else ()
    rows, form = (held_out, data.format) if held_out else (everyday.load("held_out"), "text")
    return encode(rows[:ROWS], form, context.tokenizer, context.stage.budget.max_length)[:ROWS]
