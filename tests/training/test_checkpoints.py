"""What a worker that is killed loses: ten seconds of training, or what keeps writing to a twentieth of the time."""

from types import SimpleNamespace

import pytest

from lab.training import callbacks
from lab.training.callbacks import StopCallback


def saved_at(step_seconds, save_seconds, steps, monkeypatch):
    """The seconds of training at which a run of such steps, and such a time to write, has written checkpoints."""
    clock, found = [0.0], []
    monkeypatch.setattr(callbacks.time, "monotonic", lambda: clock[0])
    recorder = SimpleNamespace(seconds=0.0)
    callback = StopCallback(lambda: None, recorder)
    for step in range(1, steps + 1):
        recorder.seconds += step_seconds
        clock[0] += step_seconds + 1
        control = SimpleNamespace(should_save=False, should_training_stop=False)
        callback.on_step_end(None, SimpleNamespace(global_step=step, max_steps=steps + 1), control)
        if control.should_save:
            clock[0] += save_seconds
            callback.on_save(None, None, control)
            found.append(recorder.seconds)
    return found


@pytest.mark.parametrize("step_seconds", [0.01, 0.5, 2.0])
def test_no_more_than_ten_seconds_are_lost(step_seconds, monkeypatch):
    found = saved_at(step_seconds, 0.1, int(60 / step_seconds), monkeypatch)
    gaps = [later - earlier for earlier, later in zip([0.0, *found], [*found, 60.0], strict=True)]
    assert max(gaps) <= 10.0 + 1e-6


def test_long_steps_lose_one(monkeypatch):
    assert saved_at(30.0, 0.1, 4, monkeypatch) == [30, 60, 90, 120]


def test_what_takes_long_to_write_is_written_rarely(monkeypatch):
    found = saved_at(1.0, 5.0, 400, monkeypatch)
    assert len(found) >= 3 and 5.0 * len(found) <= 0.06 * 400
