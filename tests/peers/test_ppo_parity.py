"""Our PPO against the one TRL had until 1.12: same model, reward, prompts and settings, several seeds of each."""

from statistics import mean, stdev

import pytest

from tests.peers.ppo_run import TRL, Setting, install_trl, run

SEEDS = (0, 1, 2)
LAST = 4
"""Steps at the end whose mean score counts."""


@pytest.fixture(scope="module")
def trl(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trl")
    if not install_trl(folder):
        pytest.skip(f"{TRL} can't be installed: no package registry can be reached")
    return str(folder)


@pytest.mark.peer
@pytest.mark.timeout(3600)
def test_the_reward_curve_is_that_of_trls_trainer_within_the_spread_of_seeds(trl):
    ours, theirs = ([run(Setting(peer, seed=seed, trl=trl))["scores"] for seed in SEEDS] for peer in ("lab", "trl"))
    starts = [scores[0] for scores in (*ours, *theirs)]
    ends = [[mean(scores[-LAST:]) for scores in runs] for runs in (ours, theirs)]
    spread = stdev(figure - mean(group) for group in (starts, *ends) for figure in group)
    print({"ours": ends[0], "theirs": ends[1], "starts": starts, "spread": spread})
    assert abs(mean(scores[0] for scores in ours) - mean(scores[0] for scores in theirs)) < 2 * spread
    assert mean(ends[0]) > mean(starts) + spread  # both learn
    assert mean(ends[1]) > mean(starts) + spread
    assert abs(mean(ends[0]) - mean(ends[1])) < 2 * spread
