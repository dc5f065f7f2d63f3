"""What the rules say of a part: its weight, and the reasons for and against it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lab.card import Text
from lab.planning.advice.rules import Rule
from lab.planning.advice.sources import source_of

NEVER = "never"
QUIET = 0.05
"""A weight that is no reason to be told."""


@dataclass(frozen=True)
class Reason:
    """Something that speaks for a way of tuning (its weight is above 0) or against it, and where that is known from."""

    says: Text
    weight: float
    source: Text


@dataclass(frozen=True)
class Judgement:
    """What all rules together say of one part."""

    weight: float
    rules: tuple[Rule, ...] = ()

    def __add__(self, other: "Judgement") -> "Judgement":
        return Judgement(self.weight + other.weight, (*self.rules, *other.rules))


def judge(traits: set[str], asked: Iterable[Rule]) -> Judgement | None:
    """The judgement of a part with these traits; None where a rule rules it out."""
    meant = [rule for rule in asked if rule.fits(traits)]
    weights = [rule.weight for rule in meant if not isinstance(rule.weight, str)]
    return Judgement(sum(weights), tuple(meant)) if len(weights) == len(meant) else None


def reasons(rules: Sequence[Rule], figures: Mapping[str, Text]) -> tuple[Reason, ...]:
    """What is to be told of these rules, the weightiest first; of one reason given twice the first."""
    told: dict[str, Reason] = {}
    for rule in sorted(rules, key=lambda rule: -abs(_weight(rule))):
        if abs(weight := _weight(rule)) > QUIET:
            told.setdefault(rule.why.en, Reason(_filled(rule, figures), weight, source_of(rule.source)))
    return tuple(told.values())


def _weight(rule: Rule) -> float:
    return 0.0 if isinstance(rule.weight, str) else rule.weight


def _filled(rule: Rule, figures: Mapping[str, Text]) -> Text:
    """The rule's reason with the figures of what it is about in their places."""
    english = {name: said.en for name, said in figures.items()}
    chinese = {name: said.zh for name, said in figures.items()}
    return Text(rule.why.en.format_map(english), rule.why.zh.format_map(chinese))
