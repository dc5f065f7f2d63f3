"""Who computes when there are more workers than places: the one furthest behind, and nobody waits for the dead."""

import contextlib
import select
import threading
import time

import pytest

from lab.executors.processes.turns import CHUNK, TRIED, ThreadChoice, Turn, Turnstile
from lab.store import Status
from tests.executors.warm_lab import LONG


@pytest.fixture
def turnstile():
    """One that is listened to, as the fork server does."""
    stile, over = Turnstile(places=1), threading.Event()

    def listen():
        while not over.is_set():
            with contextlib.suppress(ValueError, OSError):  # one was closed meanwhile
                for connection in select.select(stile.connections, [], [], 0.01)[0]:
                    stile.hear(connection)

    thread = threading.Thread(target=listen)
    thread.start()
    yield stile
    over.set()
    thread.join()


def worker(stile, comparison=0.0, leave=lambda: False, whole=False):
    connection = stile.admit(comparison)
    return Turn(connection, leave, whole), connection


class Run(threading.Thread):
    """A run of so many steps that writes down each step it computes."""

    def __init__(self, name, turn, steps, done, connection):
        super().__init__()
        self.name, self.turn, self.steps, self.done, self.connection = name, turn, steps, done, connection

    def run(self):
        for step in range(self.steps):
            self.turn(step / self.steps)
            self.done.append((self.name, step))
            time.sleep(0.001)
        self.connection.close()


def carried_out(stile, **steps):
    done = []
    runs = [Run(name, *(lambda w: (w[0], count, done, w[1]))(worker(stile))) for name, count in steps.items()]
    for run in runs:
        run.start()
    for run in runs:
        run.join(10)
        assert not run.is_alive()
    return done


def test_runs_of_one_comparison_grow_together(turnstile):
    done = carried_out(turnstile, a=96, b=48, c=24)
    for name, steps in (("a", 96), ("b", 48), ("c", 24)):
        assert [step for who, step in done if who == name] == list(range(steps))
    where = {"a": 0.0, "b": 0.0, "c": 0.0}
    started = set()
    for name, step in done:
        where[name] = step / {"a": 96, "b": 48, "c": 24}[name]
        started.add(name)
        if len(started) == 3:
            assert max(where.values()) - min(where.values()) < 3 * CHUNK


def test_the_earlier_comparison_comes_first(turnstile):
    first, _ = worker(turnstile, comparison=1.0)
    first(0.0)
    order = []
    late, early = worker(turnstile, comparison=2.0), worker(turnstile, comparison=1.0)
    threads = [
        threading.Thread(target=lambda: (late[0](0.0), order.append("late"), late[1].close())),
        threading.Thread(target=lambda: (early[0](0.9), order.append("early"), early[1].close())),
    ]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    assert order == []
    first._connection.close()
    for thread in threads:
        thread.join(5)
    assert order == ["early", "late"]


def test_whoever_dies_in_its_turn_gives_it_back(turnstile):
    dead, connection = worker(turnstile)
    dead(0.0)
    connection.close()
    other, _ = worker(turnstile)
    other(0.0)
    assert other.waited < 5


def test_a_request_to_stop_ends_the_waiting(turnstile):
    first, _ = worker(turnstile)
    first(0.0)
    asked = threading.Event()
    waiting, _ = worker(turnstile, leave=asked.is_set)
    thread = threading.Thread(target=waiting, args=(0.0,))
    thread.start()
    time.sleep(0.05)
    assert thread.is_alive()
    asked.set()
    thread.join(2)
    assert not thread.is_alive()


def test_a_whole_run_keeps_its_turn_and_others_give_way_at_a_chunk(turnstile):
    whole, connection = worker(turnstile, whole=True)
    for share in (0.0, 0.5, 0.99):
        whole(share)
    asked = threading.Event()
    other, _ = worker(turnstile)
    thread = threading.Thread(target=lambda: (other(0.0), asked.set()))
    thread.start()
    assert not asked.wait(0.1)
    connection.close()
    assert asked.wait(5)
    thread.join()


def test_when_the_fork_server_is_gone_nobody_waits_for_ever():
    stile = Turnstile(places=0)
    turn, _ = worker(stile)
    stile.close()
    turn(0.0)


def told(connection):
    """The numbers of threads that a worker was told, oldest first."""
    heard = b""
    while select.select([connection], [], [], 0.05)[0]:
        heard += connection.recv(100)
    return [byte - ord(".") for byte in heard]


def test_a_worker_alone_may_have_all_threads_until_another_comes():
    stile = Turnstile(places=2, threads=2)
    alone = stile.admit(1.0)
    assert told(alone) == [4]
    other = stile.admit(2.0)
    assert (told(alone), told(other)) == ([2], [])
    other.close()
    stile.hear(stile.connections[1])
    assert told(alone) == [4]


def test_runs_of_one_comparison_keep_to_their_own_threads_to_the_last():
    stile = Turnstile(places=2)
    first, second = (stile.admit(1.0, compared=True) for _ in range(2))
    assert told(first) == []
    first.close()
    stile.hear(stile.connections[0])
    assert told(second) == []


@pytest.mark.parametrize(("seconds", "settled"), [({1: 3.0, 2: 2.0}, 2), ({1: 2.0, 2: 2.5}, 1)])
def test_more_threads_are_kept_where_they_make_steps_shorter(seconds, settled):
    now, used = [0.0], [1]
    choice = ThreadChoice(1, clock=lambda: now[0])

    def step(count):
        for _ in range(count):
            choice.end_step()
            used.append(choice.begin_step() or used[-1])
            now[0] += seconds[used[-1]]

    step(10)
    assert set(used) == {1}
    choice.most = 2
    step(TRIED)
    assert used[-TRIED:] == [2] * TRIED
    step(10)
    assert used[-10:] == [settled] * 10
    choice.most = 1
    step(3)
    assert used[-3:] == [1] * 3


def test_all_variants_are_under_way_before_the_first_is_done(warm_lab):
    """Two compute at a time; in a queue the third would begin when one of them has ended."""
    variants = [{"name": f"r {rank}", "method": "lora", "knobs": {"r": rank}} for rank in (1, 2, 4, 8)]
    ended = [warm_lab.ended(run) for run in warm_lab.submit(*variants, steps=48)]
    assert [run.status for run in ended] == [Status.DONE] * 4
    assert max(run.started for run in ended) < min(run.ended for run in ended)
    assert [run.step for run in ended] == [48] * 4


def test_in_a_queue_one_ends_before_the_third_begins(warm_lab):
    variants = [{"name": f"r {rank}", "method": "lora", "knobs": {"r": rank}} for rank in (1, 2, 4)]
    ended = [warm_lab.ended(run) for run in warm_lab.submit(*variants, steps=24, order="queue")]
    assert [run.status for run in ended] == [Status.DONE] * 3
    assert max(run.started for run in ended) >= min(run.ended for run in ended)


def test_turns_change_no_number(warm_lab):
    """A variant learns the same beside three others as alone."""
    names = ("a", "b", "c", "d")
    beside = [warm_lab.ended(run) for run in warm_lab.submit(*({"name": n, "method": "lora"} for n in names), steps=24)]
    alone = warm_lab.ended(warm_lab.submit_one(steps=24))
    assert len({run.outcome.train_loss_last for run in (*beside, alone)}) == 1


def test_a_run_that_waits_for_its_turn_can_be_stopped(warm_lab):
    variants = [{"name": f"r {rank}", "method": "lora", "knobs": {"r": rank}} for rank in (1, 2, 4)]
    runs = warm_lab.submit(*variants, steps=LONG)
    for run in runs:
        warm_lab.wait(run, lambda now: now.status == Status.RUNNING)
    for run in reversed(runs):
        warm_lab.store.runs.request(run.id, "discard")
        assert warm_lab.ended(run).status == Status.CANCELLED
