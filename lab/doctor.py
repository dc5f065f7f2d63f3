"""Looks this machine over: versions, device, memory, disk, and what can't work here and why. Loads no torch."""

import os
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from lab import machine
from lab.card import broken_cards
from lab.disk import MEGABYTE, usage
from lab.errors import LabError
from lab.extension_points import EXTENSION_POINTS
from lab.home import Home
from lab.models import CATALOGUE, find_base
from lab.models.hub import reach_hub
from lab.models.quantize import INSTALL, cannot_quantize

PACKAGES = ("torch", "transformers", "peft", "trl", "datasets", "accelerate", "gradio", "sqlalchemy")
LITTLE_DISK = 2 * machine.GIGABYTE
LITTLE_MEMORY = 2 * machine.GIGABYTE


@dataclass(frozen=True)
class Finding:
    """One thing looked at. 'limited' works in part, 'missing' does not; `words` say why and what to do."""

    about: str
    state: Literal["good", "limited", "missing"]
    words: str


def examine(home: Home) -> list[Finding]:
    """Everything worth knowing before something is trained here."""
    return [
        Finding("system", "good", f"{platform.platform()}, Python {sys.version.split()[0]}"),
        *_packages(),
        _workers(),
        _memory(),
        _device(),
        _quantized(),
        _disk(home),
        _database(home),
        *[_model(name, home) for name in CATALOGUE],
        _hub(),
        *_broken_cards(),
    ]


def _packages() -> list[Finding]:
    found = []
    for name in PACKAGES:
        try:
            found.append(Finding(name, "good", version(name)))
        except PackageNotFoundError:
            found.append(Finding(name, "missing", "not installed; run `make install`"))
    return found


def _workers() -> Finding:
    if not hasattr(os, "fork"):
        return Finding("workers", "limited", "this system can't fork: use `--executor inline`")
    return Finding("workers", "good", machine.describe())


def _memory() -> Finding:
    free = machine.free_memory()
    if free is None:
        return Finding("memory", "limited", "this system does not tell how much is free")
    words = f"{free / machine.GIGABYTE:.1f} GB free"
    return Finding("memory", "limited" if free < LITTLE_MEMORY else "good", words)


def _device() -> Finding:
    name = machine.gpu()
    return Finding("device", "good", name or "CPU only: models of up to a few hundred million parameters")


def _quantized() -> Finding:
    if problem := cannot_quantize():
        return Finding("bases in 8 and 4 bits", "limited", f"{problem}; {INSTALL}")
    where = "" if machine.gpu() else "; on a CPU they save memory, not time"
    return Finding("bases in 8 and 4 bits", "good", f"bitsandbytes {version('bitsandbytes')}{where}")


def _disk(home: Home) -> Finding:
    found = usage(home)
    most = sorted(found.bytes.items(), key=lambda one: -one[1])
    takes = ", ".join(f"{kind} {count / MEGABYTE:,.0f} MB" for kind, count in most if count >= MEGABYTE)
    allowed = f" of {found.quota / MEGABYTE:,.0f} MB that LAB_DISK_MB allows" if found.quota else ""
    words = (
        f"{found.free / machine.GIGABYTE:.1f} GB free at {home.root}; this lab takes "
        f"{found.total / MEGABYTE:,.0f} MB{allowed}{': ' if takes else ''}{takes}"
    )
    if found.nearly_full:
        return Finding("disk", "limited", f"{words}; nearly full: `lab gc` says what can go")
    return Finding("disk", "limited" if found.free < LITTLE_DISK else "good", words)


def _database(home: Home) -> Finding:
    from sqlalchemy.engine import make_url

    from lab.store import Store

    shown = make_url(home.database_url).render_as_string(hide_password=True)
    try:
        Store(home).close()
    except Exception as problem:
        return Finding("database", "missing", f"{shown}: {str(problem).splitlines()[0]}")
    return Finding("database", "good", shown)


def _model(name: str, home: Home) -> Finding:
    try:
        return Finding(f"model {name}", "good", str(find_base(name, home)))
    except LabError as problem:
        return Finding(f"model {name}", "limited", str(problem))


def _broken_cards() -> list[Finding]:
    """Files of methods, objectives, data sets, raters and executors that can't be used; none is the rule."""
    return [
        Finding(point.kind, "missing", str(problem))
        for point in EXTENSION_POINTS.values()
        for problem in broken_cards(point.package)
    ]


def _hub() -> Finding:
    try:
        return Finding("Hub", "good", f"{reach_hub()} answers")
    except ConnectionError as problem:
        return Finding("Hub", "limited", f"{problem}: only models and data on this machine, or PyPI")
