"""The updates of a round: epochs, minibatches and passes over its answers, and when to leave off."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import torch
from torch import Tensor

from lab.objectives.policy.draws import places_of
from lab.objectives.policy.forward import read
from lab.objectives.policy.losses import PolicyLoss, policy_loss, value_loss
from lab.objectives.policy.rollouts import RolloutBatch, RolloutCollector


class PPOUpdater:
    """Makes all gradients of a round, and all its optimizer steps but the last, which is the caller's."""

    def __init__(
        self, model: Any, value_head: Any, head: Any, collector: RolloutCollector, step_optimizer: Callable[[], None],
        regulariser: Callable[[], Tensor] | None = None,
    ):  # fmt: skip
        """`head` is `value_head` as the accelerator wrapped it; `step_optimizer` is called between minibatches.

        `regulariser` is what the policy's method adds to the loss of each minibatch.
        """
        self._regulariser = regulariser
        self._model, self._head, self._collector, self._step_optimizer = model, head, collector, step_optimizer
        self._args, self._accelerator, self._metrics = collector.args, collector.accelerator, collector.metrics
        self._modules = (model, value_head)

    def update(self, batch: RolloutBatch) -> Tensor:
        """Update on `batch`; returns the mean loss. Leaves the last minibatch's gradients, or none, behind."""
        losses, pending = [], False
        for minibatch in self._minibatches(len(batch.mask)):
            if pending:
                self._step_optimizer()
            self._forget_gradients()
            loss, kl = self._backward(batch, minibatch)
            losses.append(loss)
            pending = True
            if self._args.early_stop_kl is not None and kl > self._args.early_stop_kl:
                self._forget_gradients()  # this far from the policy that sampled, they mean little
                break
        self._metrics.add("updates", len(losses))
        return torch.stack(losses).mean()

    def _minibatches(self, count: int) -> Iterator[Tensor]:
        """Row numbers of each minibatch; the answers come in random order, so only later epochs are shuffled."""
        size = -(-count // self._args.num_mini_batches)
        for epoch in range(self._args.num_ppo_epochs):
            yield from (torch.arange(count) if epoch == 0 else self._shuffled(count)).split(size)

    def _shuffled(self, count: int) -> Tensor:
        """Own row numbers, as they follow each other in one order of the rows of all processes."""
        process, processes = self._accelerator.process_index, self._accelerator.num_processes
        own = places_of(count, self._args.per_device_train_batch_size, process, processes)
        place = {where: row for row, where in enumerate(own)}
        order = torch.randperm(count * processes).tolist()
        return torch.tensor([place[where] for where in order if where in place])

    def _backward(self, batch: RolloutBatch, minibatch: Tensor) -> tuple[Tensor, float]:
        """Gradients of one minibatch, a pass at a time; its loss and its distance from the policy that sampled."""
        real = self._accelerator.reduce(batch.mask[minibatch.to(batch.mask.device)].sum(), reduction="sum")
        # distributed training averages gradients over processes, which leaves each its share of all real tokens
        tokens = (real / self._accelerator.num_processes).clamp(min=1)
        passes = self._collector.passes(minibatch, batch.tokens.completion_mask.sum(1).cpu())
        sums = []
        for i, part in enumerate(passes):
            with self._syncing(last=i == len(passes) - 1):
                sums.append(self._pass(batch, part.to(batch.mask.device), tokens))
        loss, kl = torch.stack(sums).sum(0)
        if self._regulariser:
            extra = torch.as_tensor(self._regulariser(), device=loss.device)
            if extra.requires_grad:  # what a method draws in training mode only adds nothing here
                self._accelerator.backward(extra)
            loss = loss + extra.detach()
        kl = self._accelerator.reduce(kl, reduction="sum") / real.clamp(min=1)
        return loss, float(kl)

    def _pass(self, batch: RolloutBatch, rows: Tensor, tokens: Tensor) -> Tensor:
        """Forward and backward of some answers; their (loss, summed KL)."""
        args = self._args
        some = batch.tokens.rows(rows)
        width = some.completion_ids.shape[1]
        mask, old_logps, old_values, advantages, returns = (
            whole[rows, :width] for whole in (batch.mask, batch.logps, batch.values, batch.advantages, batch.returns)
        )
        bonus = args.entropy_coef > 0
        self._model.train(args.gradient_checkpointing)  # checkpointing only works in training mode
        with self._accelerator.autocast():
            reading = read(self._model, some, args.temperature, entropy=bonus)
        values = self._collector.read_values(self._model, self._head, some, reading)
        policy = policy_loss(reading.logps, old_logps, advantages, mask, args.cliprange)
        value = value_loss(values, old_values, returns, mask, args.cliprange_value)
        loss = policy.loss + args.vf_coef * value
        if bonus:
            loss = loss - args.entropy_coef * (reading.entropy * mask).sum()
        self._accelerator.backward(loss / tokens)
        self._model.eval()
        self._enter(policy, value, mask)
        return torch.stack([loss.detach() / tokens, policy.kl])

    def _enter(self, policy: PolicyLoss, value: Tensor, mask: Tensor) -> None:
        count = mask.sum()
        self._metrics.add("policy_loss", policy.loss.detach(), count)
        self._metrics.add("value_loss", value.detach(), count)
        self._metrics.add("clip_fraction", policy.clipped, count)
        self._metrics.add("update_kl", policy.kl, count)
        self._metrics.add("ratio/mean", policy.ratio, count)
        self._metrics.highest("ratio/max", policy.ratio_max)

    def _syncing(self, last: bool) -> AbstractContextManager[Any]:
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
