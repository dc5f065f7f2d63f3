"""Pseudo-labels: which of a teacher's guesses a student learns from, and how many of them are right. Plain figures.

The true labels are looked at for the report alone, where they are known; nothing is chosen by them.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from lab.evaluate.graded import Graded
from lab.evaluate.intervals import share_interval
from lab.store.pictures import Lines

THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
"""Where the picture of a teacher's confidence looks."""


@dataclass(frozen=True)
class Guess:
    """The likeliest class of an unlabelled text, by its number, with its probability."""

    place: int
    label: int
    share: float


@dataclass(frozen=True)
class RoundRecord:
    """What a round made of the unlabelled texts: how many pseudo-labels were kept, and of those whose class is known how
    many were right; `curve` the same as shares of all by threshold, before classes are balanced: kept and right."""

    texts: int
    kept: int
    known: int
    right: int
    curve: tuple[tuple[float, float, float | None], ...]


def guesses(log_probabilities: Sequence[Sequence[float]]) -> list[Guess]:
    """The likeliest class of each text."""
    found = (max(range(len(row)), key=row.__getitem__) for row in log_probabilities)
    return [Guess(place, label, math.exp(log_probabilities[place][label])) for place, label in enumerate(found)]


def confident(found: Sequence[Guess], threshold: float, classes: int, *, balance: bool) -> list[Guess]:
    """Guesses at least as sure as the threshold, in their order.

    With `balance` no class has more than an equal share of them, the surest first: a class that the teacher is too fond
    of would else be taught to the student as still more common.
    """
    kept = [one for one in found if one.share >= threshold]
    if not balance:
        return kept
    most = math.ceil(len(kept) / classes)
    chosen: list[Guess] = []
    for label in range(classes):
        of_class = sorted((one for one in kept if one.label == label), key=lambda one: (-one.share, one.place))
        chosen += of_class[:most]
    return sorted(chosen, key=lambda one: one.place)


def record_of(found: Sequence[Guess], kept: Sequence[Guess], truth: Sequence[int | None]) -> RoundRecord:
    """What to tell of a round; `truth` has each text's class, None where nobody knows."""
    curve = []
    for threshold in THRESHOLDS:
        sure = [one for one in found if one.share >= threshold]
        curve.append((threshold, len(sure) / len(found), _right_share(sure, truth)))
    known = [one for one in kept if truth[one.place] is not None]
    right = sum(one.label == truth[one.place] for one in known)
    return RoundRecord(len(found), len(kept), len(known), right, tuple(curve))


def record_from_json(raw: dict[str, object]) -> RoundRecord:
    """A record as JSON has it."""
    fields = asdict(RoundRecord(0, 0, 0, 0, ())) | raw
    curve = tuple((float(t), float(kept), right) for t, kept, right in fields.pop("curve"))
    return RoundRecord(curve=curve, **fields)


def pseudo_figures(records: Sequence[RoundRecord]) -> Graded:
    """Of the last round: the share of the unlabelled texts that a pseudo-label was kept of, and of those the share that
    is right."""
    if not records:
        return Graded()
    last = records[-1]
    figures, intervals = {"pseudo_kept": last.kept / last.texts}, {}
    if last.known:
        figures["pseudo_right"] = last.right / last.known
        intervals["pseudo_right"] = share_interval(last.right / last.known, last.known)
    return Graded(figures, intervals)


def pseudo_pictures(records: Sequence[RoundRecord]) -> dict[str, Lines]:
    """By threshold what the last teacher's guesses would have been worth, and round by round what they were."""
    if not records:
        return {}
    lines = {"kept": [(at, kept) for at, kept, _ in records[-1].curve]}
    if right := [(at, right) for at, _, right in records[-1].curve if right is not None]:
        lines["right"] = right
    rounds = {"kept": [(n, one.kept / one.texts) for n, one in enumerate(records, 1)]}
    if known := [(n, one.right / one.known) for n, one in enumerate(records, 1) if one.known]:
        rounds["right"] = known
    found = {"pseudo_thresholds": Lines.of(lines)}
    return found | ({"pseudo_rounds": Lines.of(rounds)} if len(records) > 1 else {})


def _right_share(sure: Sequence[Guess], truth: Sequence[int | None]) -> float | None:
    known = [one for one in sure if truth[one.place] is not None]
    return sum(one.label == truth[one.place] for one in known) / len(known) if known else None
