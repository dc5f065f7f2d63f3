"""Pairs of answers to compare, made while one waits, with scripted raters that vote on them."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lab.errors import RunError
from lab.feedback.collection.pairs import Answerer, Chooser, PairRequest, collect_pairs
from lab.feedback.scripted import cast_scripted, rater_name
from lab.store import Store


@dataclass
class Collected:
    """What has been made so far: pairs kept of those asked for, pairs left out, votes by the name of their rater."""

    kept: int = 0
    asked: int = 0
    same: int = 0
    """Left out because both answers are equal."""
    silent: int = 0
    """Left out because an answer is empty."""
    votes: dict[str, Counter[str]] = field(default_factory=dict)


def collect(
    request: PairRequest, raters: Sequence[str], store: Store, answer: Answerer, choose: Chooser | None = None
) -> Iterator[Collected]:
    """Make the pairs of a request; the running totals after each batch. What was made stays when it is left early."""
    collected = Collected(votes={rater_name(name): Counter() for name in raters})
    for batch in collect_pairs(request, store, answer, threading.Event(), choose):
        for name in raters:
            collected.votes[rater_name(name)] += cast_scripted(store, name, batch.pairs)
        collected.asked += batch.asked
        collected.kept += len(batch.pairs)
        collected.same += batch.same
        collected.silent += batch.silent
        yield collected


def check_split(split: str) -> Literal["train", "held_out"]:
    """The split of a data set that is meant; raises RunError for what is none."""
    if split == "train":
        return "train"
    if split == "held_out":
        return "held_out"
    raise RunError(f"'{split}' is no split", where="--split", do="say train or held_out.")
