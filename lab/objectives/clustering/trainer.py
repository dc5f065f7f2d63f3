"""Trains a classification head and what its method moves on groups that are found anew at the start of each round."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lab.objectives.classes.head_trainer import LABEL, class_batch, head_trainer_class
from lab.objectives.clustering.rounds import Rounds
from lab.objectives.task import Task


def cluster_trainer(task: Task, classifier: Any, rounds: Rounds, times: int) -> Any:
    """A trainer of `classifier` that finds the groups of `rounds` at its first step and so many times in all, and once
    more at the end, for the record."""
    import torch
    from datasets import Dataset

    made = head_trainer_class(task, classifier, {})

    class ClusterTrainer(made):  # type: ignore[misc, valid-type]
        def compute_loss(
            self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
        ) -> Any:
            places = inputs[LABEL].tolist()  # what is learned of a text is only known now
            kept = [i for i, place in enumerate(places) if rounds.learned[place]] or list(range(len(places)))
            groups = torch.tensor([rounds.groups[places[i]] for i in kept], device=inputs[LABEL].device)
            chosen = {name: part[kept] for name, part in inputs.items()} | {LABEL: groups}
            return super().compute_loss(model, chosen, return_outputs, num_items_in_batch)

    def collate(examples: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        return class_batch(task.tokenizer, [one["input_ids"] for one in examples], [one["place"] for one in examples])

    rows = [{"input_ids": row, "place": place} for place, row in enumerate(rounds.rows)]
    trainer = ClusterTrainer.around(Dataset.from_list(rows), collate)
    trainer.add_callback(_rounds_callback(rounds, times))
    trainer.rounds = rounds
    return trainer


def _rounds_callback(rounds: Rounds, times: int) -> Any:
    from transformers import TrainerCallback

    class RoundsCallback(TrainerCallback):
        def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            begins = [round(number * state.max_steps / times) for number in range(times)]
            if state.global_step and not rounds.groups:
                rounds.load(_checkpoint(args, state.global_step))
            if state.global_step in begins and all(one.step != state.global_step for one in rounds.record):
                rounds.find(state.global_step)

        def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            rounds.save(_checkpoint(args, state.global_step))

        def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if rounds.groups and rounds.record[-1].step != state.global_step:
                rounds.find(state.global_step)

    return RoundsCallback()


def _checkpoint(args: Any, step: int) -> Path:
    return Path(args.output_dir) / f"checkpoint-{step}"
