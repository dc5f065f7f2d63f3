"""Held-out loss: every token counts the same, whatever its batch; it equals the model's own loss."""

import math

import pytest

from lab.data.encode import encode
from lab.evaluate.loss import mean_loss, perplexity
from lab.models import load_model, load_tokenizer

ROWS = [
    {"prompt": "What is in mapo tofu?", "completion": "Tofu."},
    {"prompt": "Why is the sky blue?", "completion": "Because the air scatters blue light more than red light."},
    {"prompt": "麻婆豆腐是哪里的菜?", "completion": "四川。"},
]


@pytest.fixture(scope="module")
def model(tiny_base):
    return load_model(tiny_base)


@pytest.fixture(scope="module")
def rows(tiny_base):
    return encode(ROWS, "prompt_completion", load_tokenizer(tiny_base), 128)


def test_it_equals_the_models_own_loss_row_by_row(model, rows, tiny_base):
    import torch

    total = count = 0
    for row in rows:
        learned = sum(label != -100 for label in row["labels"])
        with torch.no_grad():
            own = model(input_ids=torch.tensor([row["input_ids"]]), labels=torch.tensor([row["labels"]])).loss.item()
        total, count = total + own * learned, count + learned
    assert mean_loss(model, load_tokenizer(tiny_base), rows) == pytest.approx(total / count, abs=1e-5)


@pytest.mark.parametrize("batch_tokens", [1, 64, 100_000])
def test_batches_do_not_change_it(model, rows, tiny_base, batch_tokens):
    tokenizer = load_tokenizer(tiny_base)
    assert mean_loss(model, tokenizer, rows, batch_tokens) == pytest.approx(mean_loss(model, tokenizer, rows), abs=1e-5)


def test_the_model_is_left_in_its_mode(model, rows, tiny_base):
    model.train()
    mean_loss(model, load_tokenizer(tiny_base), rows)
    assert model.training
    model.eval()


def test_no_rows_have_no_loss(model, tiny_base):
    assert math.isnan(mean_loss(model, load_tokenizer(tiny_base), []))


def test_perplexity_is_e_to_the_loss_and_stays_finite():
    assert perplexity(0) == 1
    assert perplexity(2) == pytest.approx(math.e**2)
    assert math.isfinite(perplexity(10_000))


def test_only_labelled_positions_go_through_the_head(model, rows, tiny_base):
    seen = []
    handle = model.lm_head.register_forward_hook(lambda *given: seen.append(given[2].shape[0]))
    mean_loss(model, load_tokenizer(tiny_base), rows)
    handle.remove()
    assert sum(seen) == sum(label != -100 for row in rows for label in row["labels"][1:])
