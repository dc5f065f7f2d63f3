"""A run that has not changed is not read again, and one that has, by whomever, is."""

from lab.store import Outcome, Status, Store
from tests.test_store import make_run


def test_what_has_not_changed_is_the_same_object(store):
    store.runs.queue([make_run("a"), make_run("b")])
    before = store.runs.all()
    assert all(one is other for one, other in zip(before, store.runs.all(), strict=True))
    assert store.runs.some([before[1].id])[before[1].id] is before[1]


def test_what_another_process_changed_is_read_again(store, home):
    store.runs.queue([make_run("a"), make_run("b")])
    first, second = store.runs.all()
    with Store(home) as other:
        assert other.runs.claim("here").id == first.id
        other.runs.note(first.id, Outcome(steps=7))
        other.runs.progress(first.id, 3, 7)
    changed, same = store.runs.all()
    assert (changed.status, changed.step, changed.outcome.steps) == (Status.RUNNING, 3, 7) and same is second
    with Store(home) as other:
        other.runs.end(first.id, Status.DONE)
        other.runs.delete(first.id)
    assert store.runs.all() == [second] and store.runs.some([first.id]) == {}


def test_only_so_many_are_kept(store, monkeypatch):
    from lab.store.known_runs import KnownRuns

    store.runs._known = KnownRuns(most=2)
    store.runs.queue([make_run(name) for name in "abc"])
    for _ in range(2):
        assert [run.name for run in store.runs.all()] == ["a", "b", "c"]
    assert len(store.runs._known._kept) == 2
