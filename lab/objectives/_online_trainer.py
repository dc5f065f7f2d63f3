"""TRL's trainers that sample, with the lab's meanings of a step, of the KL coefficient and of an answer that was cut."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from lab.data.encode import prompt_ids

PRICE_FILE = "kl_price.json"
"""Beside each checkpoint: what a nat costs now."""
OURS = {"kl": "kl_per_token"}
GONE = ("step_time", "completions/clipped_ratio", "completions/mean_terminated_length", "completions/min_length",
        "completions/min_terminated_length", "completions/max_terminated_length", "rewards/no_end_penalty/mean")  # fmt: skip


def extended(trainer_class: Any, stop_kl: float, epochs: int) -> type:
    """The trainer class with our names for what it logs, `epochs` updates in a step, and an end at `stop_kl` nats."""

    class Trainer(_with_prices(_with_rounds(trainer_class, epochs))):  # type: ignore[misc]
        def _tokenize_prompts(self, prompts: Sequence[Any]) -> tuple[list[list[int]], None, dict[str, Any]]:
            return [prompt_ids(self._tokenizer, prompt) for prompt in prompts], None, {}

        def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
            renamed = our_names(self._metrics["train"])
            self._metrics["train"].clear()
            self._metrics["train"].update(renamed)
            super().log(logs, start_time)
            if 0 < stop_kl < logs.get("kl", 0.0):
                self.control.should_training_stop = True

    return Trainer


def _with_rounds(trainer_class: Any, epochs: int) -> type:
    """A step is a round: all its answers are sampled, then `epochs` updates made; TRL counts each update as a step."""

    class Rounds(trainer_class):
        num_iterations: int

        def _get_train_sampler(self, dataset: Any = None) -> Any:
            kept, self.num_iterations = self.num_iterations, 1  # TRL hands out the same questions for each update
            try:
                return super()._get_train_sampler(dataset)
            finally:
                self.num_iterations = kept

        def training_step(self, model: Any, inputs: Any, num_items_in_batch: Any = None) -> Any:
            for _ in range(epochs - 1):
                super().training_step(model, inputs, num_items_in_batch)
                self._clip_grad_norm(model)
                self.optimizer.step()
                model.zero_grad()
            return super().training_step(model, inputs, num_items_in_batch)

    return Rounds


def _with_prices(trainer_class: Any) -> type:
    """The KL coefficient is in reward: GRPO's loss has it beside advantages, whose unit is a deviation of rewards."""

    class Prices(trainer_class):
        beta: float

        def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
            super()._save(output_dir, state_dict)
            file = Path(output_dir or self.args.output_dir) / PRICE_FILE
            file.write_text(json.dumps(self.beta), encoding="utf-8")

        def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
            super()._load_from_checkpoint(resume_from_checkpoint, model)
            file = Path(resume_from_checkpoint) / PRICE_FILE
            if file.exists():  # a step whose answers all score alike keeps the price of the one before
                self.beta = float(json.loads(file.read_text(encoding="utf-8")))

        def _calculate_rewards(self, inputs: Any, prompts: Any, completions: Any, completion_ids_list: Any) -> Any:
            from lab.objectives.policy.tokens import distinct_2

            self._metrics["train"]["distinct_2"].append(distinct_2(completion_ids_list))
            scores = super()._calculate_rewards(inputs, prompts, completions, completion_ids_list)
            without_score = scores[:, :-1].isnan().all(1)  # the last column is the penalty for not ending
            scores[without_score, -1] = float("nan")
            if self.beta and (spread := self._reward_unit(scores)) > 0:
                self.beta = self.args.beta / spread
            return scores

        def _reward_unit(self, scores: Any) -> float:
            """What one unit of advantage is in reward; 0 where nothing tells. `scores` is (answers, rewards)."""
            scaled = str(getattr(self, "scale_rewards", "none"))  # RLOO's advantages are in reward already
            total = (scores * self.reward_weights.to(scores.device)).nansum(1)
            if scaled == "group":
                spreads = total.view(-1, self.num_generations).std(1)
                spreads = spreads[spreads > 0]
                return float(spreads.mean()) if len(spreads) else 0.0
            return float(total.std()) if scaled == "batch" else 1.0

    return Prices


def our_names(metrics: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """TRL's metrics of a step as ours: parts of the reward, clipping, and the divergence of a whole answer."""
    renamed: dict[str, list[float]] = {}
    for name, values in metrics.items():
        if name in GONE or name.startswith("clip_ratio/"):
            continue
        if name.startswith("rewards/"):
            part, _, figure = name.removeprefix("rewards/").rpartition("/")
            renamed |= {f"reward/{part}": list(values)} if figure == "mean" else {}
        else:
            renamed[OURS.get(name, name)] = list(values)
    if clipped := metrics.get("clip_ratio/region_mean"):
        renamed["clip_fraction"] = list(clipped)
    if cut := metrics.get("completions/clipped_ratio"):
        renamed["completions/ended"] = [1 - share for share in cut]
    if nats := renamed.get("kl_per_token"):
        renamed["kl"] = [fmean(nats) * fmean(renamed["completions/mean_length"])]
    return renamed
