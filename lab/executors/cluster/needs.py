"""What is sent to a node of a cluster that does not share the lab's folder."""

from pathlib import Path

from lab.errors import RunError
from lab.executors.folders import folders_read
from lab.home import ASSETS, Home
from lab.models import root_base
from lab.models.find import local_base
from lab.store import Run


def folders_for(run: Run, home: Home) -> list[str]:
    """Folders below the home, by their paths in it. Raises RunError for a base that lies elsewhere on this machine."""
    base = local_base(root_base(run.base, home), home)
    known = (home.root, Path(ASSETS))
    if base is not None and not any(base.resolve().is_relative_to(one.resolve()) for one in known):
        raise RunError(f"the base {base} is a folder of this machine, and of no node", where="base",
                       do="take one of the catalogue or the Hub, or share the lab's folder.")  # fmt: skip
    return folders_read(run, home, base)
