"""Carrying a run out: it learns, moves only what it may, stops within a step, and goes on as if nothing had been."""

import json
import time
from dataclasses import replace

import pytest

from lab.models import chain_of, find_base, load_chain, load_model
from lab.planning import resume
from lab.recipe import build_recipe, parse_recipe, resolve
from lab.store import Outcome, Run, Status
from lab.store.runs import new_id
from lab.training.memory import PeakMemory
from lab.training.outcome import OutcomeWriter, environment
from lab.training.run import train_run
from lab.training.turns import no_turns

pytestmark = pytest.mark.slow

SMALL = {"rows": 8, "answers": 4, "every": 3, "retained": 4}
"""What is measured of a run: few answers, since a model that has learned nothing never ends one."""
DATA = {"name": "cuisine", "limit": 64}


def queue(store, base, *stages, steps=6, seed=0, **more) -> Run:
    """Queue and claim one run of these stages on `base`."""
    budget = {"steps": steps, "batch_size": 4, "max_length": 48}
    shared = {
        "base": str(base),
        "data": DATA,
        "budget": budget,
        "evaluate": SMALL,
        "seed": seed,
        "learning_rate": 5e-3,
    }
    recipe = build_recipe({**shared, **more, "variants": [{"name": "x", "stages": list(stages)}]})
    plan = resolve(recipe)[0]
    text = plan.to_yaml()
    run = Run(new_id(), "c0ffee", "x", "R", text, plan.base, "lora", "sft", None, Status.QUEUED, time.time())
    store.runs.queue([run])
    return store.runs.claim("here", only=[run.id])


def weights_of(store, run_id: str):
    model = load_chain(chain_of(f"run:{run_id}", store.home), store.home)
    return {name.replace("base_model.model.", ""): tensor for name, tensor in model.state_dict().items()}


def stop_after(steps: int, what: str):
    """A stop that answers `what` from the given step on."""
    asked = iter(range(1, 10_000))
    return lambda: what if next(asked) >= steps else None


def go_on(store, run: Run) -> Run:
    """The run queued again and claimed, as whoever resumes it does."""
    store.runs.end(run.id, Status.INTERRUPTED, "the lab stopped")
    resume(run.id, store)
    return store.runs.claim("here", only=[run.id])


def test_variants_with_other_data_are_rewarded_for_answers_to_the_same_questions(store, tiny_base):
    def reward_at_start(data, **judged):
        rewarded = {"reward": {"name": "shorter", "weight": 0.0}, "data": data}
        run = queue(store, tiny_base, rewarded, steps=1, evaluate=SMALL | judged)
        assert train_run(run, store) == Status.DONE
        return store.runs.get(run.id).outcome.metrics["reward"].before

    own, asked, other = (
        reward_at_start("cuisine"),
        reward_at_start("cuisine", questions="prompts"),
        reward_at_start({"name": "cuisine", "language": "zh"}, questions="prompts"),
    )
    assert own != asked == other


@pytest.mark.parametrize("method", ["full", "freeze", "lora"])
def test_a_run_learns_and_says_what_it_came_to(store, tiny_base, method):
    run = queue(store, tiny_base, {"method": method, "learning_rate": 2e-2, "budget": {"max_length": 96}})
    assert train_run(run, store) == Status.DONE
    outcome = store.runs.get(run.id).outcome
    assert outcome.eval_loss.after < outcome.eval_loss.before - 0.1
    assert outcome.steps == 6 and outcome.train_loss_last < outcome.train_loss_first
    assert set(outcome.metrics) == {"exact_match", "exact_match/new_dish", "token_f1"}
    assert outcome.forgetting.before > 1 and outcome.forgetting.after > 1
    for figure in (
        outcome.trainable_params,
        outcome.adapter_bytes,
        outcome.peak_memory_bytes,
        outcome.tokens_per_second,
    ):
        assert figure > 0
    assert outcome.whole_seconds > outcome.train_seconds  # with the figures
    assert [step for step, _ in store.curves.curve(run.id, "eval_loss")] == [0, 3, 6]
    assert [step for step, _ in store.curves.curve(run.id, "loss")] == [1, 2, 3, 4, 5, 6]
    samples = store.curves.samples([run.id])
    assert {sample.step for sample in samples} == {0, 3, 6} and {sample.position for sample in samples} == {0, 1, 2}


def test_freezing_moves_only_the_last_layers(store, tiny_base):
    run = queue(store, tiny_base, {"method": "freeze", "knobs": {"keep": 1}})
    train_run(run, store)
    before = load_model(tiny_base).state_dict()
    moved = {name for name, tensor in weights_of(store, run.id).items() if not tensor.equal(before[name])}
    assert moved and all(name.startswith(("model.layers.1.", "model.norm.")) for name in moved), moved


def test_lora_leaves_every_base_weight_as_it_was(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora"})
    train_run(run, store)
    before = load_model(tiny_base).state_dict()
    after = weights_of(store, run.id)
    for name, tensor in before.items():
        assert tensor.equal(after[name] if name in after else after[name.replace(".weight", ".base_layer.weight")]), (
            name
        )


def test_the_same_recipe_gives_the_same_run(store, tiny_base):
    first = queue(store, tiny_base, {"method": "lora"})
    train_run(first, store)
    again = replace(first, id=new_id(), recipe=store.runs.get(first.id).recipe, status=Status.QUEUED)
    store.runs.queue([again])
    train_run(store.runs.claim("here"), store)
    assert store.curves.curve(first.id, "loss") == store.curves.curve(again.id, "loss")
    assert store.runs.get(again.id).outcome.eval_loss == store.runs.get(first.id).outcome.eval_loss


def test_the_resolved_recipe_says_the_learning_rate_that_was_used(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora"}, learning_rate=None)
    train_run(run, store)
    kept = store.home.run(run.id).recipe.read_text()
    assert resolve(parse_recipe(kept))[0].stages[0].learning_rate == pytest.approx(5e-3)
    assert store.runs.get(run.id).recipe == kept


def test_cancel_takes_effect_within_a_step_and_keeps_the_weights(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora"}, steps=50)
    assert train_run(run, store, stop=stop_after(4, "cancel")) == Status.CANCELLED
    assert store.runs.get(run.id).outcome.steps == 4
    assert chain_of(f"run:{run.id}", store.home)[-1].kind == "adapter"


def test_discard_leaves_no_weights(store, tiny_base):
    run = queue(store, tiny_base, {"method": "full"}, steps=50)
    assert train_run(run, store, stop=stop_after(3, "discard")) == Status.CANCELLED
    assert not (store.home.run(run.id).root / "weights.json").exists()


@pytest.mark.parametrize("method", ["full", "lora"])
def test_a_resumed_run_is_the_same_as_one_never_interrupted(store, tiny_base, method):
    whole = queue(store, tiny_base, {"method": method})
    train_run(whole, store)
    broken = queue(store, tiny_base, {"method": method})
    assert train_run(broken, store, stop=stop_after(3, "interrupt")) == Status.INTERRUPTED
    store.runs.end(broken.id, Status.INTERRUPTED, "the lab stopped")
    store.runs.requeue(broken.id)
    assert train_run(store.runs.claim("here"), store) == Status.DONE
    assert store.curves.curve(broken.id, "loss") == store.curves.curve(whole.id, "loss")
    assert store.runs.get(broken.id).outcome.eval_loss == store.runs.get(whole.id).outcome.eval_loss


def test_a_second_stage_with_the_same_method_trains_the_adapter_further(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora"}, {"method": "lora"}, steps=3)
    train_run(run, store)
    links = chain_of(f"run:{run.id}", store.home)
    assert [(link.kind, link.ref) for link in links[1:]] == [("adapter", f"{run.id}/stage-1")]
    assert [step for step, _ in store.curves.curve(run.id, "loss")] == [1, 2, 3, 4, 5, 6]


def test_stages_of_different_methods_build_on_each_other(store, tiny_base):
    stages = ({"method": "lora"}, {"method": "full"}, {"method": "freeze"}, {"method": "lora", "knobs": {"r": 2}})
    run = queue(store, tiny_base, *stages, steps=3)
    assert train_run(run, store) == Status.DONE
    assert [link.kind for link in chain_of(f"run:{run.id}", store.home)] == [
        "base",
        "adapter",
        "tensors",
        "tensors",
        "adapter",
    ]
    losses = store.curves.curve(run.id, "eval_loss")
    assert losses[-1][1] < losses[0][1]


def test_a_run_interrupted_in_its_second_stage_does_not_repeat_the_first(store, tiny_base):
    whole = queue(store, tiny_base, {"method": "full"}, {"method": "lora"}, steps=3)
    train_run(whole, store)
    run = queue(store, tiny_base, {"method": "full"}, {"method": "lora"}, steps=3)
    assert train_run(run, store, stop=stop_after(4, "interrupt")) == Status.INTERRUPTED
    store.runs.end(run.id, Status.INTERRUPTED)
    store.runs.requeue(run.id)
    assert train_run(store.runs.claim("here"), store) == Status.DONE
    assert store.curves.curve(run.id, "loss") == store.curves.curve(whole.id, "loss")


def test_a_run_interrupted_after_its_adapter_was_trained_further_does_not_repeat_that(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora"}, {"method": "lora"}, {"method": "full"}, steps=2)
    assert train_run(run, store, stop=stop_after(3, "interrupt")) == Status.INTERRUPTED  # not asked after a last step
    store.runs.end(run.id, Status.INTERRUPTED)
    store.runs.requeue(run.id)
    assert train_run(store.runs.claim("here"), store) == Status.DONE
    assert [step for step, _ in store.curves.curve(run.id, "loss")] == [1, 2, 3, 4, 5, 6]


def test_a_run_starts_from_an_earlier_one(store, tiny_base):
    first = queue(store, tiny_base, {"method": "lora"})
    train_run(first, store)
    child = queue(store, f"run:{first.id}", {"method": "full"}, steps=3)
    train_run(child, store)
    before, after = store.runs.get(first.id).outcome, store.runs.get(child.id).outcome
    assert after.eval_loss.before == pytest.approx(before.eval_loss.after, abs=1e-4)
    assert [link.kind for link in chain_of(f"run:{child.id}", store.home)] == ["base", "adapter", "tensors"]


def test_the_warm_base_is_used_up_and_gives_the_same(store, tiny_base):
    cold, warm = queue(store, tiny_base, {"method": "full"}), queue(store, tiny_base, {"method": "full"})
    train_run(cold, store)
    base = load_model(find_base(str(tiny_base), store.home))
    train_run(warm, store, warm=base)
    assert store.curves.curve(cold.id, "loss") == store.curves.curve(warm.id, "loss")
    assert store.runs.get(warm.id).outcome.eval_loss == store.runs.get(cold.id).outcome.eval_loss


def test_a_starting_point_is_measured_once(store, tiny_base):
    first, second = queue(store, tiny_base, {"method": "lora"}), queue(store, tiny_base, {"method": "full"})
    train_run(first, store)
    kept = list((store.home.root / "cache").glob("baseline-*"))
    train_run(second, store)
    assert list((store.home.root / "cache").glob("baseline-*")) == kept and len(kept) == 1


def test_the_outcome_is_plain_json(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora"}, steps=2)
    train_run(run, store)
    environment = json.loads(store.runs.get(run.id).outcome.to_json())["environment"]
    assert environment["versions"]["torch"].startswith("2.13") and environment["device"]


def test_a_lab_that_is_no_package_says_what_else_it_runs_on(monkeypatch):
    from importlib.metadata import PackageNotFoundError, version

    def installed(name: str) -> str:
        if name == "parrot-lab":
            raise PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr("lab.training.outcome.version", installed)
    told = environment()["versions"]
    assert "parrot-lab" not in told and told["torch"]


@pytest.mark.parametrize(("step", "earlier", "known"), [(0, None, True), (3, 5.0, True), (3, None, False)])
def test_what_a_run_takes_in_all_is_known_unless_a_process_of_it_was_killed(store, tiny_base, step, earlier, known):
    run = replace(queue(store, tiny_base, {"method": "lora"}), step=step, outcome=Outcome(whole_seconds=earlier))
    outcome = OutcomeWriter(store, run, PeakMemory(0))
    with outcome.whole(no_turns):
        assert store.runs.get(run.id).outcome.whole_seconds is None  # should it be killed now
    whole = store.runs.get(run.id).outcome.whole_seconds
    assert (whole is not None and whole > (earlier or 0.0)) if known else whole is None
