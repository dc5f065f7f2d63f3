"""The table of methods: what is missing is found in a balanced order, and the file says what was measured, no more."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lab.card import find_cards
from lab.data.builtin import boxes
from lab.errors import DataError, RunError
from lab.evaluate.leaderboard import front, read_leaderboard, table_of
from lab.planning.leaderboard import measured, next_part
from lab.planning.leaderboard_file import record
from lab.planning.queue import submit
from lab.recipe import build_recipe, read_recipe
from lab.recipe.locate import shipped_file
from lab.store import Change, Status, Trial

RECIPE = {
    "name": "Small table", "base": "nano", "data": "cuisine", "parameters": 42000, "learning_rate": "search",
    "search": {"rates": 2, "steps": 2}, "budget": {"steps": 4}, "evaluate": {"apart": True, "answers": 4},
    "variants": [{"name": "LoRA", "method": "lora"}, {"name": "IA3", "method": "ia3", "parameters": 4224}],
}  # fmt: skip
DATA = (None, "boxes")


def finish(store, part, marks, failing=()):
    """Carry a part out on paper: every run is done, and found a rate of its own."""
    for run in submit(part.recipe, store):
        store.runs.claim("here", only=[run.id])
        if run.method in failing:
            store.runs.end(run.id, Status.FAILED, "it broke")
            continue
        seen = tuple(float(one) for one in marks[run.method])
        share = sum(seen) / len(seen)
        outcome = replace(
            store.runs.get(run.id).outcome, trainable_params=42000, total_params=3_600_000, cpu_seconds=2.0,
            peak_memory_bytes=10**8, search=(Trial(0, 0.001, 2, 1.0, 0.1), Trial(0, 0.003, 2, 0.9, 0.1)),
            metrics={"exact_match": Change(0.0, share, len(seen), marks=seen, groups=tuple(range(len(seen))))},
            retained=Change(0.7, 0.5, 2, marks=(1.0, 0.0)), forgetting=Change(2.0, 3.0),
        )  # fmt: skip
        store.runs.note(run.id, outcome)
        rewritten = store.runs.get(run.id).recipe.replace("learning_rate: search", "learning_rate: 0.003")
        store.runs.rewrite_recipe(run.id, rewritten)
        store.runs.end(run.id, Status.DONE)


MARKS = {"lora": "1111111111", "ia3": "1000000000"}


def test_all_methods_come_to_a_seed_before_any_comes_to_the_next(store):
    recipe, seen = build_recipe(RECIPE), []
    while part := next_part(recipe, DATA, 2, store):
        seen.append((part.seed, part.data, [one.name for one in part.recipe.variants]))
        rates = {one.learning_rate for one in part.recipe.variants} | {part.recipe.learning_rate}
        assert ("search" in rates) == (part.seed == 0) and (0.003 in rates) == (part.seed == 1)
        assert part.recipe.evaluate.apart
        finish(store, part, MARKS)
    assert seen == [(seed, data, ["LoRA", "IA3"]) for seed in (0, 1) for data in ("cuisine", "boxes")]
    assert len(measured(store, recipe.name)) == 8


def test_what_is_done_is_not_done_twice_and_what_failed_only_when_asked(store):
    recipe = build_recipe(RECIPE)
    part = next_part(recipe, [None], 2, store)
    finish(store, replace(part, recipe=part.recipe.model_copy(update={"variants": part.recipe.variants[:1]})), MARKS)
    assert [one.name for one in next_part(recipe, [None], 2, store).recipe.variants] == ["IA3"]
    finish(store, next_part(recipe, [None], 2, store), MARKS, failing=["ia3"])
    after = next_part(recipe, [None], 2, store)
    assert (after.seed, [one.name for one in after.recipe.variants]) == (1, ["LoRA"])
    assert [one.name for one in next_part(recipe, [None], 2, store, again=True).recipe.variants] == ["IA3"]
    longer = build_recipe(RECIPE | {"budget": {"steps": 8}})
    assert len(next_part(longer, [None], 1, store).recipe.variants) == 2, "other settings are other cells"


def test_a_run_that_was_stopped_before_its_figures_is_measured_anew(store, tmp_path):
    recipe = build_recipe(RECIPE)
    finish(store, next_part(recipe, [None], 1, store), MARKS)
    lora = next(run for run in store.runs.all() if run.method == "lora")
    store.runs.note(lora.id, replace(lora.outcome, metrics={}))
    assert len(record(store, recipe, "small.yaml", tmp_path / "table.json", 1)["cells"]) == 1
    assert [one.name for one in next_part(recipe, [None], 1, store).recipe.variants] == ["LoRA"]


def test_the_file_says_how_many_seeds_there_are_and_what_can_not_be_told(store, tmp_path):
    recipe, file = build_recipe(RECIPE), tmp_path / "table.json"
    with pytest.raises(RunError, match="no run"):
        record(store, recipe, "small.yaml", file)
    finish(store, next_part(recipe, DATA, 2, store), MARKS)
    record(store, recipe, "small.yaml", file)
    first = read_leaderboard(file)
    assert [one.id for one in first.data] == ["cuisine"] and {one.seeds for one in first.scores} == {1}
    assert {one.standing for one in first.scores} == {"best", "unsure"}, "one seed never tells"
    assert first.score("ia3", "cuisine").behind.high < 0
    finish(store, next_part(recipe, DATA, 2, store), {"lora": "1111100000", "ia3": "1110011000"})
    while part := next_part(recipe, DATA, 2, store):
        finish(store, part, MARKS if part.data == "cuisine" else {"lora": "1111100000", "ia3": "1110011000"})
    record(store, recipe, "small.yaml", file)
    table = read_leaderboard(file)
    lora, ia3 = table.score("lora", "cuisine"), table.score("ia3", "cuisine")
    assert (lora.seeds, lora.standing, ia3.standing) == (2, "best", "lower")
    assert lora.accuracy.mean == 1 and lora.accuracy.low < 0.8, "ten right answers don't say that all would be"
    assert ia3.behind.mean == pytest.approx(-0.9) and ia3.behind.pairs == 2 and ia3.behind.questions == 10
    assert 0 <= ia3.accuracy.low < 0.1 < ia3.accuracy.high <= 1
    assert {one.standing for one in table.of("boxes")} == {"best", "unsure"}
    assert lora.learning_rate == 0.003 and lora.at_edge and lora.equal and lora.trained_share == 42000 / 3_600_000
    assert lora.cpu_seconds == 2.0 and lora.perplexity.mean == 3.0 and table.start["boxes"]["retained"] == 0.7
    assert [one.method for one in front(table.of("cuisine"), "parameters")] == ["lora"]


def test_runs_of_an_earlier_wording_of_the_recipe_are_left_out(store, tmp_path):
    file = tmp_path / "table.json"
    finish(store, next_part(build_recipe(RECIPE), [None], 1, store), MARKS)
    longer = build_recipe(RECIPE | {"budget": {"steps": 8}, "variants": RECIPE["variants"][:1]})
    with pytest.raises(RunError, match="no run"):
        record(store, longer, "small.yaml", file)
    finish(store, next_part(longer, [None], 1, store), {"lora": "1110000000"})
    record(store, longer, "small.yaml", file)
    (score,) = read_leaderboard(file).scores
    assert (score.method, score.accuracy.mean) == ("lora", 0.3)


def test_a_method_whose_runs_all_failed_is_named(store, tmp_path):
    recipe = build_recipe(RECIPE)
    finish(store, next_part(recipe, [None], 1, store), MARKS, failing=["ia3"])
    record(store, recipe, "small.yaml", tmp_path / "table.json")
    table = read_leaderboard(tmp_path / "table.json")
    assert table.failed == {"cuisine": ("ia3",)} and table.score("ia3", "cuisine") is None


def test_a_file_that_is_no_table_is_refused(tmp_path):
    assert read_leaderboard(tmp_path / "none.json") is None
    for text in ("[]", "{}", "no json"):
        (tmp_path / "other.json").write_text(text)
        with pytest.raises(DataError, match="no recorded table"):
            read_leaderboard(tmp_path / "other.json")


def test_the_recorded_table_has_what_was_measured():
    table = read_leaderboard()
    assert table.scores and {one.method for one in table.scores} <= set(find_cards("lab.methods"))
    for data in table.data:
        own = table.of(data.id)
        assert sum(one.standing == "best" for one in own) == 1
        assert all(1 <= one.seeds <= table.seeds_planned and one.accuracy.low <= one.accuracy.high for one in own)
        assert {one.method for one in front(own, "forgetting")} <= {one.method for one in own}
    raw = json.loads(Path(shipped_file("recipes/x")).parents[1].joinpath("assets/leaderboard.json").read_text())
    assert table_of(raw) == table


def test_its_recipe_has_the_methods_once_each_and_searches_with_the_same_effort():
    recipe = read_recipe(shipped_file("recipes/peft/leaderboard.yaml"))
    methods = [one.method for one in recipe.variants]
    assert len(methods) >= 53 and len(set(methods)) == len(methods) and set(methods) <= set(find_cards("lab.methods"))
    assert recipe.learning_rate == "search" and recipe.evaluate.apart
    assert all(one.learning_rate is None and one.search is None and one.budget is None for one in recipe.variants)


@pytest.mark.parametrize("language", boxes.CARD.languages)
def test_held_out_boxes_ask_about_things_that_training_never_names(language):
    train, held_out = boxes.load("train", language), boxes.load("held_out", language)
    assert (len(train), len(held_out)) == (216, 72) and len({row["prompt"] for row in train}) == 216
    assert {row["completion"] for row in train} == {row["completion"] for row in held_out}
    place = 1 if language == "zh" else 0
    for kind in boxes.THINGS:
        new = {names[place] for names in boxes._things(kind, "held_out")}
        known = {names[place] for names in boxes._things(kind, "train")}
        assert len(new) == len(known) == 18 and not new & known
