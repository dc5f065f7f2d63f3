"""Notes in a run's outcome which modules it may move, as it starts, and how far each moved, when it is over.

A picture is worth no run: whatever goes wrong here is logged, and the run goes on.
"""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lab.card import find_cards
from lab.data import DataSet
from lab.data.encode import encode
from lab.evaluate.movement import measure, movable
from lab.models import shape_of
from lab.models.tensors import open_tensors
from lab.store.movement import Moved, Movement

if TYPE_CHECKING:
    from lab.training.run import Work

logger = logging.getLogger(__name__)
ROWS = 6
ENCODED = ("text", "prompt_completion", "messages")


def note_movable(work: "Work", model: Any) -> None:
    """Note what the stage that begins may move, beside what earlier stages moved."""
    try:
        modules = movable(model, shape_of(work.plan.base, work.home).tensors)
        earlier = Movement.unpack(work.outcome.moved).modules
        work.note(moved=Movement(_together(modules, earlier)).pack())
    except Exception:
        logger.exception("what the method may move could not be noted")


def note_moved(work: "Work", model: Any, data: DataSet) -> None:
    """Note how far each module moved from where the run started."""
    try:
        modules = Movement.unpack(work.outcome.moved).modules
        mergeable = find_cards("lab.methods")[work.plan.stages[-1].method].CARD.mergeable
        rounded = work.plan.quantize != "none"
        with open_tensors(work.start, work.home) as start:
            movement = measure(model, modules, start, _rows(work, data), mergeable=mergeable, rounded=rounded)
        work.note(moved=movement.pack())
    except Exception:
        logger.exception("how far the modules moved could not be noted")


def _together(now: tuple[Moved, ...], earlier: tuple[Moved, ...]) -> tuple[Moved, ...]:
    """Each module with the most any stage trained of it."""
    most = {module.name: module for module in earlier}
    together = [
        replace(module, trainable=max(module.trainable, most.pop(module.name, module).trainable)) for module in now
    ]
    return (*together, *most.values())


def _rows(work: "Work", data: DataSet) -> list[Any]:
    """A few held-out rows; everyday text where there are none that can be read as they are."""
    from lab.data.builtin import everyday

    held_out = data.held_out if data.format in ENCODED else ()
    rows, form = (held_out, data.format) if held_out else (everyday.load("held_out"), "text")
    return list(encode(rows[:ROWS], form, work.tokenizer, work.plan.stages[-1].budget.max_length))
