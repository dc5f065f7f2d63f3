"""Laws that a wrong PPO breaks: before the first update, about gradients, about what may not change."""

import copy

import pytest
import torch
from torch import tensor

from lab.objectives.policy.forward import probe, read
from lab.objectives.policy.losses import policy_loss, value_loss
from lab.objectives.policy.sampler import Sampler
from tests.objectives.games import (
    LETTERS,
    count_a,
    make_classifier,
    make_lora,
    make_model,
    make_tokenizer,
    make_trainer,
)
from tests.objectives.games import prompts as prompts_of
from tests.objectives.test_tokens import PADDED

pytestmark = pytest.mark.slow


def first_log(trainer) -> dict[str, float]:
    trainer.train()
    return trainer.state.log_history[0]


def trained(folder, **given):
    trainer = make_trainer(folder, **given)  # right before training: making it seeds the random numbers
    trainer.train()
    return trainer


@pytest.mark.parametrize("adapted", [True, False])
def test_ratio_is_exactly_one_and_kl_exactly_zero_before_the_first_update(tmp_path, adapted):
    lora = make_lora(lora_dropout=0.5) if adapted else None
    model = make_model(layers=2, dropout=0.5)  # dropout anywhere would show
    log = first_log(make_trainer(tmp_path, model=model, peft_config=lora, max_steps=1, num_ppo_epochs=1))
    assert (log["ratio/mean"], log["ratio/max"], log["update_kl"], log["clip_fraction"]) == (1.0, 1.0, 0.0, 0.0)
    assert (log["kl"], log["kl_per_token"]) == (0.0, 0.0)


def test_ratio_stays_one_through_minibatches_while_nothing_moves(tmp_path):
    given = {"num_mini_batches": 2, "gradient_accumulation_steps": 4, "per_device_train_batch_size": 4}
    log = first_log(make_trainer(tmp_path, max_steps=1, num_ppo_epochs=1, learning_rate=0.0, **given))
    assert (log["ratio/mean"], log["ratio/max"], log["updates"]) == (1.0, 1.0, 2.0)


def test_zero_advantage_gives_zero_policy_gradient():
    model = make_model(layers=2).eval()
    logps = read(model, PADDED, 1.0).logps
    mask = PADDED.completion_mask.float()
    old = logps.detach() + torch.randn_like(logps)  # ratios far from 1, clipped and not
    policy_loss(logps, old, torch.zeros_like(logps), mask, 0.2).loss.backward()
    gradients = [weight.grad for weight in model.parameters() if weight.grad is not None]
    assert gradients
    assert all(gradient.eq(0).all() for gradient in gradients)


def test_the_policy_gradient_is_that_of_the_advantage_weighted_likelihood_at_ratio_one():
    model = make_model(layers=2).eval()
    reading = read(model, PADDED, 1.0)
    mask, advantages = PADDED.completion_mask.float(), torch.randn(2, 4, generator=torch.Generator().manual_seed(0))
    ours = policy_loss(reading.logps, reading.logps.detach(), advantages, mask, 0.2).loss
    plain = -(reading.logps * advantages * mask).sum()
    weight = model.model.layers[0].self_attn.q_proj.weight
    first = torch.autograd.grad(ours, weight, retain_graph=True)[0]
    torch.testing.assert_close(first, torch.autograd.grad(plain, weight)[0])


@pytest.mark.parametrize(("ratio", "advantage", "moves"), [(1.5, 1, 0), (1.5, -1, 1), (0.5, 1, 1), (0.5, -1, 0)])
def test_clipping_stops_only_what_has_gone_far_enough_in_the_good_direction(ratio, advantage, moves):
    logps = tensor([[float(ratio)]]).log().requires_grad_()
    loss = policy_loss(logps, torch.zeros(1, 1), tensor([[float(advantage)]]), torch.ones(1, 1), 0.2)
    loss.loss.backward()
    assert bool(logps.grad) == bool(moves)
    assert loss.clipped == 1 - moves


def test_the_value_loss_takes_the_worse_of_clipped_and_plain():
    values, old, returns = tensor([[1.0, 0.1]]), tensor([[0.0, 0.0]]), tensor([[1.0, 1.0]])
    # the first value is right but left its clip: it is judged as 0.2; the second is within its clip
    loss = value_loss(values, old, returns, torch.ones(1, 2), 0.2)
    assert loss.item() == pytest.approx(0.5 * (0.8**2 + 0.9**2))


def test_gradients_reach_the_states_that_chose_real_tokens_and_no_others(tmp_path):
    trainer = make_trainer(tmp_path, data=prompts_of("ab", "c"), max_steps=1, num_ppo_epochs=1, pass_answers=16)
    seen = []

    def keep(module, args, kwargs, output):
        if output.last_hidden_state.requires_grad:
            output.last_hidden_state.retain_grad()
            seen.append((kwargs["attention_mask"].clone(), output.last_hidden_state))

    trainer.model.model.register_forward_hook(keep, with_kwargs=True)
    trainer.train()
    ((mask, hidden),) = seen
    answer_lengths = mask[:, 2:].sum(1)  # prompts are two wide
    expected = torch.zeros_like(mask)
    for row, length in enumerate(answer_lengths.tolist()):
        expected[row, 1 : 1 + length] = 1  # from the prompt's last token to the answer's last but one
    assert len(set(answer_lengths.tolist())) > 1
    assert torch.equal(hidden.grad.ne(0).any(-1).long(), expected)


def test_tokens_after_the_end_change_neither_loss_nor_gradient():
    model, mask = make_model(layers=2).eval(), PADDED.completion_mask.float()

    def gradient(tokens):
        model.zero_grad()
        logps = read(model, tokens, 1.0).logps
        loss = policy_loss(logps, logps.detach() * 0.9, torch.ones_like(logps), mask, 0.2).loss
        loss.backward()
        return loss.detach(), model.model.layers[0].mlp.up_proj.weight.grad.clone()

    changed = copy.copy(PADDED.completion_ids)
    changed = torch.where(PADDED.completion_mask.bool(), changed, tensor(3))
    other = type(PADDED)(PADDED.prompt_ids, PADDED.prompt_mask, changed, PADDED.completion_mask)
    assert not torch.equal(other.input_ids, PADDED.input_ids)
    for before, after in zip(gradient(PADDED), gradient(other), strict=True):
        assert torch.equal(before, after)


def test_frozen_weights_the_reference_and_the_reward_model_stay_the_same_to_the_bit(tmp_path):
    classifier, tokenizer = make_classifier(), make_tokenizer()
    trainer = make_trainer(tmp_path, reward=classifier, peft_config=make_lora(), tokenizers=tokenizer, max_steps=3)
    first_layer = next(name for name, _ in trainer.model.named_parameters() if "lora_A" in name)
    trainer.model.get_parameter(first_layer).requires_grad_(False)  # as LoRA-FA has it: PEFT would wake it up
    before = {name: weight.clone() for name, weight in trainer.model.named_parameters()}
    judged = {name: weight.clone() for name, weight in classifier.named_parameters()}
    moving = {name for name, weight in trainer.model.named_parameters() if weight.requires_grad}
    trainer.train()
    changed = {name for name, weight in trainer.model.named_parameters() if not torch.equal(weight, before[name])}
    assert changed == moving
    assert {name for name, weight in trainer.model.named_parameters() if weight.requires_grad} == moving
    assert all(torch.equal(weight, judged[name]) for name, weight in classifier.named_parameters())


@pytest.mark.parametrize("adapted", [True, False])
def test_the_reference_is_the_start_whatever_is_learned(tmp_path, adapted):
    trainer = make_trainer(tmp_path, peft_config=make_lora() if adapted else None, max_steps=3)
    start = probe(trainer.model, len(LETTERS))
    trainer.train()
    with trainer._collector.reference() as reference:
        assert torch.equal(probe(reference, len(LETTERS)), start)
    assert not torch.allclose(probe(trainer.model, len(LETTERS)), start, atol=1e-3)


def test_an_adapter_that_was_trained_before_is_its_own_reference(tmp_path):
    from peft import get_peft_model

    model = get_peft_model(make_model(), make_lora())
    for name, weight in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight)
    log = first_log(make_trainer(tmp_path, model=model, max_steps=1))
    assert log["kl"] == 0.0


def test_a_frozen_copy_shares_what_can_not_move(tmp_path):
    model = make_model(layers=2)
    model.model.layers[0].requires_grad_(False)
    trainer = make_trainer(tmp_path, model=model)
    with trainer._collector.reference() as reference:
        assert reference.model.layers[0].mlp.up_proj.weight is model.model.layers[0].mlp.up_proj.weight
        assert reference.model.layers[1].mlp.up_proj.weight is not model.model.layers[1].mlp.up_proj.weight


@pytest.mark.parametrize("temperature", [1.0, 0.5])
def test_answers_are_drawn_from_the_whole_distribution_at_the_temperature(tmp_path, temperature):
    trainer = make_trainer(tmp_path, temperature=temperature, max_completion_length=1)
    model = trainer.model.eval()
    model.generation_config.top_k, model.generation_config.repetition_penalty = 1, 5.0  # what a model may come with
    torch.nn.init.normal_(model.lm_head.weight, std=0.7)  # a distribution worth the name
    sampler = Sampler(make_tokenizer(), trainer.args, [8])
    torch.manual_seed(0)
    drawn = sampler.sample(model, [{"prompt": "ab"}] * 4000).tokens.completion_ids[:, 0].bincount(minlength=10) / 4000
    expected = (model(tensor([[0, 1]])).logits[0, -1] / temperature).softmax(-1)
    assert expected.max() > 0.15
    assert (drawn - expected).abs().max() < 0.025  # three standard errors
    assert model.generation_config.top_k == 1


def test_passes_of_few_answers_give_the_same_update_as_one_of_all(tmp_path):
    whole, parts = (
        trained(
            tmp_path, early_stop_kl=None, per_device_train_batch_size=size, gradient_accumulation_steps=times,
            pass_answers=at_once,
        )
        for size, times, at_once in ((16, 1, 16), (8, 2, 3))
    )  # fmt: skip
    for one, other in zip(whole.model.parameters(), parts.model.parameters(), strict=True):
        torch.testing.assert_close(one, other, atol=1e-3, rtol=0)
    assert [answer.completion for answer in whole.answers] == [answer.completion for answer in parts.answers]


def test_an_epoch_is_left_when_the_policy_has_gone_too_far(tmp_path):
    log = first_log(make_trainer(tmp_path, max_steps=1, num_ppo_epochs=8, learning_rate=0.3, early_stop_kl=0.01))
    assert log["updates"] < 8


@pytest.mark.parametrize(("source", "reached"), [("shared", {"default"}), ("detached", set()), ("adapter", {"value"})])
def test_the_value_loss_reaches_only_the_backbone_it_was_given(tmp_path, source, reached):
    trainer = make_trainer(tmp_path, peft_config=make_lora(), value_source=source)
    head = trainer.value_head
    torch.nn.init.normal_(head.linear.weight)  # at zero nothing would pass it
    reading = read(trainer.model, PADDED, 1.0)
    trainer._collector.read_values(trainer.model, head, PADDED, reading).sum().backward()
    touched = [name for name, weight in trainer.model.named_parameters() if weight.grad is not None]
    assert {part for name in touched for part in name.split(".") if part in ("default", "value")} == reached
    assert head.linear.weight.grad is not None


def test_prompts_too_few_for_a_step_are_answered_several_times(tmp_path):
    trainer = make_trainer(tmp_path, data=prompts_of("a"), max_steps=1)
    trainer.train()
    assert len(trainer.answers) == 16
    assert {answer.prompt for answer in trainer.answers} == {"a"}
    assert trainer.state.answers == trainer.answers
    assert trainer.answers[0].reward == count_a([], [trainer.answers[0].completion])[0]


def test_training_ends_when_the_policy_has_left_its_reference(tmp_path):
    trainer = make_trainer(tmp_path, max_steps=30, learning_rate=0.1, kl_coef=0.0, early_stop_kl=None, stop_kl=2.0)
    trainer.train()
    logs = trainer.state.log_history[:-1]
    assert trainer.state.global_step < 30
    assert logs[-1]["kl"] > 2.0
    assert all(log["kl"] <= 2.0 for log in logs[:-1])
