"""What passes between client and inference server over their socket, beside the deltas of the answers. Plain shapes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lab.generate import Pane, Sampling
    from lab.store import Answer


@dataclass(frozen=True)
class GenerateRequest:
    """Answer these conversations (by pane key) in these panes."""

    conversations: Mapping[str, list[dict[str, str]]]
    panes: "Sequence[Pane]"
    sampling: "Sampling"


@dataclass(frozen=True)
class ScoreRequest:
    """Score these answers by the reward model `run:<id>`; what comes back is one list of numbers."""

    judge: str
    answers: "Sequence[Answer]"


@dataclass(frozen=True)
class SurpriseRequest:
    """How surprising a text is in each pane, as an answer in a conversation where `context` is one."""

    text: str
    context: "Sequence[dict[str, str]]"
    panes: "Sequence[Pane]"


Ask = GenerateRequest | ScoreRequest | SurpriseRequest


@dataclass(frozen=True)
class QueuePosition:
    """Others are answered first."""

    ahead: int


@dataclass(frozen=True)
class StopRequest:
    """Stop answering."""


@dataclass(frozen=True)
class Finished:
    """All panes are done."""


@dataclass(frozen=True)
class Failure:
    """The request could not be answered: the parts of a LabError."""

    what: str
    where: str | None
    do: str | None
