"""How a machine is shared out among workers, as plain arithmetic."""

import pytest

from lab.errors import RunError
from lab.machine import GIGABYTE, Machine, Slots, describe, inference_threads, slots


@pytest.mark.parametrize(
    ("cores", "gigabytes", "shared"),
    [
        (1, 8, Slots(1, 1)),
        (2, 16, Slots(2, 1)),
        (4, 16, Slots(4, 1)),
        (16, 64, Slots(4, 4)),
        (64, 256, Slots(4, 4)),
        (4, 1.5, Slots(2, 2)),  # too little memory for a third worker: the two share the cores
        (2, 0.2, Slots(1, 2)),
        (2, None, Slots(2, 1)),
    ],
)
def test_a_worker_a_core_up_to_four_as_far_as_memory_goes(cores, gigabytes, shared):
    free = None if gigabytes is None else int(gigabytes * GIGABYTE)
    assert slots(Machine(cores, free, None)) == shared


def test_the_user_has_the_last_word():
    assert slots(Machine(2, 8 * GIGABYTE, None), "3", "2") == Slots(3, 2)


@pytest.mark.parametrize("text", ["0", "-1", "two", "1.5"])
def test_nonsense_from_the_environment_is_refused(text):
    with pytest.raises(RunError, match="is not allowed") as problem:
        slots(Machine(2, None, None), text)
    assert problem.value.where == "LAB_WORKERS"


def test_half_the_cores_answer():
    assert [inference_threads(count) for count in (1, 2, 4, 64)] == [1, 1, 2, 4]


def test_the_user_is_told_how_it_is_shared_out(monkeypatch):
    monkeypatch.setenv("LAB_WORKERS", "1")
    monkeypatch.setenv("LAB_THREADS", "2")
    assert describe().endswith("1 run at once with 2 threads each")
