"""What a Space can run on, and what that asks of the folder: Python, torch, and the hardware that it suggests.

ZeroGPU takes certain versions only: torch up to 2.11.0 and Python 3.12.12 (or 3.10.13, too old for the lab) were the
last that its documentation listed.
"""

from dataclasses import dataclass

from lab.errors import LabError, nearest

CPU_WHEELS = "--extra-index-url https://download.pytorch.org/whl/cpu"


@dataclass(frozen=True)
class Hardware:
    """One kind of machine."""

    id: str
    says: str
    """In the Space's README."""
    suggested: str
    """The Hub's own name of it; whom the Space belongs to chooses it in its settings."""
    python: str = "3.11"
    options: tuple[str, ...] = ()
    """Lines at the head of requirements.txt."""
    pins: tuple[tuple[str, str], ...] = ()
    """Packages that are there in another version than on one's own machine, or there alone."""


HARDWARE: dict[str, Hardware] = {
    one.id: one
    for one in (
        Hardware("cpu", "two processor cores, which cost nothing", "cpu-basic", options=(CPU_WHEELS,)),
        Hardware("gpu", "a GPU of its own", "t4-small"),
        Hardware(
            "zero",
            "ZeroGPU: a GPU that is lent for a minute at a time",
            "zero-a10g",
            python="3.12.12",
            pins=(("torch", "2.11.0"), ("spaces", "0.51.3")),
        ),
    )
}


def hardware_named(name: str) -> Hardware:
    """Raises LabError for a name that is none."""
    if name not in HARDWARE:
        raise LabError(f"there is no hardware '{name}'", where="--hardware", do=nearest(name, HARDWARE))
    return HARDWARE[name]
