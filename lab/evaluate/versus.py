"""The variants of a comparison against one of them: paired differences of figures, on the same seeds and questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from lab.errors import RunError, nearest
from lab.evaluate.paired import Difference, difference
from lab.recipe import variant_of
from lab.store import Change, Run, Status


def versus(runs: Sequence[Run], reference: str) -> dict[str, dict[str, Difference]]:
    """For each other variant, the difference of each figure to that of `reference`, by the figure's name.

    Runs of the same seed and fold are paired; those that are not done count for neither. Raises RunError where no
    variant is called so.
    """
    found: dict[str, dict[str, Run]] = {}
    for run in runs:
        variant = variant_of(run.name)
        pairs = found.setdefault(variant, {})
        if run.status == Status.DONE:
            pairs[run.name[len(variant) :]] = run
    if reference not in found:
        raise RunError(f"there is no variant '{reference}'", do=nearest(reference, list(found)))
    return {variant: _figures(own, found[reference]) for variant, own in found.items() if variant != reference}


def _figures(own: dict[str, Run], other: dict[str, Run]) -> dict[str, Difference]:
    both = [(dict(_changes(run)), dict(_changes(other[mark]))) for mark, run in own.items() if mark in other]
    names = dict.fromkeys(name for one, _ in both for name in one)
    known = {name: [(one[name], two[name]) for one, two in both if name in one and name in two] for name in names}
    return {name: _difference(pairs) for name, pairs in known.items() if pairs}


def _difference(pairs: Sequence[tuple[Change, Change]]) -> Difference:
    values = [(one.after or 0.0, two.after or 0.0) for one, two in pairs]
    first = pairs[0][0]
    asked_alike = first.marks and all(
        len(change.marks) == len(first.marks) and change.groups == first.groups for pair in pairs for change in pair
    )
    return difference(values, [(one.marks, two.marks) for one, two in pairs] if asked_alike else (), first.groups)


def _changes(run: Run) -> Iterator[tuple[str, Change]]:
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
