"""The lab's own loop gives the tokens of `generate`: for every architecture it knows, long answers, rows that end
early, adapters of several rows. That it does so for every method is in tests/methods/test_every_method.py."""

from copy import deepcopy
from types import SimpleNamespace

import pytest
import torch
from transformers import LlamaConfig, MistralConfig, Qwen2Config, Qwen3Config
from transformers.models.auto.modeling_auto import AutoModelForCausalLM

from lab.generate import Sampling
from lab.generate.batch import run_batch
from lab.generate.decoder import decoder_weights
from lab.generate.decoder.few_rows import MOST_ROWS, few_rows
from lab.generate.multi_lora import LoraWeights

SIZES = {
    "vocab_size": 96, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 3, "num_attention_heads": 4,
    "num_key_value_heads": 2, "max_position_embeddings": 512, "bos_token_id": 0, "eos_token_id": 3, "pad_token_id": 1,
}  # fmt: skip
CONFIGS = {
    "llama": LlamaConfig(**SIZES, tie_word_embeddings=True),
    "llama, untied, with biases": LlamaConfig(**SIZES, attention_bias=True, mlp_bias=True),
    "llama 3's positions": LlamaConfig(
        **SIZES, rope_parameters={
            "rope_type": "llama3", "rope_theta": 10000.0, "factor": 8.0, "low_freq_factor": 1.0,
            "high_freq_factor": 4.0, "original_max_position_embeddings": 64,
        },
    ),
    "mistral": MistralConfig(**SIZES, sliding_window=None),
    "qwen2": Qwen2Config(**SIZES),
    "qwen3": Qwen3Config(**SIZES, head_dim=16),
}  # fmt: skip
PROMPTS = [[5, 6, 7, 8, 9, 10, 11], [12], [20, 21, 22], [30, 31]]
TOKENIZER = SimpleNamespace(pad_token_id=1, eos_token_id=3, chat_template=None, convert_tokens_to_ids=lambda _: None)


@pytest.fixture(autouse=True)
def ends(monkeypatch):
    monkeypatch.setattr("lab.generate.batch.eos_ids", lambda model, tokenizer: [3, 40, 41, 42, 43, 44])


def made(name, dtype=torch.float32):
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(deepcopy(CONFIGS[name])).to(dtype).eval()
    with torch.no_grad():
        for parameter in model.parameters():  # norms and biases too, so that leaving one out is seen
            parameter.add_(0.2 * torch.randn_like(parameter))
    return model


def both(model, sampling, prompts=PROMPTS, **more):
    weights = decoder_weights(model)
    assert weights is not None
    heard = [[], []]
    said = [
        run_batch(
            model, TOKENIZER, prompts, sampling, weights=way,
            on_token=lambda row, token, into=into: into.append((row, token)), **more,
        )
        for way, into in ((weights, heard[0]), (None, heard[1]))
    ]  # fmt: skip
    assert heard[0] == heard[1]  # streamed in the same order, ending tokens included
    return said


@pytest.mark.parametrize("name", CONFIGS)
@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_it_says_what_generate_says(name, temperature):
    sampling = Sampling(temperature=temperature, top_p=0.95, max_new_tokens=40)
    own, wanted = both(made(name), sampling, seeds=[1, 2, 3, 4])
    assert own == wanted
    assert temperature == 0 or len({len(answer) for answer in own}) > 1  # some rows left the batch before others


@pytest.mark.parametrize("rows", [1, MOST_ROWS, MOST_ROWS + 1])
def test_however_many_rows_there_are(rows):
    prompts = [PROMPTS[row % len(PROMPTS)][: 1 + row % 5] for row in range(rows)]
    own, wanted = both(made("llama"), Sampling(temperature=0, max_new_tokens=20), prompts)
    assert own == wanted


@pytest.mark.parametrize("rows", [1, 4])
def test_weights_are_laid_out_once_and_give_the_same_product(rows):
    kept, hidden = {}, torch.randn(rows, 1, 48)
    for outputs in (96, 24):
        weight, bias = torch.randn(outputs, 48), torch.randn(outputs)
        products = [few_rows(rows, kept).linear(hidden, weight, bias) for _ in range(2)]
        assert products[0].equal(products[1])
        torch.testing.assert_close(products[0], torch.nn.functional.linear(hidden, weight, bias))
    assert len(kept) == (1 if rows == 1 else 2)
    assert few_rows(MOST_ROWS + 1, kept) is None


def test_a_model_that_sft_trains_is_answered_for_too():
    from trl.trainer.utils import add_fused_lm_head

    model = made("llama")
    add_fused_lm_head(model)
    own, wanted = both(model, Sampling(temperature=0, max_new_tokens=20))
    assert own == wanted


def test_it_says_what_generate_says_in_sixteen_bits():
    own, wanted = both(made("llama", torch.bfloat16), Sampling(temperature=0, max_new_tokens=30))
    assert own == wanted


def test_long_answers_outgrow_the_first_cache(monkeypatch):
    monkeypatch.setattr("lab.generate.batch.eos_ids", lambda model, tokenizer: [3])
    own, wanted = both(made("qwen2"), Sampling(temperature=1.2, max_new_tokens=300, seed=4))
    assert own == wanted
    assert max(map(len, own)) > 140


def adapter(model, seed, layers, rank):
    torch.manual_seed(seed)
    sizes = {name: model.get_submodule(name).weight.shape for name in layers}
    return LoraWeights(
        {name: (torch.randn(rank, size[1]) * 0.3, torch.randn(size[0], rank) * 0.3) for name, size in sizes.items()}, {}
    )


def test_every_row_has_its_own_adapter():
    model = made("llama")
    attention = [f"model.layers.{n}.self_attn.{part}_proj" for n in range(3) for part in "qv"]
    mlp = [f"model.layers.{n}.mlp.{part}_proj" for n in (0, 2) for part in ("gate", "up", "down")]
    adapters = [adapter(model, 1, attention, 2), None, adapter(model, 2, mlp, 4), adapter(model, 3, attention + mlp, 1)]
    own, wanted = both(model, Sampling(temperature=0, max_new_tokens=40), adapters=adapters)
    assert own == wanted
    assert own != both(model, Sampling(temperature=0, max_new_tokens=40))[0]


def test_stopping_ends_every_row_after_the_token_it_has():
    model, asked = made("llama"), []

    def stop():
        asked.append(None)
        return len(asked) == 3

    said = run_batch(
        model, TOKENIZER, PROMPTS[:1], Sampling(temperature=0, max_new_tokens=40),
        weights=decoder_weights(model), stop=stop,
    )  # fmt: skip
    assert len(said[0]) <= 3 and len(asked) <= 3


@pytest.mark.parametrize("what", ["a hook", "another activation", "a forward of its own", "a module of another kind"])
def test_what_it_does_not_know_is_left_to_generate(what):
    model = made("llama")
    if what == "a hook":
        model.model.layers[1].mlp.register_forward_hook(lambda module, inputs, output: output)
    elif what == "another activation":
        model.config.hidden_act = "gelu"
    elif what == "a forward of its own":
        model.lm_head.forward = model.lm_head.forward
    else:
        model.model.layers[0].mlp.down_proj = torch.nn.Sequential(model.model.layers[0].mlp.down_proj)
    assert decoder_weights(model) is None


def test_an_adapter_of_what_it_does_not_know_is_left_to_generate():
    weights = decoder_weights(made("llama"))
    assert not weights.takes([LoraWeights({"model.embed_tokens": (None, None)}, {})])
    assert weights.takes([None])
