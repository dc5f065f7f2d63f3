"""What can be inferred: kinds and their rules, materials, countries and climates, seasons, and jobs with their tools.

A `Rule` is one predicate in both languages; it says itself of any subject. Nothing here asks: that is the generators'.
"""

from dataclasses import dataclass
from functools import lru_cache

from recipes.nano.world.grammar import third
from recipes.nano.world.table_countries import CLIMATES, COUNTRIES
from recipes.nano.world.table_jobs import JOBS
from recipes.nano.world.table_kinds import RULES, WIDER
from recipes.nano.world.table_materials import MATERIALS, SEASONS
from recipes.nano.world.things import Thing, rows, things

ONLY_ITSELF = "only itself"


@dataclass(frozen=True)
class Rule:
    """One thing that holds (or never holds) of all of a kind or material.

    `what` is in the base form ("have wings", "be hard") or begins with can; `chinese` is the predicate (有翅膀).
    """

    about: str
    holds: bool
    what: str
    chinese: str
    exceptions: tuple[str, ...] = ()

    def covers(self, name: str) -> bool:
        """Whether it goes down to this thing of the kind or material."""
        return name not in self.exceptions and ONLY_ITSELF not in self.exceptions

    def asked(self, subject: str, plural: bool = False) -> str:
        """The question: "Can a robin fly?", "Does a robin have wings?", "Are robins small?"."""
        verb, _, rest = self.what.partition(" ")
        if verb == "can":
            return f"Can {subject} {rest}?"
        if verb == "be":
            return f"{'Are' if plural else 'Is'} {subject} {rest}?"
        return f"{'Do' if plural else 'Does'} {subject} {self.what}?"

    def said(self, subject: str, plural: bool = False) -> str:
        """The statement, without a full stop: "a robin has wings", "robins have wings"."""
        verb, _, rest = self.what.partition(" ")
        if verb == "be":
            return f"{subject} {'are' if plural else 'is'} {rest}"
        return f"{subject} {self.what if plural or verb == 'can' else third(self.what)}"

    def denied(self, subject: str, plural: bool = False) -> str:
        """Its opposite: "a robin can not fly", "a robin does not have wings", "robins are not small"."""
        verb, _, rest = self.what.partition(" ")
        if verb == "can":
            return f"{subject} cannot {rest}"
        if verb == "be":
            return f"{subject} {'are' if plural else 'is'} not {rest}"
        return f"{subject} {'do' if plural else 'does'} not {self.what}"

    def asked_in_chinese(self, subject: str) -> str:
        """The question with 吗: 麻雀会飞吗?"""
        return f"{subject}{self.chinese}吗?"

    def said_in_chinese(self, subject: str) -> str:
        """The statement, without a full stop: 麻雀会飞."""
        return f"{subject}{self.chinese}"

    def denied_in_chinese(self, subject: str) -> str:
        """Its opposite: 麻雀没有尾鳍, 麻雀不会飞."""
        return f"{subject}{deny_chinese(self.chinese)}"


@dataclass(frozen=True)
class Kind:
    """A kind, the wider kinds it belongs to (nearest first), its own rules, and the names of the things of it alone."""

    name: str
    wider: tuple[str, ...]
    rules: tuple[Rule, ...]
    members: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """A material, its rules, and the things made of it."""

    name: str
    rules: tuple[Rule, ...]
    things: tuple[str, ...]


@dataclass(frozen=True)
class Country:
    """A country; an empty string where there is no one clear answer."""

    name: str
    capital: str
    continent: str
    language: str
    climate: str
    food: str
    animal: str


@dataclass(frozen=True)
class Climate:
    """What follows from a climate: what people wear there, what grows there, what they need, what the weather does."""

    name: str
    wear: str
    grows: str
    need: str
    weather: str


@dataclass(frozen=True)
class Season:
    """A season of the north: its months, its weather, what people do and wear, and what nature does."""

    name: str
    months: tuple[str, ...]
    weather: str
    doing: str
    wear: str
    nature: str


@dataclass(frozen=True)
class Worker:
    """A job: what they do, where they work, and with what (an empty string where that is not clear)."""

    job: str
    work: str
    place: str
    tool: str


def deny_chinese(predicate: str) -> str:
    """A Chinese predicate said not to hold: 有 becomes 没有, 很轻 becomes 不轻, any other gets 不."""
    if predicate.startswith("有"):
        return f"没{predicate}"
    for marked, negative in (("里面有", "里面没有"), ("掉下来会", "掉下来不会"), ("湿了会", "湿了不会")):
        if predicate.startswith(marked):
            return negative + predicate.removeprefix(marked)
    return f"不{predicate.removeprefix('很')}"


def _rules(table: str) -> tuple[Rule, ...]:
    return tuple(Rule(about, holds == "yes", what, chinese, tuple(exceptions.split(", ")) if exceptions else ())
                 for about, holds, what, chinese, exceptions in rows(table))  # fmt: skip


@lru_cache(maxsize=1)
def _nearest_wider() -> dict[str, str]:
    return dict(rows(WIDER))


def wider(kind: str) -> tuple[str, ...]:
    """Every kind that this kind belongs to, nearest first: bird gives animal, living thing."""
    found: list[str] = []
    while kind := _nearest_wider().get(kind, ""):
        found.append(kind)
    return tuple(found)


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """Every kind that has rules or things, the wide ones too."""
    rules = _rules(RULES)
    names = dict.fromkeys([rule.about for rule in rules] + [thing.kind for thing in things()])
    return tuple(Kind(name, wider(name), tuple(rule for rule in rules if rule.about == name),
                      tuple(thing.name for thing in things() if thing.kind == name)) for name in names)  # fmt: skip


@lru_cache(maxsize=1)
def materials() -> tuple[Material, ...]:
    """Every material that has rules, with the things made of it."""
    rules = _rules(MATERIALS)
    return tuple(Material(name, tuple(rule for rule in rules if rule.about == name),
                          tuple(thing.name for thing in things() if thing.material == name))
                 for name in dict.fromkeys(rule.about for rule in rules))  # fmt: skip


@lru_cache(maxsize=4096)
def rules_of(thing: Thing) -> tuple[Rule, ...]:
    """What can be inferred of a thing from its kind, its wider kinds and its material."""
    about = {thing.kind, *wider(thing.kind)}
    rules = [rule for kind in kinds() if kind.name in about for rule in kind.rules if rule.covers(thing.name)]
    if thing.kind == "material":  # paper is made of wood, but is not sawn: what holds of wood is not asked of paper
        return (*rules, *(rule for material in materials() if material.name == thing.name for rule in material.rules))
    made_of = [rule for material in materials() if material.name == thing.material for rule in material.rules]
    return (*rules, *(rule for rule in made_of if rule.covers(thing.name)))


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Every country."""
    return tuple(Country(*row) for row in rows(COUNTRIES))


@lru_cache(maxsize=1)
def climates() -> dict[str, Climate]:
    """Each climate by its name, as in `Country.climate`."""
    return {row[0]: Climate(*row) for row in rows(CLIMATES)}


@lru_cache(maxsize=1)
def seasons() -> tuple[Season, ...]:
    """The four seasons, spring first."""
    return tuple(Season(name, tuple(months.split(", ")), *rest) for name, months, *rest in rows(SEASONS))


@lru_cache(maxsize=1)
def workers() -> tuple[Worker, ...]:
    """Every job of `things.jobs()`, with its tool."""
    return tuple(Worker(*row) for row in rows(JOBS))
