"""Scores become advantages exactly as the papers' formulas say, and nothing crosses an answer's end."""

import math

import torch
from torch import tensor

from lab.objectives.policy.advantages import explained_variance, gae, token_rewards, whiten


def test_gae_matches_a_table_made_by_hand():
    # gamma = lambda = 1/2, so each advantage is its surprise plus a quarter of the next advantage
    rewards = tensor([[1.0, 0.0, 2.0], [0.0, 3.0, 99.0]])
    values = tensor([[0.5, 1.0, 1.5], [1.0, 2.0, 77.0]])
    mask = tensor([[1.0, 1.0, 1.0], [1.0, 1.0, 0.0]])  # the second answer ends after two tokens
    advantages, returns = gae(rewards, values, mask, gamma=0.5, lam=0.5)
    assert advantages.tolist() == [[0.96875, -0.125, 0.5], [0.25, 1.0, 0.0]]
    assert returns.tolist() == [[1.46875, 0.875, 2.0], [1.25, 3.0, 0.0]]


def test_gae_with_lambda_one_is_the_return_less_the_value():
    rewards, values = torch.randn(3, 7), torch.randn(3, 7)
    advantages, returns = gae(rewards, values, torch.ones(3, 7), gamma=1.0, lam=1.0)
    to_come = rewards.flip(1).cumsum(1).flip(1)
    torch.testing.assert_close(returns, to_come)
    torch.testing.assert_close(advantages, to_come - values)


def test_what_follows_the_end_of_an_answer_changes_no_advantage():
    mask = tensor([[1.0, 1.0, 0.0, 0.0]])
    rewards, values = torch.randn(1, 4), torch.randn(1, 4)
    before, _ = gae(rewards, values, mask, 0.9, 0.8)
    rewards[:, 2:], values[:, 2:] = 1e6, -1e6
    after, _ = gae(rewards, values, mask, 0.9, 0.8)
    assert torch.equal(before, after)
    assert after[:, 2:].eq(0).all()


def test_the_score_lies_on_the_last_real_token_and_every_token_pays_for_leaving_the_reference():
    logps, ref_logps = tensor([[-1.0, -2.0, -5.0], [-1.0, -1.0, -1.0]]), tensor([[-2.0, -2.0, -9.0], [-1.5, -1.0, 0.0]])
    mask = tensor([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]])
    rewards = token_rewards(tensor([10.0, 20.0]), logps, ref_logps, mask, kl_coef=0.5)
    assert rewards.tolist() == [[-0.5, 10.0, 0.0], [-0.25, 0.0, 20.5]]


def test_an_answer_left_out_as_a_whole_earns_nothing():
    rewards = token_rewards(tensor([7.0]), torch.zeros(1, 3), torch.ones(1, 3), torch.zeros(1, 3), 1.0)
    assert rewards.tolist() == [[0.0, 0.0, 0.0]]


def test_whitening_counts_real_tokens_only():
    values, mask = tensor([[1.0, 3.0, 100.0], [5.0, -70.0, 0.0]]), tensor([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    white = whiten(values, mask)
    scale = math.sqrt(8 / 3)
    torch.testing.assert_close(white, tensor([[-2 / scale, 0.0, 0.0], [2 / scale, 0.0, 0.0]]))


def test_whitening_over_processes_uses_the_sums_of_all():
    values, mask = torch.randn(4, 5), torch.ones(4, 5)
    both = torch.cat([values, values + 3])
    # a process that is told every sum twice, once for itself and once for a twin shifted by 3, is awkward to stage;
    # doubling the sums must at least change nothing when the twin is equal
    torch.testing.assert_close(whiten(values, mask, lambda sums: 2 * sums), whiten(values, mask))
    assert not torch.allclose(whiten(both, torch.ones(8, 5))[:4], whiten(values, mask))


def test_explained_variance_is_one_for_right_zero_for_constant_and_negative_for_worse():
    returns, mask = tensor([[1.0, 2.0, 9.0]]), tensor([[1.0, 1.0, 0.0]])
    assert explained_variance(returns, returns, mask) == 1.0
    assert explained_variance(tensor([[4.0, 4.0, 0.0]]), returns, mask) == 0.0
    assert explained_variance(tensor([[2.0, 1.0, 0.0]]), returns, mask) == -3.0
    assert math.isnan(explained_variance(returns, torch.ones(1, 3), mask))
