"""A head a task on one shared backbone, and what each batch costs: a task weighs by its rows, not by its tokens.

A sentence with tags has a loss at every word, one with a class a single one, and ten tags are harder to guess than two
classes. So a row's losses are averaged, and divided by what guessing evenly would cost: log of the number of outputs.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from lab.data.tasks import Spec
from lab.generate.batch import at_rest
from lab.objectives._classifier import classifier_around, even_head, width_of
from lab.objectives.classes.head import AT_ONCE, padded
from lab.objectives.tasks.reading import TaskRow

HEADS = "tasks"


def heads_on(model: Any, tokenizer: Any, specs: Sequence[Spec]) -> Any:
    """A classifier around `model`'s backbone whose `score` has a head for each task, in the specs' order."""
    import torch

    width = width_of(model)
    heads = torch.nn.ModuleList([even_head(width, len(spec.outputs)) for spec in specs])
    return classifier_around(model, tokenizer, 1, heads)


def batch_of(tokenizer: Any, rows: Sequence[TaskRow]) -> dict[str, Any]:
    """Token ids and mask, and of all places together: row, place, wanted output, task."""
    import torch

    marked = [(n, place, wanted, row.task) for n, row in enumerate(rows)
              for place, wanted in zip(row.places, row.wanted, strict=True)]  # fmt: skip
    return padded(tokenizer, [row.ids for row in rows]) | {HEADS: torch.tensor(marked).view(-1, 4)}


def task_logits(classifier: Any, batch: Mapping[str, Any], tasks: int) -> dict[int, tuple[Any, Any, Any]]:
    """Of each task that has places in the batch: logits (places, outputs) in fp32, the outputs wanted, the rows."""
    import torch

    backbone = getattr(classifier, classifier.base_model_prefix)
    asked = {name: batch[name] for name in ("input_ids", "attention_mask")}
    hidden, marked = backbone(**asked, use_cache=False).last_hidden_state, batch[HEADS]
    found = {}
    for task in range(tasks):
        row, place, wanted, _ = marked[marked[:, 3] == task].unbind(1)
        if len(row):
            head = classifier.score[task]
            with torch.autocast(hidden.device.type, enabled=False):
                found[task] = head(hidden[row, place].to(head.weight.dtype)).float(), wanted, row
    return found


def batch_loss(told: Mapping[int, tuple[Any, Any, Any]], rows: int, *, normalise: bool) -> Any:
    """The loss of a batch of so many rows: each row's mean, as a share of an even guess's; else of all places alike."""
    import torch
    from torch.nn.functional import cross_entropy

    sums, places = [], 0
    for logits, wanted, row in told.values():
        losses = cross_entropy(logits, wanted, reduction="none", ignore_index=-1)
        if normalise:
            counts = torch.bincount(row, minlength=rows).clamp(min=1)
            losses = losses / counts[row] / math.log(max(2, logits.shape[1]))
        sums.append(losses.sum())
        places += len(row)
    return torch.stack(sums).sum() / (rows if normalise else places)


def told_by(classifier: Any, tokenizer: Any, rows: Sequence[TaskRow]) -> tuple[list[list[int]], list[float]]:
    """Of each row the likeliest outputs at its places, and its mean loss as a share of an even guess's."""
    import torch
    from torch.nn.functional import cross_entropy

    device = next(classifier.parameters()).device
    said: list[list[int]] = [[] for _ in rows]
    costs: list[list[float]] = [[] for _ in rows]
    with torch.inference_mode(), at_rest(classifier):
        for begin in range(0, len(rows), AT_ONCE):
            some = rows[begin : begin + AT_ONCE]
            batch = {name: part.to(device) for name, part in batch_of(tokenizer, some).items()}
            for logits, wanted, row in task_logits(classifier, batch, len(classifier.score)).values():
                losses = cross_entropy(logits, wanted, reduction="none", ignore_index=-1) / math.log(logits.shape[1])
                for n, best, loss in zip(row.tolist(), logits.argmax(-1).tolist(), losses.tolist(), strict=True):
                    said[begin + n].append(best)
                    costs[begin + n].append(loss)
    return said, [sum(one) / len(one) if one else 0.0 for one in costs]
