"""requirements.txt of a Space: everything the lab needs, each in the version it was tested with, and nothing more.

In a checkout they are those of its own requirements.txt, which `make pins` draws; where the lab was installed from a
wheel, those that are installed here. Neither has what tests, documentation, PostgreSQL or quantisation take.
"""

from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lab.errors import LabError
from lab.home import PROJECT
from lab.space.hardware import Hardware

FILE = "requirements.txt"
HEADING = "# What this Space installs; written by `lab space stage`."
CUDA = ("cuda-", "nvidia-", "triton")
"""How packages begin that torch brings along for GPUs: which, only its own version says."""


def requirements(hardware: Hardware) -> str:
    """The text of the file."""
    pins = {name: pin for name, pin in pinned_here().items() if not name.startswith(CUDA)} | dict(hardware.pins)
    return "\n".join([HEADING, *hardware.options, *(f"{name}=={pins[name]}" for name in sorted(pins)), ""])


def pinned_here() -> dict[str, str]:
    """Package to version: what the lab needs to run."""
    file = PROJECT / FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    pins = dict(line.strip().split("==", 1) for line in lines if "==" in line and not line.startswith(("#", "-")))
    return pins or _installed()


def _installed() -> dict[str, str]:
    """What the installed lab needs, and what that needs, without extras of the lab itself."""
    found: dict[str, str] = {}
    try:
        waiting = [Requirement(line) for line in requires("parrot-lab") or []]
    except PackageNotFoundError:
        raise LabError("this copy of the lab does not say what it needs", where=FILE,
                       do="use a checkout, or an installed lab.") from None  # fmt: skip
    waiting = [need for need in waiting if _applies(need, set())]
    while waiting:
        need = waiting.pop()
        name = canonicalize_name(need.name)
        try:
            if name not in found:
                found[name] = version(name).partition("+")[0]
                waiting += [
                    Requirement(line) for line in requires(name) or [] if _applies(Requirement(line), need.extras)
                ]
        except PackageNotFoundError:  # an optional part that isn't installed
            found.pop(name, None)
    return found


def _applies(need: Requirement, extras: set[str]) -> bool:
    return need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in (extras or {""}))
