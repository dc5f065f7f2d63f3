"""Trains a teacher on the labelled rows, then students on its confident guesses as well, each from the same start.

The rounds share one training: where one begins, the weights that move are put back, the optimizer forgets, and the
learning rate begins its schedule anew. What the loader hands out are places; which row lies there is only known when
its turn comes, since the loader fetches ahead.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from lab.objectives.classes.head import head_log_probabilities
from lab.objectives.classes.head_trainer import class_batch, head_trainer_class
from lab.objectives.classes.pseudo import RoundRecord, confident, guesses, record_from_json, record_of
from lab.objectives.task import Task

POOL_FILE = "pseudo_labels.json"
"""Beside each checkpoint: the round it was in, and what that learns from."""
PLACE = "place"


@dataclass(frozen=True)
class Unlabelled:
    """Texts without labels as token ids, and for the report the number of each one's class, None where nobody knows."""

    rows: Sequence[Sequence[int]]
    truth: Sequence[int | None]


@dataclass(frozen=True)
class Rounds:
    """How the steps are shared out: the teacher and each student have as many, the last what is left over."""

    steps: int
    count: int

    def at(self, step: int) -> tuple[int, int, int]:
        """Of a step: its round (0 is the teacher's), the step in it, and the round's steps."""
        each = max(1, self.steps // (self.count + 1))
        number = min(step // each, self.count)
        return number, step - number * each, self.steps - number * each if number == self.count else each


@dataclass
class _Course:
    """Where a self-training is: its round, and the rows with their classes that this learns from."""

    task: Task
    classifier: Any
    given: tuple[list[Sequence[int]], list[int]]
    unlabelled: Unlabelled
    number: int = 0
    records: list[RoundRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        arguments = self.task.arguments()
        rounds = int(self.task.stage.options["rounds"]) if self.unlabelled.rows else 0
        self.rounds = Rounds(arguments["max_steps"], rounds)
        self.rows_a_step = arguments["per_device_train_batch_size"] * arguments["gradient_accumulation_steps"]
        self.rows, self.labels = list(self.given[0]), list(self.given[1])
        self._moving = [weight for weight in self.classifier.parameters() if weight.requires_grad]
        self._start = [weight.detach().clone() for weight in self._moving]

    def begin(self, number: int, optimizer: Any) -> None:
        """Have the present model guess, and begin again from the start with what it is sure of."""
        import torch

        options, (rows, labels) = self.task.stage.options, self.given
        found = guesses(head_log_probabilities(self.classifier, self.task.tokenizer, self.unlabelled.rows))
        sure = confident(found, options["threshold"], self.classifier.config.num_labels, balance=options["balance"])
        self.records.append(record_of(found, sure, self.unlabelled.truth))
        self.number = number
        self.rows = [*rows, *(self.unlabelled.rows[one.place] for one in sure)]
        self.labels = [*labels, *(one.label for one in sure)]
        with torch.no_grad():
            for weight, value in zip(self._moving, self._start, strict=True):
                weight.copy_(value)
        optimizer.state.clear()

    def batch(self, places: Sequence[int], step: int) -> dict[str, Any]:
        """The rows at these places of the whole training."""
        before = self.rows_a_step * (step - self.rounds.at(step)[1])
        seed = f"{self.task.seed} {self.number}"
        found = [_row_at(place - before, len(self.rows), seed) for place in places]
        return class_batch(self.task.tokenizer, [self.rows[n] for n in found], [self.labels[n] for n in found])

    def keep(self, file: Path) -> None:
        """Write where it is, to go on from there."""
        records = [asdict(one) for one in self.records]
        raw = {"number": self.number, "rows": self.rows, "labels": self.labels, "records": records}
        file.write_text(json.dumps(raw), encoding="utf-8")

    def go_on_from(self, file: Path) -> None:
        """Be where `keep` was called."""
        raw = json.loads(file.read_text(encoding="utf-8"))
        self.number, self.rows, self.labels = raw["number"], raw["rows"], raw["labels"]
        self.records[:] = [record_from_json(one) for one in raw["records"]]


def self_trainer(
    task: Task, classifier: Any, rows: Sequence[Sequence[int]], labels: Sequence[int], unlabelled: Unlabelled
) -> Any:
    """A trainer over `rows` with their `labels`; its `records` tell of each round. See `Rounds`."""
    import torch
    from torch.utils.data import SequentialSampler
    from transformers import TrainerCallback

    course = _Course(task, classifier, (list(rows), list(labels)), unlabelled)

    class SelfTrainer(head_trainer_class(task, classifier, {})):  # type: ignore[misc]
        records = course.records

        def training_step(self, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
            if (number := course.rounds.at(self.state.global_step)[0]) != course.number:
                course.begin(number, self.optimizer)
            return super().training_step(model, inputs, *args, **kwargs)

        def compute_loss(self, model: Any, inputs: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
            batch = course.batch(inputs[PLACE].tolist(), self.state.global_step)
            return super().compute_loss(model, self._prepare_inputs(batch), *args, **kwargs)

        def _get_train_sampler(self, *_: Any, **__: Any) -> Any:
            return SequentialSampler(self.train_dataset)

        def create_scheduler(self, num_training_steps: int, optimizer: Any = None) -> Any:
            self.lr_scheduler = _scheduler(task, course.rounds, optimizer or self.optimizer)
            self._created_lr_scheduler = True
            return self.lr_scheduler

        def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
            super()._load_from_checkpoint(resume_from_checkpoint, model)
            course.go_on_from(Path(resume_from_checkpoint) / POOL_FILE)

    class KeepPool(TrainerCallback):
        def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            course.keep(Path(args.output_dir) / f"checkpoint-{state.global_step}" / POOL_FILE)

    def collate(examples: Sequence[dict[str, int]]) -> dict[str, Any]:
        return {PLACE: torch.tensor([one[PLACE] for one in examples])}

    trainer = SelfTrainer.around([{PLACE: n} for n in range(course.rounds.steps * course.rows_a_step)], collate)
    trainer.add_callback(KeepPool())
    return trainer


def _scheduler(task: Task, rounds: Rounds, optimizer: Any) -> Any:
    """The stage's schedule of the learning rate, anew in each round."""
    from torch.optim.lr_scheduler import LambdaLR
    from transformers import get_scheduler

    @lru_cache
    def whole(length: int) -> Any:
        return get_scheduler(task.stage.schedule, optimizer, round(task.stage.warmup * length), length).lr_lambdas[0]

    def rate(step: int) -> float:
        _, within, length = rounds.at(step)
        return float(whole(length)(within))

    return LambdaLR(optimizer, rate)


def _row_at(place: int, count: int, seed: str) -> int:
    """Which of `count` rows lies at a place of a round: all of them in one order, then all in another."""
    turn, within = divmod(place, count)
    return _order(count, f"{seed} {turn}")[within]


@lru_cache(maxsize=8)
def _order(count: int, seed: str) -> tuple[int, ...]:
    order = list(range(count))
    random.Random(seed).shuffle(order)
    return tuple(order)
