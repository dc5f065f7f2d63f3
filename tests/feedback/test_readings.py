"""What curves say in words: rising, flat, falling; where the true score parts from the optimised one; collapses."""

import random

import pytest

from lab.feedback.readings import GRAVITY, collapsed, parting, read, smooth, verdict
from lab.words import languages, words

STEPS = range(1, 41)


def curve(value, noise: float = 0.0, seed: int = 0) -> list[tuple[int, float]]:
    shake = random.Random(seed)
    return [(step, value(step) + shake.gauss(0, noise)) for step in STEPS]


RISING = curve(lambda step: step / 10, 0.3)
HACKED = curve(lambda step: step / 10 if step < 20 else 4 - step / 10, 0.1, seed=1)


def said(curves, truth=None, stopped=False) -> dict[str, str]:
    return {one.curve: one.says for one in read(curves, "reward", truth, stopped)}


def test_a_score_rises_stays_or_falls_beyond_its_noise():
    assert said({"reward": RISING}) == {"reward": "rises"}
    assert said({"reward": curve(lambda step: 2.0, 0.5)}) == {"reward": "flat"}
    assert said({"reward": curve(lambda step: 2.0)}) == {"reward": "flat"}
    assert said({"reward": curve(lambda step: -step / 10, 0.3)}) == {"reward": "falls"}
    (rise,) = read({"reward": curve(lambda step: step / 10)}, "reward", None)
    assert rise.value == pytest.approx(2.7) and not rise.warn


def test_too_few_points_say_nothing():
    assert read({"reward": RISING[:5], "kl": [(1, 50.0)], "distinct_2": [(1, 0.9), (2, 0.1)]}, "reward", None) == []


def test_scores_part_where_the_true_one_was_best():
    assert parting(RISING, RISING) is None
    assert parting(RISING, curve(lambda step: 1.0, 0.3, seed=2)) is None
    assert parting(RISING, HACKED) in range(16, 24)
    assert parting(RISING[:4], HACKED[:4]) is None
    assert parting(HACKED, HACKED) is None  # both fall: that is no hacking


def test_the_true_score_follows_stays_or_parts():
    assert said({"reward": RISING, "truth": curve(lambda step: step / 20, 0.2, 3)}, "truth")["truth"] == "follows"
    assert said({"reward": RISING, "truth": curve(lambda step: 1.0, 0.2, 3)}, "truth")["truth"] == "stays"
    parted = next(one for one in read({"reward": RISING, "truth": HACKED}, "reward", "truth") if one.curve == "truth")
    assert (parted.says, parted.warn, parted.step) == ("parts", True, parting(RISING, HACKED))


def test_divergence_is_near_fine_far_or_stopped():
    flat = curve(lambda step: 0.0)
    assert said({"reward": flat, "kl": curve(lambda step: 0.2)})["kl"] == "near"
    assert said({"reward": RISING, "kl": curve(lambda step: 0.2)})["kl"] == "fine"
    assert said({"kl": curve(lambda step: 5.0)})["kl"] == "fine"
    (far,) = read({"kl": curve(lambda step: float(step))}, "reward", None)
    assert (far.says, far.step, far.warn) == ("far", 11, True)
    (stopped,) = read({"kl": curve(lambda step: 2.0 * step)}, "reward", None, stopped_early=True)
    assert (stopped.says, stopped.step, stopped.value) == ("stopped", 40, 80.0)


def test_variety_and_length_that_shrink_are_flagged():
    (lost,) = read({"distinct_2": curve(lambda step: 1 - step / 80)}, "reward", None)
    assert (lost.says, lost.warn) == ("narrows", True) and lost.value == pytest.approx(0.52, abs=0.03)
    assert said({"distinct_2": curve(lambda step: 0.9)}) == {"distinct_2": "varied"}
    length = "completions/mean_length"
    assert said({length: curve(lambda step: 40 - step * 0.7)}) == {length: "shorter"}
    assert said({length: curve(lambda step: 20 + step)}) == {length: "longer"}
    assert said({length: curve(lambda step: 30.0)}) == {length: "steady"}


def test_smoothing_keeps_a_line_and_its_length():
    assert smooth([2.0] * 20) == [2.0] * 20 and smooth([1.0]) == [1.0]
    assert smooth([0.0, 3.0, 0.0]) == [1.5, 1.0, 1.5]


def test_the_readings_come_to_one_verdict_and_none_says_all_is_well_beside_a_collapse():
    fine = {"reward": RISING, "kl": curve(lambda step: 5.0), "distinct_2": curve(lambda step: 0.9)}
    assert said(fine)["kl"] == "fine" and verdict(read(fine, "reward", None)) == "learns"
    alike = fine | {"distinct_2": curve(lambda step: 1 - step / 80)}
    assert said(alike)["kl"] == "strays" and verdict(read(alike, "reward", None)) == "narrows"
    hacked = fine | {"truth": HACKED}
    assert verdict(read(hacked, "reward", "truth")) == "parts"
    assert verdict(read({"kl": curve(lambda step: 5.0)}, "reward", None)) is None


def test_every_verdict_has_words_in_every_language():
    for language in languages():
        say = words(language)
        assert all(say[f"rlhf.verdict_{word}"] and say[f"rlhf.verdict_{word}_means"] for word in (*GRAVITY, "learns"))


def test_a_collapse_is_the_share_of_the_variety_that_is_left():
    assert collapsed(0.8, 0.4) == 0.5
    assert (collapsed(0.8, 0.6), collapsed(None, 0.4), collapsed(0.8, None)) == (None, None, None)
