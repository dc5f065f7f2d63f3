"""What a cluster's nodes have, and what a run asks of one, by its estimate. Plain figures; nothing here asks Ray.

A request is never more than the largest node has: an estimate is a guess, and a run that no node can take would wait
for ever without a word.
"""

import contextlib
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lab.devices import Device, parse_device
from lab.errors import LabError, RecipeError
from lab.home import Home
from lab.machine import WORKER_BYTES
from lab.models import root_base, shape_of
from lab.planning.estimate import estimate_run, expected_memory
from lab.recipe import parse_recipe, resolve
from lab.store import Run

KIND = "accelerator_type:"
"""How Ray's resources name the kind of a node's GPUs."""
SHARES = 20
"""A GPU is asked for in so many parts."""


@dataclass(frozen=True)
class Node:
    """A machine of the cluster; memory in bytes is what Ray may give to tasks."""

    id: str
    name: str
    address: str
    alive: bool
    cpus: float
    memory: int
    gpus: float
    gpu_kind: str | None = None
    head: bool = False
    reason: str = ""
    """Why it is not alive, as Ray says it."""


@dataclass(frozen=True)
class Request:
    """What one run asks of a node."""

    cpus: int
    memory: int
    gpus: float = 0.0

    def __str__(self) -> str:
        gpus = f", {self.gpus:g} GPU" if self.gpus else ""
        return f"{self.cpus} CPU, {self.memory / 1e9:.1f} GB{gpus}"


def node_of(entry: Mapping[str, Any]) -> Node:
    """A node as `ray.nodes()` tells of it."""
    has = entry.get("Resources") or {}
    kind = next((name.removeprefix(KIND) for name in has if name.startswith(KIND)), None)
    return Node(
        entry["NodeID"], entry.get("NodeManagerHostname") or entry["NodeManagerAddress"], entry["NodeManagerAddress"],
        bool(entry["Alive"]), has.get("CPU", 0.0), int(has.get("memory", 0)), has.get("GPU", 0.0), kind,
        "node:__internal_head__" in has, entry.get("DeathReasonMessage") or "",
    )  # fmt: skip


def request_for(run: Run, home: Home, nodes: Sequence[Node]) -> Request:
    """What a run asks for: a thread's worth of CPUs, the memory it is expected to take, and where the cluster has GPUs
    the share of one that it fills (a whole one where the kind is not known)."""
    living = [node for node in nodes if node.alive]
    threads = int(os.environ.get("LAB_THREADS") or 1)
    most_cpus = int(max((node.cpus for node in living), default=0)) or threads
    expected = expected_memory(run.recipe, home) or WORKER_BYTES
    most_memory = max((node.memory for node in living), default=0) or expected
    gpus = _gpu_share(run, home, [node for node in living if node.gpus])
    return Request(min(threads, most_cpus), min(expected, most_memory), gpus)


def _gpu_share(run: Run, home: Home, nodes: Sequence[Node]) -> float:
    """The share of the smallest GPU that a run fills, rounded up; 0 without GPUs."""
    if not nodes:
        return 0.0
    with contextlib.suppress(LabError):
        devices = [_device(node.gpu_kind) for node in nodes]
        smallest = min((one for one in devices if one and one.memory), key=lambda one: one.memory or 0, default=None)
        if smallest is not None and smallest.memory and all(devices):
            plan = resolve(parse_recipe(run.recipe))[0]
            shape = shape_of(root_base(plan.base, home), home)
            expected = estimate_run(plan, shape, home, device=smallest).memory_bytes
            return min(1.0, math.ceil(SHARES * expected / smallest.memory) / SHARES)
    return 1.0


def _device(kind: str | None) -> Device | None:
    """The GPU that Ray calls so ("A100", "TESLA-T4", "A100-40G"); None where it is not known."""
    try:
        return parse_device(kind) if kind else None
    except RecipeError:
        return None
