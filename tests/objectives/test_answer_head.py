"""The head that skips what is not learned gives TRL's own figures and gradients."""

import copy

import pytest
import torch

from lab.models import load_model
from lab.objectives import _answer_head
from lab.objectives._answer_head import score_answers_only

pytestmark = pytest.mark.slow

IGNORED = -100


@pytest.fixture
def pair(tiny_base):
    """The same model with TRL's fused head, and with ours in front of it."""
    from trl.trainer.utils import add_fused_lm_head

    model = load_model(tiny_base)
    other = copy.deepcopy(model)
    for one in (model, other):
        add_fused_lm_head(one, outputs=("log_probs", "entropy", "is_top1"))
    score_answers_only(other)
    return model, other


def ask(model, labels):
    ids = torch.arange(24).reshape(2, 12) % 20
    mask = torch.ones_like(ids)
    mask[1, 8:] = 0
    out = model(input_ids=ids, attention_mask=mask, labels=labels, fused_lm_head=True, use_cache=False)
    out.log_probs.sum().backward()
    gradient = torch.cat([weight.grad.flatten() for weight in model.parameters() if weight.grad is not None])
    model.zero_grad()
    return out, gradient


def some_labels():
    labels = torch.arange(24).reshape(2, 12) % 20
    labels[0, :5] = IGNORED
    labels[1, 6:] = IGNORED
    return labels


@pytest.mark.parametrize("rows", [2048, 3], ids=["at once", "in pieces"])
def test_figures_and_gradients_are_those_of_trl(pair, monkeypatch, rows):
    monkeypatch.setattr(_answer_head, "ROWS", rows)
    (theirs, their_gradient), (ours, our_gradient) = (ask(model, some_labels()) for model in pair)
    for name in ("loss", "log_probs", "entropy"):
        assert torch.allclose(getattr(ours, name), getattr(theirs, name), atol=1e-5), name
    assert torch.equal(ours.is_top1.bool(), theirs.is_top1.bool())
    assert torch.equal(ours.label_mask, theirs.label_mask)
    assert torch.allclose(our_gradient, their_gradient, atol=1e-5)


def test_a_batch_without_answers_has_a_gradient_of_zero(pair):
    out, gradient = ask(pair[1], torch.full((2, 12), IGNORED))
    assert out.loss.item() == 0
    assert not gradient.any()


def test_without_the_flag_the_model_is_as_it_was(pair):
    ids = torch.arange(6)[None]
    assert torch.equal(pair[0](input_ids=ids).logits, pair[1](input_ids=ids).logits)
    loss = pair[1](input_ids=ids, labels=ids).loss
    assert torch.isfinite(loss)


def test_models_that_change_their_logits_keep_trls_head(tiny_base):
    model = load_model(tiny_base)
    model.config.logit_scale = 0.5
    forward = model.forward
    score_answers_only(model)
    assert model.forward == forward
