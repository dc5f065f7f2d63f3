"""Shapes: counted from files without torch, and equal to what torch counts."""

import json
from pathlib import Path

import pytest

from lab.errors import ModelError
from lab.home import Home
from lab.models import Linear, load_model, shape_of
from lab.models.shape import folder_shape
from tests.tiny import make_lora_run, make_tiny_base


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    return make_tiny_base(tmp_path_factory.mktemp("tiny") / "base")


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "home")


def test_a_shape_counts_what_the_model_has(tiny, home):
    shape, model = shape_of(str(tiny), home), load_model(tiny)
    assert shape.parameters == model.num_parameters()
    assert dict(shape.tensors) == {name: tuple(weight.shape) for name, weight in model.named_parameters()}
    assert (shape.layers, shape.hidden, shape.vocab, shape.positions) == (2, 64, model.config.vocab_size, 512)
    assert shape.tied
    assert shape.bytes_per == 4


def test_linears_are_the_linear_layers_inside_the_blocks(tiny, home):
    import torch

    wanted = {
        Linear(name, module.out_features, module.in_features, int(name.split(".")[2]))
        for name, module in load_model(tiny).named_modules()
        if isinstance(module, torch.nn.Linear) and "layers" in name
    }
    assert set(shape_of(str(tiny), home).linears) == wanted
    assert len(wanted) == 14


def test_an_untied_head_in_bf16_shards(tmp_path):
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    make_tiny_base(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    config = LlamaConfig(
        vocab_size=500, hidden_size=64, intermediate_size=128, num_hidden_layers=3, num_attention_heads=4,
        tie_word_embeddings=False,
    )  # fmt: skip
    model = LlamaForCausalLM(config).to(torch.bfloat16)
    model.save_pretrained(tmp_path, max_shard_size="100KB")
    assert len(list(tmp_path.glob("*.safetensors"))) > 1
    shape = folder_shape(tmp_path)
    assert shape.parameters == model.num_parameters()
    assert not shape.tied
    assert shape.bytes_per == 2
    assert len(shape.linears) == 21


def test_gpt2_layers_are_not_taken_for_their_transposes(tmp_path):
    from transformers import GPT2Config, GPT2LMHeadModel

    make_tiny_base(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    model = GPT2LMHeadModel(GPT2Config(vocab_size=500, n_embd=32, n_layer=2, n_head=2, n_positions=64))
    model.save_pretrained(tmp_path)
    shape = folder_shape(tmp_path)
    assert shape.parameters == model.num_parameters()
    attention = next(linear for linear in shape.linears if linear.name.endswith("0.attn.c_attn"))
    assert (attention.inp, attention.out) == (32, 96)
    assert (shape.layers, shape.hidden, shape.positions) == (2, 32, 64)


def test_the_shape_of_a_run_is_that_of_its_base(tiny, home):
    make_lora_run(home, str(tiny), "abcdef01")
    assert shape_of("run:abcdef01", home) == shape_of(str(tiny), home)


@pytest.mark.parametrize("content", [b"", b"12", b"\xff" * 20, b"\x05\0\0\0\0\0\0\0hello"])
def test_a_broken_file_is_named(tmp_path, content):
    make_tiny_base(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match=r"model.safetensors: is not a safetensors file"):
        folder_shape(tmp_path)


def test_a_shape_needs_no_torch(tiny):
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from lab.models.shape import folder_shape\n"
        f"print(folder_shape(Path({str(tiny)!r})).parameters); sys.exit('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    config = json.loads((tiny / "config.json").read_text())
    assert int(done.stdout) > config["vocab_size"] * config["hidden_size"]
