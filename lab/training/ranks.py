"""One run in several processes of a group (`processes: 2`): the first one carries it out, the others train along.

The first process does all that a run does: it settles, measures, writes and decides. Whenever it trains, it hands the
others the stage, and they build the same trainer around the same model (`along`); its decisions of each step (the
learning rate, a checkpoint, an end) are theirs. Which rows each learns from, and how gradients are averaged, is
accelerate's.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from lab.data import DataSet
from lab.errors import RunError
from lab.training.context import StageContext
from lab.training.turns import no_turns

PATIENCE = timedelta(days=7)
"""How long the others wait for the first process, which measures, or waits for its turn, between two steps."""

LOST = "another process of the run ended, or can't be reached"
LOST_DO = "its last words are in the run's log; where memory ran out, take a smaller batch_size or max_length."


@dataclass(frozen=True)
class Order:
    """Train this stage along; `checkpoint` is where it goes on from, if anywhere."""

    context: StageContext
    data: DataSet
    folder: Path
    checkpoint: str | None


def processes() -> int:
    """How many processes train this run together; 1 outside a group."""
    import torch.distributed as group

    return group.get_world_size() if group.is_available() and group.is_initialized() else 1


def join_group() -> int:
    """Take this process, started by torchrun, into its group (gloo on CPUs, nccl on GPUs); its number in it."""
    import torch
    from accelerate import PartialState

    return int(PartialState(cpu=not torch.cuda.is_available()).process_index)


class Lead:
    """The first process's word to the others; `idle` while they wait for it and are in no step."""

    def __init__(self) -> None:
        self.idle = True

    def begin(self, context: StageContext, data: DataSet, folder: Path, checkpoint: str | None = None) -> None:
        """Have the others make their trainer of this stage, as the caller does next."""
        if processes() > 1:
            self.idle = False
            from_first(Order(replace(context, give_way=no_turns), data, folder, checkpoint))

    def train(self, trainer: Any, checkpoint: str | None = None) -> None:
        """Train with the others; all who decide are callbacks of the trainer already. Left by an exception, the others
        stay in the step they are in, and can only be ended."""
        if processes() > 1:
            trainer.add_callback(StepSync())
        try:
            trainer.train(resume_from_checkpoint=checkpoint)
        except RuntimeError as problem:
            if processes() > 1 and is_broken(problem):
                raise RunError(LOST, do=LOST_DO) from problem
            raise
        self.idle = True

    def over(self) -> None:
        """Let the others go."""
        if self.idle:
            from_first(None)


LEAD = Lead()


def gathered(trainer: Any) -> dict[str, Any]:
    """All weights of a model that is laid over the processes, called in all of them; complete in the first one."""
    found: dict[str, Any] = trainer.accelerator.get_state_dict(trainer.model_wrapped)
    return found


def is_broken(problem: RuntimeError) -> bool:
    """Whether a connection between processes broke: gloo says so in words, nccl by a type."""
    from torch.distributed import DistError

    return isinstance(problem, DistError) or "gloo" in str(problem)


class StepSync(TrainerCallback):
    """Gives every process the first one's learning rates before a step, and its decisions after it."""

    def on_step_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, optimizer: Any = None, **_: Any
    ) -> None:
        groups = optimizer.param_groups
        for group, rate in zip(groups, from_first([group["lr"] for group in groups]), strict=True):
            group["lr"] = rate

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        control.should_save, control.should_training_stop = from_first(
            (control.should_save, control.should_training_stop)
        )


def from_first(value: Any) -> Any:
    """What the first process has for `value`, in all of them."""
    import torch.distributed as group

    box = [value]
    group.broadcast_object_list(box, src=0, group=_control())
    return box[0]


@lru_cache(maxsize=1)
def _control() -> Any:
    """A group of its own for words, on CPUs and with patience: nccl gives up after minutes."""
    import torch.distributed as group

    return group.new_group(backend="gloo", timeout=PATIENCE)
