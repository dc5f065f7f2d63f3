"""Choosing: draws follow softmax, noise depends on seed and position only."""

from collections import Counter

import pytest
import torch

from lab.errors import LabError
from lab.generate import Sampling
from lab.generate.token_sampler import TokenSampler, gumbel


def test_draws_have_the_frequencies_of_softmax():
    scores = torch.tensor([[2.0, 1.0, 0.0, -1.0, -20.0]])
    draws = Counter(
        TokenSampler(Sampling(temperature=1.0, top_p=1.0, seed=seed), 0)(torch.zeros(1, position), scores)
        .argmax()
        .item()
        for seed in range(60)
        for position in range(50)
    )
    wanted = torch.softmax(scores, -1)[0]
    for token in range(5):
        spread = 4 * (3000 * wanted[token] * (1 - wanted[token])) ** 0.5
        assert abs(draws[token] - 3000 * wanted[token]) <= spread + 1e-3


def test_temperature_sharpens_and_top_p_keeps_only_the_likeliest():
    scores = torch.log(torch.tensor([[0.5, 0.3, 0.15, 0.05]]))

    def seen(sampling: dict) -> set[int]:
        return {
            TokenSampler(Sampling(seed=seed, **sampling), 0)(torch.zeros(1, 3), scores).argmax().item()
            for seed in range(400)
        }

    assert seen({"temperature": 1.0, "top_p": 1.0}) == {0, 1, 2, 3}
    assert seen({"temperature": 1.0, "top_p": 0.79}) == {0, 1}
    assert seen({"temperature": 1.0, "top_p": 0.81}) == {0, 1, 2}
    assert seen({"temperature": 1.0, "top_p": 0.01}) == {0}
    assert seen({"temperature": 0.0, "top_p": 1.0}) == {0}
    assert seen({"temperature": 0.02, "top_p": 1.0}) == {0}


@pytest.mark.parametrize("spread", [0.1, 1.0, 6.0])
def test_top_p_keeps_the_likeliest_tokens_up_to_its_share(spread):
    scores = spread * torch.randn(5, 1000, generator=torch.Generator().manual_seed(1))
    for share in (0.3, 0.9, 0.999):
        ordered, order = torch.sort(torch.softmax(scores, -1), descending=True)
        wanted = torch.zeros_like(scores, dtype=torch.bool)
        wanted.scatter_(1, order, ordered.cumsum(-1) - ordered < share)
        chosen = TokenSampler(Sampling(temperature=1.0, top_p=share), 0)(torch.zeros(5, 1), scores)
        assert torch.equal(chosen.isfinite(), wanted)


def test_rows_with_seeds_of_their_own_get_the_noise_of_those_seeds():
    scores, taken = torch.zeros(3, 50), torch.zeros(3, 2)
    mixed = TokenSampler(Sampling(temperature=1.0, top_p=1.0), 0, seeds=(4, 5, 4))(taken, scores)
    for row, seed in enumerate((4, 5, 4)):
        alone = TokenSampler(Sampling(temperature=1.0, top_p=1.0, seed=seed), 0)(taken, scores)
        assert torch.equal(mixed[row], alone[row])
    assert not torch.equal(mixed[0], mixed[1])


def test_noise_depends_on_seed_and_position_only():
    assert torch.equal(gumbel(3, 7, 100), gumbel(3, 7, 100))
    assert not torch.equal(gumbel(3, 7, 100), gumbel(3, 8, 100))
    assert not torch.equal(gumbel(3, 7, 100), gumbel(4, 7, 100))
    assert gumbel(0, 0, 200_000).mean().item() == pytest.approx(0.5772, abs=0.01)


@pytest.mark.parametrize(
    "wrong",
    [{"temperature": -0.1}, {"top_p": 0}, {"max_new_tokens": 0}, {"seed": 1.5}, {"temperature": float("nan")}],
)
def test_sampling_out_of_range_is_refused(wrong):
    with pytest.raises(LabError, match=r"is not allowed"):
        Sampling(**wrong)
