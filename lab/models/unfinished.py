"""A stage that left weights before its work was done: how far it came, and what it started from. Plain JSON.

Written by training beside such weights, so that they can be used and yet are never taken for finished ones; read by who
resumes the run. Imports no torch.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from lab.home import RunFolder
from lab.models.chain import Chain, Link

FILE = "unfinished.json"
CHECKPOINTS = "checkpoint-*"


@dataclass(frozen=True)
class Unfinished:
    """`steps` of the stage are in its weights; `chain` is what it started from."""

    reason: Literal["stopped", "diverged"]
    steps: int
    chain: Chain


def save_unfinished(folder: RunFolder, stage: int, unfinished: Unfinished) -> None:
    """Mark the weights that a stage left."""
    _file(folder, stage).write_text(json.dumps(asdict(unfinished), ensure_ascii=False, indent=1), encoding="utf-8")


def unfinished_stage(folder: RunFolder, stage: int) -> Unfinished | None:
    """How a stage was left; None for one whose weights are finished, or that has none."""
    try:
        fields = json.loads(_file(folder, stage).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Unfinished(fields["reason"], fields["steps"], _links(fields["chain"]))


def mark_finished(folder: RunFolder, stage: int) -> None:
    """Take the mark away: the weights beside it are a stage's last."""
    _file(folder, stage).unlink(missing_ok=True)


def has_checkpoint(folder: RunFolder, stage: int) -> bool:
    """Whether there is anything a stage can go on from."""
    return any(folder.checkpoints(stage).glob(CHECKPOINTS))


def _links(chain: Sequence[dict[str, object]]) -> Chain:
    return tuple(Link(**link) for link in chain)  # type: ignore[arg-type]


def _file(folder: RunFolder, stage: int) -> Path:
    return folder.stage(stage) / FILE
