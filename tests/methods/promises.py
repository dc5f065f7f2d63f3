"""What every method must do, whatever it is: learn, move only what it says, come back from disk, leave others alone.

Each promise is a check of a method that has been practised; `test_every_method` asks all of them of every method.
"""

import pytest
import torch
from safetensors.torch import load_file

from lab.data.encode import encode
from lab.errors import ModelError
from lab.evaluate.movement import measure, movable
from lab.generate import complete
from lab.models import Link
from lab.models.chain import link_folder
from lab.models.load import merge
from lab.models.shape import folder_shape
from lab.models.tensors import open_tensors
from lab.training.weights import trainable_count
from tests.methods.practice import METHODS, QUESTIONS, ROWS, Ground, Practised

EXACT = 1e-5
"""Logits are some 10 in size; this is the rounding of single precision."""
MERGED = 2e-3
CONVERTED = 2e-4


def closeness(one: torch.Tensor, other: torch.Tensor) -> float:
    return (one - other).abs().max().item()


def thirty_steps_lower_the_loss(practised: Practised, ground: Ground) -> None:
    """By far more than rounding: without steps the loss is the same to six digits."""
    assert practised.loss_after < practised.loss_before - 0.1


def the_trainable_count_is_the_cards_formula(practised: Practised, ground: Ground) -> None:
    counted = sum(practised.built[name].numel() for name in practised.trainable)
    assert counted == practised.formula


def the_size_of_the_file_is_told_beforehand(practised: Practised, ground: Ground) -> None:
    if practised.card.adapter:  # else it keeps tensors of the base
        folder = link_folder(practised.link, practised.home)
        numbers = sum(tensor.numel() for file in folder.glob("*.safetensors") for tensor in load_file(file).values())
        module = METHODS[practised.card.id]
        estimated = getattr(module, "kept", module.count)(practised.shape, **practised.knobs)
        assert estimated == pytest.approx(numbers, rel=0.1)


def only_what_is_trainable_moves(practised: Practised, ground: Ground) -> None:
    now = dict(practised.model.named_parameters())
    moved = {name for name, tensor in practised.built.items() if not torch.equal(tensor, now[name])}
    assert moved
    assert moved <= practised.trainable


def saved_and_loaded_it_answers_the_same(practised: Practised, ground: Ground) -> None:
    allowed = EXACT if practised.card.reference else CONVERTED
    assert closeness(ground.logits(practised.reloaded()), ground.logits(practised.model)) <= allowed


def merged_it_answers_the_same_or_says_that_it_can_not_be(practised: Practised, ground: Ground) -> None:
    if not practised.card.adapter:
        return
    loaded = practised.reloaded()
    if not practised.card.mergeable:
        with pytest.raises(ModelError, match="can't be merged"):
            merge(loaded)
        return
    merged = merge(loaded)
    assert closeness(ground.logits(merged), ground.logits(practised.model)) <= MERGED


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


def switched_off_it_is_the_base(practised: Practised, ground: Ground) -> None:
    if practised.card.adapter:
        with practised.model.disable_adapter():
            off = ground.logits(practised.model)
        same = closeness(off, ground.logits(ground.base())) <= EXACT
        assert same == practised.card.reference


def it_touches_no_head_of_its_own(practised: Practised, ground: Ground) -> None:
    """TRL reads the head's weights directly: what hung on it would be passed over."""
    if practised.card.own_loss or not practised.card.adapter or practised.given:
        return  # it uses the model's own loss, or trains the head itself
    model, _ = ground.start(practised.case, untied=True)
    head = model.get_output_embeddings()
    assert not any(weight.requires_grad for weight in head.parameters())
    assert type(head) is torch.nn.Linear


def each_trainable_number_has_a_place_and_its_moves_are_measured(practised: Practised, ground: Ground) -> None:
    """For the picture of what was tuned; of a mergeable method the moves are those of the merged weights."""
    model, _ = ground.start(practised.case)
    modules = movable(model, folder_shape(ground.folder).tensors)
    assert sum(module.trainable for module in modules) == trainable_count(model)
    assert sum(module.parameters for module in modules) == ground.base().num_parameters()
    with torch.no_grad():
        for weight in model.parameters():
            if weight.requires_grad:
                weight += 0.02 * torch.randn_like(weight)
    rows = encode(ROWS, "prompt_completion", ground.tokenizer, 64)
    with open_tensors((Link("base", str(ground.folder)),), ground.home) as start:
        movement = measure(model, modules, start, rows, mergeable=practised.card.mergeable)
    assert movement.missing == ""
    moved = {module.name: module for module in movement.modules}
    assert any(module.by for module in moved.values())
    placed = [module for module in modules if module.kind not in ("shared", "tokens")]
    assert all(moved[module.name].by is not None for module in placed if module.trainable)
    if practised.card.mergeable:
        _as_merged(model, moved, ground.base().state_dict())


def _as_merged(model, moved, before) -> None:
    merged = (model.merge_and_unload() if hasattr(model, "merge_and_unload") else model).state_dict()
    for name, weight in before.items():
        if (module := name.removesuffix(".weight")) in moved:
            true = (merged[name] - weight).norm() / weight.norm()
            assert moved[module].by == pytest.approx(true.item(), abs=1e-5), name


PROMISES = (
    thirty_steps_lower_the_loss,
    the_trainable_count_is_the_cards_formula,
    the_size_of_the_file_is_told_beforehand,
    only_what_is_trainable_moves,
    saved_and_loaded_it_answers_the_same,
    merged_it_answers_the_same_or_says_that_it_can_not_be,
    no_token_looks_ahead_or_aside,
    answers_do_not_depend_on_the_batch,
    switched_off_it_is_the_base,
    it_touches_no_head_of_its_own,
    each_trainable_number_has_a_place_and_its_moves_are_measured,
)
