"""For LoRA starts that take their companion out of the base's weights (PiSSA, OLoRA, …): keep them as plain LoRA.

Such a start changes the base: W = W' + B₀A₀ with W' kept and BA trained from B₀A₀. Loaded beside the original W the
adapter would be wrong, or right only where the decomposition comes out exactly the same. What training changed is
BA − B₀A₀, which is a LoRA of twice the rank beside W itself, and that is saved.
"""

from pathlib import Path
from typing import Any

START = "_lab_start"


def remember_start(model: Any) -> Any:
    """Keep a copy of the adapter as it starts, for `save_converted`; returns `model`."""
    from peft import get_peft_model_state_dict

    start = {name: tensor.detach().clone() for name, tensor in get_peft_model_state_dict(model).items()}
    setattr(model, START, start)
    return model


def save_converted(model: Any, folder: Path) -> None:
    """Write the change since the start as a plain LoRA adapter; one that was loaded from disk is plain already."""
    import copy

    import torch
    from peft import get_peft_model_state_dict
    from safetensors.torch import save_file

    start = getattr(model, START, None)
    if start is None:
        model.save_pretrained(folder)
        return
    tensors = {}
    for name, now in get_peft_model_state_dict(model).items():
        axis, then = (0, start[name]) if "lora_A" in name else (1, -start[name])
        tensors[name] = torch.cat([now.detach(), then.to(now.device)], axis).contiguous().cpu()
    config = copy.deepcopy(model.peft_config["default"])
    config.r, config.lora_alpha = 2 * config.r, 2 * config.lora_alpha  # the scale, alpha / r, stays the same
    config.init_lora_weights, config.inference_mode = True, True
    config.lora_ga_config = None
    config.save_pretrained(folder)
    save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})
