"""Our own PEFT methods behave as PEFT's do: saved, loaded, several at once, switched, deleted, taken out again."""

import pytest
import torch
from peft import PeftModel, get_peft_model

from lab.models import load_model
from lab.tuners import BottleneckConfig, LinearBiasConfig

IDS = torch.tensor([[5, 17, 9, 33, 80, 2], [7, 7, 60, 61, 4, 90]])
CONFIGS = {
    "both halves": lambda: BottleneckConfig(width=4, task_type="CAUSAL_LM"),
    "after the MLP": lambda: BottleneckConfig(width=4, target_modules=["mlp"], task_type="CAUSAL_LM"),
    "beside the MLP": lambda: BottleneckConfig(width=4, target_modules=["mlp"], parallel=True, task_type="CAUSAL_LM"),
    "biases": lambda: LinearBiasConfig(target_modules="all-linear", task_type="CAUSAL_LM"),
}


@pytest.fixture
def base(tiny_base):
    return load_model(tiny_base)


@pytest.fixture(params=CONFIGS)
def config(request):
    return CONFIGS[request.param]()


def logits(model):
    model.eval()
    with torch.no_grad():
        return model(input_ids=IDS).logits


def shaken(model, seed=0):
    """`model` with its trainable weights somewhere else than where they started."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for weight in model.parameters():
            if weight.requires_grad:
                weight.copy_(torch.randn(weight.shape, generator=generator) * 0.1)
    return model


def test_a_new_adapter_changes_nothing(base, config):
    before = logits(base)
    assert torch.equal(logits(get_peft_model(base, config)), before)


def test_saved_and_loaded_twice_under_two_names(base, config, tiny_base, tmp_path):
    model = shaken(get_peft_model(base, config))
    answer = logits(model)
    model.save_pretrained(tmp_path)
    loaded = PeftModel.from_pretrained(load_model(tiny_base), tmp_path)
    loaded.load_adapter(tmp_path, "second")
    assert torch.equal(logits(loaded), answer)
    loaded.set_adapter("second")
    assert torch.equal(logits(loaded), answer)
    loaded.delete_adapter("default")
    assert torch.equal(logits(loaded), answer)


def test_two_adapters_side_by_side_are_told_apart(base, config):
    model = shaken(get_peft_model(base, config), seed=1)
    first = logits(model)
    model.add_adapter("other", config)
    model.set_adapter("other")
    assert not torch.allclose(logits(shaken(model, seed=2)), first)
    model.set_adapter("default")
    assert torch.equal(logits(model), first)


def test_switched_off_and_taken_out_the_base_is_left(base, config):
    before = logits(base)
    model = shaken(get_peft_model(base, config))
    assert not torch.allclose(logits(model), before)
    with model.disable_adapter():
        assert torch.equal(logits(model), before)
    assert torch.equal(logits(model.unload()), before)


def test_merging_is_refused_with_a_reason(base, config):
    with pytest.raises(NotImplementedError, match=r"merged|biases|place"):
        get_peft_model(base, config).merge_and_unload()


def test_only_the_adapter_is_trainable(base, config):
    model = get_peft_model(base, config)
    trainable = {name for name, weight in model.named_parameters() if weight.requires_grad}
    assert trainable and all("bottleneck_" in name or "linear_bias_" in name for name in trainable)


def test_an_adapter_is_in_the_precision_of_its_base(tiny_base, config):
    model = get_peft_model(load_model(tiny_base, "bf16"), config, autocast_adapter_dtype=False)
    assert {weight.dtype for weight in model.parameters()} == {torch.bfloat16}
    assert logits(model).dtype == torch.bfloat16
