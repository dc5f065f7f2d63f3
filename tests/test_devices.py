"""Devices by the names people give them."""

import pytest

from lab.devices import GIBIBYTE, parse_device
from lab.errors import RecipeError


@pytest.mark.parametrize(
    ("text", "gigabytes", "flops"),
    [
        ("24 GB", 24, None), ("24gb", 24, None), ("24", 24, None), ("16384 MiB", 16, None), ("RTX 4090", 24, 165e12),
        ("4090", 24, 165e12), ("rtx-4090", 24, 165e12), ("NVIDIA GeForce RTX 4090", 24, 165e12),
        ("A100", 40, 312e12), ("A100 80GB", 80, 312e12), ("NVIDIA A100-SXM4-80GB", 80, 312e12), ("H100", 80, 989e12),
        ("Radeon 7900 20 GB", 20, None), ("T4", 16, None),
    ],
)  # fmt: skip
def test_a_device_is_known_by_name_or_by_size(text, gigabytes, flops):
    device = parse_device(text)
    assert (device.memory, device.flops, device.gpu) == (gigabytes * GIBIBYTE, flops, True)


def test_a_processor_is_this_machine_unless_its_memory_is_given():
    assert parse_device("cpu").here and not parse_device("cpu").gpu
    other = parse_device("cpu 64 GB")
    assert (other.here, other.gpu, other.memory) == (False, False, 64 * GIBIBYTE)


@pytest.mark.parametrize("text", ["", "gtx", "-5 GB", "0 GB", "1e9 GB", "999999999 GB", "2x A100", "a lot"])
def test_anything_else_is_refused_with_the_names_there_are(text):
    with pytest.raises(RecipeError):
        parse_device(text)
