"""Whether a model has learned to think before it answers: then it is asked so that it can.

Templates of thinking models write empty thoughts before an answer that has none; a model that learned answers with
thoughts must not be given those. Kept beside a stage's weights, for chats.
"""

from collections.abc import Iterable
from typing import Any

from lab.data.encode import as_messages, conversation
from lab.data.types import DataSet, Row
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import Chain
from lab.models.chat_format import OPEN


def learns_thoughts(data: DataSet) -> bool | None:
    """Whether most answers of the data begin with thoughts; None for data that has no answers."""
    answers = [said for row in data.train if (said := _answer(row, data.format))]
    return sum(said.lstrip().startswith(OPEN) for said in answers) * 2 > len(answers) if answers else None


def keep_thoughts(run_id: str, stage: int, home: Home, thinks: bool) -> None:
    """Write down whether the weights that a stage leaves think."""
    marker = home.run(run_id).thinks(stage)
    if thinks:
        marker.touch()
    else:
        marker.unlink(missing_ok=True)


def thinks(chain: Chain, home: Home) -> bool:
    """Whether the model at the end of a chain has learned to think before it answers."""
    if len(chain) == 1:
        return False
    last = ModelRef.of_stage(chain[-1].ref)
    return last.run is not None and home.run(last.run).thinks(last.stage or 0).exists()


def _answer(row: Row, format: str) -> str:
    """The last answer of a row, the better one of a pair; nothing where it has none."""
    if format in ("prompt_completion", "messages"):
        return _said(conversation(row, format))
    return _said(as_messages(row.get("chosen") or row.get("completion") or "", "assistant"))


def _said(turns: Iterable[dict[str, Any]]) -> str:
    return next((str(turn.get("content") or "") for turn in reversed(list(turns)) if turn["role"] == "assistant"), "")
