"""The estimate before a run: plain arithmetic, exact where it can be."""

import pytest

from lab.data import row_sizes
from lab.home import Home
from lab.models import load_model, shape_of
from lab.planning.cost import WARMING_SECONDS, estimate_cost, stage_sizes
from lab.planning.throughput import (
    StepTime,
    overhead_seconds,
    save_overhead,
    save_step_time,
    step_seconds,
    step_time_of,
    step_times,
    warming_seconds,
)
from lab.recipe import build_recipe, resolve


def cost_of(tiny_base, tmp_path, method, **variant):
    recipe = build_recipe({"base": str(tiny_base), "variants": [{"name": "x", "method": method, **variant}]})
    return estimate_cost(resolve(recipe)[0], shape_of(str(tiny_base), Home(tmp_path)))


@pytest.mark.parametrize("method", ["full", "freeze", "lora"])
def test_the_estimate_counts_what_really_trains(tiny_base, tmp_path, method):
    from lab.card import find_cards

    module = find_cards("lab.methods")[method]
    model = module.build(load_model(tiny_base), steps=1, seed=0, **module.CARD.complete_knobs({}, "knobs"))
    cost = cost_of(tiny_base, tmp_path, method)
    assert cost.trainable_params == sum(weight.numel() for weight in model.parameters() if weight.requires_grad)
    assert cost.total_params == sum(weight.numel() for weight in model.parameters())


def test_time_grows_with_steps_and_memory_with_what_trains(tiny_base, tmp_path):
    short, long = (cost_of(tiny_base, tmp_path, "lora", budget={"steps": steps}) for steps in (10, 20))
    assert long.train_seconds - WARMING_SECONDS == pytest.approx(2 * (short.train_seconds - WARMING_SECONDS))
    assert long.seconds - short.seconds == pytest.approx(short.train_seconds - WARMING_SECONDS)
    full = cost_of(tiny_base, tmp_path, "full")
    assert full.gradient_bytes == 4 * full.trainable_params and full.optimizer_bytes == 2 * full.gradient_bytes
    assert short.memory_bytes > short.weights_bytes + short.optimizer_bytes + short.activation_bytes
    assert cost_of(tiny_base, tmp_path, "lora", budget={"batch_size": 64}).memory_bytes > short.memory_bytes


def test_the_search_for_a_learning_rate_takes_its_time(tiny_base, tmp_path):
    given = cost_of(tiny_base, tmp_path, "lora", budget={"steps": 30})
    searched = cost_of(tiny_base, tmp_path, "lora", budget={"steps": 30}, learning_rate="search", search={"rates": 4})
    assert searched.train_seconds == given.train_seconds
    steps = given.train_seconds - WARMING_SECONDS
    assert searched.seconds - given.seconds == pytest.approx(4 * 10 / 30 * steps)


def test_seconds_are_never_exceeded(tiny_base, tmp_path):
    timed = cost_of(tiny_base, tmp_path, "lora", budget={"seconds": 5})
    assert timed.train_seconds <= 5 and timed.steps > 100
    few = cost_of(tiny_base, tmp_path, "lora", budget={"seconds": 5, "steps": 7})
    assert (few.steps, few.train_seconds < 5) == (7, True)


def test_the_size_of_a_batch_is_told_from_its_rows(tiny_base):
    rows = [{"text": "rice " * count} for count in (1, 5, 9)]
    alone, three = (row_sizes(rows, tiny_base, 64, batch) for batch in (1, 3))
    assert alone.longest == pytest.approx(alone.mean) and alone.learned < alone.mean * 1.01
    assert alone.longest < three.longest < row_sizes(rows[2:], tiny_base, 64, 1).longest
    assert row_sizes(rows, tiny_base, 4, 1).longest <= 4


def test_answers_that_are_sampled_count_with_their_questions(tiny_base):
    asks = {"objective": "ppo", "data": "prompts", "reward": "happier", "options": {"answer_tokens": 40}}
    (run,) = resolve(build_recipe({"base": str(tiny_base), "variants": [{"name": "x", "method": "lora", **asks}]}))
    rows = [{"prompt": "rice " * count} for count in (1, 5)]
    stage = run.stages[0]
    asked = row_sizes(rows, tiny_base, stage.budget.max_length, stage.budget.batch_size)
    both = stage_sizes(stage, rows, tiny_base)
    assert (both.longest - asked.longest, both.mean - asked.mean, both.learned) == (40, 40, 40)


def test_ppo_holds_the_activations_of_a_pass_and_not_of_a_batch(tiny_base, tmp_path):
    asks = {"objective": "ppo", "data": "prompts", "reward": "happier"}
    few, many = (
        cost_of(tiny_base, tmp_path, "lora", **asks, budget={"steps": 5, "batch_size": size}) for size in (8, 64)
    )
    assert many.activation_bytes == pytest.approx(few.activation_bytes, rel=1e-6)
    assert many.train_seconds - WARMING_SECONDS == pytest.approx(8 * (few.train_seconds - WARMING_SECONDS))


def test_paces_of_the_same_method_come_first_and_others_are_levelled(store):
    work = 2e9
    save_step_time(store, "nano", "sft", "full", StepTime(work, 0.1))
    assert step_times(store, "nano", "sft", "lora") == []
    assert step_seconds(step_times(store, "nano", "sft"), work) == pytest.approx(0.1)
    twice = step_seconds(step_times(store, "nano", "sft", "full"), 2 * work)
    assert 0.1 < twice < 0.15  # a part of a step costs the same whatever its size
    assert step_seconds([], work) is None
    for _ in range(40):
        save_step_time(store, "nano", "sft", "full", StepTime(work, 0.3))
    assert step_seconds(step_times(store, "nano", "sft", "full"), work) == pytest.approx(0.3)
    assert step_times(store, "nano", "dpo", "full") == []


def test_the_first_steps_are_told_apart_from_the_usual_ones(store):
    slow_start = step_time_of(2e9, [1.5, 0.3, 0.1, 0.1, 0.1, 0.6])
    assert (slow_start.seconds, slow_start.warming) == (pytest.approx(0.2), pytest.approx(1.3 + 0.1))
    assert step_time_of(2e9, [0.1, 0.1, 0.1]).warming == 0
    save_step_time(store, "nano", "sft", "dora", slow_start)
    assert warming_seconds(step_times(store, "nano", "sft", "dora")) == pytest.approx(1.4)
    assert warming_seconds([]) is None


def test_what_a_run_takes_around_its_steps_is_of_its_method_or_else_of_any(store):
    assert overhead_seconds(store, "nano", "sft", "lora") is None
    save_overhead(store, "nano", "sft", "dora", 9.0)
    assert overhead_seconds(store, "nano", "sft", "lora") == 9.0
    save_overhead(store, "nano", "sft", "lora", 3.0)
    assert overhead_seconds(store, "nano", "sft", "lora") == 3.0
    assert overhead_seconds(store, "nano", "dpo", "lora") is None
