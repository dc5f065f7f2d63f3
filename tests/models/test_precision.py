"""What a recipe's `precision` comes to, and that everybody who loads the weights keeps to it."""

import pytest
import torch

from lab.home import Home
from lab.models import ModelShape, chain_of, load_chain, precision_of, save_chain
from lab.models.precision import LARGE, settled_precision, shared_chain, with_base_knobs
from lab.training.weights import build_model
from tests.tiny import make_lora_run, make_tiny_base

SMALL, BIG = {"w": (1000, 1000)}, {"w": (LARGE, 1)}


@pytest.mark.parametrize(
    ("asked", "tensors", "stored", "gpu", "settled"),
    [
        ("auto", SMALL, 2, False, "fp32"), ("auto", SMALL, 2, True, "bf16"), ("auto", SMALL, 4, True, "fp32"),
        ("auto", BIG, 2, False, "bf16"), ("auto", BIG, 4, False, "fp32"), ("auto", BIG, 1, True, "bf16"),
        ("fp32", BIG, 2, True, "fp32"), ("bf16", SMALL, 4, False, "bf16"), ("pure_bf16", SMALL, 4, False, "pure_bf16"),
    ],
)  # fmt: skip
def test_auto_keeps_a_base_as_it_is_stored_but_for_small_ones_on_a_cpu(asked, tensors, stored, gpu, settled):
    assert settled_precision(asked, ModelShape({}, tensors, stored), gpu) == settled


def test_a_chain_is_loaded_as_it_was_trained(tmp_path):
    home, base = Home(tmp_path / "lab"), str(make_tiny_base(tmp_path / "base"))
    chain = make_lora_run(home, base, "aaaaaa01")
    assert load_chain(chain, home).dtype == torch.float32
    asked = with_base_knobs(chain, {"precision": "bf16"})
    save_chain(home.run("aaaaaa01"), asked)
    again = chain_of("run:aaaaaa01", home)
    assert precision_of(again, home) == "bf16" and load_chain(again, home).dtype == torch.bfloat16
    assert shared_chain(again, home) == again
    assert shared_chain(with_base_knobs(chain, {"precision": "fp32"}), home) == chain


def test_a_loaded_base_of_another_dtype_is_left_alone(tmp_path):
    home, base = Home(tmp_path / "lab"), str(make_tiny_base(tmp_path / "base"))
    chain = chain_of(base, home)
    warm = load_chain(chain, home, "bf16")
    assert load_chain(chain, home, "bf16", warm=warm) is warm
    assert load_chain(chain, home, "fp32", warm=warm) is not warm


def test_weights_that_train_are_never_rounded_on_the_way(tmp_path):
    from lab.recipe import build_recipe, resolve

    home, base = Home(tmp_path / "lab"), str(make_tiny_base(tmp_path / "base"))
    chain = with_base_knobs(chain_of(base, home), {"precision": "bf16"})
    stage = resolve(build_recipe({"variants": [{"name": "x", "method": "freeze", "knobs": {"keep": 1}}]}))[0].stages[0]
    exact, model = load_chain(chain, home, "fp32").state_dict(), build_model(chain, stage, home, 0)
    for name, weight in model.named_parameters():
        wanted = exact[name] if weight.requires_grad else exact[name].to(torch.bfloat16)
        assert torch.equal(weight, wanted), name
    assert any(weight.requires_grad for weight in model.parameters())
