"""A round of PPO up to the updates: sample answers, score them, compare with the reference, estimate advantages."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from lab.objectives.policy.advantages import explained_variance, gae, token_rewards, whiten
from lab.objectives.policy.config import PPOConfig
from lab.objectives.policy.forward import Reading, ValueHead, read, using_adapter
from lab.objectives.policy.moments import KLController, RunningMoments
from lab.objectives.policy.reference import Reference
from lab.objectives.policy.rewards import Rewards, Scores, completion_text
from lab.objectives.policy.sampler import Sampled, Sampler
from lab.objectives.policy.step_metrics import StepMetrics
from lab.objectives.policy.tokens import Prompt, Tokens, distinct_2


@dataclass(frozen=True)
class SampledAnswer:
    """One sampled answer, to look at. `kl` is in nats over the whole answer."""

    prompt: Prompt
    completion: str
    reward: float
    kl: float
    ended: bool


@dataclass(frozen=True)
class RolloutBatch:
    """Everything the updates need; all tensors (answers, tokens). `mask` leaves out answers without a usable reward."""

    tokens: Tokens
    mask: Tensor
    logps: Tensor
    values: Tensor
    advantages: Tensor
    returns: Tensor
    answers: tuple[SampledAnswer, ...]
    kl_per_answer: float
    answer_count: int
    token_count: int
    """Both on all processes."""


@dataclass(frozen=True)
class _Scored:
    """What the scoring passes found, (answers, tokens)."""

    logps: Tensor
    values: Tensor
    entropy: Tensor
    ref_logps: Tensor | None


@dataclass(frozen=True)
class _Rollouts:
    """Answers with what was found of them: `log_ratio` to the reference (answers, tokens), and the reward (answers,)."""

    sampled: Sampled
    seen: _Scored
    mask: Tensor
    log_ratio: Tensor
    total: Tensor


@dataclass
class RolloutCollector:
    """Collects rounds of rollouts; holds what they share."""

    sampler: Sampler
    rewards: Rewards
    args: PPOConfig
    reference: Reference | None
    value_head: ValueHead
    value_adapter: str | None
    moments: RunningMoments
    kl: KLController
    metrics: StepMetrics
    accelerator: Any

    def collect(self, policy: Any, rows: Sequence[dict[str, Any]]) -> RolloutBatch:
        """One round's answers to the prompts in `rows`, ready to learn from."""
        rollouts = self._rollout(policy, rows, self.accelerator)
        tokens, seen, total = rollouts.sampled.tokens, rollouts.seen, rollouts.total
        usable = total.isfinite()
        self.moments.update(total[usable], self._add_up)
        scaled = self.moments.scale(total, self.args.clip_rewards) if self.args.scale_rewards else total
        learn = rollouts.mask * usable[:, None]
        ref_logps = seen.logps - rollouts.log_ratio
        # in the unit of the scaled rewards, so that a nat costs the same reward however the rewards are scaled
        price = self.kl.coef / (self.moments.sd if self.args.scale_rewards else 1.0)
        rewards = token_rewards(scaled.nan_to_num(0.0), seen.logps, ref_logps, learn, price)
        advantages, returns = gae(rewards, seen.values, learn, self.args.gamma, self.args.lam)
        foreseen = explained_variance(seen.values, returns, learn)
        self.metrics.add("explained_variance", *((foreseen, 1) if math.isfinite(foreseen) else (0, 0)))
        if self.args.whiten_advantages:
            advantages = whiten(advantages, learn, self._add_up)
        read = tokens.attention_mask.sum().to(learn)
        sums = torch.stack([rollouts.log_ratio.sum(), learn.new_tensor(len(learn)), read])
        kl, count, read_by_all = self._add_up(sums).tolist()
        answers = _answers(rollouts.sampled, total, rollouts.log_ratio)
        return RolloutBatch(
            tokens, learn, seen.logps, seen.values, advantages, returns, answers, kl / count, int(count),
            round(read_by_all),
        )  # fmt: skip

    def evaluate(self, policy: Any, dataset: Any, batch_size: int) -> dict[str, float]:
        """Figures of one sampled answer to each prompt, nothing learned and nothing kept."""
        kept, self.metrics = self.metrics, StepMetrics(self.accelerator)
        rows = list(dataset)[self.accelerator.process_index :: self.accelerator.num_processes]
        for begin in range(0, len(rows), batch_size):
            self._rollout(policy, rows[begin : begin + batch_size])
        means = self.metrics.means()
        self.metrics = kept
        return means

    def read_values(self, model: Any, head: Any, tokens: Tokens, reading: Reading) -> Tensor:
        """The value of each state the answers went through, (answers, tokens)."""
        if self.value_adapter is not None:
            with using_adapter(self.accelerator.unwrap_model(model), self.value_adapter):
                reading = read(model, tokens, self.args.temperature)
        hidden = reading.hidden.detach() if self.args.value_source == "detached" else reading.hidden
        values: Tensor = head(hidden)
        return values

    def passes(self, rows: Tensor, lengths: Tensor) -> Sequence[Tensor]:
        """`rows` in forward passes of `args.pass_size` answers of like length, so that little of them is padding.

        How a minibatch is split changes nothing but rounding; the scoring passes are split as the first epoch's, so
        that there is no rounding between them either.
        """
        by_length: tuple[Tensor, ...] = rows[lengths[rows].argsort(stable=True)].split(self.args.pass_size)
        return by_length

    def _rollout(self, policy: Any, rows: Sequence[dict[str, Any]], together: Any = None) -> _Rollouts:
        """Sample an answer to each prompt, score it, and enter the figures; `together` with other processes."""
        with self.accelerator.autocast():
            sampled = self.sampler.sample(policy, rows, together)
        scores = self.rewards.score(sampled.answers)
        seen = self._score(policy, sampled.tokens)
        mask = sampled.tokens.completion_mask.float()
        log_ratio = (seen.logps - seen.ref_logps) * mask if seen.ref_logps is not None else torch.zeros_like(mask)
        total = self._with_penalty(scores.total.to(mask.device), sampled.ended)
        self._count(sampled, scores, total[total.isfinite()], mask, log_ratio, seen.entropy)
        return _Rollouts(sampled, seen, mask, log_ratio, total)

    @torch.no_grad()
    def _score(self, policy: Any, tokens: Tokens) -> _Scored:
        """The policy's and the reference's log-probabilities, and the values."""
        width, temperature = tokens.completion_ids.shape[1], self.args.temperature
        found: list[tuple[Tensor, ...]] = []
        mini = -(-len(tokens) // self.args.num_mini_batches)
        rows, lengths = torch.arange(len(tokens)), tokens.completion_mask.sum(1).cpu()
        parts = [part for minibatch in rows.split(mini) for part in self.passes(minibatch, lengths)]
        for part in parts:
            some = tokens.rows(part.to(tokens.prompt_ids.device))
            with self.accelerator.autocast():
                reading = read(policy, some, temperature, entropy=True)
            values = self.read_values(policy, self.value_head, some, reading)
            row = [reading.logps, values, reading.entropy]
            if self.reference is not None:
                with self.reference() as reference, self.accelerator.autocast():
                    row.append(read(reference, some, temperature).logps)
            found.append(tuple(_widen(tensor, width) for tensor in row))
        back = torch.cat(parts).argsort().to(tokens.prompt_ids.device)
        logps, values, entropy, *ref = (torch.cat(column)[back] for column in zip(*found, strict=True))
        return _Scored(logps, values, entropy, ref[0] if ref else None)

    def _with_penalty(self, total: Tensor, ended: Tensor) -> Tensor:
        penalty = self.args.missing_eos_penalty
        return total if penalty is None else total - penalty * (~ended).float()

    def _add_up(self, sums: Tensor) -> Tensor:
        reduced: Tensor = self.accelerator.reduce(sums, reduction="sum")
        return reduced

    def _count(
        self, sampled: Sampled, scores: Scores, total: Tensor, mask: Tensor, kl: Tensor, entropy: Tensor
    ) -> None:
        """Enter a round's figures."""
        add, answers, tokens = self.metrics.add, len(mask), mask.sum()
        add("reward", total.sum(), len(total))
        add("reward_std", total.std(unbiased=False) if len(total) else 0.0)
        for name, part in scores.parts.items():
            fine = part[part.isfinite()]
            add(f"reward/{name}", fine.sum(), len(fine))
            add(f"not_finite/{name}", scores.bad[name] * answers, answers)
        add("kl", kl.sum(), answers)
        add("kl_per_token", kl.sum(), tokens)
        add("entropy", (entropy * mask).sum(), tokens)
        add("completions/mean_length", tokens, answers)
        add("distinct_2", distinct_2(sampled.answers.completion_ids))
        self.metrics.highest("completions/max_length", mask.sum(1).max())
        add("completions/ended", sampled.ended.sum(), answers)
        add("prompts/cut", sampled.cut_prompts, answers)


def _widen(tensor: Tensor, width: int) -> Tensor:
    """Zeros on the right, up to `width` tokens."""
    return torch.nn.functional.pad(tensor, (0, width - tensor.shape[1]))


def _answers(sampled: Sampled, total: Tensor, log_ratio: Tensor) -> tuple[SampledAnswer, ...]:
    columns = (total.tolist(), log_ratio.sum(1).tolist(), sampled.ended.tolist())
    pairs = zip(sampled.answers.prompts, sampled.answers.completions, *columns, strict=True)
    return tuple(
        SampledAnswer(prompt, completion_text(said), reward, kl, end) for prompt, said, reward, kl, end in pairs
    )
