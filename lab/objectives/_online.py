"""What GRPO and RLOO share: TRL's trainers that sample, on a recipe's rewards, with the right reference.

They log under the names our PPO logs under, so that their curves lie side by side.
"""

from collections.abc import Callable, Sequence
from typing import Any

from lab.errors import RecipeError
from lab.objectives._online_trainer import extended
from lab.objectives._pairs import frozen_reference
from lab.objectives._rewards import prompt_rows, rewards_of, weights_of
from lab.objectives.task import Task
from lab.recipe import ResolvedStage


def check_groups(stage: ResolvedStage, *, place: str) -> None:
    """Refuse groups that don't fill the batch, and updates that don't fit into one; raises RecipeError."""
    if (epochs := stage.options.get("epochs", 1)) > 1 and stage.gradient_accumulation > 1:
        raise RecipeError(
            f"{epochs} updates a step don't go with gradient accumulation", where=f"{place}.options.epochs",
            do="set it to 1, or leave gradient_accumulation out.",
        )  # fmt: skip
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
        "mask_truncated_completions": options["mask_cut"],
        "reward_weights": [*weights_of(task.stage), 1.0],  # the last is that of the penalty for not ending
    }


def online_trainer(task: Task, trainer_class: Any, settings: Any) -> Any:
    """A TRL trainer that samples; its reference is a frozen copy of the start, sharing every weight that can't move."""
    from datasets import Dataset
    from trl.trainer.utils import add_fused_lm_head

    from lab.objectives.policy.sampler import end_tokens

    options, ends = task.stage.options, end_tokens(task.model, task.tokenizer)
    _, reference = frozen_reference(task.model) if settings.beta else (None, None)
    rewards = [as_function(reward, ends) for reward in rewards_of(task.stage, task.home, task.model)]
    trainer = extended(trainer_class, options["stop_kl"], options.get("epochs", 1))(
        model=task.model,
        reward_funcs=[*rewards, no_end_penalty(options["no_end_penalty"], ends)],
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


def as_function(reward: Any, ends: Sequence[int]) -> Callable[..., Any]:
    """A reward as the function TRL's trainers call; `ends` are the tokens that end an answer."""
    if callable(reward):
        itself: Callable[..., Any] = reward
        return itself
    from lab.objectives.policy.rewards import Answers

    def function(
        prompts: Sequence[Any], completions: Sequence[Any], completion_ids: Sequence[list[int]], **columns: Any
    ) -> Sequence[float | None]:
        lists = {name: column for name, column in columns.items() if isinstance(column, list)}
        answers = Answers(prompts, completions, completion_ids, have_ended(completion_ids, ends), lists)
        scores: Sequence[float | None] = reward.score(answers)
        return scores

    function.__name__ = reward.name
    return function


def no_end_penalty(penalty: float, ends: Sequence[int]) -> Callable[..., list[float]]:
    """What answers that were cut lose, as one more reward: 0 for those that ended by themselves."""

    def no_end_penalty(completion_ids: Sequence[list[int]], **columns: Any) -> list[float]:
        return [0.0 if ended else -penalty for ended in have_ended(completion_ids, ends)]

    return no_end_penalty


def have_ended(completion_ids: Sequence[Sequence[int]], ends: Sequence[int]) -> list[bool]:
    """Whether each answer's last token is one that ends answers."""
    return [bool(ids) and ids[-1] in ends for ids in completion_ids]


def _drop_copy(model: Any) -> None:
    """Take out the copy of the adapter that TRL adds as a reference by name: ours is right for every method."""
    if "ref" in getattr(model, "peft_config", {}):
        flags = {name: weight.requires_grad for name, weight in model.named_parameters()}
        model.delete_adapter("ref")
        for name, weight in model.named_parameters():
            weight.requires_grad_(flags[name])
