"""The runs that rounds of the feedback loop are made of, read from the store without all the others: policies, reward
models, what they go out from, and what a round may have begun from."""

from collections.abc import Iterable

from lab.card import find_cards
from lab.feedback.rounds import TEACHING
from lab.model_ref import ModelRef
from lab.store import Run, Store
from lab.store.access import may_build_on

BEGUN = 50
"""Runs and bases of which two samples were paired that are looked at, the newest first: the last one tells the round in
hand."""
OF_A_BASE = 20
"""Runs looked at that go out from one base: one that may be built on tells that a round may go out from it too."""


def loop_runs(store: Store, start: str | None = None) -> list[Run]:
    """Those of them that who is served now may build on, in the order they were queued, with what `start` (as a
    recipe's base names it) comes from."""
    told = {run.id: run for run in store.runs.that_did_last(_objectives())}
    begun = {run.id: run for run in _begun(store) if run.id not in told}
    every = {**begun, **told}
    before = _before(store, [*(run.base for run in every.values()), start or ""], every)
    found = [run for run in (*before.values(), *begun.values(), *told.values()) if may_build_on(run)]
    return list({run.id: run for run in found}.values())


def _objectives() -> list[str]:
    """The objectives that make policies, and those that make reward models."""
    cards = {name: module.CARD for name, module in find_cards("lab.objectives").items()}
    return [
        name for name, card in cards.items()
        if card.gives == "score" or (card.gives == "text" and card.family in TEACHING)
    ]  # fmt: skip


def _begun(store: Store) -> list[Run]:
    """Runs that say where a round may have begun: they were paired with themselves, or go out from what was."""
    found = list(store.runs.some(store.runs.sampled_twice(BEGUN)).values())
    bases = {f"{name}|{name}": base for base in store.runs.bases() if (name := ModelRef.parse(base).in_answers)}
    began = store.pairs.begun(bases)
    for match in sorted(began, key=lambda one: -began[one])[:BEGUN]:
        found += [run for run in store.runs.starting_from(bases[match], OF_A_BASE) if may_build_on(run)][-1:]
    return found


def _before(store: Store, bases: Iterable[str], known: dict[str, Run]) -> dict[str, Run]:
    """The runs that these bases name, and those that they go out from in turn, the first ones first."""
    found: dict[str, Run] = {}
    while lacking := {name for base in bases if (name := ModelRef.parse(base).run) and name not in {**known, **found}}:
        new = store.runs.some(sorted(lacking))
        found = {**new, **found}
        bases = [run.base for run in new.values()]
    return found
