"""Trains a classification head and what its method moves on groups that are found anew at the start of each round."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lab.objectives.classes.head_trainer import LABEL, class_batch, head_trainer_class
from lab.objectives.classes.reading import read_texts
from lab.objectives.clustering.rounds import Rounds
from lab.objectives.denoising.damage import damaged
from lab.objectives.task import Task


def cluster_trainer(task: Task, classifier: Any, rounds: Rounds, texts: Sequence[str]) -> Any:
    """A trainer of `classifier` that finds the groups of `rounds` at its first step and as often as the stage's options
    say, and once more at the end, for the record. Of what it learns from, some words are left out, each time others."""
    import torch
    from datasets import Dataset

    made, options, limit = head_trainer_class(task, classifier, {}), task.stage.options, task.stage.budget.max_length

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
        places = [one["place"] for one in examples]
        if options["drop"]:
            draws = [random.Random(seed) for seed in torch.randint(2**31, (len(places),)).tolist()]
            some = [damaged(texts[i], "drop", options["drop"], draw) for i, draw in zip(places, draws, strict=True)]
            return class_batch(task.tokenizer, read_texts(task.tokenizer, some, limit), places)
        return class_batch(task.tokenizer, [rounds.rows[i] for i in places], places)

    trainer = ClusterTrainer.around(Dataset.from_list([{"place": i} for i in range(len(texts))]), collate)
    trainer.add_callback(_rounds_callback(rounds, options["rounds"]))
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
