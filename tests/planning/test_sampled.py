"""A step means the same for every objective that samples."""

from lab.home import RECIPES
from lab.planning import plan
from lab.recipe import read_recipe


def test_the_comparison_samples_equally_many_answers_at_the_same_price_and_check_says_so(home):
    planned = {one.run.name: one for one in plan(read_recipe(RECIPES / "rlhf" / "compare.yaml"), home)}
    said = {name: one.notes for name, one in planned.items() if one.notes}
    assert set(said) == {"PPO", "GRPO", "RLOO"}
    asked = {
        "PPO": "1 to each of 64",
        "GRPO": "8 to each of 8",
        "RLOO": "4 to each of 16",
    }
    for name, (note,) in said.items():
        assert "samples 64 answers of at most 48 tokens" in note and f"{asked[name]} questions" in note
        assert "25 steps sample 1,600, at most 76,800 tokens" in note
    options = [planned[name].run.stages[-1].options for name in said]
    assert {(one["kl_coef"], one["no_end_penalty"]) for one in options} == {(0.3, 3.0)}
