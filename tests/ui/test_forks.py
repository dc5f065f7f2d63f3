"""Forks from the page: the form's settings, what it sends, and what is refused in a sentence."""

import time

import pytest

from lab.api import Lab
from lab.errors import RecipeError
from lab.planning import submit
from lab.recipe import build_recipe
from lab.store import Run, Status
from lab.store.lineage import ancestors, family
from lab.ui.forks import Forks, changes_of
from lab.ui.notes import note_words
from lab.ui.run_view import RunView


@pytest.fixture
def lab(home, store):
    return Lab(home, store)


@pytest.fixture
def run(store):
    return submit(build_recipe({"variants": [{"name": "LoRA", "method": "lora", "learning_rate": 1e-3}]}), store)[0]


def test_the_form_begins_with_the_settings_of_the_run(lab, run):
    asked = Forks(lab).fork_form({"run": run.id})
    assert (asked["learning_rate"], asked["steps"], asked["batch_size"], asked["warm"]) == (1e-3, 60, 8, False)
    lab.store.runs.claim("here")
    assert Forks(lab).fork_form({"run": run.id})["running"]


def test_a_fork_of_a_running_run_waits_for_its_next_step_in_its_comparison(lab, run):
    lab.store.runs.claim("here")
    made = Forks(lab).fork({"run": run.id, "changes": "learning_rate: 1e-4\n# slower\n"})
    copy = lab.run(made["run"])
    assert (copy.comparison, copy.parent, copy.request, copy.status) == (run.comparison, run.id, "fork", Status.QUEUED)
    assert made["name"] == "LoRA → learning_rate=1e-4" and lab.run(run.id).request == "checkpoint"
    assert lab.store.runs.waiting() == [] and lab.store.runs.asked(run.id) == "checkpoint"
    lab.cancel(copy)
    assert lab.run(copy.id).status == Status.CANCELLED
    lab.cancel(run)
    assert lab.run(run.id).request == "cancel"
    assert Forks(lab).fork({"run": run.id, "changes": ""}).keys() == {"run", "name", "comparison"}
    assert lab.run(run.id).request == "cancel"  # it writes a checkpoint before it leaves


def test_what_cannot_be_is_a_sentence(lab, run):
    for asked, words in (
        ({"changes": ""}, "has not begun"),
        ({"changes": "nonsense"}, "'nonsense' is no change"),
        ({"changes": "base=smollm2-135m", "warm": False}, "can't change 'base'"),
        ({"changes": "repeat=3", "warm": False}, "a fork is one run"),
        ({"run": "ffffffff"}, "there is no run"),
    ):
        assert words in Forks(lab).fork({"run": run.id} | asked)["problem"], asked
    assert [one.id for one in lab.runs()] == [run.id]


def test_changes_are_lines_as_a_recipe_has_them():
    assert changes_of("learning_rate = 1e-4\n\nknobs: {dropout: 0.1}\n") == [
        "learning_rate=1e-4",
        "knobs={dropout: 0.1}",
    ]
    with pytest.raises(RecipeError, match="Write a setting and its value"):
        changes_of("faster")


def _run(store, name: str, parent: str | None, forked_at: int | None, losses: dict[int, float]) -> None:
    store.runs.queue([
        Run(id=f"{name * 6}", comparison="comp00aa", name=name, recipe_name="R", recipe="", base="nano", method="lora",
            objective="sft", parent=parent, status=Status.QUEUED, created=time.time(), forked_at=forked_at)
    ])  # fmt: skip
    for step, loss in losses.items():
        store.curves.write(name * 6, step, {"loss": loss})


def test_a_runs_own_page_draws_its_ancestors_curves_up_to_where_it_forked(store):
    _run(store, "a", None, None, {1: 5.0, 2: 4.0, 3: 3.5})
    _run(store, "b", "aaaaaa", 2, {2: 4.0, 3: 3.0, 4: 2.5})
    _run(store, "c", "bbbbbb", 3, {3: 3.0, 4: 2.0})
    seen = RunView(store).watch({"run": "cccccc"})
    assert [(step, value) for _, _, step, value in seen["points"]] == [(1, 5.0), (2, 4.0), (3, 3.0), (4, 2.0)]
    assert RunView(store).watch({"run": "cccccc", "since": seen["since"]})["points"] == []
    together = RunView(store).watch({"comparison": "comp00aa"})
    assert [point[2] for point in together["points"] if point[0] == 2] == [3, 4]
    runs = store.runs.all()
    assert [(depth, one.name) for depth, one in family(runs[2], runs)] == [(0, "a"), (1, "b"), (2, "c")]
    assert [one.name for one in ancestors(runs[2], runs[1:])] == ["b"]


def test_what_a_fork_notes_is_said_in_chinese():
    for end in ("its weights and optimizer", "its weights and a new optimizer"):
        assert "分叉" in note_words(f"Forked from run 1a2b3c4d at step 40, with {end}.")["zh"]
