"""What a run reads besides its own folder, where another machine does not share the lab's: other runs, its base,
uploads."""

import re
from pathlib import Path

from lab.home import Home
from lab.store import Run

NAMED = re.compile(r"run:([0-9a-f]{8})")
LINKED = re.compile(r'"([0-9a-f]{8}(?:at\d+)?)/stage-')
"""How chains of weights name runs, and the points of runs at which others were forked."""


def folders_read(run: Run, home: Home, base: Path | None) -> list[str]:
    """Folders below the home, by their paths in it; `base` is the folder of the run's base, None where that is
    fetched from the Hub."""
    found, root = [f"runs/{one}" for one in runs_below(run, home)], home.root.resolve()
    if base is not None and base.resolve().is_relative_to(root):  # a model of the catalogue that was pulled
        found.append(base.resolve().relative_to(root).as_posix())
    return [*found, "uploads"] if "upload:" in run.recipe and home.uploads.is_dir() else found


def runs_below(run: Run, home: Home) -> list[str]:
    """The runs whose weights it starts from, forks from, learns from or asks, and all that those build on."""
    waiting = [*NAMED.findall(run.recipe), *NAMED.findall(run.base), *([_point(run)] if run.parent else [])]
    found: list[str] = []
    while waiting:
        name = waiting.pop()
        if name in found or name == run.id or not home.run(name).root.is_dir():
            continue
        found.append(name)
        chain = home.run(name).root / "weights.json"
        if chain.exists():
            waiting += LINKED.findall(chain.read_text(encoding="utf-8"))
    return found


def _point(run: Run) -> str:
    """The folder of what it was forked from; its parent's own for a cold fork."""
    return f"{run.parent}at{run.forked_at}" if run.forked_at else str(run.parent)
