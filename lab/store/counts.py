"""How much of what has been said: counts of ratings by what they say, and by who says it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FeedbackCount:
    """How many ratings of one kind say the same."""

    kind: str
    verdict: str
    """As in `Feedback`; 'edited' for an edit."""
    scripted: bool
    count: int


@dataclass(frozen=True)
class RaterCount:
    """How many ratings are one rater's."""

    rater: str
    scripted: bool
    count: int
