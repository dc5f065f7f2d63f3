"""What every method must do, whatever it is: learn, move only what it says, come back from disk, leave others alone."""

import pytest
import torch
from safetensors.torch import load_file

from lab.errors import ModelError
from lab.generate import complete
from lab.models.chain import link_folder
from lab.models.load import merge
from tests.methods.practice import CASES, METHODS, QUESTIONS

EXACT = 1e-5
"""Logits are some 10 in size; this is the rounding of single precision."""
MERGED = 2e-3
CONVERTED = 2e-4


def closeness(one: torch.Tensor, other: torch.Tensor) -> float:
    return (one - other).abs().max().item()


def test_the_catalogue_is_whole():
    assert len(METHODS) >= 10
    for name, module in METHODS.items():
        assert module.__name__.rpartition(".")[2] == name
        card = module.CARD
        for text in (card.name, card.explain, card.good, card.bad, *(knob.help for knob in card.knobs)):
            assert text.en
            assert any("一" <= letter <= "鿿" for letter in text.zh) or text is card.name
        assert card.paper
        assert {method for method, _ in CASES} == set(METHODS)


def test_thirty_steps_lower_the_loss(practised):
    """By far more than rounding: without steps the loss is the same to six digits."""
    assert practised.loss_after < practised.loss_before - 0.1


def test_the_trainable_count_is_the_cards_formula(practised):
    counted = sum(practised.built[name].numel() for name in practised.trainable)
    assert counted == practised.formula


def test_the_size_of_the_file_is_told_beforehand(practised):
    if not practised.card.adapter:
        pytest.skip("it keeps tensors of the base")
    folder = link_folder(practised.link, practised.home)
    numbers = sum(tensor.numel() for file in folder.glob("*.safetensors") for tensor in load_file(file).values())
    module = METHODS[practised.card.id]
    told = getattr(module, "kept", module.count)(practised.shape, **practised.knobs)
    assert told == pytest.approx(numbers, rel=0.1)


def test_only_what_is_trainable_moves(practised):
    now = dict(practised.model.named_parameters())
    moved = {name for name, tensor in practised.built.items() if not torch.equal(tensor, now[name])}
    assert moved
    assert moved <= practised.trainable


def test_saved_and_loaded_it_answers_the_same(practised, ground):
    assert closeness(ground.logits(practised.reloaded()), ground.logits(practised.model)) <= (
        EXACT if practised.card.reference else CONVERTED
    )


def test_merged_it_answers_the_same_or_says_that_it_can_not_be(practised, ground):
    if not practised.card.adapter:
        pytest.skip("it is no adapter")
    loaded = practised.reloaded()
    if not practised.card.mergeable:
        with pytest.raises(ModelError, match="can't be merged"):
            merge(loaded)
        return
    merged = merge(loaded)
    assert closeness(ground.logits(merged), ground.logits(practised.model)) <= MERGED


def test_no_token_looks_ahead_or_aside(practised, ground):
    """Neither a later token nor another row of the batch changes what comes before."""
    before = ground.logits(practised.model)
    changed = ground.probe.clone()
    changed[0, -1] = (changed[0, -1] + 7) % 200
    changed[1] = (changed[1] + 11) % 200
    after = ground.logits(practised.model, changed)
    assert closeness(before[0, :-1], after[0, :-1]) <= EXACT
    assert closeness(before[0, -1], after[0, -1]) > EXACT


def test_answers_do_not_depend_on_the_batch(practised, ground):
    questions = [[{"role": "user", "content": question}] for question, _ in QUESTIONS[:3]]
    together = complete(practised.model, ground.tokenizer, questions, max_new_tokens=12)
    alone = [complete(practised.model, ground.tokenizer, [question], max_new_tokens=12)[0] for question in questions]
    assert together == alone
    assert any(together)


def test_switched_off_it_is_the_base(practised, ground):
    if not practised.card.adapter:
        pytest.skip("it is no adapter")
    with practised.model.disable_adapter():
        off = ground.logits(practised.model)
    same = closeness(off, ground.logits(ground.base())) <= EXACT
    assert same == practised.card.reference


def test_none_touches_a_head_of_its_own(case, ground):
    """TRL reads the head's weights directly: what hung on it would be passed over."""
    method, given = CASES[case]
    if METHODS[method].CARD.own_loss or not METHODS[method].CARD.adapter or given:
        pytest.skip("it uses the model's own loss, or trains the head itself")
    model, _ = ground.start(case, untied=True)
    head = model.get_output_embeddings()
    assert not any(weight.requires_grad for weight in head.parameters())
    assert type(head) is torch.nn.Linear


def test_monteclora_keeps_the_draws_of_one_step(ground):
    """PEFT's own setting keeps those of 150, which took four times the memory of the whole run."""
    module = METHODS["monteclora"]
    model = module.build(ground.base(), steps=1, seed=0, **module.CARD.complete_knobs({}, "knobs"))
    samplers = [one.sampler for one in model.modules() if hasattr(one, "sampler")]
    assert samplers and {len(sampler.buffer) for sampler in samplers} == {1}
