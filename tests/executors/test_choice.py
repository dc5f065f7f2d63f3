"""Which executor a run is for: what is asked, what its recipe says, LAB_EXECUTOR; and who takes what from the queue."""

import fcntl

import pytest
import yaml

from lab.api import Lab
from lab.card import ExecutorCard, Text, find_cards
from lab.errors import LabError, RecipeError, RunError
from lab.executors import check_executor
from lab.executors.choice import carried_elsewhere, executor_of, give_to, queue_of
from lab.executors.elsewhere import Elsewhere
from lab.executors.endings import close_if_alone
from lab.planning.repeat import recipe_of_runs
from lab.recipe import build_recipe
from lab.store import Status
from lab.visitors import Role, Visitor, acting
from tests.executors.far import FarAway

SMALL = {"base": "nano", "data": "cuisine", "budget": {"steps": 2}, "variants": [{"name": "a", "method": "lora"}]}


@pytest.fixture
def far(monkeypatch):
    """An executor of other machines, found like those that come with the lab."""
    monkeypatch.setitem(find_cards("lab.executors"), "far", module := FarAway())
    return module


@pytest.fixture
def lab(home):
    with Lab.open(home.root) as opened:
        yield opened


def test_an_executor_is_chosen_as_asked_else_by_the_recipe_else_by_the_environment(lab, monkeypatch):
    assert executor_of(lab.submit(SMALL)[0]) == "warm"
    monkeypatch.setenv("LAB_EXECUTOR", "inline")
    assert executor_of(lab.submit(SMALL)[0]) == "inline"
    assert executor_of(lab.submit(SMALL | {"executor": "warm"})[0]) == "warm"
    (run,) = lab.submit(SMALL | {"executor": "warm"}, executor="zero")
    assert executor_of(run) == "zero" and recipe_of_runs([run])["executor"] == "zero"
    assert recipe_of_runs(lab.submit(SMALL | {"executor": "inline"}))["executor"] == "inline"


def test_an_executor_that_there_is_not_is_refused_before_anything_is_queued(lab, monkeypatch):
    with pytest.raises(RecipeError, match=r"executor: there is no executor 'warn'\. Did you mean 'warm'"):
        lab.check(SMALL | {"executor": "warn"})
    with pytest.raises(RunError, match="there is no executor 'inlin'"):
        lab.submit(SMALL, executor="inlin")
    monkeypatch.setenv("LAB_EXECUTOR", "worm")
    with pytest.raises(RunError, match="there is no executor 'worm'"):
        lab.submit(SMALL)
    assert lab.runs() == []


def test_only_the_owner_chooses_where_runs_are_carried_out(lab, monkeypatch):
    monkeypatch.setenv("LAB_EXECUTOR", "inline")
    with acting(Visitor("cookie-1234", Role.VISITOR)):
        with pytest.raises(RecipeError, match="only the lab's owner can choose"):
            lab.submit(SMALL | {"executor": "warm"})
        (run,) = lab.submit(SMALL)
    assert executor_of(run) == "inline"  # the owner's setting holds for all


def test_who_works_elsewhere_takes_the_runs_that_name_it_and_who_works_here_all_others(lab, far):
    here = lab.submit(SMALL) + lab.submit(SMALL, executor="inline")
    (away,) = lab.submit(SMALL, executor="far")
    assert [carried_elsewhere(run) for run in (*here, away)] == [None, None, "far"]
    assert queue_of(lab.store, None) == [run.id for run in here]
    assert queue_of(lab.store, "far") == [away.id]
    assert queue_of(lab.store, None, [here[1].id]) == [here[1].id]


def test_a_run_is_given_to_another_executor_with_its_recipe_as_it_was(lab, far):
    (run,) = lab.submit(SMALL)
    moved = give_to(run, "far", lab.store)
    before, after = yaml.safe_load(run.recipe), yaml.safe_load(moved.recipe)
    assert after == before | {"executor": "far"} and list(after)[-1] == "variants"
    assert executor_of(give_to(moved, "warm", lab.store)) == "warm"
    assert give_to(run, None, lab.store) is run


def test_what_an_executor_needs_is_said_before_anything_is_queued(lab, far):
    far.refuses = "no cluster answers"
    with pytest.raises(RunError, match="no cluster answers"):
        lab.submit(SMALL | {"executor": "far"})
    assert lab.runs() == []


def test_an_executor_elsewhere_is_started_by_the_first_run_that_asks_for_it(home, lab, far):
    lab.elsewhere = Elsewhere(home, lab.store)
    lab.submit(SMALL)
    assert far.made == []
    lab.submit(SMALL, executor="far")
    lab.submit(SMALL, executor="far")
    assert far.made == ["started"]
    lab.elsewhere.stop()
    assert far.made == ["started", "stopped"]


def test_runs_that_a_dead_lab_had_elsewhere_are_closed_and_those_of_a_living_one_are_not(home, lab, far):
    ours, theirs = lab.submit(SMALL), lab.submit(SMALL, executor="far")
    assert lab.store.runs.claim(home.machine, [ours[0].id]) and lab.store.runs.claim(
        home.machine_of("far"), [theirs[0].id]
    )
    with home.lock_of("far").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        close_if_alone(lab.store)
        assert lab.store.runs.get(ours[0].id).status == Status.INTERRUPTED
        assert lab.store.runs.get(theirs[0].id).status == Status.RUNNING
    close_if_alone(lab.store)
    assert lab.store.runs.get(theirs[0].id).status == Status.INTERRUPTED


def test_cards_of_executors_say_where_they_work():
    assert not any(module.CARD.elsewhere for name, module in find_cards("lab.executors").items() if name == "warm")
    assert ExecutorCard("x", Text("X", "某"), Text("X.", "某。"), elsewhere=True).elsewhere
    with pytest.raises(LabError):
        check_executor("nowhere")
    assert build_recipe(SMALL).executor is None
