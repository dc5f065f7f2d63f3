"""From recipes to queued runs, without any process."""

import json
from dataclasses import replace

import pytest

from lab.card import find_cards
from lab.errors import DataError, ModelError, RecipeError, RunError
from lab.planning import plan, remove, resume, submit
from lab.planning.throughput import StepTime, save_overhead, save_step_time
from lab.recipe import build_recipe, parse_recipe, resolve
from lab.store import Status


@pytest.fixture
def fields(tiny_base, tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"prompt": f"q {i}", "completion": f"a {i}"}) + "\n" for i in range(20)))
    return {"name": "Small", "base": str(tiny_base), "data": str(rows), "budget": {"steps": 5},
            "variants": [{"name": "LoRA", "method": "lora"}, {"name": "everything", "method": "full"}]}  # fmt: skip


def test_a_recipe_becomes_one_queued_run_a_variant(fields, store):
    runs = submit(build_recipe(fields), store)
    assert [(run.name, run.method, run.objective) for run in runs] == [
        ("LoRA", "lora", "sft"),
        ("everything", "full", "sft"),
    ]
    assert {run.status for run in runs} == {Status.QUEUED}
    assert len({run.comparison for run in runs}) == 1 and len({run.id for run in runs}) == 2
    assert [run.total_steps for run in runs] == [5, 5]
    assert resolve(parse_recipe(runs[0].recipe))[0].name == "LoRA"


def test_stages_are_named_in_order(fields, store):
    stages = [{"method": "lora"}, {"method": "lora", "knobs": {"r": 2}}, {"method": "full"}]
    (run,) = submit(build_recipe(fields | {"variants": [{"name": "three", "stages": stages}]}), store)
    assert (run.method, run.objective, run.total_steps) == ("lora, full", "sft", 15)


def test_relative_paths_are_made_whole(fields, store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (run, _) = submit(build_recipe(fields | {"data": "rows.jsonl"}), store)
    assert str(tmp_path / "rows.jsonl") in run.recipe


@pytest.mark.parametrize(
    ("change", "kind"),
    [({"base": "/nowhere"}, ModelError), ({"base": "run:abcdef12"}, ModelError), ({"data": "gone.jsonl"}, DataError)],
)
def test_nothing_is_queued_when_something_is_wrong(fields, store, change, kind):
    with pytest.raises(kind):
        submit(build_recipe(fields | change), store)
    assert store.runs.all() == []


def test_data_of_the_wrong_kind_is_refused_before_anything_runs(fields, store, tmp_path):
    rows = tmp_path / "preferences.jsonl"
    rows.write_text('{"prompt": "q", "chosen": "a", "rejected": "b"}\n' * 4)
    with pytest.raises(DataError, match="can't learn from"):
        submit(build_recipe(fields | {"data": str(rows)}), store)
    assert store.runs.all() == []


def test_questions_to_judge_by_are_looked_at_before_anything_runs(fields, store, tmp_path):
    judged = fields | {"evaluate": {"questions": "prmpts"}}
    with pytest.raises(DataError, match="prmpts"):
        submit(build_recipe(judged), store)
    text = tmp_path / "text.jsonl"
    text.write_text('{"text": "rice"}\n' * 30)
    with pytest.raises(DataError, match="ask nothing"):
        submit(build_recipe(fields | {"evaluate": {"questions": str(text)}}), store)
    assert store.runs.all() == []


def test_times_follow_what_the_machine_managed_before(fields, store):
    recipe = build_recipe(fields)
    guess = plan(recipe, store.home, store)[0].cost
    work = 1e9
    save_step_time(store, fields["base"], "sft", "lora", StepTime(work, 1.0))
    lora, full = (planned.cost for planned in plan(recipe, store.home, store))
    assert lora.train_seconds > 10 * guess.train_seconds
    ratio = find_cards("lab.methods")["lora"].CARD.step_cost / find_cards("lab.methods")["full"].CARD.step_cost
    assert lora.train_seconds / full.train_seconds == pytest.approx(ratio)
    save_overhead(store, fields["base"], "sft", "lora", 9.0)
    assert plan(recipe, store.home, store)[0].cost.seconds == pytest.approx(lora.train_seconds + 9)


def test_equal_parameters_are_settled_before_anything_is_queued(fields, store):
    fields["variants"] = [{"name": "LoRA", "method": "lora"}, {"name": "adapter", "method": "adapter"}]
    lora, adapter = plan(build_recipe(fields | {"parameters": 4000}), store.home)
    assert (lora.run.stages[0].knobs["r"], lora.run.stages[0].parameters) == (2, None)
    assert abs(adapter.cost.trainable_params - 4000) < 200


def test_only_a_run_that_stopped_early_is_resumed(fields, store):
    run = submit(build_recipe(fields), store)[0]
    with pytest.raises(RunError, match="is queued"):
        resume(run.id, store)
    store.runs.request(run.id, "cancel")
    assert resume(run.id, store).status == Status.QUEUED


def test_a_run_is_deleted_with_its_files_but_not_while_it_goes(fields, store):
    run, other = submit(build_recipe(fields), store)
    with pytest.raises(RunError, match="is queued"):
        remove(run.id, store)
    store.runs.request(run.id, "cancel")
    folder = store.home.run(run.id).root
    folder.mkdir(parents=True)
    (folder / "log.txt").write_text("words")
    remove(run.id, store)
    assert not folder.exists() and [left.id for left in store.runs.all()] == [other.id]


def test_a_run_that_another_was_started_from_is_kept(fields, store):
    parent, child = submit(build_recipe(fields), store)
    store.runs.queue([replace(child, id="0a0a0a0a", base=f"run:{parent.id}", parent=parent.id)])
    store.runs.request(parent.id, "cancel")
    with pytest.raises(RunError, match="0a0a0a0a"):
        remove(parent.id, store)


def test_a_count_of_parameters_is_met_told_or_refused(home):
    def planned(method, count):
        (one,) = plan(build_recipe({"variants": [{"name": "x", "method": method, "parameters": count}]}), home)
        return one

    assert planned("lora", 165_000).notes == () and planned("lora", 165_000).cost.trainable_params == 165_888
    (note,) = planned("lora", 30_000).notes
    assert note == "x: lora trains 41,472 parameters, the nearest to 30,000"
    with pytest.raises(RecipeError, match=r"'lora' can't train 100 parameters of this base: it reaches from 20,736 to"):
        planned("lora", 100)
    with pytest.raises(RecipeError, match=r"'bitfit' can't train 1,000,000 parameters of this base: it reaches"):
        planned("bitfit", 1_000_000)
    with pytest.raises(RecipeError, match="full"):
        planned("full", 1000)


def test_the_rate_of_each_stage_is_told_with_where_it_comes_from(home):
    stages = [{"method": "lora"}, {"method": "lora", "objective": "dpo", "data": "x.jsonl"},
              {"method": "lora", "learning_rate": 3e-3}, {"method": "lora", "learning_rate": "search"}]  # fmt: skip
    (one,) = plan(build_recipe({"variants": [{"name": "x", "stages": stages}]}), home)
    assert list(map(str, one.rates)) == ["0.005 (cards)", "0.001 (cards)", "0.003 (recipe)", "0.00056 … 0.045 (search)"]
