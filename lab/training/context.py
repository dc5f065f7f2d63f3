"""What a stage of a run is handed: fixed when the stage begins, and never changed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lab.home import Home, RunFolder
from lab.model_ref import ModelRef
from lab.models import Chain
from lab.recipe import ResolvedRun, ResolvedStage
from lab.training.turns import Turns, no_turns
from lab.training.weights import continues

StopRequest = Callable[[], str | None]
"""Asked after every step: 'cancel' (keep the weights so far), 'discard', 'interrupt' (checkpoint and leave) or None."""


@dataclass(frozen=True)
class StageContext:
    """One stage before it trains: the run it belongs to and the weights it starts from."""

    home: Home
    run_id: str
    plan: ResolvedRun
    index: int
    chain: Chain
    """The weights the stage starts from."""
    tokenizer: Any
    first_step: int = 0
    """The steps that the stages before it did."""
    give_way: Turns = no_turns

    @property
    def stage(self) -> ResolvedStage:
        return self.plan.stages[self.index]

    @property
    def chooses(self) -> bool:
        """Whether something of the stage is chosen by held-out rows."""
        return self.stage.chooses or self.plan.halving is not None

    @property
    def seed(self) -> int:
        return self.plan.seed + self.index

    @property
    def start_seed(self) -> int:
        """What new weights start from: adapters and heads."""
        return self.plan.start_seed + self.index

    @property
    def ref(self) -> ModelRef:
        """How the weights that the stage leaves are named."""
        return ModelRef(run=self.run_id, stage=self.index)

    @property
    def folder(self) -> RunFolder:
        return self.home.run(self.run_id)

    @property
    def weights(self) -> Path:
        return self.folder.stage(self.index)

    @property
    def checkpoints(self) -> Path:
        return self.folder.checkpoints(self.index)

    @property
    def continues(self) -> bool:
        """Whether it trains the adapter at the end of its chain further."""
        return continues(self.chain, self.stage)

    @property
    def total_steps(self) -> int:
        """All stages' steps, as far as they are known: those for a budget of seconds are expected when it begins."""
        return self.first_step + sum(stage.budget.planned_steps for stage in self.plan.stages[self.index :])

    def with_stage(self, stage: ResolvedStage) -> "StageContext":
        """The context with more of its stage settled, in the plan too."""
        stages = (*self.plan.stages[: self.index], stage, *self.plan.stages[self.index + 1 :])
        return replace(self, plan=self.plan.model_copy(update={"stages": stages}))
