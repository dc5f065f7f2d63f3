"""Classes told apart by their names: how likely the model finds each name as its answer to a text."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from lab.evaluate.loss import LOGITS
from lab.generate.batch import at_rest
from lab.objectives.classes.head import padded
from lab.objectives.classes.reading import answered_texts


def word_log_probabilities(
    model: Any, tokenizer: Any, texts: Sequence[str], names: Sequence[str], max_length: int
) -> list[list[float]]:
    """Of each text the log-probability of each class: of its name as the whole answer, as a share of all names'."""
    import torch

    asked = [answered_texts(tokenizer, texts, [name] * len(texts), max_length) for name in names]
    pairs = list(chain.from_iterable(zip(*asked, strict=True)))  # of each text all names together
    at_once = max(1, LOGITS // (len(tokenizer) * max(len(given) + len(said) for given, said in pairs)))
    found: list[float] = []
    with torch.inference_mode(), at_rest(model):
        for begin in range(0, len(pairs), at_once):
            found += _log_probabilities(model, tokenizer, pairs[begin : begin + at_once])
    rows = torch.tensor(found).view(len(texts), len(names))
    shares: list[list[float]] = rows.log_softmax(-1).tolist()
    return shares


def _log_probabilities(model: Any, tokenizer: Any, pairs: Sequence[tuple[list[int], list[int]]]) -> list[float]:
    """Of each answer after what is given: the sum of its tokens' log-probabilities, in nats."""
    batch = {name: part.to(model.device) for name, part in padded(tokenizer, [a + b for a, b in pairs]).items()}
    logits = model(**batch).logits[:, -batch["input_ids"].shape[1] :]  # prompt-like methods answer for their tokens too
    sums = []
    for row, (given, said) in enumerate(pairs):
        places = slice(len(given) - 1, len(given) + len(said) - 1)
        log_probs = logits[row, places].float().log_softmax(-1)
        sums.append(
            log_probs.gather(-1, batch["input_ids"][row, len(given) : len(given) + len(said), None]).sum().item()
        )
    return sums
