"""Running reward statistics and the price of a nat."""

import torch
from pytest import approx
from torch import tensor

from lab.objectives.policy.moments import KLController, RunningMoments


def test_moments_of_batches_are_the_moments_of_everything():
    everything = torch.randn(100, generator=torch.Generator().manual_seed(1)) * 3 + 40
    moments = RunningMoments()
    for batch in everything.split(7):
        moments.update(batch)
    moments.update(tensor([]))
    assert moments.count == 100
    assert moments.mean == approx(everything.mean().item(), abs=1e-4)
    assert moments.sd == approx(everything.std(unbiased=False).item(), abs=1e-4)


def test_a_constant_reward_is_not_blown_up():
    moments = RunningMoments()
    moments.update(tensor([5.0, 5.0, 5.0]))
    assert moments.scale(tensor([5.0]), clip=2.0).tolist() == [5.0]


def test_scaling_keeps_the_mean_and_clips_around_it():
    moments = RunningMoments()
    moments.update(tensor([98.0, 102.0]))  # mean 100, sd 2: clipping around 0 would flatten everything
    assert moments.scale(tensor([100.0, 101.0, 150.0, -50.0]), clip=3.0).tolist() == [50.0, 50.5, 53.0, 47.0]


def test_the_coefficient_rises_above_the_target_and_falls_below_it():
    control = KLController(0.1, target=6.0, horizon=100)
    control.update(12.0, answers=50)
    assert control.coef == approx(0.1 * 1.1)  # the error is clipped to a fifth
    control.update(5.4, answers=50)
    assert control.coef == approx(0.1 * 1.1 * 0.95)


def test_without_a_target_the_coefficient_stays():
    control = KLController(0.1)
    control.update(1e9, answers=1000)
    assert control.coef == 0.1
