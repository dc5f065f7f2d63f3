"""What a run reads besides its own folder, where a node does not share the lab's: other runs, its base, uploads."""

import re
from pathlib import Path

from lab.errors import RunError
from lab.home import ASSETS, Home
from lab.models import find_base, root_base
from lab.store import Run

NAMED = re.compile(r"run:([0-9a-f]{8})")
LINKED = re.compile(r'"([0-9a-f]{8}(?:at\d+)?)/stage-')
"""How chains of weights name runs, and the points of runs at which others were forked."""


def folders_for(run: Run, home: Home) -> list[str]:
    """Folders below the home, by their paths in it. Raises RunError for a base that lies elsewhere on this machine."""
    found = [f"runs/{one}" for one in _runs_below(run, home)]
    base = find_base(root_base(run.base, home), home).resolve()
    if base.is_relative_to(home.root.resolve()):
        found.append(base.relative_to(home.root.resolve()).as_posix())
    elif not base.is_relative_to(Path(ASSETS).resolve()):
        raise RunError(f"the base {base} is a folder of this machine, and of no node", where="base",
                       do="take one of the catalogue or the Hub, or share the lab's folder.")  # fmt: skip
    return [*found, "uploads"] if "upload:" in run.recipe and home.uploads.is_dir() else found


def _runs_below(run: Run, home: Home) -> list[str]:
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
