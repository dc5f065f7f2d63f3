"""What a bundle holds, as its JSON says it: strict shapes, nothing unknown, no number that is not finite.

A bundle is a zip file: `manifest.json` with the length and SHA-256 of every other file, `runs/ID.json` and
`curves/ID.json` for each run, `votes.json`, and below `weights/ID/` what the run left, where that was asked for.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lab.model_ref import RUN_ID
from lab.store import Status

FORMAT = 1
KIND = "parrot-lab comparison"
MANIFEST, VOTES = "manifest.json", "votes.json"
MOST_RUNS = 1_000
SECONDS = Annotated[float, Field(ge=0, le=1e11)]
STEP = Annotated[int, Field(ge=0, le=10**9)]
Id = Annotated[str, Field(pattern=rf"^{RUN_ID}$")]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
"""Of an answer or a pair."""
Short = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$")]
"""A name; without letters that move about in a terminal."""
Long = Annotated[str, Field(max_length=200_000)]


class Shape(BaseModel):
    """Refuses what it does not know, takes no text for a number, and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class File(Shape):
    """One file of a bundle: its bytes and their SHA-256."""

    bytes: int = Field(ge=0, le=10**12)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Origin(Shape):
    """Where the comparison was trained and first given away: the lab's id, by whom (as they said), and when."""

    lab: str = Field(pattern=r"^[0-9a-f]{8}$")
    by: str = Field("", max_length=100, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")
    made: SECONDS


class Manifest(Shape):
    """What a bundle is, told before anything else of it is read."""

    kind: Literal["parrot-lab comparison"]
    format: int = Field(ge=1, le=10**6)
    lab: str = Field(max_length=40)
    """The version of the lab that wrote the file."""
    made: SECONDS
    origin: Origin
    comparison: Id
    name: Short
    weights: bool
    files: dict[Annotated[str, Field(max_length=300)], File]


class RunShape(Shape):
    """A run that is over, without what belongs to the machine or the person that trained it."""

    id: Id
    comparison: Id
    name: Short
    recipe_name: Short
    recipe: Long
    base: str = Field(max_length=300)
    method: str = Field(max_length=60)
    objective: str = Field(max_length=60)
    parent: Id | None
    status: Literal["done", "failed", "cancelled", "interrupted"]
    created: SECONDS
    started: SECONDS | None
    ended: SECONDS | None
    error: Long | None
    step: STEP
    total_steps: STEP
    forked_at: STEP | None
    outcome: dict[str, Any]

    @property
    def over(self) -> Status:
        return Status(self.status)


class SampleShape(Shape):
    """What the run answered to a fixed prompt at some step."""

    step: STEP
    position: int = Field(ge=0, le=1000)
    prompt: Long
    answer: Long
    time: SECONDS


Curve = Annotated[list[tuple[STEP, float, SECONDS]], Field(max_length=1_000_000)]


class CurvesShape(Shape):
    """A run's curves by name, each as (step, value, time) in the order in which it was written, and its samples."""

    curves: dict[Annotated[str, Field(min_length=1, max_length=60)], Curve]
    samples: list[SampleShape] = Field(max_length=200_000)


class MessageShape(Shape):
    """One message of a conversation."""

    role: str = Field(max_length=40)
    content: Long


class AnswerShape(Shape):
    """An answer that was rated, or waits to be."""

    id: Key
    run: str = Field(max_length=300)
    messages: tuple[MessageShape, ...] = Field(max_length=500)
    text: Long
    settings: dict[str, Any]
    fingerprint: str = Field(max_length=64)
    time: SECONDS


class PairShape(Shape):
    """Two answers to be compared, by their ids."""

    id: Key
    source: str = Field(max_length=100)
    first: Key
    second: Key


class RatingShape(Shape):
    """What a rater said of an answer or a pair."""

    kind: Literal["thumb", "vote", "edit"]
    subject: str = Field(pattern=r"^[A-Za-z0-9_-]{1,60}(/again)?$")
    rater: str = Field(pattern=r"^(person-[0-9a-f]{12}|scripted:[a-z0-9_]{1,60})$")
    verdict: Long
    answer: Key
    other: Key | None
    reason: str = Field(max_length=5_000)
    scripted: bool
    time: SECONDS


class VotesShape(Shape):
    """What was said of the comparison's answers."""

    answers: list[AnswerShape] = Field(max_length=500_000)
    pairs: list[PairShape] = Field(max_length=500_000)
    ratings: list[RatingShape] = Field(max_length=500_000)


VERDICTS = {"thumb": ("good", "bad", "none"), "vote": ("left", "right", "tie", "both_bad", "none")}
"""What may be said, but for edits, which are texts."""
