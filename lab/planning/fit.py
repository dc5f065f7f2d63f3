"""Whether a planned run fits on a device, and if not, which changes make it fit: each is estimated, none is a rule.

The changes go from those that alter no result to those that do. Plain arithmetic.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lab.card import MethodCard, find_cards
from lab.devices import Device
from lab.model_ref import ModelRef
from lab.models import ModelShape
from lab.models.precision import settled_precision
from lab.recipe import ResolvedRun, ResolvedStage

USABLE = 0.94
"""The part of a device's memory that a run can have: drivers, a screen and gaps between blocks take the rest."""
MOST_ADVICE = 3
SHORTEST = 64
Estimate = Callable[[ResolvedRun], int]
"""The peak of a run in bytes."""


@dataclass(frozen=True)
class Advice:
    """Changes to a recipe, as `--set` takes them, with which the run would take `memory_bytes`."""

    changes: tuple[str, ...]
    memory_bytes: int


@dataclass(frozen=True)
class Fit:
    """A run on a device: what it takes of what can be had there, and what to change where that is too much."""

    device: str
    memory_bytes: int
    usable_bytes: int
    advice: tuple[Advice, ...] = ()
    smallest_bytes: int | None = None
    """What is left with every change, where not even that fits."""

    @property
    def fits(self) -> bool:
        return self.memory_bytes <= self.usable_bytes


def fit_on(run: ResolvedRun, shape: ModelShape, memory_bytes: int, device: Device, estimate: Estimate) -> Fit | None:
    """Whether a run of that peak fits; None for a device whose memory is not known."""
    if device.memory is None:
        return None
    usable = int(device.memory * USABLE)
    if memory_bytes <= usable:
        return Fit(device.name, memory_bytes, usable)
    alone = [_advice(run, [change], shape, device, estimate) for change in CHANGES]
    advice = [one for one in alone if one and one.memory_bytes <= usable]
    if advice:
        return Fit(device.name, memory_bytes, usable, tuple(advice[:MOST_ADVICE]))
    together = _together(run, shape, device, estimate, usable)
    if together.memory_bytes <= usable:
        return Fit(device.name, memory_bytes, usable, (together,))
    return Fit(device.name, memory_bytes, usable, smallest_bytes=min(memory_bytes, together.memory_bytes))


def _together(run: ResolvedRun, shape: ModelShape, device: Device, estimate: Estimate, usable: int) -> Advice:
    """The first changes, one on top of the other, that are enough, without those it goes without; all if none are."""
    order = [*CHANGES, _quantized, *[_shorter] * 8]
    for count in range(2, len(order) + 1):
        found = _advice(run, order[:count], shape, device, estimate)
        if found and found.memory_bytes <= usable:
            needed = order[:count]
            for change in order[: count - 1]:
                fewer = [one for one in needed if one is not change]
                if (less := _advice(run, fewer, shape, device, estimate)) and less.memory_bytes <= usable:
                    needed, found = fewer, less
            return found
    return _advice(run, order, shape, device, estimate) or Advice((), estimate(run))


def _advice(
    run: ResolvedRun, changes: Sequence["Change"], shape: ModelShape, device: Device, estimate: Estimate
) -> Advice | None:
    """What the run takes with these changes, where any of them changes it."""
    said: dict[str, str] = {}
    for change in changes:
        if made := change(run, shape, device):
            run = made[0]
            said |= {one.partition("=")[0]: one for one in made[1]}
    return Advice(tuple(said.values()), estimate(run)) if said else None


Changed = tuple[ResolvedRun, tuple[str, ...]] | None
Change = Callable[[ResolvedRun, ModelShape, Device], Changed]


def _cards(run: ResolvedRun) -> list[MethodCard]:
    return [find_cards("lab.methods")[stage.method].CARD for stage in run.stages]


def _with_stages(run: ResolvedRun, **update: object) -> ResolvedRun:
    stages = [stage.model_copy(update=update) for stage in run.stages]
    return run.model_copy(update={"stages": tuple(stages)})


def _checkpointed(run: ResolvedRun, shape: ModelShape, device: Device) -> Changed:
    if all(stage.gradient_checkpointing for stage in run.stages) or not all(card.checkpointing for card in _cards(run)):
        return None
    return _with_stages(run, gradient_checkpointing=True), ("gradient_checkpointing=true",)


def _row_by_row(run: ResolvedRun, shape: ModelShape, device: Device) -> Changed:
    """The same rows a step, in batches of one; not where rows of a batch are compared."""
    if len({stage.rows for stage in run.stages}) > 1 or run.stages[0].budget.batch_size == 1:
        return None
    if any(stage.objective == "kto" for stage in run.stages):
        return None

    def changed(stage: ResolvedStage) -> ResolvedStage:
        budget = stage.budget.model_copy(update={"batch_size": 1})
        return stage.model_copy(update={"budget": budget, "gradient_accumulation": stage.rows})

    made = run.model_copy(update={"stages": tuple(map(changed, run.stages))})
    return made, ("budget.batch_size=1", f"gradient_accumulation={run.stages[0].rows}")


def _bf16(run: ResolvedRun, shape: ModelShape, device: Device) -> Changed:
    if settled_precision(run.precision, shape, device.gpu) != "fp32":
        return None
    return run.model_copy(update={"precision": "bf16"}), ("precision=bf16",)


def _pure_bf16(run: ResolvedRun, shape: ModelShape, device: Device) -> Changed:
    if run.precision == "pure_bf16" or all(card.adapter for card in _cards(run)):
        return None
    return run.model_copy(update={"precision": "pure_bf16"}), ("precision=pure_bf16",)


def _quantized(run: ResolvedRun, shape: ModelShape, device: Device) -> Changed:
    if run.quantize == "4bit" or ModelRef.parse(run.base).run or not all(card.quantized for card in _cards(run)):
        return None
    return run.model_copy(update={"quantize": "4bit"}), ("quantize=4bit",)


def _lora(run: ResolvedRun, shape: ModelShape, device: Device) -> Changed:
    if all(card.adapter for card in _cards(run)):
        return None
    knobs = find_cards("lab.methods")["lora"].CARD.complete_knobs({}, "knobs")
    return _with_stages(run, method="lora", knobs=knobs), ("method=lora",)


def _shorter(run: ResolvedRun, shape: ModelShape, device: Device) -> Changed:
    longest = max(stage.budget.max_length for stage in run.stages) // 2
    if longest < SHORTEST:
        return None

    def changed(stage: ResolvedStage) -> ResolvedStage:
        least = min(stage.budget.max_length, longest)
        return stage.model_copy(update={"budget": stage.budget.model_copy(update={"max_length": least})})

    return run.model_copy(update={"stages": tuple(map(changed, run.stages))}), (f"budget.max_length={longest}",)


CHANGES: tuple[Change, ...] = (_checkpointed, _row_by_row, _bf16, _pure_bf16, _quantized, _lora, _shorter)
"""From those that change no figure, over those that round, to another method and shorter rows."""
