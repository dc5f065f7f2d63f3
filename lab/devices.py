"""Devices a recipe is estimated for: this machine, or a GPU that somebody names ("24 GB", "RTX 4090", "cpu").

Sizes and speeds are NVIDIA's and AMD's own figures: memory, and dense floating-point operations a second on 16-bit
numbers that are added up in 32 bits (data sheets, and the white papers of GA102, AD102 and GB202 for GeForce cards).
None where none is given there for bf16.
"""

import re
from dataclasses import dataclass

from lab import machine
from lab.errors import RecipeError, nearest

GIBIBYTE = 1024**3
KNOWN: dict[str, tuple[float, float | None]] = {
    "T4": (16, None), "V100": (16, None), "P100": (16, None), "A10": (24, 125e12), "A10G": (24, 70e12),
    "A30": (24, 165e12), "A40": (48, 150e12), "A100": (40, 312e12), "L4": (24, 121e12), "L40": (48, 181e12),
    "L40S": (48, 362e12), "H100": (80, 989e12), "H100 PCIe": (80, 756e12), "H100 NVL": (94, 835e12),
    "H200": (141, 989e12), "B200": (180, 2250e12), "MI250X": (128, 383e12), "MI300X": (192, 1307e12),
    "RTX A4000": (16, 77e12), "RTX A5000": (24, 111e12), "RTX A6000": (48, 155e12), "RTX 6000 Ada": (48, 182e12),
    "RTX 2080 Ti": (11, None), "RTX 3060": (12, None), "RTX 3070": (8, 41e12), "RTX 3080": (10, 60e12),
    "RTX 3090": (24, 71e12), "RTX 3090 Ti": (24, 80e12), "RTX 4060": (8, None), "RTX 4060 Ti": (16, None),
    "RTX 4070": (12, None), "RTX 4080": (16, 97e12), "RTX 4090": (24, 165e12), "RTX 5060 Ti": (16, None),
    "RTX 5070": (12, None), "RTX 5070 Ti": (16, None), "RTX 5080": (16, None), "RTX 5090": (32, 210e12),
}  # fmt: skip
MAKERS = re.compile(r"\b(nvidia|geforce|tesla|quadro|amd|instinct|gpu|sxm\d?|hbm\de?)\b")
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(gib|gb|g|mib|mb)\b")
LARGEST = 100_000
"""Gigabytes beyond which a size is a slip of the pen."""


@dataclass(frozen=True)
class Device:
    """What a run would be carried out on: its memory in bytes and its speed, None where these are not known."""

    name: str
    gpu: bool
    memory: int | None
    flops: float | None = None
    here: bool = False
    """Whether it is this machine, whose own runs tell what a step takes."""


def parse_device(text: str) -> Device:
    """The device that `text` names: a GPU's name, a size of memory, or both; `cpu`. Raises RecipeError."""
    plain = re.sub(r"[-_,()]+", " ", text.lower())
    found = None if text.strip().startswith("-") else SIZE.search(plain)
    size = _bytes(float(found[1]), found[2], text) if found else None
    words = MAKERS.sub(" ", plain.replace(found[0], " ") if found else plain)
    name = "".join(words.split())
    if name == "cpu":
        return Device("CPU", False, size or machine.free_memory(), here=size is None)
    if not name and size:
        return Device(f"a GPU of {size / GIBIBYTE:g} GB", True, size)
    if name.isdigit() and not size and f"rtx{name}" not in _by_name():
        return parse_device(f"{name} GB")
    known = _by_name().get(name) or _by_name().get(f"rtx{name}")
    if known:
        memory, flops = KNOWN[known]
        size = size or int(memory * GIBIBYTE)
        return Device(f"{known} ({size / GIBIBYTE:g} GB)", True, size, flops)
    if size and name[:1].isalpha():
        return Device(" ".join(text.split())[:60], True, size)
    raise RecipeError(f"there is no device '{text}'", where="device", do=f"{nearest(text, KNOWN)[:-1]}, or '24 GB'.")


def this_device() -> Device:
    """This machine: its first GPU, or its processor and the memory that is free."""
    gpu = machine.gpu()
    if gpu is None:
        return Device("this machine", False, machine.free_memory(), here=True)
    name, _, memory = gpu.rpartition(", ")
    try:
        known = parse_device(f"{name} {memory.replace('MiB', 'mib')}")
    except RecipeError:
        return Device(name or gpu, True, None, here=True)
    return Device(name, True, known.memory, known.flops, here=True)


def _by_name() -> dict[str, str]:
    return {name.lower().replace(" ", ""): name for name in KNOWN}


def _bytes(number: float, unit: str, text: str) -> int:
    """A size of memory in bytes; makers of GPUs call a gibibyte a gigabyte."""
    size = number * (1024**2 if unit.startswith("m") else GIBIBYTE)
    if not 0 < size < LARGEST * GIBIBYTE:
        raise RecipeError(f"'{text}' is no size of memory", where="device", do="give one such as '24 GB'.")
    return int(size)
