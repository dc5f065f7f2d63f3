"""What an objective is handed: the model, the data and the settings of one stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab.data import DataSet
from lab.errors import RunError
from lab.home import Home
from lab.recipe import ResolvedStage

PROJECT = "parrot-lab"
"""What trackers call the lab's runs together, where the environment does not say otherwise."""
AMPLE = 100
"""Times the expected steps that a budget of seconds may do, so that it is the seconds that end it."""


@dataclass(frozen=True)
class Task:
    """One stage, ready to be trained. `model` already has its method in place."""

    model: Any
    tokenizer: Any
    data: DataSet
    stage: ResolvedStage
    learning_rate: float
    seed: int
    bf16: bool
    folder: Path
    """Where the trainer keeps its checkpoints."""
    home: Home
    """Where reward models of earlier runs are found."""
    callbacks: Sequence[Any] = field(default=())
    start: Path | None = None
    """The folder of the stage or run whose weights it starts from; None for a base model."""
    report_to: Sequence[str] = ()
    """Trackers that are told what is logged, and what they are to call the stage."""
    called: str | None = None
    processes: int = 1
    """How many processes share a batch; the stage's batch size counts all of its rows."""
    fsdp: Mapping[str, Any] | None = None
    """Settings of transformers' `fsdp_config`, where the model is to be laid over the processes."""

    def arguments(self) -> dict[str, Any]:
        """The settings every Hugging Face trainer shares; logging, judging and saving are done by our callbacks."""
        import torch

        budget = self.stage.budget
        steps = budget.steps or AMPLE * budget.planned_steps
        if not steps:
            raise RunError("the number of steps is not settled yet", where="budget")
        laid_over = {} if self.fsdp is None else {"fsdp": True, "fsdp_config": dict(self.fsdp)}
        return {
            **laid_over,
            "output_dir": str(self.folder),
            "max_steps": steps,
            "per_device_train_batch_size": budget.batch_size // self.processes,
            "gradient_accumulation_steps": self.stage.gradient_accumulation,
            "learning_rate": self.learning_rate,
            "lr_scheduler_type": self.stage.schedule,
            "warmup_steps": round(self.stage.warmup * steps),
            "weight_decay": self.stage.weight_decay,
            "seed": self.seed,
            "data_seed": self.seed,
            "bf16": self.bf16,
            "use_cpu": not torch.cuda.is_available(),
            "gradient_checkpointing": bool(self.stage.gradient_checkpointing),
            "gradient_checkpointing_kwargs": {"use_reentrant": False},  # the other kind loses gradients of adapters
            "logging_steps": 1,
            "save_strategy": "no",
            "eval_strategy": "no",
            "save_total_limit": 1,
            "report_to": list(self.report_to),
            "run_name": self.called,
            "project": PROJECT,
            "trackio_static_space_id": False,  # by itself it would put a copy on the Hub
            "disable_tqdm": True,
            "dataloader_pin_memory": torch.cuda.is_available(),
            "remove_unused_columns": False,
        }
