"""How an answer ended is part of what is judged: in the reward model's reading, in the penalty, in every trainer."""

import pytest
import torch

from lab.objectives._online import as_function, have_ended, no_end_penalty
from tests.objectives.games import count_a, make_trainer
from tests.objectives.test_objectives import task_for, trained
from tests.tiny import make_tiny_base


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return make_tiny_base(tmp_path_factory.mktemp("base"))


def test_trls_trainers_tell_rewards_which_answers_ended_and_cut_ones_pay():
    class Ended:
        name = "ended"

        def score(self, answers):
            return [float(end) for end in answers.ended]

    ids = [[5, 2], [5, 6], [], [3]]
    assert have_ended(ids, [2, 3]) == [True, False, False, True]
    assert as_function(Ended(), [2, 3])(["q"] * 4, ["a"] * 4, completion_ids=ids) == [1.0, 0.0, 0.0, 1.0]
    assert no_end_penalty(1.5, [2, 3])(completion_ids=ids, prompts=["q"] * 4) == [0.0, -1.5, -1.5, 0.0]


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["ppo", "grpo", "rloo"])
def test_by_default_an_answer_that_does_not_end_loses_a_point(base, home, objective):
    task = task_for(base, home, objective, options={"answer_tokens": 3})
    log = trained(task).state.log_history[0]
    assert log["reward"] == pytest.approx(log["reward/shorter"] - (1 - log["completions/ended"]), abs=1e-5)
    assert log["completions/ended"] < 1


@pytest.mark.slow
def test_a_nat_costs_ppo_the_same_reward_however_large_the_rewards_are(tmp_path):
    def ten_times(prompts, completions):
        return [10 * score for score in count_a(prompts, completions)]

    def weights(reward, price):
        trainer = make_trainer(tmp_path, reward, kl_coef=price, num_ppo_epochs=1)
        trainer.train()
        return torch.cat([weight.flatten() for weight in trainer.model.parameters()])

    assert torch.allclose(weights(count_a, 0.5), weights(ten_times, 5.0), atol=1e-5)
    assert not torch.allclose(weights(count_a, 0.5), weights(count_a, 5.0), atol=1e-5)


@pytest.mark.slow
def test_grpo_pays_for_a_nat_in_the_unit_of_its_advantages_and_a_step_is_a_round_of_answers(base, home):
    options = {"answer_tokens": 4, "group": 4, "kl_coef": 0.3, "epochs": 2}
    task = task_for(base, home, "grpo", options=options, budget={"steps": 3, "batch_size": 8, "max_length": 64})
    trainer = trained(task)
    assert trainer.state.global_step == 3
    assert trainer._step == 6  # two updates a step
    scores = torch.tensor([[1.0, 0.0], [3.0, 0.0], [0.0, 0.0], [4.0, 0.0]] * 2)
    trainer.num_generations, trainer.reward_weights = 4, torch.tensor([1.0, 1.0])
    assert trainer._reward_unit(scores) == pytest.approx(torch.tensor([1.0, 3.0, 0.0, 4.0]).std().item())
    trainer.scale_rewards = "none"
    assert trainer._reward_unit(scores) == 1.0
    rounds = [log for log in trainer.state.log_history if "reward" in log]
    assert len(rounds) == 3
