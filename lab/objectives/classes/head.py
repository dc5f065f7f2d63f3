"""A classification head on a model's backbone: a linear layer on what it makes of a text's last token.

Which token is the last one is told by the attention mask. Transformers tells it by the padding token's id instead, and
reads the wrong one where a tokenizer pads with its end token and a text ends with that.
"""

import types
from collections.abc import Sequence
from typing import Any

from lab.generate.batch import at_rest
from lab.objectives._classifier import classifier_around

AT_ONCE = 32
"""Texts that are judged together."""


def head_on(model: Any, tokenizer: Any, names: Sequence[str]) -> Any:
    """A classifier of these classes around `model`'s backbone, which finds all classes equally likely.

    It gives an object with `logits` (texts, classes). Raises ModelError where there can be none.
    """
    classifier = classifier_around(model, tokenizer, len(names))
    classifier.config.id2label = dict(enumerate(names))
    classifier.config.label2id = {name: i for i, name in enumerate(names)}
    backbone = getattr(classifier, classifier.base_model_prefix)

    def forward(self: Any, input_ids: Any, attention_mask: Any, **_: Any) -> Any:
        import torch
        from transformers.modeling_outputs import SequenceClassifierOutput

        hidden = backbone(input_ids=input_ids, attention_mask=attention_mask, use_cache=False).last_hidden_state
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        last = (places * attention_mask).argmax(1)
        rows = torch.arange(len(input_ids), device=input_ids.device)
        with torch.autocast(hidden.device.type, enabled=False):
            return SequenceClassifierOutput(logits=self.score(hidden[rows, last].to(self.score.weight.dtype)))

    classifier.forward = types.MethodType(forward, classifier)
    return classifier


def padded(tokenizer: Any, rows: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Token ids and mask (rows, longest), padded on the right whatever the tokenizer's own side is."""
    import torch

    longest = max(map(len, rows))
    pad = tokenizer.pad_token_id
    ids = [[*row, *[pad] * (longest - len(row))] for row in rows]
    mask = [[1] * len(row) + [0] * (longest - len(row)) for row in rows]
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}


def head_log_probabilities(classifier: Any, tokenizer: Any, rows: Sequence[Sequence[int]]) -> list[list[float]]:
    """Of each row of token ids the log-probability of each class; the classifier's mode is left as it was."""
    import torch

    device, found = next(classifier.parameters()).device, []
    with torch.inference_mode(), at_rest(classifier):
        for begin in range(0, len(rows), AT_ONCE):
            batch = padded(tokenizer, rows[begin : begin + AT_ONCE])
            logits = classifier(**{name: part.to(device) for name, part in batch.items()}).logits
            found += logits.float().log_softmax(-1).tolist()
    return found
