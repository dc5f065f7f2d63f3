"""Chains: weights rebuilt from a base and what each stage left; fingerprints tell them apart."""

from dataclasses import replace

import pytest
import torch

from lab.errors import ModelError
from lab.models import CATALOGUE, Link, chain_of, fingerprint, load_chain, load_model, root_base, save_chain
from tests.runs_of_every_kind import base, home
from tests.tiny import make_lora_run, make_tensors_run, make_tiny_base

__all__ = ["base", "home"]
IDS = torch.tensor([[5, 17, 200, 33, 8, 250]])


def logits(model):
    with torch.no_grad():
        return model.eval()(IDS).logits


def test_a_base_is_a_chain_of_one_link(home):
    assert chain_of("nano-1", home) == (Link("base", "nano-1"),)
    assert root_base("some/model", home) == "some/model"


def test_a_chain_is_read_as_it_was_saved(home, base):
    chain = (*make_lora_run(home, base, "aaaaaa01"), Link("adapter", "aaaaaa01/stage-0", "lora", {"r": 4}))
    save_chain(home.run("aaaaaa01"), chain)
    assert chain_of("run:aaaaaa01", home) == chain
    assert root_base("run:aaaaaa01", home) == base


def test_two_adapters_equal_merging_by_hand(home, base):
    first = make_lora_run(home, base, "bbbbbb01", seed=1)
    second = make_lora_run(home, base, "bbbbbb02", seed=2, under=first)
    from peft import PeftModel

    by_hand = PeftModel.from_pretrained(load_model(home.root / "tiny"), home.run("bbbbbb01").stage(0))
    by_hand = PeftModel.from_pretrained(by_hand.merge_and_unload(), home.run("bbbbbb02").stage(0)).merge_and_unload()
    chained = load_chain(second, home)
    assert torch.allclose(logits(chained), logits(by_hand), atol=1e-4)
    assert not torch.allclose(logits(chained), logits(load_chain(first, home)), atol=1e-1)


def test_an_adapter_at_the_end_stays_live_and_can_be_trained_on(home, base):
    chain = make_lora_run(home, base, "cccccc01")
    still, moving = load_chain(chain, home), load_chain(chain, home, trainable_last=True)
    assert list(still.peft_config) == ["default"]
    assert not any(weight.requires_grad for weight in still.parameters())
    trainable = {name for name, weight in moving.named_parameters() if weight.requires_grad}
    assert trainable
    assert all("lora_" in name for name in trainable)
    assert torch.equal(logits(still), logits(moving))


def test_tensors_are_laid_over_and_leave_the_rest(home, base):
    name = "model.layers.1.mlp.up_proj.weight"
    laid, plain = (
        load_chain(make_tensors_run(home, base, "dddddd01", (name,), 2.0), home),
        load_chain(chain_of(base, home), home),
    )
    for other, weight in laid.named_parameters():
        factor = 2.0 if other == name else 1.0
        assert torch.equal(weight, factor * plain.get_parameter(other))


def test_a_warm_base_is_used_instead_of_loading(home, base):
    warm = load_model(home.root / "tiny")
    assert load_chain(chain_of(base, home), home, warm=warm) is warm
    assert load_chain(make_lora_run(home, base, "eeeeee01"), home, warm=warm).get_base_model() is warm


def test_precision_is_what_was_asked_for(home, base):
    assert load_chain(chain_of(base, home), home, "bf16").dtype == torch.bfloat16
    assert load_chain(chain_of(base, home), home).dtype == torch.float32


def test_a_fingerprint_changes_with_one_weight_and_not_with_reloading(home, base):
    model = load_model(home.root / "tiny")
    mark = fingerprint(model)
    assert mark == fingerprint(load_model(home.root / "tiny"))
    assert len(mark) == 8
    with torch.no_grad():
        model.get_parameter("model.layers.0.self_attn.q_proj.weight")[3, 5] += 1e-3
    assert fingerprint(model) != mark
    chain = make_lora_run(home, base, "ffffff01", seed=4)
    tuned = load_chain(chain, home)
    assert fingerprint(tuned) == fingerprint(load_chain(chain, home)) != mark
    with torch.no_grad():
        next(weight for name, weight in tuned.named_parameters() if "lora_B" in name)[0, 0] += 1e-3
    assert fingerprint(tuned) != fingerprint(load_chain(chain, home))


def test_missing_and_broken_chains_say_so(home, base):
    with pytest.raises(ModelError, match="run 'abcdef99' has no weights here"):
        chain_of("run:abcdef99", home)
    with pytest.raises(ModelError, match="is not a run id"):
        chain_of("run:../../etc", home)
    make_lora_run(home, base, "aabbcc01")
    (home.run("aabbcc01").root / "weights.json").write_text('{"chain": [{"kind": "base"}]}')
    with pytest.raises(ModelError, match=r"weights.json: can't be read"):
        chain_of("run:aabbcc01", home)
    save_chain(home.run("aabbcc01"), (Link("base", base), Link("adapter", "aabbcc02/stage-0")))
    with pytest.raises(ModelError, match="'aabbcc02/stage-0', which run 'aabbcc01' builds on, are gone"):
        chain_of("run:aabbcc01", home)
    save_chain(home.run("aabbcc01"), (Link("base", base), Link("adapter", "/etc")))
    with pytest.raises(ModelError, match="'/etc' is not a stage of a run"):
        chain_of("run:aabbcc01", home)


def test_tensors_of_another_size_are_refused(home, base, tmp_path):
    wide = make_tiny_base(tmp_path / "wide", layers=3)
    chain = make_tensors_run(home, str(wide), "aabbcc03", ("model.layers.2.mlp.up_proj.weight",))
    with pytest.raises(ModelError, match="the weights of 'aabbcc03/stage-0' can't be put on their base"):
        load_chain((Link("base", base), *chain[1:]), home)


def test_what_was_trained_on_an_earlier_edition_stays_on_it(home, monkeypatch):
    monkeypatch.setitem(CATALOGUE, "nano", replace(CATALOGUE["nano"], edition=1))
    trained = (*chain_of("nano", home), Link("adapter", "cccccc01/stage-0", "lora"))
    home.run("cccccc01").root.mkdir(parents=True, exist_ok=True)
    save_chain(home.run("cccccc01"), trained)
    adapter = home.run("cccccc01").root / "stage-0"
    adapter.mkdir(parents=True, exist_ok=True)
    (adapter / "adapter_model.safetensors").touch()
    monkeypatch.setitem(CATALOGUE, "nano", replace(CATALOGUE["nano"], edition=2))
    assert root_base("run:cccccc01", home) == "nano-1"
    home.run("cccccc02").root.mkdir(exist_ok=True)
    save_chain(home.run("cccccc02"), chain_of("nano", home))
    assert chain_of("run:cccccc02", home) == (Link("base", "nano", knobs={"edition": 2}),)
    monkeypatch.setitem(CATALOGUE, "nano", replace(CATALOGUE["nano"], edition=3))
    assert chain_of("run:cccccc02", home) == (Link("base", "nano-2"),)
