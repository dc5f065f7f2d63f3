"""PPO solves games whose best answer is known."""

import pytest

from tests.objectives.games import make_lora, make_trainer, prompts

pytestmark = pytest.mark.slow

GAME = {
    "per_device_train_batch_size": 64, "max_steps": 25, "num_ppo_epochs": 4, "kl_coef": 0.0, "entropy_coef": 0.01,
    "learning_rate": 1e-2, "lr_scheduler_type": "constant", "logging_steps": 25,
}  # fmt: skip


def bandit(prompts, completions):
    """Each first letter pays a little more than the one before it in the alphabet; the end of the answer nothing."""
    return ["abcdefgh".index(said[0]) / 7 if said else 0.0 for said in completions]


def two_steps(prompts, completions):
    """After a everything pays a little, after b only c pays, and most: who looks one step ahead only chooses a."""
    return [1.0 if said == "bc" else 0.3 if said[:1] == "a" else 0.0 for said in completions]


def by_prompt(prompts, completions, wanted):
    """Each prompt wants its own letter, which only the data set knows."""
    return [float(said == letter) for said, letter in zip(completions, wanted, strict=True)]


def share_of(trainer, completion: str) -> float:
    return sum(answer.completion == completion for answer in trainer.answers) / len(trainer.answers)


def test_the_best_arm_of_a_bandit_is_found(tmp_path):
    trainer = make_trainer(tmp_path, bandit, data=prompts("a"), max_completion_length=1, **GAME)
    trainer.train()
    assert share_of(trainer, "h") > 0.9


def test_a_game_of_two_steps_is_solved_although_its_first_step_tempts(tmp_path):
    trainer = make_trainer(
        tmp_path, two_steps, data=prompts("a"), max_completion_length=2, **GAME | {"entropy_coef": 0.05}
    )
    trainer.train()
    assert share_of(trainer, "bc") > 0.9


def test_a_lora_learns_a_different_answer_to_each_prompt(tmp_path):
    data = prompts("a", "b").add_column("wanted", ["g", "d"])
    settings = GAME | {"learning_rate": 2e-2, "max_completion_length": 1, "max_steps": 30}
    trainer = make_trainer(tmp_path, by_prompt, data=data, peft_config=make_lora(lora_alpha=16), **settings)
    trainer.train()
    right = {(answer.prompt, answer.completion) for answer in trainer.answers if answer.reward == 1.0}
    assert right == {("a", "g"), ("b", "d")}
    assert sum(answer.reward for answer in trainer.answers) / len(trainer.answers) > 0.9


def test_the_price_of_a_nat_keeps_the_policy_near_its_reference(tmp_path):
    def last_kl(price: float) -> float:
        settings = GAME | {"kl_coef": price, "logging_steps": 1, "max_steps": 12}
        trainer = make_trainer(tmp_path, bandit, data=prompts("a"), max_completion_length=1, **settings)
        trainer.train()
        return trainer.state.log_history[-2]["kl"]

    assert last_kl(5.0) < 0.2 < last_kl(0.0)


def test_learning_to_end_is_learned_from_the_penalty_for_not_ending(tmp_path):
    settings = GAME | {"missing_eos_penalty": 1.0, "max_completion_length": 4}
    trainer = make_trainer(tmp_path, lambda prompts, completions: [0.0] * len(prompts), data=prompts("a"), **settings)
    trainer.train()
    assert sum(answer.ended for answer in trainer.answers) / len(trainer.answers) > 0.95
