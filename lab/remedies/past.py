"""What a remedy is handed: the stages that came before the one that begins, what they left and what they learned from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.data import DataSet
from lab.recipe import ResolvedStage


@dataclass(frozen=True)
class EarlierStage:
    """A stage that is over, of this run or of one that it builds on; `folder` has its weights."""

    stage: ResolvedStage
    folder: Path


@dataclass(frozen=True)
class Past:
    """All that came before a stage, oldest first."""

    stages: tuple[EarlierStage, ...]
    stage: ResolvedStage
    """The one that begins."""
    folder: Path
    """Where the stage that begins leaves its weights; a remedy keeps what it needs in `remedy` there."""
    tokenizer: Any
    seed: int
    load: Callable[[ResolvedStage], DataSet]
    """The rows an earlier stage learned from, in a format that the stage that begins can learn from."""

    @property
    def kept(self) -> Path:
        """Where the stage that begins keeps what the next one needs of it besides its weights."""
        return self.folder / "remedy"

    @property
    def kept_before(self) -> Path | None:
        """Where the stage before kept it."""
        return self.stages[-1].folder / "remedy" if self.stages else None
