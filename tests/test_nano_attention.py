"""Attention while nano is trained: the same numbers as PyTorch's own, at any length."""

import sys

import pytest

from lab.home import RECIPES

pytestmark = pytest.mark.slow

torch = pytest.importorskip("torch")
sys.path.insert(0, str(RECIPES / "nano"))
import attention  # noqa: E402


@pytest.mark.parametrize("length", [1, 2, 7, 64])
def test_values_and_gradients_are_those_of_pytorch(length):
    torch.manual_seed(0)
    inputs = [torch.randn(6, length, 8, dtype=torch.float64, requires_grad=True) for _ in range(3)]
    grad = torch.randn(6, length, 8, dtype=torch.float64)
    ours = attention.CausalAttention.apply(*inputs)
    theirs = torch.nn.functional.scaled_dot_product_attention(*inputs, is_causal=True)
    torch.testing.assert_close(ours, theirs)
    torch.testing.assert_close(torch.autograd.grad(ours, inputs, grad), torch.autograd.grad(theirs, inputs, grad))


def test_heads_share_keys_and_values_in_order():
    query, key, value = torch.randn(2, 4, 5, 8), torch.randn(2, 2, 5, 8), torch.randn(2, 2, 5, 8)
    ours, _ = attention.attend(None, query, key, value, None)
    key, value = key.repeat_interleave(2, 1), value.repeat_interleave(2, 1)
    theirs = torch.nn.functional.scaled_dot_product_attention(query, key, value, is_causal=True)
    torch.testing.assert_close(ours, theirs.transpose(1, 2))
