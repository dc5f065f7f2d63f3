"""What a run will cost, before anything is loaded: parameters, memory, time, file size. Plain arithmetic on shapes.

Memory is weights, gradients, optimizer state and what the forward pass keeps for the backward pass; time comes from
what earlier stages took on this machine (see `lab.planning.throughput`), or else from the speed of a usual core.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.card import MethodCard, ObjectiveCard, find_cards
from lab.data import Row, RowSizes, row_sizes
from lab.evaluate.loss import LOGITS
from lab.extension_points import optional_hook
from lab.models import ModelShape
from lab.planning.throughput import StepTime, step_seconds, warming_seconds
from lab.recipe import Budget, ResolvedRun, ResolvedStage

BYTES = 4  # training is in fp32 on a CPU
ADAM_MOMENTS = 2
WORK_PER_SECOND = 4e10  # floating-point operations of one core of a recent server, measured over a few small Llamas
AROUND_SECONDS = 3.0
WARMING_SECONDS = 0.3
FIXED_BYTES = 30_000_000  # what a worker touches of the libraries, its rows and tokenizer (measured on nano)
LOGITS_HELD = 5
"""Copies of a token's logits at the worst moment: as they are, cut, normalised, and on the way back."""
BITS = {"none": 32, "8bit": 8.25, "4bit": 4.5}  # a weight, with its part of the scales
KEPT_BACK = 0.5
TYPICAL_FILL = 0.5
"""Rows are seldom as long as the limit; for data that can't be looked at."""
HELD = {"hidden": 9, "keys": 4, "middle": 4}
"""Vectors a block keeps for the backward pass: of the hidden size, of keys and values, of the MLP's middle."""


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
    train_seconds: float
    seconds: float

    @property
    def trainable_share(self) -> float:
        return self.trainable_params / max(1, self.total_params)


def estimate_cost(
    run: ResolvedRun, shape: ModelShape, known: Sequence[StageFacts] = (), around: float | None = None
) -> Cost:
    """The cost of all stages of `run` on a base of `shape`; `known` has one entry a stage, `around` is what starting,
    judging and saving took before."""
    known = known or [StageFacts()] * len(run.stages)
    stages = [_stage_cost(run, stage, shape, one) for stage, one in zip(run.stages, known, strict=True)]
    largest = max(stages, key=lambda cost: cost.memory_bytes)
    train_seconds = sum(cost.train_seconds for cost in stages)
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
        train_seconds=train_seconds,
        seconds=sum(cost.seconds for cost in stages) + (AROUND_SECONDS if around is None else around),
    )


def stage_sizes(stage: ResolvedStage, rows: Sequence[Row], folder_of_base: Path) -> RowSizes:
    """The sizes of a stage's rows, with the answers that it samples to them."""
    sizes = row_sizes(rows, folder_of_base, stage.budget.max_length, stage.budget.batch_size)
    if not _objective(stage).rewarded:
        return sizes
    answer = float(stage.options["answer_tokens"])
    return RowSizes(sizes.mean + answer, sizes.longest + answer, answer)


def step_flops(shape: ModelShape, stage: ResolvedStage, sizes: RowSizes | None) -> float:
    """Floating-point operations of a step of full fine-tuning: six a weight and token that passes it, times what the
    objective takes beside supervised training."""
    budget = stage.budget
    padded, learned = _tokens(budget, sizes)
    embedded = shape.vocab * shape.hidden
    inside = shape.parameters - embedded * (1 if shape.tied else 2)
    attention = 2 * shape.layers * shape.hidden * padded / budget.batch_size  # scores and values, of each earlier token
    supervised = 6.0 * (padded * (inside + attention) + learned * embedded)
    return supervised * _objective(stage).step_cost


def _objective(stage: ResolvedStage) -> ObjectiveCard:
    card: ObjectiveCard = find_cards("lab.objectives")[stage.objective].CARD
    return card


def _stage_cost(run: ResolvedRun, stage: ResolvedStage, shape: ModelShape, known: StageFacts) -> Cost:
    method = find_cards("lab.methods")[stage.method]
    card: MethodCard = method.CARD
    trainable = method.count(shape, **stage.knobs)
    kept = (optional_hook(method, "kept") or method.count)(shape, **stage.knobs)
    inside = sum(linear.inp * linear.out for linear in shape.linears)
    added = trainable if card.adapter else 0
    weights = BYTES * (shape.parameters + added) - inside * (32 - BITS[run.quantize]) / 8
    activations = _activation_bytes(card, stage, shape, known.sizes) + card.extra_weight_copies * BYTES * inside
    judging = _judging_bytes(run, stage, shape, known.sizes)
    gradients, moments = BYTES * trainable, BYTES * ADAM_MOMENTS * trainable
    step = _seconds(card, step_flops(shape, stage, known.sizes), known)
    warming = warming_seconds(known.own or known.alike)
    steps, seconds = _length(stage.budget, step, WARMING_SECONDS if warming is None else warming)
    trying = stage.search.rates * stage.search.length(steps) * step if stage.search else 0.0
    return Cost(
        trainable, shape.parameters + added,
        memory_bytes=int((FIXED_BYTES + weights + moments + _together(gradients + activations, judging)) * known.ratio),
        weights_bytes=int(weights), gradient_bytes=gradients, optimizer_bytes=moments,
        activation_bytes=int(activations), adapter_bytes=BYTES * kept, steps=steps, train_seconds=seconds,
        seconds=seconds + trying,
    )  # fmt: skip


def _seconds(card: MethodCard, work: float, known: StageFacts) -> float:
    """Seconds a step: as this method took before, or as others did, or as a usual core does."""
    return (
        step_seconds(known.own, work)
        or card.step_cost * (step_seconds(known.alike, work) or work / WORK_PER_SECOND)
    )  # fmt: skip


def _length(budget: Budget, step: float, warming: float) -> tuple[int, float]:
    """Steps and seconds of a stage, whichever limit is reached first."""
    fitting = max(1, int((budget.seconds - warming) / step)) if budget.seconds else budget.steps or 1
    steps = min(budget.steps or fitting, fitting)
    return steps, steps * step + warming


def _tokens(budget: Budget, sizes: RowSizes | None) -> tuple[float, float]:
    """Tokens a step, padding included, and those of them that are learned."""
    if sizes is None:
        padded = budget.batch_size * budget.max_length * TYPICAL_FILL
        return padded, padded
    return budget.batch_size * sizes.longest, budget.batch_size * sizes.learned


def _activation_bytes(card: MethodCard, stage: ResolvedStage, shape: ModelShape, sizes: RowSizes | None) -> float:
    """What the forward pass keeps for the backward pass, and the logits of what is learned."""
    padded, learned = _tokens(stage.budget, sizes)
    middle = max((linear.out for linear in shape.linears), default=0)
    keys = min((linear.out for linear in shape.linears), default=0)
    block = HELD["hidden"] * shape.hidden + HELD["keys"] * keys + HELD["middle"] * middle
    held = BYTES * (padded * card.activation_factor * shape.layers * block + LOGITS_HELD * learned * shape.vocab)
    objective, rows = _objective(stage), stage.budget.batch_size
    return held * objective.activation_factor * min(rows, objective.pass_rows or rows) / rows


def _together(training: float, judging: float) -> float:
    """Memory for training and for judging in turn: much of the smaller part is kept back by the allocator."""
    return max(training, judging) + KEPT_BACK * min(training, judging)


def _judging_bytes(run: ResolvedRun, stage: ResolvedStage, shape: ModelShape, sizes: RowSizes | None) -> float:
    """The logits of the held-out rows that are looked at together."""
    row = sizes.mean if sizes else stage.budget.max_length * TYPICAL_FILL
    return BYTES * LOGITS_HELD * min(LOGITS, run.evaluate.rows * row * shape.vocab)
