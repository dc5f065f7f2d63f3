"""The table of rules, `rules.yaml`, read and checked: names of answers and traits that there are not are errors."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from lab.planning.advice.answers import QUESTIONS, Answers
from lab.planning.advice.traits import METHOD_TRAITS, REMEDY_TRAITS, WAY_TRAITS

TABLE = Path(__file__).with_name("rules.yaml")
TRAITS = {"method": METHOD_TRAITS, "way": WAY_TRAITS, "remedy": REMEDY_TRAITS}
Part = Literal["method", "way", "remedy"]


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _answered(value: Any) -> Any:
    """Conditions on answers, as they are written; YAML reads a bare yes or no as true or false."""
    said = {name: tuple({True: "yes", False: "no"}.get(one, one) for one in some) for name, some in value.items()}
    for name, some in said.items():
        if unknown := [one for one in some if one not in QUESTIONS.get(name, ())]:
            raise ValueError(f"'{unknown[0]}' is no answer to '{name}'")
    return said


Conditions = Annotated[Mapping[str, tuple[str, ...]], BeforeValidator(_answered)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Why(BaseModel):
    """A reason as it is shown, in two languages, with places for figures."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    en: str
    zh: str


class Rule(BaseModel):
    """What speaks for or against parts of that trait, with answers of that kind; the table's head says more."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    of: Part
    trait: Names = Field(min_length=1)
    without: Names = ()
    when: Conditions = Field(default_factory=dict)
    unless: Conditions = Field(default_factory=dict)
    weight: float | Literal["never"]
    why: Why
    source: str = Field(min_length=3)

    def asked(self, answers: Answers) -> bool:
        """Whether it holds with these answers."""
        meant = all(getattr(answers, name) in some for name, some in self.when.items())
        return meant and not any(getattr(answers, name) in some for name, some in self.unless.items())

    def fits(self, traits: set[str]) -> bool:
        """Whether something with these traits is meant."""
        return traits.issuperset(self.trait) and traits.isdisjoint(self.without)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the table. Raises ValueError for a trait that nothing can have."""
    found = tuple(Rule.model_validate(one) for one in yaml.safe_load(TABLE.read_text(encoding="utf-8")))
    for number, rule in enumerate(found):
        if unknown := set(rule.trait + rule.without) - set(TRAITS[rule.of]):
            raise ValueError(f"rule {number} ({rule.why.en}): no {rule.of} has the trait {sorted(unknown)}")
    return found


def rules_for(part: Part, answers: Answers) -> tuple[Rule, ...]:
    """The rules on one part that hold with these answers."""
    return tuple(rule for rule in rules() if rule.of == part and rule.asked(answers))
