"""All names of cards in one import: to write one, and to find those there are. See `lab.cards`."""

from lab.cards.find import broken_cards, find_cards, forget_cards, refuse_broken
from lab.cards.kinds import (
    FORMATS,
    OBJECTIVE_FAMILIES,
    Card,
    DataCard,
    ExecutorCard,
    MethodCard,
    ObjectiveCard,
    RaterCard,
    RewardCard,
)
from lab.cards.knobs import Choice, Knob, Line, Number, Switch, Text
from lab.cards.parts import LIT, Part
from lab.cards.remedy import RemedyCard

__all__ = [
    "FORMATS", "LIT", "OBJECTIVE_FAMILIES", "Card", "Choice", "DataCard", "ExecutorCard", "Knob", "Line",
    "MethodCard", "Number", "ObjectiveCard", "Part", "RaterCard", "RemedyCard", "RewardCard", "Switch", "Text",
    "broken_cards", "find_cards", "forget_cards", "refuse_broken",
]  # fmt: skip
