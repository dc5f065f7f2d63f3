"""What GRPO and RLOO share: TRL's trainers that sample, on a recipe's rewards, with the right reference.

They log under the names our PPO logs under, so that their curves lie side by side.
"""

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Any

from lab.card import Number, Text
from lab.data.encode import prompt_ids
from lab.errors import RecipeError
from lab.objectives._pairs import frozen_reference
from lab.objectives._rewards import prompt_rows, rewards_of, weights_of
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

ANSWER_TOKENS = Number("answer_tokens", Text("Longest answer", "最长回答"), 48, 1, 2048, Text("In tokens.", "以词元计。"), whole=True)  # fmt: skip
STOP_KL = Number(
    "stop_kl", Text("Stop at KL", "KL 上限"), 60.0, 0.0, 10000.0,
    Text("Nats an answer at which training ends, because the answers have left the start behind; 0 never.", "每个回答的 KL 超过该值时停止训练,说明已远离初始模型;0 表示不停。"),
)  # fmt: skip
OURS = {"kl": "kl_per_token"}
GONE = ("step_time", "completions/clipped_ratio", "completions/mean_terminated_length", "completions/min_length",
        "completions/min_terminated_length", "completions/max_terminated_length")  # fmt: skip
TEMPERATURE = Number("temperature", Text("Temperature", "温度"), 1.0, 0.1, 2.0, Text("Of the answers it learns from.", "采样回答时的温度。"))  # fmt: skip


def check_groups(stage: ResolvedStage, *, place: str) -> None:
    """Refuse groups that don't fill the batch; raises RecipeError."""
    if stage.rows % stage.options["group"]:
        raise RecipeError(
            f"{stage.rows} answers a step can't be split into groups of {stage.options['group']}",
            where=f"{place}.budget.batch_size", do="give a multiple of options.group.",
        )  # fmt: skip


def shared_settings(task: Task) -> dict[str, Any]:
    """The settings both trainers take."""
    options = task.stage.options
    return {
        **task.arguments(),
        "num_generations": options["group"],
        "max_completion_length": options["answer_tokens"],
        "temperature": options["temperature"],
        "beta": options["kl_coef"],
        "reward_weights": weights_of(task.stage),
    }


def online_trainer(task: Task, trainer_class: Any, settings: Any) -> Any:
    """A TRL trainer that samples; its reference is a frozen copy of the start, sharing every weight that can't move."""
    from datasets import Dataset
    from trl.trainer.utils import add_fused_lm_head

    _, reference = frozen_reference(task.model) if settings.beta else (None, None)
    trainer = _with_our_names(trainer_class, task.stage.options["stop_kl"])(
        model=task.model,
        reward_funcs=[as_function(reward) for reward in rewards_of(task.stage, task.home, task.model)],
        args=settings,
        train_dataset=Dataset.from_list(prompt_rows(task.data)),
        processing_class=task.tokenizer,
        callbacks=list(task.callbacks),
    )
    if reference is not None:
        add_fused_lm_head(reference, temperature=settings.temperature)
        trainer.ref_model = reference.to(settings.device)
    if reference is not None or not settings.beta:
        _drop_copy(task.model)
    return trainer


def _with_our_names(trainer_class: Any, stop_kl: float) -> type:
    """The trainer with our names for what it logs; it ends when it has strayed further than `stop_kl`, if that is set."""

    class Trainer(trainer_class):
        def _calculate_rewards(
            self,
            inputs: Any,
            prompts: Sequence[Any],
            completions: Sequence[Any],
            completion_ids_list: Sequence[Sequence[int]],
        ) -> Any:
            from lab.objectives.policy.tokens import distinct_2

            self._metrics["train"]["distinct_2"].append(distinct_2(completion_ids_list))
            return super()._calculate_rewards(inputs, prompts, completions, completion_ids_list)

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


def our_names(metrics: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """TRL's metrics of a step as ours: parts of the reward, clipping, and the divergence of a whole answer."""
    renamed: dict[str, list[float]] = {}
    for name, values in metrics.items():
        if name.startswith("rewards/"):
            part, _, figure = name.removeprefix("rewards/").rpartition("/")
            renamed |= {f"reward/{part}": list(values)} if figure == "mean" else {}
        elif not name.startswith("clip_ratio/") and name not in GONE:
            renamed[OURS.get(name, name)] = list(values)
    if clipped := metrics.get("clip_ratio/region_mean"):
        renamed["clip_fraction"] = list(clipped)
    if cut := metrics.get("completions/clipped_ratio"):
        renamed["completions/ended"] = [1 - share for share in cut]
    if nats := renamed.get("kl_per_token"):
        renamed["kl"] = [fmean(nats) * fmean(renamed["completions/mean_length"])]
    return renamed


def as_function(reward: Any) -> Callable[..., Any]:
    """A reward as the function TRL's trainers call."""
    if callable(reward):
        itself: Callable[..., Any] = reward
        return itself
    from lab.objectives.policy.rewards import Answers

    def function(
        prompts: Sequence[Any],
        completions: Sequence[Any],
        completion_ids: Sequence[list[int]] | None = None,
        **columns: Any,
    ) -> Sequence[float | None]:
        lists = {name: column for name, column in columns.items() if isinstance(column, list)}
        ids = completion_ids or [[]] * len(prompts)
        scores: Sequence[float | None] = reward.score(Answers(prompts, completions, ids, [True] * len(prompts), lists))
        return scores

    function.__name__ = reward.name
    return function


def _drop_copy(model: Any) -> None:
    """Take out the copy of the adapter that TRL adds as a reference by name: ours is right for every method."""
    if "ref" in getattr(model, "peft_config", {}):
        flags = {name: weight.requires_grad for name, weight in model.named_parameters()}
        model.delete_adapter("ref")
        for name, weight in model.named_parameters():
            weight.requires_grad_(flags[name])
