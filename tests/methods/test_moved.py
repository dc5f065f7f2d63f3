"""For the picture of what was tuned: whatever the method, each trainable number has a place, and moving is measured."""

import pytest
import torch

from lab.data.encode import encode
from lab.evaluate.movement import measure, movable
from lab.models import Link
from lab.models.shape import folder_shape
from lab.models.tensors import open_tensors
from lab.training.weights import trainable_count
from tests.methods.practice import CASES, METHODS, ROWS


def test_what_a_method_trains_is_counted_and_its_moves_are_those_of_the_merged_weights(ground, case):
    card = METHODS[CASES[case][0]].CARD
    model, _ = ground.start(case)
    modules = movable(model, folder_shape(ground.folder).tensors)
    assert sum(module.trainable for module in modules) == trainable_count(model)
    assert sum(module.parameters for module in modules) == ground.base().num_parameters()
    with torch.no_grad():
        for weight in model.parameters():
            if weight.requires_grad:
                weight += 0.02 * torch.randn_like(weight)
    rows = encode(ROWS, "prompt_completion", ground.tokenizer, 64)
    with open_tensors((Link("base", str(ground.folder)),), ground.home) as start:
        movement = measure(model, modules, start, rows, mergeable=card.mergeable)
    assert movement.missing == ""
    moved = {module.name: module for module in movement.modules}
    assert any(module.by for module in moved.values())
    placed = [module for module in modules if module.kind not in ("shared", "tokens")]
    assert all(moved[module.name].by is not None for module in placed if module.trainable)
    if card.mergeable:
        _as_merged(model, moved, ground.base().state_dict())


def _as_merged(model, moved, before) -> None:
    merged = (model.merge_and_unload() if hasattr(model, "merge_and_unload") else model).state_dict()
    for name, weight in before.items():
        if (module := name.removesuffix(".weight")) in moved:
            true = (merged[name] - weight).norm() / weight.norm()
            assert moved[module].by == pytest.approx(true.item(), abs=1e-5), name
