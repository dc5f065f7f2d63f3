"""What a stage takes of memory at its peak, from first principles: plain arithmetic on a base's shape.

Weights, gradients and optimizer state by the dtypes of `lab.models.precision`; what the forward pass keeps for the
backward pass, with gradient checkpointing one input a block and one block whole; the logits; and what a device takes
for itself. How far it is from published and measured figures: docs/memory.md.
"""

from dataclasses import dataclass

from lab.card import MethodCard, ObjectiveCard, find_cards
from lab.data import RowSizes
from lab.devices import Device
from lab.evaluate.loss import LOGITS
from lab.models import ModelShape
from lab.models.precision import Precision, settled_precision
from lab.planning.teachers import teacher_bytes
from lab.recipe import Budget, ResolvedRun, ResolvedStage

ADAM_MOMENTS = 2
CPU_BYTES = 30_000_000
"""What a worker touches of the libraries, its rows and tokenizer (measured on nano)."""
GPU_BYTES = 800_000_000
"""CUDA's own context, workspaces of cuBLAS, and what the allocator rounds up."""
LOGITS_HELD = 5
"""Copies of a token's logits at the worst moment: as they are, cut, normalised, and on the way back."""
TILE = (4096, 32768)
"""Tokens and words of the vocabulary whose logits TRL's fused head holds at once on a GPU."""
BITS = {"8bit": 8.25, "4bit": 4.5}
"""A linear layer's weight with its part of the scales: one in fp32 for 64 weights in 4 bits (Dettmers et al. 2023)."""
KEPT_BACK = 0.5
TYPICAL_FILL = 0.5
"""Rows are seldom as long as the limit; for data that can't be looked at."""
HELD = {"hidden": 9, "keys": 4, "middle": 4}
"""Vectors a block keeps for the backward pass: of the hidden size, of keys and values, of the MLP's middle."""
MIXED = 1.8
"""A block's activations under autocast with weights in fp32, beside all of them in bf16: its norms and residuals are in
fp32 then (counted by autograd's saved tensors: 1.82 for full, 1.12 for LoRA, whose card says 1.4)."""


@dataclass(frozen=True)
class StageMemory:
    """Bytes of a stage: the parts, and the peak they come to."""

    weights: float
    gradients: int
    optimizer: int
    activations: float
    peak: float
    trained_bytes: int
    """Of one weight that trains."""


@dataclass(frozen=True)
class _Kept:
    """The dtypes of a stage, in bytes a number."""

    precision: Precision
    frozen: int
    trained: int
    adapter: bool

    @property
    def mixed(self) -> bool:
        """Whether trained weights of the base are cast for every product."""
        return self.frozen != self.trained and not self.adapter

    @property
    def stream(self) -> int:
        """Bytes of a number between two blocks."""
        return 4 if self.mixed else self.frozen


def stage_memory(
    run: ResolvedRun, stage: ResolvedStage, shape: ModelShape, sizes: RowSizes | None, trainable: int, device: Device,
    teacher: ModelShape | None = None,
) -> StageMemory:  # fmt: skip
    """The memory of `stage`, which trains that many parameters, on `device`, with its teacher where it has one."""
    card: MethodCard = find_cards("lab.methods")[stage.method].CARD
    kept = _kept(run, card, shape, device)
    weights, copies = _weight_bytes(run, kept, shape, trainable)
    activations = _activation_bytes(card, stage, shape, sizes, kept, device)
    gradients, moments = kept.trained * trainable, kept.trained * ADAM_MOMENTS * trainable
    training = gradients + activations
    if device.gpu:  # gradients take the place of activations, unless those of an earlier batch wait
        waiting = gradients if stage.gradient_accumulation > 1 else 0
        training = max(gradients, waiting + copies + activations)
    judging = _judging_bytes(run, stage, shape, sizes)
    beside = teacher_bytes(run, stage, teacher, sizes, device)
    training += beside.while_training
    peak = max(weights + moments + max(training, judging), weights + beside.before)
    if device.gpu:
        objective: ObjectiveCard = find_cards("lab.objectives")[stage.objective].CARD
        peak += GPU_BYTES + (kept.trained * trainable if objective.reference else 0)
    else:  # where much of the smaller part is kept back by the allocator; references are in the cards' factors
        peak += CPU_BYTES + KEPT_BACK * min(training, judging)
    return StageMemory(weights, gradients, moments, activations, peak, kept.trained)


def padded_tokens(budget: Budget, sizes: RowSizes | None, fill: float = TYPICAL_FILL) -> tuple[float, float]:
    """Tokens a batch, padding included, and those of them that are learned."""
    if sizes is None:
        padded = budget.batch_size * budget.max_length * fill
        return padded, padded
    return budget.batch_size * sizes.longest, budget.batch_size * sizes.learned


def _kept(run: ResolvedRun, card: MethodCard, shape: ModelShape, device: Device) -> _Kept:
    precision = settled_precision(run.precision, shape, device.gpu)
    frozen = 4 if precision == "fp32" else 2
    trained = 2 if precision == "pure_bf16" and not card.adapter else 4
    return _Kept(precision, frozen, trained, card.adapter)


def _weight_bytes(run: ResolvedRun, kept: _Kept, shape: ModelShape, trainable: int) -> tuple[float, float]:
    """The weights, and the copies in bf16 that autocast holds of those in fp32 until the loss is there."""
    moving = trainable if not kept.adapter else 0
    weights = float(kept.frozen * (shape.parameters - moving) + kept.trained * trainable)
    inside = sum(linear.inp * linear.out for linear in shape.linears)
    if bits := BITS.get(run.quantize):
        weights -= inside * (kept.frozen - bits / 8)
    return weights, 2.0 * min(moving, inside) if kept.mixed else 0.0


def _activation_bytes(
    card: MethodCard, stage: ResolvedStage, shape: ModelShape, sizes: RowSizes | None, kept: _Kept, device: Device
) -> float:
    """What the forward pass keeps for the backward pass, and the logits of what is learned."""
    padded, learned = padded_tokens(stage.budget, sizes, 1.0)
    middle = max((linear.out for linear in shape.linears), default=0)
    keys = min((linear.out for linear in shape.linears), default=0)
    block = HELD["hidden"] * shape.hidden + HELD["keys"] * keys + HELD["middle"] * middle
    block_bytes = kept.frozen * (MIXED if kept.mixed else 1.0) * card.activation_factor * block
    inside = sum(linear.inp * linear.out for linear in shape.linears)
    copies = card.extra_weight_copies * kept.frozen * inside
    layers, held = max(1, shape.layers), padded * shape.layers * block_bytes
    if stage.gradient_checkpointing:
        held, copies = padded * (shape.layers * shape.hidden * kept.stream + block_bytes), copies / layers
    held += _logit_bytes(card, learned, shape, device)
    if card.identity and device.gpu:  # in fp32, and once more as autocast makes it
        copies += 6 * max((linear.inp for linear in shape.linears), default=0) ** 2
    objective: ObjectiveCard = find_cards("lab.objectives")[stage.objective].CARD
    rows = stage.budget.batch_size
    return held * objective.activation_factor * min(rows, objective.pass_rows or rows) / rows + copies


def _logit_bytes(card: MethodCard, learned: float, shape: ModelShape, device: Device) -> float:
    """The logits of what is learned, in fp32; a tile of them where TRL's fused head runs."""
    if device.gpu and not card.own_loss:
        return 2 * min(learned, TILE[0]) * min(shape.vocab, TILE[1]) + 4 * learned * shape.hidden
    return 4 * LOGITS_HELD * learned * shape.vocab


def _judging_bytes(run: ResolvedRun, stage: ResolvedStage, shape: ModelShape, sizes: RowSizes | None) -> float:
    """The logits of the held-out rows that are looked at together."""
    row = sizes.mean if sizes else stage.budget.max_length * TYPICAL_FILL
    return 4 * LOGITS_HELD * min(LOGITS, run.evaluate.rows * row * shape.vocab)
