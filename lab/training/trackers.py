"""What trackers are told of a stage: which ones, under which name, and where files of theirs go."""

import os
from pathlib import Path
from typing import Any

from lab.objectives.task import PROJECT
from lab.training.context import StageContext
from lab.visitors import current


def trackers_of(context: StageContext) -> tuple[str, ...]:
    """The trackers that a stage reports to. A run of somebody else than the owner reports to none, whatever its recipe
    says: keys and addresses are the owner's."""
    if not (context.plan.report_to and current().owns_lab):
        return ()
    for name in ("WANDB_PROJECT", "MLFLOW_EXPERIMENT_NAME"):  # transformers reads the names of projects there
        os.environ.setdefault(name, PROJECT)
    return context.plan.report_to


def called(context: StageContext) -> str:
    """What a tracker calls the stage: recipe, variant, the stage where there are several, and the run's id."""
    stage = f" · stage {context.index + 1}" if len(context.plan.stages) > 1 else ""
    return f"{context.plan.recipe} · {context.plan.name}{stage} · {context.run_id}"


def place_files(trainer: Any, context: StageContext) -> None:
    """Have TensorBoard's files written into the run's folder, or below TENSORBOARD_LOGGING_DIR where that is set."""
    set_to = os.environ.get("TENSORBOARD_LOGGING_DIR")
    for callback in trainer.callback_handler.callbacks:
        if type(callback).__name__ == "TensorBoardCallback":
            root = Path(set_to).expanduser() / context.run_id if set_to else context.folder.tensorboard
            callback.logging_dir = str(root / f"stage-{context.index + 1}")
