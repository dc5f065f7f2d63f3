"""On a CPU TRL's SFTTrainer puts every position through the LM head, questions and padding too, and drops most of it.

Here only the tokens that are learned reach the head, as TRL itself does on a GPU: the same figures for less work.
"""

import functools
import types
from typing import Any

from lab.models.causal import causal_of

ROWS = 2048
"""Positions whose logits are held at once; more are computed again on the way back instead of kept."""
SCALED = ("final_logit_softcapping", "logit_scale", "output_multiplier", "lm_head_multiplier", "logits_scaling")
"""Settings of models that change their logits; those keep TRL's own head."""


def score_answers_only(model: Any) -> None:
    """Change the forward of a model that TRL gave its fused head, where it is on a CPU and of an ordinary kind."""
    causal = causal_of(model)
    config = causal.config.get_text_config()
    scaled = any(getattr(config, name, None) not in (None, 1, 1.0) for name in SCALED)
    routed = bool(getattr(config, "output_router_logits", False))
    if next(causal.parameters()).device.type != "cpu" or scaled or routed:
        return
    fused = causal.forward

    @functools.wraps(type(causal).forward)
    def forward(
        self: Any, *args: Any, fused_lm_head: bool = False, labels: Any = None, shift_labels: Any = None, **kwargs: Any
    ) -> Any:
        plain = not fused_lm_head or labels is None or shift_labels is not None or kwargs.get("output_router_logits")
        if plain:
            given = {"labels": labels, "shift_labels": shift_labels}
            return fused(
                *args, fused_lm_head=fused_lm_head, **{k: v for k, v in given.items() if v is not None}, **kwargs
            )
        kwargs.pop("num_items_in_batch", None)
        hidden = self.base_model(*args, **kwargs | {"use_cache": False}).last_hidden_state
        return _scored(hidden[:, :-1], labels[:, 1:], self.get_output_embeddings())

    causal.forward = types.MethodType(forward, causal)


def _scored(hidden: Any, labels: Any, head: Any) -> Any:
    """What TRL's fused head returns, each (batch, length): zero where the label is ignored."""
    import torch
    from torch.utils.checkpoint import checkpoint
    from trl.trainer.utils import FusedCausalLMOutput

    mask = labels != -100
    rows, wanted = hidden[mask], labels[mask]
    pieces = list(zip(rows.split(ROWS), wanted.split(ROWS), strict=True)) or [(rows, wanted)]
    ask = _ask if len(pieces) == 1 else functools.partial(checkpoint, _ask, use_reentrant=False)
    found = [torch.cat(column) for column in zip(*(ask(head, *piece) for piece in pieces), strict=True)]
    log_probs, entropy, is_top1 = (part.new_zeros(mask.shape).masked_scatter(mask, part) for part in found)
    return FusedCausalLMOutput(
        loss=-log_probs.sum() / mask.sum().clamp(min=1), log_probs=log_probs, entropy=entropy, is_top1=is_top1,
        label_mask=mask,
    )  # fmt: skip


def _ask(head: Any, rows: Any, wanted: Any) -> tuple[Any, Any, Any]:
    """Of each row (rows, width): the log-probability of the wanted token, the entropy in nats, whether it is likeliest."""
    import torch

    log_probs = torch.log_softmax(head(rows).float(), -1)
    with torch.no_grad():
        entropy = -(log_probs.exp() * log_probs).nan_to_num().sum(-1)
        is_top1 = log_probs.argmax(-1) == wanted if len(wanted) else torch.zeros(0, dtype=torch.bool)
    return log_probs.gather(-1, wanted[:, None])[:, 0], entropy, is_top1
