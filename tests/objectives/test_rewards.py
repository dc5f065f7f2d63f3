"""Rewards: functions, models, sums; and everything a bad one can do."""

import math

import pytest
import torch
from pytest import approx

from lab.errors import DataError, LabError, ModelError, RecipeError, RunError
from lab.objectives.policy.rewards import Answers, FunctionReward, ModelReward, Rewards
from tests.objectives.games import (
    count_a,
    make_classifier,
    make_lora,
    make_model,
    make_tokenizer,
    make_trainer,
    prompts,
)

pytestmark = pytest.mark.slow

TWO = Answers(["x", "y"], ["ab", "c"], [[0, 1], [2]], [True, False], {"colour": ["red", "blue"]})


def always(*values):
    def reward(prompts, completions):
        return list(values)

    return reward


def scored(*functions, weights=None):
    return Rewards([FunctionReward(function) for function in functions], weights).score(TWO)


def test_a_function_is_given_prompts_answers_and_the_columns_it_names():
    seen = {}

    def reward(prompts, completions, colour, **columns):
        seen.update(prompts=prompts, completions=completions, colour=colour, **columns)
        return [1, 2.5]

    assert scored(reward).total.tolist() == [1.0, 2.5]
    assert seen == {
        "prompts": ["x", "y"], "completions": ["ab", "c"], "colour": ["red", "blue"], "completion_ids": [[0, 1], [2]],
    }  # fmt: skip


def test_rewards_are_summed_with_their_weights_and_kept_apart_by_name():
    scores = scored(always(1, 2), always(10, 20), weights=[2.0, -0.5])
    assert scores.total.tolist() == [-3.0, -6.0]
    assert {name: part.tolist() for name, part in scores.parts.items()} == {"reward_1": [1, 2], "reward_2": [10, 20]}


def test_none_means_that_a_reward_does_not_apply():
    scores = scored(always(1, None), always(None, None))
    assert scores.total[0] == 1.0
    assert math.isnan(scores.total[1])
    assert scores.bad == {"reward_1": 0, "reward_2": 0}


def test_values_that_are_not_finite_are_counted_by_name_and_their_answers_left_out():
    scores = scored(always(1, 2), always(math.inf, 5))
    assert scores.bad == {"reward_1": 0, "reward_2": 1}
    assert math.isnan(scores.total[0])
    assert scores.total[1] == 7.0


def test_what_weighs_nothing_is_watched_and_changes_no_total_whatever_it_says():
    scores = scored(always(1, 2), always(math.nan, 50), weights=[1.0, 0.0])
    assert scores.total.tolist() == [1.0, 2.0]
    assert scores.parts["reward_2"][1] == 50.0
    assert scores.bad == {"reward_1": 0, "reward_2": 1}


def test_a_watched_reward_is_logged_and_what_is_learned_stays_the_same_to_the_bit(tmp_path):
    def watched(prompts, completions):
        return [float(len(said)) for said in completions]

    def weights(reward, **given):
        trainer = make_trainer(tmp_path, reward, **given)
        trainer.train()
        return trainer.state.log_history[0], list(trainer.model.parameters())

    (_, alone), (log, beside) = weights(count_a), weights([count_a, watched], reward_weights=[1.0, 0.0])
    assert all(torch.equal(one, other) for one, other in zip(alone, beside, strict=True))
    assert log["reward"] == log["reward/count_a"] != log["reward/watched"]


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (always(1), "'reward' returned 1 rewards for 2 answers"),
        (always("good", "bad"), "'reward' returned what is no number"),
        (lambda prompts, completions: 3.0, "returned float"),
        (always(math.nan, math.nan), "none of 2 answers has a finite reward.*'reward' 2"),
    ],
)
def test_a_function_that_returns_nonsense_is_named(function, words):
    with pytest.raises(RunError, match=words):
        scored(function)


def test_a_function_that_raises_is_named_with_its_reason_and_nothing_has_been_learned(tmp_path):
    def broken(prompts, completions):
        raise KeyError("colour")

    trainer = make_trainer(tmp_path, broken)
    before = [weight.clone() for weight in trainer.model.parameters()]
    with pytest.raises(RunError, match="'broken' raised KeyError: 'colour'"):
        trainer.train()
    assert all(torch.equal(old, new) for old, new in zip(before, trainer.model.parameters(), strict=True))


def test_answers_with_a_bad_reward_teach_nothing(tmp_path):
    def sometimes(prompts, completions):
        return [math.nan, *count_a(prompts[1:], completions[1:])]

    trainer = make_trainer(tmp_path, sometimes, max_steps=2)
    trainer.train()
    first = trainer.state.log_history[0]
    assert first["not_finite/sometimes"] == 1
    assert all(math.isfinite(value) for value in first.values())
    assert all(weight.isfinite().all() for weight in trainer.model.parameters())


def test_a_reward_model_reads_the_text_its_trainer_showed_it():
    tokenizer = make_tokenizer()
    reward = ModelReward(make_classifier(), tokenizer)
    assert reward.text("x", "ab", ended=True) == "xab</s>"
    assert reward.text("x", "ab", ended=False) == "xab"
    tokenizer.chat_template = "{% for m in messages %}<{{ m['content'] }}>{% endfor %}"
    conversation = [{"role": "user", "content": "x"}]
    answer = [{"role": "assistant", "content": "ab"}]
    assert reward.text(conversation, answer, ended=True) == "<x><ab></s>"  # the template's end is no token to stop at
    assert reward.text(conversation, answer, ended=False) == "<x><ab"


def test_a_reward_model_scores_each_answer_at_its_last_token_whatever_its_batch():
    model = make_classifier()
    answers = Answers(["a", "bcd"], ["ab", "c"], [[], []], [False, False])
    alone = [model(input_ids=torch.tensor([ids])).logits.item() for ids in ([0, 0, 1], [1, 2, 3, 2])]
    assert ModelReward(model, make_tokenizer()).score(answers) == approx(alone, abs=1e-5)


def test_a_reward_model_on_the_same_base_shares_its_weights(tmp_path):
    from peft import get_peft_model
    from transformers import LlamaForSequenceClassification

    base = make_model()
    judge = LlamaForSequenceClassification(make_classifier().config)
    judge.model.load_state_dict(base.model.state_dict())
    judge = get_peft_model(judge, make_lora("SEQ_CLS"))
    trainer = make_trainer(tmp_path, judge, model=base, peft_config=make_lora(), tokenizers=make_tokenizer())
    mine = dict(trainer.model.named_parameters())
    theirs = dict(judge.named_parameters())
    name = "base_model.model.model.layers.0.mlp.up_proj.base_layer.weight"
    assert mine[name].data_ptr() == theirs[name].data_ptr()
    trainer.train()
    assert math.isfinite(trainer.state.log_history[0]["reward"])


def test_a_reward_model_for_another_tokenizer_is_refused():
    tokenizer = make_tokenizer()
    tokenizer.add_tokens(["new"])
    with pytest.raises(ModelError, match="knows 10 tokens, the tokenizer given for it has 11"):
        ModelReward(make_classifier(), tokenizer)


def test_a_reward_model_with_several_outputs_is_refused():
    model = make_classifier()
    model.config.num_labels = 3
    with pytest.raises(ModelError, match="3 outputs"):
        ModelReward(model, make_tokenizer())


def test_a_reward_model_without_a_tokenizer_is_refused():
    with pytest.raises(ModelError, match="no tokenizer"):
        ModelReward(make_classifier())


def test_weights_must_fit():
    with pytest.raises(LabError, match="1 reward weights for 2 rewards"):
        scored(always(1, 2), always(1, 2), weights=[1.0])


def test_a_data_set_without_prompts_is_refused(tmp_path):
    with pytest.raises(DataError, match="no column 'prompt' among text"):
        make_trainer(tmp_path, data=prompts("a").rename_column("prompt", "text"))
    with pytest.raises(DataError, match="not a single prompt"):
        make_trainer(tmp_path, data=prompts("a").select([]))


@pytest.mark.parametrize(
    ("name", "value"),
    [("temperature", 0.0), ("gamma", 1.5), ("kl_coef", -1.0), ("reference", "none"), ("value_source", "own")],
)
def test_settings_out_of_range_are_refused_by_name(tmp_path, name, value):
    with pytest.raises(RecipeError, match=f"{name}="):
        make_trainer(tmp_path, **{name: value})


def test_a_model_with_nothing_to_train_is_refused(tmp_path):
    with pytest.raises(ModelError, match="no weight of the model can move"):
        make_trainer(tmp_path, model=make_model().requires_grad_(False))


def test_conversations_are_answered_with_messages(tmp_path):
    seen = []

    def reward(prompts, completions):
        seen.extend(zip(prompts, completions, strict=True))
        return [1.0] * len(prompts)

    data = prompts("a")
    data = data.map(lambda row: {"prompt": [{"role": "user", "content": row["prompt"]}]})
    trainer = make_trainer(tmp_path, reward, data=data, max_steps=1)
    trainer.processing_class.chat_template = "{% for m in messages %}{{ m['content'] }}{% endfor %}"
    trainer.train()
    prompt, completion = seen[0]
    assert prompt == [{"role": "user", "content": "a"}]
    assert [message["role"] for message in completion] == ["assistant"]


def test_evaluation_reports_rewards_and_leaves_training_as_it_was(tmp_path):
    def final(eval_steps):
        settings = {"max_steps": 2, "eval_strategy": "steps", "eval_steps": eval_steps}
        trainer = make_trainer(tmp_path, eval_data=prompts("a", "bc", "h"), **settings)
        trainer.train()
        return trainer

    often, never = final(1), final(10)
    assert often.answers == never.answers
    measured = [entry for entry in often.state.log_history if "eval_reward" in entry]
    assert len(measured) == 2
    assert {"eval_reward", "eval_reward/count_a", "eval_kl", "eval_completions/mean_length"} <= set(measured[0])
