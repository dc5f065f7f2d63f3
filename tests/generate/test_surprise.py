"""The surprise of each token is -log p, computed here another way; the alternatives are the likeliest tokens."""

import math
import threading

import pytest
import torch

from lab.data.encode import answer_ids, encode
from lab.errors import ModelError
from lab.evaluate.loss import mean_loss
from lab.generate import Pane
from lab.generate.surprise import ALTERNATIVES, MOST_TOKENS, text_surprise
from lab.models import chain_of, load_chain
from lab.serving.engine import InferenceEngine

ASKED = [{"role": "user", "content": "What is in mapo tofu?"}]
TEXT = "Tofu, 豆腐 and 🦜."


def chances(model, ids: list[int]) -> torch.Tensor:
    """The probabilities of the next token after `ids` alone, in double precision: one pass a token, nothing shared."""
    with torch.no_grad():
        return model(torch.tensor([ids])).logits[0, -1].double().softmax(-1)


def tokens_of(spans):
    return [token for span in spans for token in span.tokens]


def test_surprise_is_minus_log_p_of_each_token_and_alternatives_are_the_likeliest(model, tokenizer):
    given, said = answer_ids(tokenizer, ASKED, TEXT)
    spans = text_surprise(model, tokenizer, TEXT, ASKED)
    tokens = tokens_of(spans)
    assert "".join(span.text for span in spans) == TEXT + tokenizer.eos_token
    assert len(tokens) == len(said)
    for place, (token, known) in enumerate(zip(said, tokens, strict=True)):
        expected = chances(model, given + said[:place])
        assert known.nats == pytest.approx(-math.log(expected[token]), abs=1e-4)
        shares = [one.probability for one in known.alternatives]
        assert shares == pytest.approx(expected.topk(ALTERNATIVES).values.tolist(), abs=1e-5)
        assert shares == sorted(shares, reverse=True) and sum(shares) <= 1 + 1e-6
        assert (math.exp(-known.nats) >= shares[-1] - 1e-6) == (known.text in [one.text for one in known.alternatives])


def test_it_adds_up_to_the_loss_and_a_characters_tokens_to_its_span(model, tokenizer):
    row = {"prompt": ASKED, "completion": TEXT}
    (encoded,) = encode([row], "prompt_completion", tokenizer, 400)
    spans = text_surprise(model, tokenizer, TEXT, ASKED)
    nats = [token.nats for token in tokens_of(spans)]
    assert sum(nats) / len(nats) == pytest.approx(mean_loss(model, tokenizer, [encoded]), abs=1e-5)
    parrot = next(span for span in spans if span.text == "🦜")
    assert len(parrot.tokens) > 1
    assert parrot.nats == pytest.approx(sum(token.nats for token in parrot.tokens))
    assert [token.text for token in parrot.tokens] == ["⟨F0⟩", "⟨9F⟩", "⟨A6⟩", "⟨9C⟩"]


def test_nothing_foretells_the_first_token_of_a_plain_text(model, tokenizer):
    spans = text_surprise(model, tokenizer, "The parrot sat")
    assert spans[0].nats is None and spans[0].tokens[0].alternatives == ()
    assert "".join(span.text for span in spans) == "The parrot sat"
    assert all(span.nats is not None for span in spans[1:])


def test_too_long_and_empty_texts_are_refused_in_words(model, tokenizer):
    with pytest.raises(ModelError, match=f"tokens long with all before it, {MOST_TOKENS} can be read"):
        text_surprise(model, tokenizer, "🦜" * MOST_TOKENS)
    with pytest.raises(ModelError, match="there is no text"):
        text_surprise(model, tokenizer, "  ")


@pytest.mark.parametrize("kind", ["lora", "dora", "tensors", "lora_on_lora", "prefix"])
def test_a_run_of_every_kind_reads_with_its_own_weights(home, base, runs, model, tokenizer, kind):
    alone = load_chain(chain_of(runs[kind], home), home).eval()
    panes = [Pane("base", base), Pane("run", runs[kind])]
    found = {one.pane: one for one in InferenceEngine(home).surprise(TEXT, ASKED, panes, threading.Event())}
    assert all(one.error is None for one in found.values())
    assert found["base"].fingerprint != found["run"].fingerprint
    expected = text_surprise(alone, tokenizer, TEXT, ASKED)
    assert found["run"].mean == pytest.approx(sum(span.nats for span in expected) / found["run"].tokens, abs=1e-4)
    assert found["base"].nats == pytest.approx(
        sum(s.nats for s in text_surprise(model, tokenizer, TEXT, ASKED)), abs=1e-3
    )
    assert abs(found["base"].nats - found["run"].nats) > 0.01


def test_one_pane_that_cannot_read_says_why_and_the_others_go_on(home, base):
    panes = [Pane("gone", "run:aaaaaaff"), Pane("base", base)]
    gone, whole = InferenceEngine(home).surprise(TEXT, ASKED, panes, threading.Event())
    assert gone.error and not gone.spans and gone.mean is None
    assert whole.error is None and whole.tokens > 5
