"""The pins: constraints.txt says which versions are tested, requirements.txt (for a Space) is drawn from it.

`python -m tests.pins --write` renews both from what is installed; `tests/test_pins.py` holds them together.
"""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS, REQUIREMENTS = ROOT / "constraints.txt", ROOT / "requirements.txt"
HEADING = """\
# For a Hugging Face Space; drawn from constraints.txt by `make pins`, don't edit.
--extra-index-url https://download.pytorch.org/whl/cpu
"""


def pinned() -> dict[str, str]:
    """Package name to version, from constraints.txt."""
    lines = [line for line in CONSTRAINTS.read_text().splitlines() if "==" in line]
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}


def needed() -> set[str]:
    """The project's dependencies and theirs, as installed, without extras of the project itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found: set[str] = set()
    waiting = [Requirement(line) for line in project["dependencies"]]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        try:
            theirs = [Requirement(line) for line in requires(name) or []]
        except PackageNotFoundError:  # an optional part that isn't installed
            continue
        found.add(name)
        waiting += [need for need in theirs if _applies(need, requirement.extras)]
    return found


def requirements() -> str:
    """requirements.txt as it should be."""
    pins = pinned()
    return HEADING + "".join(f"{name}=={pins[name]}\n" for name in sorted(needed()) if name in pins)


def _applies(need: Requirement, extras: set[str]) -> bool:
    return need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in (extras or {""}))


def write() -> None:
    frozen = subprocess.run(
        [sys.executable, "-m", "pip", "freeze", "--exclude-editable"], capture_output=True, text=True
    )
    heading = CONSTRAINTS.read_text().splitlines()[0]
    versions = re.sub(r"\+cpu$", "", frozen.stdout, flags=re.M)
    CONSTRAINTS.write_text(f"{heading}\n{versions}")
    REQUIREMENTS.write_text(requirements())


if __name__ == "__main__" and "--write" in sys.argv:
    write()
