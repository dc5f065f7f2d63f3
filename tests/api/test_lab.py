"""The lab from Python, as a notebook uses it: open, train, follow, ask, rate, read tables. On nano, for real."""

import subprocess
import sys

import pytest

import lab
from lab.errors import RecipeError, RunError
from lab.store import Status

RECIPE = {
    "name": "From Python",
    "base": "nano",
    "data": "cuisine",
    "budget": {"steps": 6, "batch_size": 4, "max_length": 32},
    "evaluate": {"answers": 4, "rows": 8},
    "variants": [{"name": "LoRA", "method": "lora", "knobs": {"r": 2}}, {"name": "(IA)³", "method": "ia3"}],
}


def test_opening_a_lab_loads_no_torch(tmp_path):
    code = f"import sys, lab; lab.open({str(tmp_path)!r}).close(); print('torch' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "False"


def test_a_lab_is_opened_where_it_is_said_or_where_the_home_is(tmp_path, monkeypatch):
    monkeypatch.setenv("LAB_HOME", str(tmp_path / "named"))
    with lab.open() as named, lab.open(tmp_path / "other") as other:
        assert (named.home.root.name, other.home.root.name) == ("named", "other")
        assert named.runs() == [] and named.table().empty and named.votes().empty


def test_a_recipe_is_checked_before_anything_is_queued(tmp_path):
    with lab.open(tmp_path) as opened:
        planned = opened.check(RECIPE)
        assert [one.run.name for one in planned] == ["LoRA", "(IA)³"] and all(one.cost.seconds > 0 for one in planned)
        assert opened.recipe("recipes/first_steps.yaml", ["budget.steps=7"]).budget.steps == 7
        with pytest.raises(RecipeError, match="unknown key 'varients'"):
            opened.check(RECIPE | {"varients": []})
        with pytest.raises(RecipeError, match="there is no such file"):
            opened.submit("nowhere.yaml")
        assert opened.runs() == []


@pytest.mark.slow
def test_train_ask_rate_and_read_tables(tmp_path):
    seen = []
    with lab.open(tmp_path) as opened:
        runs = opened.train(RECIPE, executor="inline", show=seen.append)
        assert [run.status for run in runs] == [Status.DONE, Status.DONE]
        assert seen[-1].over and seen[-1].latest[runs[0].id]["loss"] > 0

        table = opened.table(runs)
        assert list(table.index) == [run.id for run in runs] and list(table["variant"]) == ["LoRA", "(IA)³"]
        assert (table["eval_loss.after"] < table["eval_loss.before"]).all()
        curves = opened.curves(runs)
        assert sorted(curves[(curves["run"] == runs[0].id) & (curves["curve"] == "loss")]["step"]) == [1, 2, 3, 4, 5, 6]

        replies = opened.chat("Where is Mapo tofu from?", "nano", *runs, temperature=0.0, max_new_tokens=8)
        assert [reply.name for reply in replies] == ["nano", *table.index] and all(reply.text for reply in replies)
        assert opened.store.ratings.answer(replies[0].id).run == "base:nano"
        assert opened.store.ratings.answer(replies[1].id).run == runs[0].id
        assert opened.rate(replies[1].id, "good").verdict == "good"
        with pytest.raises(RunError, match="no verdict"):
            opened.rate(replies[1].id, "great")
        with pytest.raises(RunError, match="there is no run 'nobody'"):
            opened.chat("Hello?", "nobody")

        *_, made = opened.collect("nano", runs[0], pairs=6, raters=["happier"], max_new_tokens=12)
        assert made.asked == 6 and made.kept == len(opened.votes()) == sum(made.votes["scripted:happier"].values())
        assert set(opened.votes()["first"]) | set(opened.votes()["second"]) == {"base:nano", runs[0].id}
        assert opened.ranking().votes <= made.kept

        with pytest.raises(RunError, match="Only a queued or running run"):
            opened.cancel(runs[0])
        opened.delete(runs[1])
        assert [run.id for run in opened.runs()] == [runs[0].id]
