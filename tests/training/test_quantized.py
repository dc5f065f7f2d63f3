"""Bases kept in 8 and 4 bits: adapters learn on them, come back from disk, go on, and talk; the rest is refused."""

import pytest
from peft import LoraConfig, get_peft_model

from lab.errors import LabError, RecipeError
from lab.generate.decoder import decoder_weights
from lab.models import chain_of, load_chain, load_model, quantized, shape_of
from lab.models.effective_weights import effective_weights
from lab.planning.checks import check_quantized
from lab.recipe import build_recipe, resolve
from lab.store import Status
from lab.training.run import train_run
from tests.training.test_run import queue


def planned(base, method="lora", **fields):
    return resolve(build_recipe({"base": base, "variants": [{"name": "x", "method": method}], **fields}))[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bits", "method"), [("4bit", "lora"), pytest.param("8bit", "adapter", marks=pytest.mark.long)]
)
def test_an_adapter_learns_on_a_base_in_few_bits_and_goes_on(store, tiny_base, bits, method):
    run = queue(store, tiny_base, {"method": method, "learning_rate": 2e-2}, quantize=bits)
    assert train_run(run, store) == Status.DONE
    outcome = store.runs.get(run.id).outcome
    assert outcome.eval_loss.after < outcome.eval_loss.before - 0.1
    assert outcome.total_params == shape_of(str(tiny_base), store.home).parameters + outcome.trainable_params
    chain = chain_of(f"run:{run.id}", store.home)
    assert quantized(chain) == bits
    kinds = {weight.dtype.itemsize for weight in load_chain(chain, store.home).parameters()}
    assert kinds == {1, 4}  # most weights in a byte or half of one, the adapter and the embeddings in four

    child = queue(store, f"run:{run.id}", {"method": method}, steps=2, quantize=bits)
    assert train_run(child, store) == Status.DONE
    assert store.runs.get(child.id).outcome.eval_loss.before == pytest.approx(outcome.eval_loss.after, abs=1e-4)
    with pytest.raises(RecipeError, match=f"kept as {bits}, not as none"):
        check_quantized(planned(f"run:{run.id}", method), store.home)
    with pytest.raises(RecipeError, match="can't be merged"):
        check_quantized(planned(f"run:{run.id}", "ia3", quantize=bits), store.home)


def test_asking_what_it_answers_with_leaves_the_weights_as_they_were(tiny_base):
    base = load_model(tiny_base, quantize="4bit")
    model = get_peft_model(base, LoraConfig(target_modules=["q_proj", "down_proj"], init_lora_weights=False))
    before = {name: (weight, weight.data.clone()) for name, weight in model.named_parameters()}
    assert decoder_weights(model) is None
    list(effective_weights(model, merged=True))
    after = dict(model.named_parameters())
    assert after.keys() == before.keys()
    for name, (weight, value) in before.items():
        assert after[name] is weight and after[name].data.equal(value), name


@pytest.mark.parametrize(
    ("method", "said"),
    [("full", "it trains the base's own weights"), ("pissa", "it needs the base's weights as numbers")],
)
def test_what_needs_the_weights_is_refused_with_a_reason(method, said):
    with pytest.raises(RecipeError, match=said):
        planned("nano", method, quantize="4bit")


def test_two_different_adapters_can_not_follow_each_other_on_few_bits():
    stages = [{"method": "lora"}, {"method": "ia3"}]
    with pytest.raises(RecipeError, match="one method"):
        build_recipe({"quantize": "4bit", "variants": [{"name": "x", "stages": stages}]})


def test_a_variant_may_have_its_own_bits():
    recipe = build_recipe({"variants": [{"name": "LoRA"}, {"name": "QLoRA", "quantize": "4bit"}]})
    assert [run.quantize for run in resolve(recipe)] == ["none", "4bit"]


def test_without_the_package_it_is_refused_before_anything_starts(store, monkeypatch):
    monkeypatch.setattr("lab.models.quantize.PACKAGE", "no_such_package")
    with pytest.raises(LabError, match="no_such_package is not installed"):
        check_quantized(planned("nano", quantize="4bit"), store.home)
