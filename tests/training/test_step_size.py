"""A step learns the same from one batch as from several small ones, and with its activations computed twice."""

import pytest
import torch

from lab.card import find_cards
from lab.data import DataSet
from lab.errors import RecipeError
from lab.home import Home
from lab.models import load_model, load_tokenizer
from lab.models.precision import dtypes, settle_weights
from lab.objectives.task import Task
from lab.recipe import build_recipe, resolve

QUESTIONS = ("What is in mapo tofu?", "How do you cook rice?", "Why is the sky blue?", "Who had a green bird?")
ANSWERS = ("Tofu and beef.", "Rice.", "Because the air scatters blue light more than red light.", "A small girl.")
ROWS = [{"prompt": one, "completion": other} for one in QUESTIONS for other in ANSWERS]
PAIRS = [{"prompt": one, "chosen": ANSWERS[0], "rejected": ANSWERS[2]} for one in QUESTIONS * 4]
DATA = {"text": DataSet("rows", "prompt_completion", ROWS, ROWS[:4]),
        "preference": DataSet("pairs", "preference", PAIRS, PAIRS[:4])}  # fmt: skip
SMALL_BATCHES = {"budget": {"steps": 3, "batch_size": 2, "max_length": 64}, "gradient_accumulation": 4}


def trained(base, folder, objective="sft", method="lora", precision="fp32", **more):
    """The losses of three steps, and the model they leave."""
    card = find_cards("lab.objectives")[objective].CARD
    fields = {"objective": objective, "data": f"{card.formats[0]}.jsonl", "warmup": 0.0,
              "budget": {"steps": 3, "batch_size": 8, "max_length": 64}}  # fmt: skip
    recipe = build_recipe(fields | {"variants": [{"name": "x", "method": method}]} | more)
    stage = resolve(recipe)[0].stages[0]
    torch.manual_seed(0)
    module = find_cards("lab.methods")[method]
    start = load_model(base, "fp32" if precision == "fp32" or not module.CARD.adapter else "bf16")
    model = settle_weights(module.build(start, steps=3, seed=0, **stage.knobs), precision)
    data, bf16 = DATA[card.formats[0]], precision != "fp32"
    task = Task(model, load_tokenizer(base), data, stage, 5e-3, 0, bf16, folder, Home(folder / "lab"))
    trainer = find_cards("lab.objectives")[objective].make_trainer(task)
    trainer.train()
    return [one["loss"] for one in trainer.state.log_history if "loss" in one], model, trainer


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["sft", "dpo", "reward"])
@pytest.mark.parametrize("method", ["full", "lora"])
def test_four_batches_of_two_rows_are_one_of_eight(tiny_base, tmp_path, objective, method):
    whole, _, one = trained(tiny_base, tmp_path, objective, method)
    parts, _, four = trained(tiny_base, tmp_path, objective, method, **SMALL_BATCHES)
    assert parts == pytest.approx(whole, abs=1e-5)
    assert four.state.global_step == one.state.global_step == 3
    if objective == "sft":  # every batch's tokens are counted
        seen = [[log["num_tokens"] for log in run.state.log_history if "loss" in log] for run in (one, four)]
        assert seen[0] == seen[1]


@pytest.mark.slow
@pytest.mark.parametrize("method", ["adalora", "kasa"])
def test_a_regulariser_counts_once_a_step(tiny_base, tmp_path, method):
    whole, parts = (trained(tiny_base, tmp_path, method=method, **more)[0] for more in ({}, SMALL_BATCHES))
    assert parts == pytest.approx(whole, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize(("objective", "method"), [("sft", "full"), ("sft", "lora"), ("sft", "ia3"), ("dpo", "lora")])
def test_checkpointing_changes_no_figure(tiny_base, tmp_path, objective, method):
    kept = trained(tiny_base, tmp_path, objective, method)[0]
    again, _, trainer = trained(tiny_base, tmp_path, objective, method, gradient_checkpointing=True)
    assert again == pytest.approx(kept, abs=1e-5)
    assert trainer.args.gradient_checkpointing


@pytest.mark.slow
@pytest.mark.parametrize(
    ("precision", "method", "base", "moving"),
    [("bf16", "lora", "bfloat16", "float32"), ("bf16", "full", "float32", "float32"),
     ("bf16", "freeze", "bfloat16", "float32"), ("pure_bf16", "full", "bfloat16", "bfloat16")],
)  # fmt: skip
def test_what_trains_is_fp32_beside_a_base_in_bf16(tiny_base, tmp_path, precision, method, base, moving):
    from lab.generate import complete

    plain, _, _ = trained(tiny_base, tmp_path, method=method)
    losses, model, trainer = trained(tiny_base, tmp_path, method=method, precision=precision)
    assert dtypes(model) == {"dtype": base, "trained_dtype": moving}
    assert losses == pytest.approx(plain, abs=0.05)
    kinds = {value.dtype for state in trainer.optimizer.state.values() for value in state.values() if value.dim()}
    assert {str(kind) for kind in kinds} == {f"torch.{moving}"}
    assert complete(model, load_tokenizer(tiny_base), ["The parrot"], max_new_tokens=4)  # outside the trainer too


def test_fields_come_from_the_nearest_that_names_them():
    run, other = resolve(
        build_recipe(
            {
                "gradient_accumulation": 4,
                "variants": [
                    {"name": "a", "stages": [{"gradient_accumulation": 2, "gradient_checkpointing": True}, {}]},
                    {"name": "b", "gradient_accumulation": 1},
                ],
            }
        )
    )
    assert [(one.gradient_accumulation, one.gradient_checkpointing) for one in run.stages] == [(2, True), (4, None)]
    assert (other.stages[0].gradient_accumulation, other.stages[0].rows) == (1, 8)


def test_a_method_that_lies_in_the_cache_is_refused_with_checkpointing():
    with pytest.raises(RecipeError, match="'prefix' can't be trained with gradient checkpointing"):
        resolve(build_recipe({"gradient_checkpointing": True, "variants": [{"name": "x", "method": "prefix"}]}))
