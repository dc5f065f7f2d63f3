"""How far modules moved, in exact numbers: known changes of known weights, networks and virtual tokens."""

import pytest
import torch
from peft import LoraConfig, PrefixTuningConfig, PromptTuningConfig, get_peft_model

from lab.evaluate.module_names import Names
from lab.evaluate.movement import measure, movable
from lab.models import Link, load_model
from lab.models.effective_weights import effective_weights
from lab.models.parts import kind_of, modules_of
from lab.models.shape import folder_shape
from lab.models.tensors import open_tensors
from lab.store.movement import Moved, Movement
from tests.methods.practice import ROWS, encode
from tests.tiny import make_lora_run, make_tensors_run

Q = "model.layers.0.self_attn.q_proj"
DOWN = "model.layers.1.mlp.down_proj"


@pytest.fixture
def model(tiny_base):
    return load_model(tiny_base)


@pytest.fixture
def rows(tiny_base):
    from lab.models import load_tokenizer

    return encode(ROWS, "prompt_completion", load_tokenizer(tiny_base), 64)


@pytest.fixture
def tensors(tiny_base):
    return folder_shape(tiny_base).tensors


@pytest.fixture
def told(tiny_base, home, rows, tensors):
    """Measures a model against the tiny base: {module: Moved}."""

    def measured(model, mergeable=True) -> dict[str, Moved]:
        with open_tensors((Link("base", str(tiny_base)),), home) as start:
            movement = measure(model, movable(model, tensors), start, rows, mergeable=mergeable)
        assert movement.missing == ""
        return {(m.name if m.kind != "tokens" else f"tokens {m.layer}"): m for m in movement.modules}

    return measured


def adapted(model, **config):
    return get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **config))


def test_a_weight_half_as_large_again_has_moved_by_a_half_and_nothing_else_has(model, told):
    model.get_parameter(f"{Q}.weight").data *= 1.5
    moved = told(model)
    assert moved[Q].by == pytest.approx(0.5, abs=1e-6)
    assert {module.by for name, module in moved.items() if name != Q} == {0.0}
    assert (moved[Q].kind, moved[Q].layer, moved[Q].parameters, moved[Q].how) == ("q", 0, 64 * 64, "weights")
    assert sum(module.parameters for module in moved.values()) == sum(p.numel() for p in model.parameters())


def test_a_companion_counts_as_added_into_its_weight(model, told):
    weight = model.get_parameter(f"{Q}.weight").detach().clone()
    lora = adapted(model, r=2, lora_alpha=6, target_modules=["q_proj", "down_proj"], init_lora_weights=False)
    layer = lora.get_submodule(f"base_model.model.{Q}")
    a, b = layer.lora_A["default"].weight, layer.lora_B["default"].weight
    moved = told(lora)
    assert moved[Q].by == pytest.approx((3 * (b @ a).norm() / weight.norm()).item(), rel=1e-5)
    assert moved["model.layers.0.self_attn.k_proj"].by == 0.0
    assert moved[Q].trainable == 2 * (64 + 64) and moved[DOWN].trainable == 2 * (64 + 128)
    assert torch.equal(layer.base_layer.weight, weight) and layer.merged_adapters == []


def test_measuring_leaves_the_model_as_it_was(model, told, tiny_base):
    lora = adapted(model, target_modules="all-linear", init_lora_weights=False).train()
    ids = torch.arange(12)[None]
    before = lora(input_ids=ids).logits
    told(lora)
    assert lora.training and torch.equal(lora(input_ids=ids).logits, before)


def test_an_added_network_is_measured_by_what_it_adds(model, told, rows):
    from lab.tuners import BottleneckConfig

    tuned = get_peft_model(model, BottleneckConfig(target_modules=["mlp"], width=4, task_type="CAUSAL_LM"))
    mlp = "model.layers.1.mlp"
    layer = tuned.get_submodule(f"base_model.model.{mlp}")
    layer.bottleneck_up["default"].bias.data.fill_(0.25)
    said = []
    hook = layer.base_layer.register_forward_hook(lambda module, args, output: said.append(output))
    with torch.no_grad():
        for row in rows:
            tuned(input_ids=torch.tensor([row["input_ids"]]))
    hook.remove()
    plain = torch.cat([one.flatten() for one in said]).norm()
    tokens = sum(len(row["input_ids"]) for row in rows)
    moved = told(tuned, mergeable=False)
    assert moved[mlp].by == pytest.approx(0.25 * (64 * tokens) ** 0.5 / plain.item(), rel=1e-4)
    assert (moved[mlp].kind, moved[mlp].how, moved["model.layers.0.mlp"].by) == ("added", "outputs", 0.0)
    assert moved[mlp].trainable == 2 * 64 * 4 + 4 + 64


@pytest.mark.parametrize("config", [PrefixTuningConfig, PromptTuningConfig])
def test_virtual_tokens_are_measured_by_the_attention_they_get(model, told, rows, config):
    for layer in model.model.layers:
        layer.self_attn.q_proj.weight.data.zero_()  # then every key is as good as any other
    tuned = get_peft_model(model, config(num_virtual_tokens=5, task_type="CAUSAL_LM"))
    even = [[5 / (5 + i) for i in range(1, len(row["input_ids"]) + 1)] for row in rows]
    mean = sum(sum(row) / len(row) for row in even) / len(even)
    moved = told(tuned, mergeable=False)
    for layer in (0, 1):
        assert moved[f"tokens {layer}"].by == pytest.approx(mean, rel=1e-5)
        assert moved[f"tokens {layer}"].how == "attention"
    if config is PrefixTuningConfig:
        assert [moved[f"tokens {layer}"].trainable for layer in (0, 1)] == [5 * 2 * 32, 5 * 2 * 32]
    else:
        assert moved["tokens None"].trainable == 5 * 64
    assert model.config._attn_implementation == "sdpa"


def test_a_run_that_goes_on_from_another_is_measured_against_that(tiny_base, home, tensors, rows):
    chain = make_lora_run(home, str(tiny_base), "abcdef01")
    longer = make_tensors_run(home, str(tiny_base), "abcdef02", (f"{Q}.weight",))
    with open_tensors(chain, home) as start, open_tensors(longer, home) as second:
        base = load_model(tiny_base)
        assert torch.equal(second(f"{Q}.weight"), 1.5 * base.get_parameter(f"{Q}.weight"))
        base.load_state_dict({name: start(name) for name in tensors} | {"lm_head.weight": start("lm_head.weight")})
        moved = measure(base, movable(base, tensors), start, rows, mergeable=True)
    assert {module.by for module in moved.modules} == {0.0}


def test_on_a_rounded_base_only_what_the_adapter_adds_is_told(model, tensors, rows):
    lora = adapted(model, target_modules=["q_proj"], init_lora_weights=False)
    movement = measure(lora, movable(lora, tensors), lambda name: 1 / 0, rows, mergeable=True, rounded=True)
    told = {module.name: (module.by, module.how) for module in movement.modules}
    assert told[Q][0] > 0 and told[Q][1] == "outputs" and told[DOWN] == (None, "weights")


def test_what_cannot_be_measured_is_a_word_and_no_error(model, tensors, rows, caplog):
    lora = adapted(model, target_modules=["q_proj"])
    missing = measure(lora, movable(lora, tensors), lambda name: 1 / 0, rows, mergeable=True)
    assert missing.missing.startswith("ZeroDivisionError") and "could not be measured" in caplog.text
    assert all(module.by is None for module in missing.modules)
    assert sum(module.trainable for module in missing.modules) == 2 * 8 * 128


def test_effective_weights_of_an_unmerged_model_are_its_own(model):
    lora = adapted(model, target_modules=["q_proj"], init_lora_weights=False)
    own = dict(effective_weights(lora, merged=False))
    assert torch.equal(own[f"base_model.model.{Q}.base_layer.weight"], load_weight(lora))


def load_weight(lora):
    return lora.get_submodule(f"base_model.model.{Q}").base_layer.weight


def test_a_tensor_is_found_under_what_training_wrapped_around_it():
    names = Names(["model.layers.0.self_attn.q_proj.weight", "model.layers.0.mlp.up_proj.weight", "model.norm.weight"])
    wrapped = "base_model.model.model.layers.0.self_attn.q_proj"
    assert names.tensor(f"{wrapped}.base_layer.weight") == f"{Q}.weight"
    assert names.tensor("base_model.model.model.layers.0.self_attn.model.q_proj.weight") == f"{Q}.weight"
    assert names.tensor(f"{wrapped}.lora_A.default.weight") is None
    assert names.home(f"{wrapped}.lora_A.default.weight") == Q
    assert names.home("base_model.model.model.layers.0.mlp.bottleneck_up.default.bias") == "model.layers.0.mlp"
    assert names.home("base_model.vector_bank.default") is None
    assert Names(["h.0.attn.c_attn.weight"]).tensor("transformer.h.0.attn.c_attn.weight") == "h.0.attn.c_attn.weight"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("model.layers.3.self_attn.k_proj", "k"), ("transformer.h.0.attn.c_proj", "o"), ("h.0.mlp.c_proj", "down"),
        ("gpt_neox.layers.1.attention.dense", "o"), ("gpt_neox.layers.1.mlp.dense_h_to_4h", "up"), ("lm_head", "head"),
        ("model.layers.0.input_layernorm", "norm"), ("transformer.ln_f", "norm"), ("layers.0.mixer.conv", "other"),
    ],
)  # fmt: skip
def test_modules_are_known_by_their_names(name, kind):
    assert kind_of(name) == kind


def test_modules_come_from_the_way_in_to_the_way_out():
    tensors = {
        f"model.layers.{layer}.{part}.weight": (2, 3)
        for layer in (10, 2)
        for part in ("mlp.up_proj", "self_attn.q_proj")
    }
    found = modules_of(
        {"model.norm.weight": (3,), "lm_head.weight": (5, 3), **tensors, "model.embed_tokens.weight": (5, 3)}
    )
    assert [module.name.removeprefix("model.") for module in found] == [
        "embed_tokens", "layers.2.self_attn.q_proj", "layers.2.mlp.up_proj", "layers.10.self_attn.q_proj",
        "layers.10.mlp.up_proj", "norm", "lm_head",
    ]  # fmt: skip
    assert [module.parameters for module in found] == [15, 6, 6, 6, 6, 3, 15]


def test_a_movement_survives_packing():
    full = Moved("a", "q", 0, 10, 4, 0.123456, "outputs")
    plain = Moved("b", "norm", None, 10, 0)
    again = Movement.unpack(Movement((full, plain), "why").pack())
    assert again == Movement((Moved("a", "q", 0, 10, 4, 0.1235, "outputs"), plain), "why")
    assert Movement.unpack("") == Movement()
