"""A lab that has nothing to do asks its database nothing, and hears at once when another process has queued a run."""

import time

from lab.executors.processes.supervisor import LONGEST_IDLE, Supervisor
from lab.machine import Slots
from lab.store import Store
from tests.test_store import make_run


def idle(home) -> Supervisor:
    supervisor = Supervisor(home, Slots(1, 1))
    supervisor._waits = False
    return supervisor


def test_the_queue_is_looked_into_once_and_then_only_when_something_changed(home, store):
    supervisor, now = idle(home), time.monotonic()
    assert supervisor._is_due(store, now)  # it has never looked
    assert not supervisor._is_due(store, now) and not supervisor._is_due(store, now + LONGEST_IDLE / 2)
    with Store(home) as other:
        other.runs.queue([make_run()])
    assert supervisor._is_due(store, now)
    assert not supervisor._is_due(store, now)
    assert supervisor._is_due(store, now + LONGEST_IDLE + 1)


def test_while_something_waits_it_looks_each_time(home, store):
    supervisor, now = idle(home), time.monotonic()
    supervisor._is_due(store, now)
    supervisor._waits = True
    assert supervisor._is_due(store, now) and not supervisor._is_due(store, now)


def test_a_database_that_tells_nothing_is_asked_each_time(home):
    with Store.in_memory(home) as store:
        assert store.database.mark() is None
        supervisor, now = idle(home), time.monotonic()
        assert supervisor._is_due(store, now) and supervisor._is_due(store, now)


def test_gradio_s_queue_rests():
    from gradio.queueing import Queue

    from lab.ui.patience import QUEUE_SECONDS, be_patient

    for _ in range(2):  # once for this process, however often it is asked for
        be_patient()
    made = Queue.__new__(Queue)
    Queue.__init__(made, True, 1, 1.0, None, None)
    assert made.sleep_when_free == made.progress_update_sleep_when_free == QUEUE_SECONDS
