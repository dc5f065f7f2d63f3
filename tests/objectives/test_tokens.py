"""Padding, masks and log-probabilities of prompts with answers."""

import torch
from torch import tensor

from lab.objectives.policy.forward import read
from lab.objectives.policy.tokens import Tokens, encode_prompts, mask_after_eos
from tests.objectives.games import make_model, make_tokenizer

PADDED = Tokens(
    prompt_ids=tensor([[9, 9, 0], [1, 2, 3]]), prompt_mask=tensor([[0, 0, 1], [1, 1, 1]]),
    completion_ids=tensor([[4, 8, 9, 9], [5, 6, 7, 8]]), completion_mask=tensor([[1, 1, 0, 0], [1, 1, 1, 1]]),
)  # fmt: skip


def test_the_mask_ends_with_the_first_end():
    mask, ended = mask_after_eos(tensor([[8, 1, 8], [1, 2, 8], [1, 2, 3], [1, 7, 1]]), [8, 7])
    assert mask.tolist() == [[1, 0, 0], [1, 1, 1], [1, 1, 1], [1, 1, 0]]
    assert ended.tolist() == [True, True, False, True]


def test_positions_begin_at_the_first_real_token():
    assert PADDED.position_ids[0, 2:5].tolist() == [0, 1, 2]
    assert PADDED.position_ids[1].tolist() == list(range(7))


def test_some_rows_come_without_the_padding_of_the_others():
    short = PADDED.rows(tensor([0]))
    assert short.input_ids.tolist() == [[0, 4, 8]]
    assert short.attention_mask.tolist() == [[1, 1, 1]]


def test_padding_does_not_change_log_probabilities():
    model = make_model(layers=2).eval()
    together = read(model, PADDED, 1.0).logps
    for row in (0, 1):
        alone = read(model, PADDED.rows(tensor([row])), 1.0).logps[0]
        torch.testing.assert_close(together[row, : len(alone)], alone, atol=1e-5, rtol=0)


def test_log_probabilities_and_entropies_are_those_of_the_plain_model_at_the_temperature():
    model, row = make_model(layers=2).eval(), PADDED.rows(tensor([1]))
    expected = (model(row.input_ids).logits[:, 2:-1] / 0.5).log_softmax(-1)
    reading = read(model, row, temperature=0.5, entropy=True)
    chosen = expected.gather(-1, row.completion_ids[..., None]).squeeze(-1)
    torch.testing.assert_close(reading.logps, chosen, atol=1e-5, rtol=0)
    torch.testing.assert_close(reading.entropy, -(expected.exp() * expected).sum(-1), atol=1e-5, rtol=0)


def test_prompts_are_padded_on_the_left_and_lose_their_beginning_when_long():
    (ids, mask), cut = encode_prompts(make_tokenizer(), ["abcd", "e"], 3, {})
    assert ids.tolist() == [[1, 2, 3], [9, 9, 4]]
    assert mask.tolist() == [[1, 1, 1], [0, 0, 1]]
    assert cut == 1
