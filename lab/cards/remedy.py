"""What a remedy against forgetting or overfitting says of itself: its card, checked when it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lab.cards.kinds import check_words
from lab.cards.knobs import Knob, Text, check_knobs, complete
from lab.errors import CardError

Ailment = Literal["forgetting", "overfitting"]


@dataclass(frozen=True)
class RemedyCard:
    """What a remedy says of itself, and what it asks of the stages it is used in."""

    id: str
    name: Text
    explain: Text
    good: Text
    bad: Text
    paper: str
    knobs: tuple[Knob, ...] = ()
    against: tuple[Ailment, ...] = ("forgetting",)
    """What it helps against. What helps against forgetting alone needs something that was learned before."""
    same_weights: bool = False
    """Whether it holds the very weights that the stage before trained, so that both must train the same ones."""
    new_adapter: bool = False
    """Whether the stage begins an adapter of its own, instead of training that of the stage before further."""

    def __post_init__(self) -> None:
        check_words(self)
        check_knobs(self.knobs, f"card '{self.id}'")
        if self.same_weights and self.new_adapter:
            raise CardError("a new adapter has none of the weights before", where=f"card '{self.id}'")

    @property
    def needs_past(self) -> bool:
        """Whether it can do nothing in a stage that starts from a base model."""
        return self.against == ("forgetting",)

    def complete_knobs(self, given: Mapping[str, object], where: str) -> dict[str, object]:
        """All knobs with values, see `lab.cards.knobs.complete`. Raises RecipeError."""
        return complete(self.knobs, given, self.id, where)
