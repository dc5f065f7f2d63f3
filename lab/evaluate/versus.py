"""The variants of a comparison against one of them: paired differences of figures, on the same seeds and questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from lab.errors import RunError, nearest
from lab.evaluate.paired import Difference, difference
from lab.recipe import variant_of
from lab.recipe.again import seeds_of
from lab.recipe.names import FOLD, SEED
from lab.store import Change, Run, Status

Pair = tuple[tuple[Change, Change], tuple[int, str]]
"""A figure of two runs that belong together, and what says which questions were held out from both."""


def versus(runs: Sequence[Run], reference: str) -> dict[str, dict[str, Difference]]:
    """For each other variant, the difference of each figure to that of `reference`, by the figure's name.

    Runs of the same seed and fold are paired; those that are not done count for neither. Raises RunError where no
    variant is called so.
    """
    found = runs_by_variant(runs)
    if reference not in found:
        raise RunError(f"there is no variant '{reference}'", do=nearest(reference, list(found)))
    return {variant: differences(own, found[reference]) for variant, own in found.items() if variant != reference}


def runs_by_variant(runs: Sequence[Run]) -> dict[str, dict[str, Run]]:
    """Each variant's runs that are done, by the seed and fold in their names; a variant without any has none."""
    found: dict[str, dict[str, Run]] = {}
    for run in runs:
        variant = variant_of(run.name)
        pairs = found.setdefault(variant, {})
        if run.status == Status.DONE:
            pairs[run.name[len(variant) :]] = run
    return found


def differences(own: Mapping[str, Run], other: Mapping[str, Run]) -> dict[str, Difference]:
    """Of each figure that two variants have in common how far the first one's is above the other's.

    A pair of runs that only repeats another (the seed decides nothing of either) is left out: it tells no more.
    """
    both = [
        (dict(figures_of(run)), dict(figures_of(other[mark])), (seeds_of(run.recipe).get("split", 0), _fold(mark)))
        for mark, run in _different(own, other).items()
    ]
    names = dict.fromkeys(name for one, _, _ in both for name in one)
    known: dict[str, list[Pair]] = {
        name: [((one[name], two[name]), split) for one, two, split in both if name in one and name in two]
        for name in names
    }
    return {name: _difference(pairs) for name, pairs in known.items() if pairs}


def _different(own: Mapping[str, Run], other: Mapping[str, Run]) -> dict[str, Run]:
    """Those of the first runs that have a second one and whose pair has not come before, to the last digit."""
    found, seen = dict[str, Run](), set[Any]()
    for mark, run in own.items():
        if mark in other:
            pair = (_losses(run), _losses(other[mark]))
            if None in pair or pair not in seen:
                found[mark] = run
            seen.add(pair)
    return found


def _losses(run: Run) -> tuple[float, float, float] | None:
    """What two runs have in common only where they are the same; None where it is not all known."""
    first, last, held_out = run.outcome.train_loss_first, run.outcome.train_loss_last, run.outcome.eval_loss.after
    return None if first is None or last is None or held_out is None else (first, last, held_out)


def figures_of(run: Run) -> Iterator[tuple[str, Change]]:
    """A run's figures after training by name, those it has."""
    out = run.outcome
    figures = {"held_out_loss": out.eval_loss, "forgetting": out.forgetting, "retained": out.retained, **out.metrics}
    return ((name, change) for name, change in figures.items() if change.after is not None)


def as_plain(found: Mapping[str, Mapping[str, Difference]]) -> dict[str, dict[str, Any]]:
    """What `versus` found as JSON has it, each difference with its verdict."""
    return {
        variant: {name: asdict(one) | {"verdict": one.verdict} for name, one in figures.items()}
        for variant, figures in found.items()
    }


def _difference(pairs: Sequence[Pair]) -> Difference:
    values = [(one.after or 0.0, two.after or 0.0) for (one, two), _ in pairs]
    (first, _), split = pairs[0]
    asked_alike = first.marks and all(
        own == split and len(change.marks) == len(first.marks) and change.groups == first.groups
        for pair, own in pairs
        for change in pair
    )
    marks = [(one.marks, two.marks) for (one, two), _ in pairs] if asked_alike else ()
    return difference(values, marks, first.groups)


def _fold(mark: str) -> str:
    """The number of the fold in what a run's name has after its variant's; each fold holds out other questions."""
    return mark.partition(FOLD)[2].partition(SEED)[0]
