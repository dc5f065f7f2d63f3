"""The same weights say the same in any company, however they were loaded."""

import threading
from dataclasses import replace

import pytest
import torch

from lab.generate import Pane, Sampling, complete
from lab.generate.multi_lora import load_lora, multi_lora
from lab.models import chain_of, fingerprint, load_chain
from lab.serving.engine import InferenceEngine
from tests.serving.ask import QUESTION, WARM, answers
from tests.tiny import make_lora_run

pytestmark = pytest.mark.slow


def test_every_kind_of_run_answers_in_company_as_alone(home, base, runs):
    bases = {"base": base, **runs}
    together = answers(InferenceEngine(home), bases)
    for key, name in bases.items():
        assert answers(InferenceEngine(home), {key: name})[key] == together[key], key
    assert len(set(together.values())) >= 7  # the random adapters speak for themselves


def test_a_mixed_batch_says_what_each_model_loaded_by_itself_says(home, base, runs, tokenizer):
    together = answers(InferenceEngine(home), {"base": base, **runs})
    for key in ("lora", "lora2", "dora", "tensors", "lora_on_lora", "lora_on_tensors", "prefix"):
        alone = load_chain(chain_of(runs[key], home), home)
        assert complete(alone, tokenizer, [QUESTION], WARM.max_new_tokens, WARM) == [together[key]], key


def test_ranks_and_scalings_of_all_sorts_mix_as_peft_computes_them(home, base, model, tokenizer):
    make_lora_run(home, base, "eeeeee01", seed=1)
    make_lora_run(home, base, "eeeeee02", seed=2, rank=9, use_rslora=True)
    make_lora_run(home, base, "eeeeee03", seed=3, rank=2, target_modules=["q_proj", "down_proj"])
    ids = torch.tensor([tokenizer("The parrot sat on the branch")["input_ids"]])
    loras = [load_lora(home.run(f"eeeeee0{number}").stage(0), model) for number in (1, 2, 3)]
    with torch.no_grad(), multi_lora(model, [*loras, None]):
        together = model(ids.repeat(4, 1)).logits
    with torch.no_grad():
        assert torch.allclose(together[3], model(ids).logits[0], atol=1e-5)
        for row in range(3):
            alone = load_chain(chain_of(f"run:eeeeee0{row + 1}", home), home)
            assert torch.allclose(together[row], alone(ids).logits[0], atol=1e-4)
            assert not torch.allclose(together[row], together[3], atol=1e-1)


def test_the_fingerprint_is_of_the_weights_however_they_were_loaded(home, base, runs):
    panes = [Pane("base", base), *(Pane(kind, name) for kind, name in runs.items())]
    stream = InferenceEngine(home).answer({pane.key: QUESTION for pane in panes}, panes, WARM, threading.Event())
    marks = {delta.pane: delta.fingerprint for delta in stream}
    assert marks == {pane.key: fingerprint(load_chain(chain_of(pane.base, home), home)) for pane in panes}
    assert len(set(marks.values())) == len(panes)


def test_identical_weights_give_identical_answers(home, base):
    same = {"a": base, "b": base, "c": base}
    texts = answers(InferenceEngine(home), same)
    assert len(set(texts.values())) == 1
    other = Sampling(temperature=1.0, top_p=0.9, max_new_tokens=24, seed=6)
    assert answers(InferenceEngine(home), same, other)["a"] != texts["a"]


def test_panes_with_seeds_of_their_own_answer_as_alone_with_that_seed(home, base, runs):
    panes = [
        Pane(f"{name}{seed}", base_, seed)
        for name, base_ in (("base", base), ("lora", runs["lora"]))
        for seed in (8, 9)
    ]
    said = dict.fromkeys((pane.key for pane in panes), "")
    conversations = {pane.key: QUESTION for pane in panes}
    for delta in InferenceEngine(home).answer(conversations, panes, WARM, threading.Event()):
        said[delta.pane] += delta.text
    assert len(set(said.values())) == 4
    for pane in panes:
        assert answers(InferenceEngine(home), {"a": pane.base}, replace(WARM, seed=pane.seed))["a"] == said[pane.key]


def test_a_warm_base_is_used_and_not_changed(home, base, runs, model):
    before = {name: weight.clone() for name, weight in model.named_parameters()}
    warm = InferenceEngine(home, warm={(base, "fp32"): model})
    assert answers(warm, {"base": base, **runs}) == answers(InferenceEngine(home), {"base": base, **runs})
    assert {name: weight.shape for name, weight in model.named_parameters()} == {n: w.shape for n, w in before.items()}
    assert all(torch.equal(weight, before[name]) for name, weight in model.named_parameters())


def test_adapters_share_the_base_in_memory(home, base, runs, model):
    engine = InferenceEngine(home, warm={(base, "fp32"): model})
    answers(engine, {"lora": runs["lora"], "tensors": runs["tensors"]})
    warm = model.get_parameter("model.layers.0.mlp.up_proj.weight").data_ptr()
    for loaded in engine._cache._models.values():
        assert loaded.model.get_parameter("model.layers.0.mlp.up_proj.weight").data_ptr() == warm
