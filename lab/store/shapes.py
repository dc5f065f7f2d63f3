"""The shapes that travel to and from the store. Times are seconds since 1970; sizes are bytes."""

import json
import math
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from lab.store.pictures import Picture, picture_from_json

Message = dict[str, str]
"""One message of a conversation: its role and content."""
WHOSE = {"all": None, "people": False, "scripted": True}
"""Whose feedback counts, by the names of recipes and pages: what must be said of `Feedback.scripted`."""

EVALUATING, DOING_MEASURING = "evaluating", "measuring"
"""What a run is at besides its steps, as `Outcome.doing` says: a look on its way, its figures after the last step."""


class Status(StrEnum):
    """Where a run is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def over(self) -> bool:
        return self not in (Status.QUEUED, Status.RUNNING)


def plain(value: Any) -> Any:
    """`value` as JSON has it: a number that is not finite is none."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


@dataclass(frozen=True)
class Change:
    """A figure before and after a run; None where it was not or can't be measured.

    A share or mean over few answers also has their number, its 95 % intervals, and what a model would get that always
    gives the commonest answer of the training rows.
    """

    before: float | None = None
    after: float | None = None
    n: int | None = None
    before_interval: tuple[float, float] | None = None
    after_interval: tuple[float, float] | None = None
    commonest: float | None = None
    marks: tuple[float, ...] = ()
    """How each answer was judged after the run, 0 to 1, where that is kept; `groups` numbers the questions' forms."""
    groups: tuple[int, ...] = ()

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Change":
        pairs = {name: tuple(value) for name, value in raw.items() if isinstance(value, list)}
        return cls(**{name: value for name, value in (raw | pairs).items() if name in {f.name for f in fields(cls)}})


@dataclass(frozen=True)
class Trial:
    """A learning rate that was tried before a stage; no loss where training diverged."""

    stage: int
    learning_rate: float
    steps: int
    held_out_loss: float | None
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """What a run came to; filled as it goes, whole when it is done."""

    steps: int = 0
    expected_seconds: float | None = None  # in all, estimated when it was queued
    expected_training_seconds: float | None = None  # in its steps
    doing: str = ""
    """What it does between or after its steps while it runs; '' in its steps."""
    trainable_params: int | None = None
    total_params: int | None = None
    adapter_bytes: int | None = None
    kept_step: int | None = None
    """The step whose weights were kept, where they were chosen by their held-out loss."""
    train_seconds: float | None = None
    cpu_seconds: float | None = None  # of its steps; not known of a run that was resumed within a stage
    whole_seconds: float | None = None  # in all, with its figures, without waiting for its turns
    stage_seconds: tuple[float, ...] = ()
    stage_steps: tuple[int, ...] = ()
    startup_seconds: float | None = None
    tokens_per_second: float | None = None
    peak_memory_bytes: int | None = None
    wanted: tuple[str, ...] = ()  # the right answers to the fixed prompts, '' where the data knows none
    train_loss_first: float | None = None
    train_loss_last: float | None = None
    eval_loss: Change = Change()
    metrics: dict[str, Change] = field(default_factory=dict)
    forgetting: Change = Change()
    """Perplexity of text such as the base was made from."""
    retained: Change = Change()
    """The share of old questions that are answered rightly."""
    search: tuple[Trial, ...] = ()
    """What was tried to find a learning rate."""
    ranks: dict[str, int] = field(default_factory=dict)
    """The rank each layer was left with, where the method gives layers ranks of their own."""
    environment: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    """What the objective has to show besides figures, by name."""
    moved: str = ""
    """How far each module moved, packed: see `lab.store.movement`."""
    notes: tuple[str, ...] = ()
    """What is to be known beside the figures: what could not be measured, what was left out."""

    def to_json(self) -> str:
        return json.dumps(plain(asdict(self)), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str | None) -> "Outcome":
        raw = plain(json.loads(text)) if text else {}
        known = {name: value for name, value in raw.items() if name in {f.name for f in fields(cls)}}
        for name in ("eval_loss", "forgetting", "retained"):
            if name in known:
                known[name] = Change.from_json(known[name])
        for name in ("stage_seconds", "stage_steps", "notes", "wanted"):
            known[name] = tuple(known.get(name, ()))
        drawn = {name: picture_from_json(one) for name, one in known.get("pictures", {}).items()}
        known["pictures"] = {name: one for name, one in drawn.items() if one}
        known["search"] = tuple(Trial(**one) for one in known.get("search", ()))
        known["metrics"] = {name: Change.from_json(pair) for name, pair in known.get("metrics", {}).items()}
        return cls(**known)


@dataclass(frozen=True)
class Run:
    """One variant carried out, or waiting to be."""

    id: str
    comparison: str
    """Runs started together share it; it is the id in the page's address."""
    name: str
    recipe_name: str
    recipe: str
    base: str
    method: str
    objective: str
    parent: str | None
    status: Status
    created: float
    started: float | None = None
    ended: float | None = None
    request: str | None = None
    """What the user asked of a running run: 'cancel' (stop and keep) or 'discard'; see also `lab.store.requests`."""
    error: str | None = None
    step: int = 0
    total_steps: int = 0
    pid: int | None = None
    machine: str | None = None
    outcome: Outcome = Outcome()
    forked_at: int | None = None  # the step of its parent, 0 for the recipe alone; None for what did not fork
    visitor: str | None = None  # whose it is, as `Visitor.mark`; None for the lab's owner


@dataclass(frozen=True)
class Label:
    """How a run is named and coloured wherever it is shown."""

    name: str
    recipe_name: str
    place: int
    """The place of its variant in its comparison: its colour."""


@dataclass(frozen=True)
class Point:
    """One value of one curve; `id` grows with every write, so a reader asks for what is newer than it has seen."""

    id: int
    run: str
    name: str
    step: int
    value: float
    time: float


@dataclass(frozen=True)
class Sample:
    """What a run answered to one of the fixed prompts at some step."""

    run: str
    step: int
    position: int
    prompt: str
    answer: str
    time: float = 0.0


CUT = "cut"
"""Among an answer's settings: it did not end by itself."""


def cut_mark(cut: bool) -> dict[str, Any]:
    """What an answer's settings say of that: nothing where it ended by itself."""
    return {CUT: True} if cut else {}


@dataclass(frozen=True)
class Answer:
    """An answer given in a conversation: everything needed to rate it or to give it again."""

    id: str
    run: str
    """A run id, or `base:<name>`."""
    messages: tuple[Message, ...]
    """The conversation it answers, the user's last message included."""
    text: str
    settings: dict[str, Any]
    fingerprint: str
    time: float = 0.0

    @property
    def ended(self) -> bool:
        """Whether it ended by itself, as far as is known."""
        return not self.settings.get(CUT)


@dataclass(frozen=True)
class Pair:
    """Two answers to one conversation, waiting to be compared, or compared already."""

    id: str
    source: str
    """Where the question is from: a data set's name, `typed`, or a file."""
    first: Answer
    second: Answer


@dataclass(frozen=True, slots=True)  # a page keeps all of them
class Vote:
    """What one rater last said of one pair, told by runs and not by the sides they were shown on."""

    pair: str
    rater: str
    scripted: bool
    again: bool
    """Whether the pair was shown a second time, sides swapped, to see whether the rater says the same."""
    first: str
    second: str
    """The runs of the pair's answers, as `Answer.run` names them."""
    winner: str
    """'first', 'second', 'tie' or 'both_bad'."""
    equal: bool = False
    """Whether both answers are the same words."""
    left: str = ""
    """'first' or 'second', whichever a person saw on the left; '' where nobody dealt the sides (scripts, files)."""


@dataclass(frozen=True)
class PairCount:
    """How many pairs of answers a match has, and how many of them are twice the same words, which nobody is asked."""

    pairs: int
    same: int

    @property
    def share(self) -> float:
        """The share of them that are the same words; 0 where there are none."""
        return self.same / self.pairs if self.pairs else 0.0


@dataclass(frozen=True)
class Feedback:
    """A thumb, vote or edit; a later row on the same `subject` by the same rater supersedes it."""

    kind: str
    """'thumb', 'vote' or 'edit'."""
    subject: str
    rater: str
    verdict: str
    """thumb: good, bad or none (taken back); vote: left, right, tie, both_bad; edit: the better answer."""
    answer: str
    """The id of the answer that was rated (the left one of a vote)."""
    other: str | None = None
    reason: str = ""
    scripted: bool = False
    id: int = 0
    time: float = 0.0

    @property
    def says(self) -> tuple[str, str]:
        """What it says and why: of a vote for one side the answer that won, whichever side it stood on."""
        sides = {"left": self.answer, "right": self.other} if self.kind == "vote" else {}
        return sides.get(self.verdict) or self.verdict, self.reason
