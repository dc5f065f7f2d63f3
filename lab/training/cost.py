"""What a run will cost, before anything is loaded: parameters, memory, time, file size. Plain arithmetic on shapes."""

from dataclasses import dataclass

from lab.card import find_cards
from lab.models import Shape
from lab.recipe import ResolvedRun, ResolvedStage

BYTES = 4  # training is in fp32 on a CPU
ADAM_MOMENTS = 2
FLOPS_PER_SECOND = 4e10  # one core of a recent server, measured over a few small Llamas; replaced by what runs measured
FIXED_SECONDS = 2.0
FIXED_BYTES = 120_000_000  # the libraries' objects a worker touches, its rows and tokenizer (measured on nano)


@dataclass(frozen=True)
class Cost:
    """An estimate. Bytes and seconds; `trainable_params` is the most that any stage trains."""

    trainable_params: int
    total_params: int
    memory_bytes: int
    adapter_bytes: int
    seconds: float

    @property
    def trainable_share(self) -> float:
        return self.trainable_params / max(1, self.total_params)


def estimate(run: ResolvedRun, shape: Shape, tokens_per_second: float | None = None) -> Cost:
    """The cost of all stages of `run` on a base of `shape`.

    `tokens_per_second` is what this machine managed with the base before (full forward and backward); without it a
    typical speed of one core is assumed.
    """
    stages = [_stage_cost(stage, shape, tokens_per_second) for stage in run.stages]
    return Cost(
        trainable_params=max(cost.trainable_params for cost in stages),
        total_params=max(cost.total_params for cost in stages),
        memory_bytes=max(cost.memory_bytes for cost in stages),
        adapter_bytes=stages[-1].adapter_bytes,
        seconds=FIXED_SECONDS + sum(cost.seconds for cost in stages),
    )


def _stage_cost(stage: ResolvedStage, shape: Shape, tokens_per_second: float | None) -> Cost:
    method = find_cards("lab.methods")[stage.method]
    trainable = method.count(shape, **stage.knobs)
    added = trainable if method.CARD.adapter else 0
    tokens = stage.budget.batch_size * stage.budget.max_length
    # weights once, and for each trainable weight its gradient and Adam's two moments
    weights = BYTES * (shape.parameters + added + trainable * (1 + ADAM_MOMENTS))
    memory = FIXED_BYTES + weights + _activation_bytes(shape, tokens)
    speed = tokens_per_second or FLOPS_PER_SECOND / (6 * shape.parameters)
    seconds = stage.budget.steps * tokens * TYPICAL_FILL / speed
    return Cost(trainable, shape.parameters + added, memory, BYTES * trainable, seconds)


TYPICAL_FILL = 0.5
"""Rows are seldom as long as the limit, and are padded only to the longest of their batch."""


def _activation_bytes(shape: Shape, tokens: int) -> int:
    """What the forward pass keeps for the backward pass: some 16 vectors of the hidden size a layer, and the logits."""
    kept = 16 * shape.hidden * shape.layers + 3 * shape.vocab
    return int(BYTES * tokens * TYPICAL_FILL * kept)
