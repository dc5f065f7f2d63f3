"""What a teacher adds to the cost of a stage: its weights, what it writes before the first step, and reading along."""

from dataclasses import dataclass

from lab.card import find_cards
from lab.data import RowSizes
from lab.devices import Device
from lab.errors import LabError
from lab.extension_points import optional_hook
from lab.home import Home
from lab.models import ModelShape, root_base, shape_of
from lab.models.precision import settled_precision
from lab.recipe import ResolvedStage
from lab.recipe.schema import ResolvedRun
from lab.recipe.teachers import Teaching, own_teacher

WRITING_BATCH = 64
"""Answers written together, see `lab.generate.complete`."""
FOLLOWED_LOGITS = 6
"""Copies of a token's logits that a divergence takes beside those of a loss: the teacher's, and both normalised."""
WRITTEN_TOKENS = 0.5
"""Of the longest answer, as no more is known."""
STUDENT_WRITES = 3.0
"""How long a step that the student writes its rows for takes beside one that finds them."""


@dataclass(frozen=True)
class TeacherBytes:
    """The teacher's memory while it writes, before training, and while the student trains."""

    before: float = 0.0
    while_training: float = 0.0


def teaching_of(stage: ResolvedStage) -> Teaching | None:
    """What the stage's teacher has to do; None for a stage without one."""
    hook = optional_hook(find_cards("lab.objectives")[stage.objective], "teaching")
    found: Teaching | None = hook(stage) if stage.teacher and hook else None
    return found


def teacher_shape(run: ResolvedRun, stage: ResolvedStage, home: Home) -> ModelShape | None:
    """What the stage's teacher is made of; None for a stage without one, and for one that can't be looked at."""
    if not stage.teacher:
        return None
    try:
        return shape_of(root_base(run.base if own_teacher(stage) is not None else stage.teacher, home), home)
    except LabError:
        return None


def teacher_bytes(
    run: ResolvedRun, stage: ResolvedStage, teacher: ModelShape | None, sizes: RowSizes | None, device: Device
) -> TeacherBytes:
    """What the teacher takes: weights, and keys and values of what it writes, or logits of what it reads along."""
    teaching = teaching_of(stage)
    if teaching is None or teacher is None:
        return TeacherBytes()
    number = 4 if settled_precision(run.precision, teacher, device.gpu) == "fp32" else 2
    weights = float(number * teacher.parameters)
    row = sizes.mean if sizes else stage.budget.max_length / 2
    keys = 2 * teacher.layers * min((linear.out for linear in teacher.linears), default=0)
    writing = WRITING_BATCH * (number * keys * (row + teaching.answer_tokens) + 8 * teacher.vocab)
    learned = stage.budget.batch_size * (sizes.learned if sizes else row)
    reading = 4 * FOLLOWED_LOGITS * learned * teacher.vocab
    return TeacherBytes(weights + writing, weights + reading if teaching.follows else 0.0)


def teacher_share(stage: ResolvedStage, shape: ModelShape, teacher: ModelShape | None) -> float:
    """How long a step takes beside one without a teacher: one that reads along takes a third of three passes, for as
    much larger as it is; what the student writes itself takes its own time."""
    teaching = teaching_of(stage)
    if teaching is None or teacher is None or not teaching.follows:
        return 1.0
    return 1.0 + teacher.parameters / (3.0 * shape.parameters) + STUDENT_WRITES * teaching.on_policy


def writing_flops(stage: ResolvedStage, teacher: ModelShape | None, rows: int) -> float:
    """Floating-point operations of what the teacher writes: two a weight and token."""
    teaching = teaching_of(stage)
    if teaching is None or teacher is None:
        return 0.0
    answers = rows if teaching.writes is None else min(teaching.writes, rows or teaching.writes)
    return 2.0 * teacher.parameters * answers * WRITTEN_TOKENS * teaching.answer_tokens
