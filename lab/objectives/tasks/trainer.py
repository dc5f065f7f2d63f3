"""Trains all heads and what the method moves, on batches in which each task has its share of the rows.

Now and then it looks whether the tasks pull the shared weights the same way: the cosine of their gradients (Yu et al.
2020, arXiv:2001.06782).
"""

import itertools
import math
import random
from collections.abc import Mapping, Sequence
from typing import Any

from lab.data.tasks import Spec, shares
from lab.objectives.classes.head_trainer import head_trainer_class
from lab.objectives.task import Task
from lab.objectives.tasks.heads import batch_loss, batch_of, task_logits
from lab.objectives.tasks.reading import TaskRow

LOOKS = 8
"""How often gradients are compared, evenly over the steps; not at the first, where new heads pass nothing back yet."""
COMPARED = 16
"""Rows of each task whose gradients are compared, always the same."""
PLACE = "place"


def places_of(rows: Sequence[TaskRow], tasks: int, share: Sequence[float], count: int, seed: int) -> list[int]:
    """Which row comes when: tasks by their shares, the rows of each in one order after another."""
    rng = random.Random(f"{seed} tasks")
    own = [[n for n, row in enumerate(rows) if row.task == task] for task in range(tasks)]
    turns = [_turns(places, random.Random(f"{seed} rows {task}")) for task, places in enumerate(own)]
    return [next(turns[task]) for task in rng.choices(range(tasks), share, k=count)]


def _turns(places: list[int], rng: random.Random) -> Any:
    while True:
        order = places.copy()
        rng.shuffle(order)
        yield from order


def task_trainer(task: Task, classifier: Any, specs: Sequence[Spec], rows: Sequence[TaskRow]) -> Any:
    """A trainer over these rows; its `cosines` have (step, {(task, task): cosine})."""
    import torch
    from torch.utils.data import SequentialSampler

    options, arguments = task.stage.options, task.arguments()
    sizes = [sum(row.task == n for row in rows) for n in range(len(specs))]
    share = shares(sizes, options["mixing"], options["temperature"])
    at_once = arguments["per_device_train_batch_size"] * arguments["gradient_accumulation_steps"]
    order = places_of(rows, len(specs), share, arguments["max_steps"] * at_once, task.seed)
    every = max(1, (task.stage.budget.planned_steps or arguments["max_steps"]) // LOOKS)
    compared = [[row for row in rows if row.task == n][:COMPARED] for n in range(len(specs))]

    class TaskTrainer(head_trainer_class(task, classifier, {})):  # type: ignore[misc]
        cosines: list[tuple[int, dict[tuple[str, str], float]]] = []  # noqa: RUF012

        def training_step(self, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
            step = self.state.global_step
            if len(specs) > 1 and step and step % every == 0 and not any(at == step for at, _ in self.cosines):
                self.cosines.append((step, gradient_cosines(classifier, task.tokenizer, specs, compared)))
            return super().training_step(model, inputs, *args, **kwargs)

        def compute_loss(
            self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
        ) -> Any:
            some = [rows[n] for n in inputs[PLACE].tolist()]
            batch = self._prepare_inputs(batch_of(task.tokenizer, some))
            self.tokens += int(batch["attention_mask"].sum())
            told = task_logits(model, batch, len(specs))
            loss = batch_loss(told, len(some), normalise=options["normalise"])
            return (loss, told) if return_outputs else loss

        def _get_train_sampler(self, *_: Any, **__: Any) -> Any:
            return SequentialSampler(self.train_dataset)

    def collate(examples: Sequence[Mapping[str, int]]) -> dict[str, Any]:
        return {PLACE: torch.tensor([one[PLACE] for one in examples])}

    trainer = TaskTrainer.around([{PLACE: n} for n in order], collate)
    trainer.cosines = []
    return trainer


def gradient_cosines(
    classifier: Any, tokenizer: Any, specs: Sequence[Spec], rows: Sequence[Sequence[TaskRow]]
) -> dict[tuple[str, str], float]:
    """Of each two tasks the cosine of their gradients on the shared weights, from -1 (one undoes the other) to 1.

    Gradients that are there already are left as they are. The seed's course is not moved: dropout is off.
    """
    import torch

    from lab.generate.batch import at_rest

    heads = {id(weight) for weight in classifier.score.parameters()}
    shared = [weight for weight in classifier.parameters() if weight.requires_grad and id(weight) not in heads]
    if not shared:
        return {}
    found = []
    with torch.enable_grad(), at_rest(classifier):
        for some in rows:
            batch = {name: part.to(shared[0].device) for name, part in batch_of(tokenizer, some).items()}
            loss = batch_loss(task_logits(classifier, batch, len(specs)), len(some), normalise=True)
            parts = torch.autograd.grad(loss, shared, allow_unused=True)
            found.append(parts)
    pairs = itertools.combinations(range(len(specs)), 2)
    return {(specs[a].name, specs[b].name): _cosine(found[a], found[b]) for a, b in pairs}


def _cosine(one: Sequence[Any], other: Sequence[Any]) -> float:
    def dot(a: Sequence[Any], b: Sequence[Any]) -> float:
        both = [(x, y) for x, y in zip(a, b, strict=True) if x is not None and y is not None]
        return sum(float((x.float() * y.float()).sum()) for x, y in both)

    size = math.sqrt(dot(one, one) * dot(other, other))
    return dot(one, other) / size if size else 0.0
