"""How well a model tells the classes of a data set apart: its loss, its figures, and which class it takes for which."""

import math
from collections.abc import Mapping
from typing import Any

from lab.data import DataSet
from lab.data.labels import class_names, commonest_class
from lab.evaluate.graded import Graded
from lab.objectives.classes.figures import confusion, graded
from lab.objectives.classes.kept import Classifier, Kept
from lab.store.pictures import Picture


def classifier_in(model: Any, tokenizer: Any, kept: Kept) -> Classifier | None:
    """What tells these classes apart; None for a model that has no head yet."""
    head = model.__dict__.get("classifier") if kept.read == "head" else None
    return None if kept.read == "head" and head is None else Classifier(kept, model, tokenizer, head)


def head_loss(
    model: Any, tokenizer: Any, data: DataSet, kept: Kept, weights: Mapping[str, float], limit: int
) -> float | None:
    """The mean of -log p of the right classes of held-out texts, in nats, each times the weight of its class; a head
    that is not there yet finds all alike. None where nothing is held out."""
    rows = [row for row in data.held_out[:limit] if row["label"] in kept.names]
    if not rows:
        return None
    classifier, names = classifier_in(model, tokenizer, kept), kept.names
    even = [[-math.log(len(names))] * len(names)] * len(rows)
    found = classifier.log_probabilities([row["text"] for row in rows]) if classifier else even
    losses = [
        -shares[names.index(row["label"])] * weights.get(row["label"], 1.0)
        for row, shares in zip(rows, found, strict=True)
    ]
    return sum(losses) / len(losses)


def class_figures(model: Any, tokenizer: Any, data: DataSet, kept: Kept, limit: int) -> Graded:
    """Accuracy and macro-F1 on held-out texts; nothing for a model that has no head yet."""
    rows, classifier = data.held_out[:limit], classifier_in(model, tokenizer, kept)
    if not rows or classifier is None:
        return Graded()
    said = classifier.likeliest([row["text"] for row in rows])
    return graded(said, [row["label"] for row in rows], commonest_class(data.train))


def class_pictures(model: Any, tokenizer: Any, data: DataSet, kept: Kept, limit: int) -> dict[str, Picture]:
    """Which class is taken for which, of the held-out texts."""
    rows, classifier = data.held_out[:limit], classifier_in(model, tokenizer, kept)
    if not rows or classifier is None:
        return {}
    said = classifier.likeliest([row["text"] for row in rows])
    return {"confusion": confusion(said, [row["label"] for row in rows], class_names(data.train))}
