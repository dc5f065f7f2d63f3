"""Bases whose linear layers are kept in 8 or 4 bits (Dettmers et al. 2022, 2023), by bitsandbytes, where it is there.

The head and the embeddings stay as they are. On a CPU it saves memory and no time.
"""

import importlib.util
import platform
from typing import Any

from lab.errors import ModelError

PACKAGE = "bitsandbytes"
INSTALL = "install it: pip install 'parrot-lab[quantized]'."


def cannot_quantize() -> str | None:
    """Why a base can't be kept in 8 or 4 bits here; None where it can. Loads nothing."""
    if importlib.util.find_spec(PACKAGE) is None:
        return f"the package {PACKAGE} is not installed"
    if platform.machine().lower() not in ("x86_64", "amd64", "aarch64", "arm64"):
        return f"{PACKAGE} has no kernels for {platform.machine()}"
    return None


def loading(quantize: str, precision: str = "fp32") -> dict[str, Any]:
    """What transformers is told to load a base in 8 or 4 bits; nothing for 'none'. Raises ModelError.

    It computes in the dtype of `precision`, in which whatever is not quantized is kept.
    """
    if quantize == "none":
        return {}
    if problem := cannot_quantize():
        raise ModelError(f"a base in {quantize} can't be loaded: {problem}", do=INSTALL)
    import warnings

    import torch
    from transformers import BitsAndBytesConfig

    warnings.filterwarnings("ignore", message="MatMul8bitLt: inputs will be cast")  # with every layer of every step
    cuda = torch.cuda.is_available()
    if quantize == "8bit":
        config = BitsAndBytesConfig(load_in_8bit=True)
    else:
        compute = torch.float32 if precision == "fp32" else torch.bfloat16
        config = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=compute)
    return {"quantization_config": config, "device_map": {"": 0 if cuda else "cpu"}}


def stay_unpacked(model: Any) -> Any:
    """The model with bitsandbytes kept from packing its 4-bit weights anew the first time it answers on a CPU.

    It never unpacks them, so that whoever trains after judging would compute with garbage (bitsandbytes 0.50).
    """
    for module in model.modules():
        if hasattr(module, "support_avx512bf16_for_cpu"):
            module.support_avx512bf16_for_cpu = False
    return model
