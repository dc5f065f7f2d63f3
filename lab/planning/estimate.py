"""What a planned run will cost on this machine: its recipe, the rows of its data, and what earlier runs took."""

import contextlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lab.card import find_cards
from lab.data import RowSizes, load_mix
from lab.data.feedback_card import FEEDBACK
from lab.devices import Device, this_device
from lab.errors import LabError
from lab.home import Home
from lab.machine import slots_here
from lab.models import ModelShape, find_base, root_base, shape_of
from lab.models.precision import has_gpu, settled_precision
from lab.planning.checks import is_on_hub
from lab.planning.contention import slowdown
from lab.planning.cost import Cost, StageFacts, estimate_cost, stage_sizes
from lab.planning.teachers import teacher_shape
from lab.planning.throughput import memory_ratio, overhead_seconds, step_times, timed_base
from lab.recipe import ResolvedRun, ResolvedStage, parse_recipe, resolve
from lab.store import Store


def estimate_run(
    run: ResolvedRun, shape: ModelShape, home: Home, store: Store | None = None, device: Device | None = None
) -> Cost:
    """The cost of a run on a base of that shape, here or on a device that is named; with a store, times on this machine
    follow what it managed before."""
    where, base = device or this_device(), root_base(run.base, home)
    known = [_known(run, stage, shape, home, store if where.here else None) for stage in run.stages]
    last = run.stages[-1]
    around = overhead_seconds(store, base, last.objective, last.method) if store else None
    return estimate_cost(run, shape, known, around, where)


@lru_cache(maxsize=64)
def expected_memory(recipe: str, home: Home) -> int | None:
    """The peak memory in bytes of a queued run, by its recipe; None where that or its base can't be read (its worker
    says why)."""
    with contextlib.suppress(LabError):
        planned = resolve(parse_recipe(recipe))[0]
        return estimate_run(planned, shape_of(root_base(planned.base, home), home), home).memory_bytes
    return None


def _known(run: ResolvedRun, stage: ResolvedStage, shape: ModelShape, home: Home, store: Store | None) -> StageFacts:
    base = root_base(run.base, home)
    read, teacher = _sizes(stage, (run.seed, run.split_seed), base, home), teacher_shape(run, stage, home)
    sizes, rows = read or (None, 0)
    if store is None:
        return StageFacts(sizes, teacher=teacher, rows=rows)
    timed = timed_base(base, settled_precision(run.precision, shape, has_gpu()))
    own, alike = (step_times(store, timed, stage.objective, method) for method in (stage.method, ""))
    ratio = memory_ratio(store, timed, stage.objective, stage.method)
    return StageFacts(sizes, own, alike, ratio, teacher, rows, slowdown(slots_here().workers))


def _sizes(stage: ResolvedStage, seeds: tuple[int, int], base: str, home: Home) -> tuple[RowSizes, int] | None:
    """The sizes of a stage's rows, and how many there are; None for data on the Hub, and for what can't be read
    (submitting says why)."""
    with contextlib.suppress(LabError):
        folder = find_base(base, home)
        if any(is_on_hub(choice) for choice in stage.data):
            return None
        asked = _Rows(_words(stage, seeds, folder), stage, *seeds, folder, home)
        growing = any(choice.name == FEEDBACK for choice in stage.data)
        return (_sizes_of.__wrapped__ if growing else _sizes_of)(asked)
    return None


@dataclass(frozen=True)
class _Rows:
    """The rows of a stage; the same as others if the same words describe them."""

    words: str
    stage: ResolvedStage = field(compare=False)
    seed: int = field(compare=False)
    split_seed: int = field(compare=False)
    folder: Path = field(compare=False)
    home: Home = field(compare=False)


@lru_cache(maxsize=64)
def _sizes_of(rows: _Rows) -> tuple[RowSizes, int]:
    """Remembered, since a form asks with every change."""
    formats = find_cards("lab.objectives")[rows.stage.objective].CARD.formats
    found = load_mix(rows.stage.data, rows.home, rows.seed, formats, rows.split_seed).train
    return stage_sizes(rows.stage, found, rows.folder), len(found)


def _words(stage: ResolvedStage, seeds: tuple[int, int], folder: Path) -> str:
    """All that the sizes of rows depend on."""
    data = [(choice.model_dump_json(), _written(choice.name)) for choice in stage.data]
    answers = stage.options.get("answer_tokens")
    return repr((stage.objective, answers, data, stage.budget.batch_size, stage.budget.max_length, seeds, folder))


def _written(name: str) -> int:
    """When a file was last written, 0 for what is no file."""
    try:
        return Path(name).stat().st_mtime_ns
    except OSError:
        return 0
