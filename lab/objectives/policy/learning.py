"""The updates of a round: epochs, minibatches and passes over its answers, and when to leave off."""

import contextlib
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from lab.objectives.policy.forward import read
from lab.objectives.policy.losses import policy_loss, value_loss
from lab.objectives.policy.rounds import Played, Rounds

if TYPE_CHECKING:
    from lab.objectives.policy.trainer import PPOTrainer


class Learner:
    """Makes all gradients of a round, and all its optimizer steps but the last, which is the caller's."""

    def __init__(self, model, value_head, head, rounds: Rounds, trainer: "PPOTrainer"):
        self._model, self._head, self._rounds, self._trainer = model, head, rounds, trainer
        self._args, self._accelerator, self._tally = trainer.args, trainer.accelerator, trainer.tally
        self._modules = (model, value_head)

    def learn(self, played: Played) -> Tensor:
        """Update on `played`; returns the mean loss. Leaves the last minibatch's gradients, or none, behind."""
        losses, pending = [], False
        for minibatch in self._minibatches(len(played.mask)):
            if pending:
                self._trainer.step_optimizer()
            self._forget_gradients()
            loss, kl = self._backward(played, minibatch)
            losses.append(loss)
            pending = True
            if self._args.early_stop_kl is not None and kl > self._args.early_stop_kl:
                self._forget_gradients()  # this far from the policy that sampled, they mean little
                break
        self._tally.add("updates", len(losses))
        return torch.stack(losses).mean()

    def _minibatches(self, count: int):
        """Row numbers of each minibatch; the answers come in random order, so only later epochs are shuffled."""
        size = -(-count // self._args.num_mini_batches)
        for epoch in range(self._args.num_ppo_epochs):
            order = torch.arange(count) if epoch == 0 else torch.randperm(count)
            yield from order.split(size)

    def _backward(self, played: Played, minibatch: Tensor) -> tuple[Tensor, float]:
        """Gradients of one minibatch, a pass at a time; its loss and its distance from the policy that sampled."""
        real = self._accelerator.reduce(played.mask[minibatch.to(played.mask.device)].sum(), reduction="sum")
        # distributed training averages gradients over processes, which leaves each its share of all real tokens
        tokens = (real / self._accelerator.num_processes).clamp(min=1)
        passes = self._rounds.passes(minibatch, played.tokens.completion_mask.sum(1).cpu())
        sums = []
        for i, part in enumerate(passes):
            with self._syncing(last=i == len(passes) - 1):
                sums.append(self._pass(played, part.to(played.mask.device), tokens))
        loss, kl = torch.stack(sums).sum(0)
        kl = self._accelerator.reduce(kl, reduction="sum") / real.clamp(min=1)
        return loss, float(kl)

    def _pass(self, played: Played, rows: Tensor, tokens: Tensor) -> Tensor:
        """Forward and backward of some answers; their (loss, summed KL)."""
        args = self._args
        some = played.tokens.rows(rows)
        width = some.completion_ids.shape[1]
        mask, old_logps, old_values, advantages, returns = (
            whole[rows, :width]
            for whole in (played.mask, played.logps, played.values, played.advantages, played.returns)
        )
        bonus = args.entropy_coef > 0
        self._model.train(args.gradient_checkpointing)  # checkpointing only works in training mode
        with self._accelerator.autocast():
            reading = read(self._model, some, args.temperature, entropy=bonus)
        values = self._rounds.read_values(self._model, self._head, some, reading)
        policy = policy_loss(reading.logps, old_logps, advantages, mask, args.cliprange)
        value = value_loss(values, old_values, returns, mask, args.cliprange_value)
        loss = policy.loss + args.vf_coef * value
        if bonus:
            loss = loss - args.entropy_coef * (reading.entropy * mask).sum()
        self._accelerator.backward(loss / tokens)
        self._model.eval()
        self._enter(policy, value, mask)
        return torch.stack([loss.detach() / tokens, policy.kl])

    def _enter(self, policy, value: Tensor, mask: Tensor) -> None:
        count = mask.sum()
        self._tally.add("policy_loss", policy.loss.detach(), count)
        self._tally.add("value_loss", value.detach(), count)
        self._tally.add("clip_fraction", policy.clipped, count)
        self._tally.add("update_kl", policy.kl, count)
        self._tally.add("ratio/mean", policy.ratio, count)
        self._tally.highest("ratio/max", policy.ratio_max)

    def _syncing(self, last: bool):
        """Between processes, gradients are only sent around with the last pass of a minibatch."""
        if last or self._accelerator.num_processes == 1:
            return contextlib.nullcontext()
        stack = contextlib.ExitStack()
        stack.enter_context(self._accelerator.no_sync(self._model))
        stack.enter_context(self._accelerator.no_sync(self._head))
        return stack

    def _forget_gradients(self) -> None:
        for module in self._modules:
            module.zero_grad(set_to_none=True)
