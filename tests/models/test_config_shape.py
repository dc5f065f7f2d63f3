"""Models that are not here, measured from their config alone."""

import json

import pytest

from lab.errors import ModelError
from lab.home import Home
from lab.models import find_base, shape_of
from tests.planning.shapes import LLAMA_3_8B, config_of, llama_like

QWEN = {"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"], "hidden_size": 4096, "intermediate_size": 12288,
        "num_hidden_layers": 36, "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128,
        "vocab_size": 151936, "tie_word_embeddings": False, "torch_dtype": "bfloat16"}  # fmt: skip
GEMMA = {"model_type": "gemma3_text", "architectures": ["Gemma3ForCausalLM"], "hidden_size": 1152, "head_dim": 256,
         "intermediate_size": 6912, "num_hidden_layers": 26, "num_attention_heads": 4, "num_key_value_heads": 1,
         "vocab_size": 262144, "torch_dtype": "bfloat16"}  # fmt: skip
MISTRAL = config_of(4096, 14336, 32, 32, 8, 32768) | {"model_type": "mistral", "architectures": ["MistralForCausalLM"]}


def folder_with(tmp_path, config):
    (tmp_path / "config.json").write_text(json.dumps(config))
    return str(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("config", "parameters"),
    [(QWEN, 8_190_735_360), (GEMMA, 999_885_952), (MISTRAL, 7_248_023_552), (config_of(*LLAMA_3_8B), 8_030_261_248)],
)
def test_a_config_alone_tells_all_parameters(tmp_path, config, parameters):
    home = Home(tmp_path / "lab")
    shape = shape_of(folder_with(tmp_path, config), home)
    assert (shape.parameters, shape.bytes_per) == (parameters, 2)
    if parameters == 8_030_261_248:
        assert dict(shape.tensors) == dict(llama_like(*LLAMA_3_8B).tensors)
    assert list(home.cache.glob("shape-*.json"))  # not asked of transformers again


@pytest.mark.slow
def test_a_config_that_describes_nothing_is_named(tmp_path):
    base = folder_with(tmp_path, config_of(*LLAMA_3_8B) | {"model_type": "nonsense"})
    with pytest.raises(ModelError, match="transformers can't build a model from its config"):
        shape_of(base, Home(tmp_path / "lab"))


def test_a_config_alone_can_be_measured_but_not_trained(tmp_path, monkeypatch):
    base = folder_with(tmp_path, config_of(*LLAMA_3_8B))
    monkeypatch.setattr("lab.models.shape.tensors_of", lambda *_: dict(llama_like(*LLAMA_3_8B).tensors))
    home = Home(tmp_path / "lab")
    assert shape_of(base, home).parameters == 8_030_261_248
    with pytest.raises(ModelError, match="has no weights"):
        find_base(base, home)


def test_a_folder_with_weights_of_another_kind_is_refused_as_before(tmp_path):
    base = folder_with(tmp_path, config_of(*LLAMA_3_8B))
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(ModelError, match="can run code when it is opened"):
        shape_of(base, Home(tmp_path / "lab"))
