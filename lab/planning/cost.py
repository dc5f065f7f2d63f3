"""What a run will cost, before anything is loaded: parameters, memory, time, file size. Plain arithmetic on shapes.

Memory is `lab.planning.memory`'s; time comes from what earlier stages took on this machine (see
`lab.planning.throughput`), or else from the speed of a usual core; on a GPU that is named, from its speed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.card import MethodCard, ObjectiveCard, find_cards
from lab.data import Row, RowSizes, row_sizes
from lab.devices import Device, this_device
from lab.extension_points import optional_hook
from lab.model_ref import ModelRef
from lab.models import ModelShape
from lab.planning.memory import padded_tokens, stage_memory
from lab.planning.teachers import teacher_share, writing_flops
from lab.planning.throughput import StepTime, step_seconds, warming_seconds
from lab.recipe import Budget, ResolvedRun, ResolvedStage

WORK_PER_SECOND = 4e10  # floating-point operations of one core of a recent server, measured over a few small Llamas
AROUND_SECONDS = 8.0
"""What a run takes besides its steps where none is known: starting, looks on the way, figures, saving (nano's, on an
idle core)."""
WARMING_SECONDS = 0.3
CHECKPOINTED = 4 / 3
"""A step with gradient checkpointing beside one without: three passes' worth of work and the forward pass once more."""
FROZEN = 2 / 3
"""The work of a step without the gradients of the base's weights."""
USED_FLOPS = 0.4
"""The part of a GPU's speed that training reaches (Chowdhery et al. 2022, table 3: 0.2 to 0.5)."""


@dataclass(frozen=True)
class StageFacts:
    """What is known of a stage besides the recipe: the sizes of its rows, and what earlier stages took here."""

    sizes: RowSizes | None = None
    own: Sequence[StepTime] = ()
    """Of the same base, objective and method."""
    alike: Sequence[StepTime] = ()
    """Of other methods, as if they were full fine-tuning."""
    ratio: float = 1.0
    """What such runs took of memory, over what was told."""
    teacher: ModelShape | None = None
    """What the stage's teacher is made of, where it has one."""
    rows: int = 0
    """How many it learns from, where they can be read."""
    slowdown: float = 1.0
    """How much longer than on idle cores a step takes where no earlier one is known."""


@dataclass(frozen=True)
class Cost:
    """An estimate: bytes, seconds; of several stages the one with the largest figures.

    `seconds` is the whole run, with the search for a learning rate. `memory_bytes` is the peak, of which weights,
    gradients, optimizer state and activations are the parts that grow.
    """

    trainable_params: int
    total_params: int
    memory_bytes: int
    weights_bytes: int
    gradient_bytes: int
    optimizer_bytes: int
    activation_bytes: int
    adapter_bytes: int
    steps: int
    train_seconds: float | None
    seconds: float | None
    """None for a GPU whose speed is not known."""

    @property
    def trainable_share(self) -> float:
        return self.trainable_params / max(1, self.total_params)


def estimate_cost(
    run: ResolvedRun, shape: ModelShape, known: Sequence[StageFacts] = (), around: float | None = None,
    device: Device | None = None,
) -> Cost:  # fmt: skip
    """The cost of all stages of `run` on a base of `shape`; `known` has one entry a stage, `around` is what starting,
    judging and saving took before. On this machine where no device is named."""
    known, where = known or [StageFacts()] * len(run.stages), device or this_device()
    stages = [_stage_cost(run, stage, shape, one, where) for stage, one in zip(run.stages, known, strict=True)]
    largest = max(stages, key=lambda cost: cost.memory_bytes)
    around = AROUND_SECONDS * max(one.slowdown for one in known) if around is None else around
    return Cost(
        trainable_params=max(cost.trainable_params for cost in stages),
        total_params=max(cost.total_params for cost in stages),
        memory_bytes=largest.memory_bytes,
        weights_bytes=largest.weights_bytes,
        gradient_bytes=largest.gradient_bytes,
        optimizer_bytes=largest.optimizer_bytes,
        activation_bytes=largest.activation_bytes,
        adapter_bytes=stages[-1].adapter_bytes,
        steps=sum(cost.steps for cost in stages),
        train_seconds=_total([cost.train_seconds for cost in stages]),
        seconds=_total([*(cost.seconds for cost in stages), around]),
    )


def _total(seconds: Sequence[float | None]) -> float | None:
    """The sum; None where a part is not known."""
    known = [one for one in seconds if one is not None]
    return sum(known) if len(known) == len(seconds) else None


def stage_sizes(stage: ResolvedStage, rows: Sequence[Row], folder_of_base: Path) -> RowSizes:
    """The sizes of a stage's rows, with the answers that it samples to them."""
    sizes = row_sizes(rows, folder_of_base, stage.budget.max_length, stage.budget.batch_size)
    if own := optional_hook(find_cards("lab.objectives")[stage.objective], "sizes"):
        sizes = own(sizes, stage)
    if not _objective(stage).rewarded:
        return sizes
    answer = float(stage.options["answer_tokens"])
    return RowSizes(sizes.mean + answer, sizes.longest + answer, answer)


def step_flops(
    shape: ModelShape, stage: ResolvedStage, sizes: RowSizes | None, teacher: ModelShape | None = None
) -> float:
    """Floating-point operations of one batch of full fine-tuning: six a weight and token that passes it, times what
    the objective takes beside supervised training, and its teacher. A step has `gradient_accumulation` batches."""
    budget = stage.budget
    padded, learned = padded_tokens(budget, sizes)
    embedded = shape.vocab * shape.hidden
    inside = shape.parameters - embedded * (1 if shape.tied else 2)
    attention = 2 * shape.layers * shape.hidden * padded / budget.batch_size  # scores and values, of each earlier token
    supervised = 6.0 * (padded * (inside + attention) + learned * embedded)
    return supervised * _objective(stage).step_cost * teacher_share(stage, shape, teacher)


def batch_share(stage: ResolvedStage) -> float:
    """How many batches' worth of time a step takes beside one plain batch: those it adds up, each with the part that
    checkpointing computes again."""
    return stage.gradient_accumulation * (CHECKPOINTED if stage.gradient_checkpointing else 1.0)


def _objective(stage: ResolvedStage) -> ObjectiveCard:
    card: ObjectiveCard = find_cards("lab.objectives")[stage.objective].CARD
    return card


def _stage_cost(run: ResolvedRun, stage: ResolvedStage, shape: ModelShape, known: StageFacts, device: Device) -> Cost:
    method = find_cards("lab.methods")[stage.method]
    card: MethodCard = method.CARD
    trainable = _trainable(stage, shape, known.sizes)
    kept = (optional_hook(method, "kept") or method.count)(shape, **stage.knobs)
    added = trainable if card.adapter else max(0, trainable - method.count(shape, **stage.knobs))  # a head of its own
    memory = stage_memory(run, stage, shape, known.sizes, trainable, device, known.teacher)
    step = _seconds(card, step_flops(shape, stage, known.sizes, known.teacher), known, stage, device)
    warming = warming_seconds(known.own or known.alike)
    steps, seconds = _length(stage.budget, step, WARMING_SECONDS if warming is None else warming)
    trying = stage.search.rates * stage.search.length(steps) * (step or 0.0) if stage.search else 0.0
    trying += _few_example_trials(run, stage) * steps * (step or 0.0)
    trying += writing_flops(stage, known.teacher, known.rows) / _speed(device)
    return Cost(
        trainable, shape.parameters + added,
        memory_bytes=int(memory.peak * (known.ratio if device.here else 1.0)), weights_bytes=int(memory.weights),
        gradient_bytes=memory.gradients, optimizer_bytes=memory.optimizer, activation_bytes=int(memory.activations),
        adapter_bytes=memory.trained_bytes * kept, steps=steps, train_seconds=seconds,
        seconds=None if seconds is None else seconds + trying,
    )  # fmt: skip


def _few_example_trials(run: ResolvedRun, stage: ResolvedStage) -> int:
    """How often the last stage is also carried out with few examples: from the base, and from what was learned."""
    starts = 1 if len(run.stages) == 1 and ModelRef.parse(run.base).run is None else 2
    return starts * len(run.evaluate.shots) if stage is run.stages[-1] else 0


def _trainable(stage: ResolvedStage, shape: ModelShape, sizes: RowSizes | None) -> int:
    """The parameters that are trained: those that the method moves, where the objective adds no head to them."""
    moved = find_cards("lab.methods")[stage.method].count(shape, **stage.knobs)
    if count := optional_hook(find_cards("lab.objectives")[stage.objective], "count"):
        return int(count(moved, shape, stage, sizes.outputs if sizes else 0))
    return moved


def _seconds(card: MethodCard, work: float, known: StageFacts, stage: ResolvedStage, device: Device) -> float | None:
    """Seconds a step, of all its batches: as this method took before, or as others did, or as a usual core does.

    On a device that is not here, as its speed says; None where that is not known.
    """
    if device.here or not device.gpu:
        batch = step_seconds(known.own, work) or card.step_cost * (
            step_seconds(known.alike, work) or work / WORK_PER_SECOND * known.slowdown
        )
        return batch * batch_share(stage)
    if device.flops is None:
        return None
    return work * (FROZEN if card.adapter else 1.0) / (device.flops * USED_FLOPS) * batch_share(stage)


def _speed(device: Device) -> float:
    """Floating-point operations a second of a pass without gradients."""
    return device.flops * USED_FLOPS if device.gpu and device.flops else WORK_PER_SECOND


def _length(budget: Budget, step: float | None, warming: float) -> tuple[int, float | None]:
    """Steps and seconds of a stage, whichever limit is reached first; for steps of unknown length what is asked for."""
    if step is None:
        return budget.steps or 1, None
    fitting = max(1, int((budget.seconds - warming) / step)) if budget.seconds else budget.steps or 1
    steps = min(budget.steps or fitting, fitting)
    return steps, steps * step + warming
