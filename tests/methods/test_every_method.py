"""What every method must do, whatever it is: learn, move only what it says, come back from disk, leave others alone.

One test a method: it asks all the promises below of the method as it was practised, and names each that is broken.
"""

import traceback
from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file

from lab.errors import ModelError
from lab.generate import Sampling, complete
from lab.generate.batch import run_batch
from lab.generate.decoder import decoder_weights
from lab.models.chain import link_folder
from lab.models.load import merge
from tests.methods.practice import CASES, METHODS, NAMES, QUESTIONS, Ground, Practised

EXACT = 1e-5
"""Logits are some 10 in size; this is the rounding of single precision."""
MERGED = 2e-3
CONVERTED = 2e-4


LEFT_TO_GENERATE = {
    "adapter", "beft", "bitfit", "llama_adapter", "multitask_prompt", "p_tuning", "prefix", "prompt",
}  # fmt: skip
"""Methods whose answers `lab.generate.decoder` can't compute: they stand beside the base's layers."""


def closeness(one: torch.Tensor, other: torch.Tensor) -> float:
    return (one - other).abs().max().item()


def thirty_steps_lower_the_loss(practised: Practised, ground: Ground) -> None:
    """By far more than rounding: without steps the loss is the same to six digits."""
    assert practised.loss_after < practised.loss_before - 0.1


def the_trainable_count_is_the_cards_formula(practised: Practised, ground: Ground) -> None:
    counted = sum(practised.built[name].numel() for name in practised.trainable)
    assert counted == practised.formula


def the_size_of_the_file_is_told_beforehand(practised: Practised, ground: Ground) -> None:
    """Of an adapter: what is none keeps tensors of the base."""
    if not practised.card.adapter:
        return
    folder = link_folder(practised.link, practised.home)
    numbers = sum(tensor.numel() for file in folder.glob("*.safetensors") for tensor in load_file(file).values())
    module = METHODS[practised.card.id]
    told = getattr(module, "kept", module.count)(practised.shape, **practised.knobs)
    assert told == pytest.approx(numbers, rel=0.1)


def only_what_is_trainable_moves(practised: Practised, ground: Ground) -> None:
    now = dict(practised.model.named_parameters())
    moved = {name for name, tensor in practised.built.items() if not torch.equal(tensor, now[name])}
    assert moved
    assert moved <= practised.trainable


def loaded_it_answers_the_same_and_so_it_does_merged(practised: Practised, ground: Ground) -> None:
    """An adapter that can't be merged says so."""
    loaded, answers = practised.reloaded(), ground.logits(practised.model)
    assert closeness(ground.logits(loaded), answers) <= (EXACT if practised.card.reference else CONVERTED)
    if not practised.card.adapter:
        return
    if practised.card.mergeable:
        assert closeness(ground.logits(merge(loaded)), answers) <= MERGED
        return
    with pytest.raises(ModelError, match="can't be merged"):
        merge(loaded)


def no_token_looks_ahead_or_aside(practised: Practised, ground: Ground) -> None:
    """Neither a later token nor another row of the batch changes what comes before."""
    before = ground.logits(practised.model)
    changed = ground.probe.clone()
    changed[0, -1] = (changed[0, -1] + 7) % 200
    changed[1] = (changed[1] + 11) % 200
    after = ground.logits(practised.model, changed)
    assert closeness(before[0, :-1], after[0, :-1]) <= EXACT
    assert closeness(before[0, -1], after[0, -1]) > EXACT


def answers_do_not_depend_on_the_batch(practised: Practised, ground: Ground) -> None:
    questions = [[{"role": "user", "content": question}] for question, _ in QUESTIONS[:3]]
    together = complete(practised.model, ground.tokenizer, questions, max_new_tokens=12)
    alone = [complete(practised.model, ground.tokenizer, [question], max_new_tokens=12)[0] for question in questions]
    assert together == alone
    assert any(together)


def answers_come_the_same_without_generate(practised: Practised, ground: Ground) -> None:
    """Token for token, on prompts of several lengths in one batch; some methods are left to generate."""
    lengths = zip((4, 9, 2), QUESTIONS[:3], strict=True)
    prompts = [ground.tokenizer(question)["input_ids"][-length:] for length, (question, _) in lengths]
    weights = decoder_weights(practised.model)
    assert (weights is None) == (practised.card.id in LEFT_TO_GENERATE)
    asked = (practised.model, ground.tokenizer, prompts, Sampling(temperature=0, max_new_tokens=24))
    assert run_batch(*asked, weights=weights) == run_batch(*asked)


def switched_off_it_is_the_base(practised: Practised, ground: Ground) -> None:
    """Unless its card says that it changed the base's own weights."""
    if not practised.card.adapter:
        return
    with practised.model.disable_adapter():
        off = ground.logits(practised.model)
    same = closeness(off, ground.logits(ground.base())) <= EXACT
    assert same == practised.card.reference


PROMISES: tuple[Callable[[Practised, Ground], None], ...] = (
    thirty_steps_lower_the_loss,
    the_trainable_count_is_the_cards_formula,
    the_size_of_the_file_is_told_beforehand,
    only_what_is_trainable_moves,
    loaded_it_answers_the_same_and_so_it_does_merged,
    no_token_looks_ahead_or_aside,
    answers_do_not_depend_on_the_batch,
    answers_come_the_same_without_generate,
    switched_off_it_is_the_base,
)


def broken_promises(practised: Practised, ground: Ground) -> list[str]:
    """Each with its name and where it broke; a crash breaks one too, and the others are still asked."""
    broken = []
    for promise in PROMISES:
        try:
            promise(practised, ground)
        except (Exception, pytest.fail.Exception):
            broken.append(f"{promise.__name__}:\n{traceback.format_exc(limit=-2)}")
    return broken


def test_a_method_keeps_every_promise(practised, ground):
    broken = broken_promises(practised, ground)
    assert not broken, f"{practised.card.id} {practised.knobs}\n" + "\n".join(broken)


def test_a_broken_promise_is_named_with_its_figures(ground):
    lora = ground.cached(NAMES.index("lora"))
    (said,) = broken_promises(replace(lora, formula=lora.formula + 1), ground)
    assert said.startswith("the_trainable_count_is_the_cards_formula:") and str(lora.formula) in said


def test_no_method_touches_a_head_of_its_own(ground):
    """TRL reads the head's weights directly: what hung on it would be passed over.

    Not asked of what uses the model's own loss, or trains the head itself.
    """
    asked = [
        index for index, (method, given) in enumerate(CASES)
        if METHODS[method].CARD.adapter and not METHODS[method].CARD.own_loss and not given
    ]  # fmt: skip
    touched = []
    for index in asked:
        model, _ = ground.start(index, untied=True)
        head = model.get_output_embeddings()
        if type(head) is not torch.nn.Linear or any(weight.requires_grad for weight in head.parameters()):
            touched.append(NAMES[index])
    assert len(asked) > 30
    assert not touched


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


def test_monteclora_keeps_the_draws_of_one_step(ground):
    """PEFT's own setting keeps those of 150, which took four times the memory of the whole run."""
    module = METHODS["monteclora"]
    model = module.build(ground.base(), steps=1, seed=0, **module.CARD.complete_knobs({}, "knobs"))
    samplers = [one.sampler for one in model.modules() if hasattr(one, "sampler")]
    assert samplers and {len(sampler.buffer) for sampler in samplers} == {1}
