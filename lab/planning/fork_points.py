"""Fork points: what a run had learned after one of its steps, kept by itself, so that its forks can start there,
whatever becomes of the run.

A point lies among the runs, in a folder like theirs, and chains of weights may name it. Its large files are hard links:
it takes room of its own only once the run has moved on. Plain files; imports no torch.
"""

import contextlib
import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from lab.errors import LabError
from lab.home import Home, RunFolder
from lab.model_ref import ModelRef
from lab.models import Chain, chain_of
from lab.models.chain import Link
from lab.models.unfinished import CHECKPOINTS, unfinished_stage
from lab.recipe import ResolvedRun, ResolvedStage, parse_recipe, resolve
from lab.recipe.teachers import stages_before
from lab.store import Run, Store
from lab.store.requests import FORK

FILE = "point.json"
BEGUN = "fork.json"
"""Marks a checkpoint that a fork begins with: whether it has weights and an optimizer's state of its own."""
SHARED = (".safetensors", ".pt", ".pth", ".bin")
"""Files that are never written twice, and so can be shared; all others are copied."""
Kind = Literal["checkpoint", "weights", "start"]
NAME = re.compile(r"(?P<run>[a-z0-9]+)at(?P<step>\d+)")


@dataclass(frozen=True)
class Place:
    """Where a run is: so many steps into a stage, and how its weights are kept there."""

    stage: int
    done: int
    kind: Kind
    """With an optimizer's state, as finished weights, or before the stage's first step."""
    chain: Chain
    """The weights the stage starts from; of `weights`, these themselves."""


@dataclass(frozen=True)
class Point:
    """A place of a run that is kept, with what its forks must know of the run."""

    run: str
    step: int
    stage: int
    done: int
    kind: Kind
    chain: Chain
    recipe: str
    stage_steps: tuple[int, ...]
    stage_seconds: tuple[float, ...]
    values: dict[str, float]
    """The run's curves at that step."""
    seconds: float = 0.0
    """Of training in the stage, up to there."""
    moved: str = ""

    @property
    def name(self) -> str:
        return f"{self.run}at{self.step}"

    @property
    def place(self) -> Place:
        return Place(self.stage, self.done, self.kind, self.chain)

    @property
    def plan(self) -> ResolvedRun:
        """The run that was forked, as it was then."""
        return resolve(parse_recipe(self.recipe, where=f"run {self.run}"))[0]


def find_place(run: Run, home: Home) -> Place | None:
    """Where a run that does not train stands; None where it left nothing to go on from."""
    folder, stages = home.run(run.id), resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0].stages
    with contextlib.suppress(LabError):
        start = chain_of(run.base, home)
        chain = chain_of(str(ModelRef(run=run.id)), home) if (folder.root / "weights.json").exists() else start
        for number in reversed(range(len(stages))):
            if found := _place_in(number, run, folder, stages, chain):
                return found
    return None


def _place_in(number: int, run: Run, folder: RunFolder, stages: Sequence[ResolvedStage], chain: Chain) -> Place | None:
    left, newest = unfinished_stage(folder, number), newest_checkpoint(folder.checkpoints(number))
    diverged = left is not None and left.reason == "diverged"
    if newest and not diverged:
        steps = int(newest.name.rpartition("-")[2])
        if not _has_weights(newest):
            return Place(number, steps, "weights", chain)
        return Place(number, steps, "checkpoint", left.chain if left else stage_chain(chain, run.id, stages, number))
    if left:
        return Place(number, left.steps, "weights", chain)
    if any(link.ref == ModelRef(run=run.id, stage=number).in_chains for link in chain):
        if number + 1 < len(stages):
            return Place(number + 1, 0, "start", stage_chain(chain, run.id, stages, number + 1))
        return Place(number, _steps_of(run, stages, number), "weights", chain)
    return None


def stage_chain(chain: Chain, run: str, stages: Sequence[ResolvedStage], index: int) -> Chain:
    """The chain that stage `index` starts from: reward models of earlier stages, and its teacher, are no part of it."""
    before = {ModelRef(run=run, stage=i).in_chains for i in stages_before(stages, index)}
    own = {ModelRef(run=run, stage=i).in_chains for i in range(index)}
    return tuple(link for link in chain if link.ref in before or link.ref not in own)


def stage_now(run: Run, home: Home) -> int:
    """The stage that a run is in, from what it has left so far."""
    folder, stages = home.run(run.id), resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0].stages
    try:
        links = {link.ref for link in chain_of(str(ModelRef(run=run.id)), home)}
    except LabError:
        links = set()
    own = [number for number in range(len(stages)) if ModelRef(run=run.id, stage=number).in_chains in links]
    over = [number for number in own if not unfinished_stage(folder, number)]
    begun = read_point(home, run.parent, run.forked_at) if run.parent and run.forked_at else None
    return min(max([*(number + 1 for number in over), begun.stage if begun else 0]), len(stages) - 1)


def keep_point(run: Run, place: Place, store: Store) -> Point:
    """Keep a place of a run for its forks; the same place is kept once."""
    home, folder = store.home, store.home.run(run.id)
    stages = resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0].stages
    before = tuple(_steps_of(run, stages, number) for number in range(place.stage))
    step, seconds = sum(before) + place.done, run.outcome.stage_seconds[: place.stage]
    name = f"{run.id}at{step}"
    own = ModelRef(run=run.id, stage=place.stage).in_chains
    chain = tuple(replace(link, ref=f"{name}/stage-{place.stage}") if link.ref == own else link for link in place.chain)
    point = Point(run.id, step, place.stage, place.done, place.kind, chain, run.recipe, before, seconds,
                  store.curves.at(run.id, step), seconds_at(run, place, home),
                  run.outcome.moved if place.stage else "")  # fmt: skip
    if known := read_point(home, run.id, step):
        return known
    made = RunFolder(home.run(name).root.with_name(f".{name}.{os.getpid()}"))
    shutil.rmtree(made.root, ignore_errors=True)
    made.root.mkdir(parents=True)
    for number in range(place.stage):
        _take(folder, made, number)
    if place.kind == "weights" and chain != place.chain:
        _take(folder, made, place.stage)
    if place.kind == "checkpoint":
        checkpoints = folder.checkpoints(place.stage)
        share(checkpoints / f"checkpoint-{place.done}", made.checkpoints(place.stage) / f"checkpoint-{place.done}")
        for file in checkpoints.glob("best.*"):
            share(file, made.checkpoints(place.stage) / file.name)
    if folder.learned.exists():
        shutil.copy2(folder.learned, made.learned)
    (made.root / FILE).write_text(json.dumps(asdict(point), ensure_ascii=False), encoding="utf-8")
    with contextlib.suppress(OSError):  # somebody else kept it a moment before
        made.root.rename(home.run(name).root)
    shutil.rmtree(made.root, ignore_errors=True)
    return point


def _take(folder: RunFolder, made: RunFolder, number: int) -> None:
    share(folder.stage(number), made.stage(number))
    if folder.thinks(number).exists():
        made.thinks(number).touch()


def read_point(home: Home, run: str, step: int) -> Point | None:
    """A point that is kept; None where there is none."""
    try:
        fields: dict[str, Any] = json.loads((home.run(f"{run}at{step}").root / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, LabError):
        return None
    chain = tuple(Link(**link) for link in fields.pop("chain"))
    lists: dict[str, Any] = {name: tuple(fields.pop(name)) for name in ("stage_steps", "stage_seconds")}
    return Point(chain=chain, **lists, **fields)


def kept_steps(home: Home, run: str) -> list[int]:
    """The steps of a run that are kept for forks."""
    found = (NAME.fullmatch(folder.name) for folder in (home.root / "runs").glob(f"{run}at*"))
    return sorted(int(name["step"]) for name in found if name)


def drop_unused(store: Store) -> None:
    """Remove the points that no run forked at, and no chain of weights names."""
    home = store.home
    runs = store.runs.all()
    named = {f"{run.parent}at{run.forked_at}" for run in runs if run.forked_at}
    waited_for = {run.parent for run in runs if run.request == FORK}  # a point of theirs may have been kept just now
    for folder in (home.root / "runs").glob("*at*"):
        found = NAME.fullmatch(folder.name)
        if not found or folder.name in named or found["run"] in waited_for:
            continue
        if (folder / FILE).exists() and not _is_in_a_chain(folder.name, home):
            shutil.rmtree(folder, ignore_errors=True)


def _is_in_a_chain(name: str, home: Home) -> bool:
    files = (file for what in ("*/weights.json", f"*/{FILE}") for file in (home.root / "runs").glob(what))
    return any(f'"{name}/' in file.read_text(encoding="utf-8") for file in files if file.parent.name != name)


def newest_checkpoint(folder: Path) -> Path | None:
    """The checkpoint with the most steps; None where there is none."""
    return max(folder.glob(CHECKPOINTS), key=lambda one: int(one.name.rpartition("-")[2]), default=None)


def share(source: Path, target: Path) -> None:
    """Put a file, or a folder with all in it, in a second place: large files as hard links where the disk has these."""
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        for entry in source.iterdir():
            share(entry, target / entry.name)
        return
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in SHARED:
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    shutil.copy2(source, target)


def seconds_at(run: Run, place: Place, home: Home) -> float:
    """The seconds of training that a run's stage has behind it at a place."""
    file = home.run(run.id).checkpoints(place.stage) / f"checkpoint-{place.done}" / "seconds.json"
    with contextlib.suppress(OSError, ValueError):
        return float(json.loads(file.read_text(encoding="utf-8")))
    spent = run.outcome.stage_seconds
    return spent[place.stage] if place.kind == "weights" and place.stage < len(spent) else 0.0


def _has_weights(checkpoint: Path) -> bool:
    """Whether a checkpoint holds weights: that with which a fork of finished weights begins does not."""
    try:
        return bool(json.loads((checkpoint / BEGUN).read_text(encoding="utf-8"))["weights"])
    except FileNotFoundError:
        return True


def _steps_of(run: Run, stages: Sequence[ResolvedStage], number: int) -> int:
    """The steps that a stage of a run did; as planned where it left no count."""
    known = run.outcome.stage_steps
    return known[number] if number < len(known) else stages[number].budget.planned_steps
