"""A reward model and the policy it teaches in one run: the policy starts where the run does, not from its judge."""

import json

import pytest

from lab.models import chain_of
from lab.objectives.reward_model import load_reward
from lab.store import Status
from lab.training.run import train_run
from tests.objectives.test_objectives import PAIRS
from tests.training.test_run import queue, stop_after

pytestmark = pytest.mark.slow

LORA = {"method": "lora", "knobs": {"r": 4}, "learning_rate": 1e-2}


@pytest.fixture
def stages(tmp_path):
    """Warming up, a reward model and PPO, all with the same adapter settings."""
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text("".join(json.dumps(row) + "\n" for row in PAIRS))
    ppo = {"objective": "ppo", "data": "prompts", "reward": ["stage:1", {"name": "shorter", "weight": 0.0}],
           "options": {"answer_tokens": 6}}  # fmt: skip
    judge = {"objective": "reward", "data": {"name": str(pairs), "held_out": 0.25}}
    return LORA, LORA | judge | {"budget": {"steps": 12}}, LORA | ppo


def test_the_policy_goes_on_without_its_judge_and_is_scored_by_it(store, tiny_base, stages):
    run = queue(store, tiny_base, *stages, steps=2)
    assert train_run(run, store) == Status.DONE
    ref = f"run:{run.id}"
    assert [link.ref.partition("/")[2] for link in chain_of(ref, store.home)[1:]] == ["stage-2"]
    assert [link.ref.partition("/")[2] for link in chain_of(f"{ref}/stage-1", store.home)[1:]] == ["stage-0", "stage-1"]
    curves = set(store.curves.names([run.id]))
    assert {"reward", "reward/reward_model", "reward/shorter", "kl", "distinct_2", "accuracy"} <= curves
    assert store.curves.curve(run.id, "kl")[0][1] == pytest.approx(0.0, abs=1e-4)  # the warmed up start
    metrics = store.runs.get(run.id).outcome.metrics
    assert metrics["accuracy"].after == 1.0
    assert {"reward", "reward/reward_model", "reward/shorter", "kl", "distinct_2"} <= set(metrics)
    assert metrics["reward"].after == metrics["reward/reward_model"].after
    assert metrics["kl"].before == 0.0 and metrics["kl"].after > 0
    one, other = (load_reward(name, store.home) for name in (ref, f"{ref}/stage-1"))
    assert one.name == other.name == "reward_model"
    assert "stage:1" in store.runs.get(run.id).recipe  # repeating the run trains its own judge


def test_interrupted_in_the_last_stage_it_goes_on_there(store, tiny_base, stages):
    run = queue(store, tiny_base, *stages[1:2], LORA | stages[2] | {"reward": "stage:0"}, steps=3)
    assert train_run(run, store, stop=stop_after(13, "interrupt")) == Status.INTERRUPTED
    run = store.runs.get(run.id)
    assert train_run(run, store) == Status.DONE
    assert [step for step, _ in store.curves.curve(run.id, "kl")] == [13, 14, 15]
    assert [link.ref.partition("/")[2] for link in chain_of(f"run:{run.id}", store.home)[1:]] == ["stage-1"]


def test_preferences_are_judged_by_a_reward_that_is_only_watched(store, tiny_base, stages):
    data = stages[1]["data"]
    run = queue(store, tiny_base, LORA | {"objective": "dpo", "data": data, "reward": "shorter"}, steps=3)
    assert train_run(run, store) == Status.DONE
    metrics = store.runs.get(run.id).outcome.metrics
    assert {"preference_accuracy", "reward", "kl", "distinct_2"} <= set(metrics)
    assert metrics["kl"].after > 0 and metrics["reward"].before < 0


def test_what_ppo_says_of_its_passes_is_what_its_trainer_does(tmp_path):
    from lab.objectives.policy.config import PPOConfig
    from lab.objectives.ppo import CARD

    settings = PPOConfig(str(tmp_path), per_device_train_batch_size=64, use_cpu=True, report_to=[])
    assert settings.pass_size == CARD.pass_rows
