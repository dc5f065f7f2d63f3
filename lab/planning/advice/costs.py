"""What candidates would cost on a device, and what the rules say to that: slow, too large, made to fit.

They are held against each other by the cards; what earlier runs took on this machine is asked for those that are shown.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lab.card import Text
from lab.devices import Device
from lab.errors import LabError
from lab.home import Home
from lab.planning.advice.answers import Answers
from lab.planning.advice.candidates import Candidate
from lab.planning.advice.judge import Judgement, judge
from lab.planning.advice.rules import rules_for
from lab.planning.advice.shown import Fields
from lab.planning.advice.told import same, share, size
from lab.planning.plans import Planned, plan
from lab.recipe import build_recipe
from lab.recipe.fields import to_fields
from lab.recipe.overrides import override

SLOW = 2.0
"""So many times as long as the fastest of the same way is slow."""
FILLS, FAR = 0.7, 2.0
HERE = Text("this machine", "这台机器")
UNNAMED = "a GPU of "
"""How `lab.devices` calls a GPU of which only the memory is known."""


@dataclass(frozen=True)
class Fitted:
    """A candidate's recipe as it is planned on a device, with the changes that make it fit there."""

    fields: Fields
    planned: Planned
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Among:
    """What candidates are held against: the fewest seconds of each way (by its `id`), the least memory of all."""

    fastest: Mapping[int, float]
    least: int


@dataclass(frozen=True)
class Costed:
    """A candidate with what it would cost, all that the rules say of it, and the figures that its reasons speak of."""

    candidate: Candidate
    fitted: Fitted
    judgement: Judgement
    figures: Mapping[str, Text]

    @property
    def order(self) -> tuple[object, ...]:
        return (-round(self.judgement.weight, 3), *self.candidate.order[1:])


def costed(found: Sequence[Candidate], answers: Answers, device: Device, home: Home) -> list[Costed]:
    """The candidates that the planner accepts with their costs, best first. Raises the planner's LabError where it
    accepts none."""
    fitted: list[tuple[Candidate, Fitted]] = []
    refused: LabError | None = None
    for one in found:
        try:
            fitted.append((one, _fitted(one.fields, home, device)))
        except LabError as problem:
            refused = problem
    if refused and not fitted:
        raise refused
    among = _among(fitted)
    return sorted((_judged(one, fit, among, answers, device) for one, fit in fitted), key=lambda one: one.order)


def _among(fitted: Sequence[tuple[Candidate, Fitted]]) -> Among:
    fastest: dict[int, float] = {}
    for one, fit in fitted:
        if (seconds := fit.planned.cost.seconds) is not None:
            fastest[id(one.way)] = min(seconds, fastest.get(id(one.way), seconds))
    return Among(fastest, min((fit.planned.cost.memory_bytes for _, fit in fitted), default=0))


def _fitted(fields: Fields, home: Home, device: Device) -> Fitted:
    """The fields with their plan, changed as the planner says where the run would not fit. Raises LabError."""
    planned = plan(build_recipe(fields), home, device=device)[0]
    if planned.fit is None or planned.fit.fits:
        return Fitted(fields, planned)
    ways = [one.changes for one in planned.fit.advice if not any(said.startswith("method=") for said in one.changes)]
    if not ways:  # with another method it is another candidate
        return Fitted(fields, planned)
    changed, changes = to_fields(build_recipe(fields)), ways[0]
    with contextlib.suppress(LabError):
        for change in changes:
            override(changed, change)
        again = plan(build_recipe(changed), home, device=device)[0]
        if again.fit and again.fit.fits:
            return Fitted({name: one for name, one in changed.items() if name not in ("name", "note")}, again, changes)
    return Fitted(fields, planned)


def _judged(one: Candidate, fitted: Fitted, among: Among, answers: Answers, device: Device) -> Costed:
    cost, fit, fastest = fitted.planned.cost, fitted.planned.fit, among.fastest.get(id(one.way))
    times = cost.seconds / fastest if cost.seconds is not None and fastest else None
    fits = fit is None or fit.fits
    traits = {
        "too_large": not fits, "made_to_fit": bool(fitted.changes),
        "far_too_large": not fits and cost.memory_bytes > FAR * among.least,
        "fills": fit is not None and fits and cost.memory_bytes > FILLS * fit.usable_bytes,
        "slow": times is not None and times >= SLOW,
    }  # fmt: skip
    asked = [rule for rule in rules_for("method", answers) if not traits.keys().isdisjoint(rule.trait)]
    said = judge({name for name, true in traits.items() if true}, asked) or Judgement(0.0)
    figures = {
        "share": same(share(one.share)), "size": same(size(cost.adapter_bytes)),
        "memory": same(size(cost.memory_bytes)), "room": same("–" if fit is None else size(fit.usable_bytes)),
        "device": _named(device), "times": same("–" if times is None else f"{times:.1f}"),
        "changes": same(", ".join(fitted.changes)),
    }  # fmt: skip
    return Costed(one, fitted, one.judgement + said, figures)


def _named(device: Device) -> Text:
    """What a device is called in a sentence."""
    if device.here:
        return HERE
    memory = device.name.removeprefix(UNNAMED)
    return Text(device.name, device.name if memory == device.name else f" {memory} 的 GPU ")
