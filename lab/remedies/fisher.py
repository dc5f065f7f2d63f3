"""The diagonal of the Fisher information of a language model's answers: how much what it says depends on each weight."""

import random
from collections.abc import Sequence
from typing import Any

from lab.data import DataSet
from lab.data.encode import IGNORED, encode


def diagonal_fisher(
    model: Any, tokenizer: Any, data: Sequence[DataSet], max_length: int, answers: str, examples: int, seed: int
) -> dict[str, Any]:
    """For each weight that may move, its mean squared gradient of a row's log-probability, a token of the answer.

    With `answers` "model" the words at each place of an answer are drawn from what the model gives them after the words
    the data has before: the Fisher information. With "data" they are the data's own: the empirical Fisher (Kunstner et
    al. 2019, arXiv:1905.12558, on how they differ). `examples` rows, of all data sets alike.
    """
    import torch

    rows = _some(data, examples, seed)
    encoded = [one for set_, some in rows for one in encode(some, set_.format, tokenizer, max_length, "truncate")]
    weights = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
    found = {name: torch.zeros_like(weight, dtype=torch.float32) for name, weight in weights.items()}
    device, training, tokens = next(iter(weights.values())).device, model.training, 0
    generator = torch.Generator().manual_seed(seed)
    model.eval()
    for row in encoded:
        ids, labels = (torch.tensor(row[part], device=device)[None] for part in ("input_ids", "labels"))
        asked = labels[0, 1:] != IGNORED
        if not asked.any():
            continue
        said = model(input_ids=ids, use_cache=False).logits[0, :-1][asked].float().log_softmax(-1)
        words = labels[0, 1:][asked]
        if answers == "model":
            chances = said.detach().exp().cpu()
            words = torch.multinomial(chances, 1, generator=generator)[:, 0].to(device)
        gradients = torch.autograd.grad(said.gather(1, words[:, None]).sum(), list(weights.values()), allow_unused=True)
        for name, gradient in zip(weights, gradients, strict=True):
            if gradient is not None:
                found[name] += gradient.float().square()
        tokens += int(asked.sum())
    model.train(training)
    return {name: total / max(1, tokens) for name, total in found.items()}


def _some(data: Sequence[DataSet], examples: int, seed: int) -> list[tuple[DataSet, list[Any]]]:
    """`examples` training rows, of all the data sets alike."""
    each = max(1, examples // len(data))
    rng = random.Random(f"{seed} fisher")
    return [(one, rng.sample(one.train, min(each, len(one.train)))) for one in data]
