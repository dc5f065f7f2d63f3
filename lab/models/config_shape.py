"""The shape of a model that is not here yet, from its config.json alone.

transformers itself builds the model without memory for its weights (PyTorch's meta device), in a process of its own, so
that every architecture it knows is counted right and the caller loads no torch. Answers are kept on disk.
"""

import contextlib
import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lab.errors import ModelError

SECONDS = 180
MOST_MEMORY = 8 * 2**30
FOUR_BYTES = ("float32", "float64", "")
"""What a config may say of its dtype that takes four bytes here; one that says nothing is from the days of fp32."""


def tensors_of(config: Mapping[str, Any], cache: Path, where: object) -> dict[str, tuple[int, ...]]:
    """The parameters by name, a head tied to the embeddings not repeated; raises ModelError."""
    text = json.dumps(config, sort_keys=True)
    kept = cache / f"shape-{hashlib.sha256(text.encode()).hexdigest()[:24]}.json"
    if not kept.exists():
        made = kept.with_suffix(".partial")
        made.write_text(_build_elsewhere(text, where), encoding="utf-8")
        made.rename(kept)
    return {name: tuple(size) for name, size in json.loads(kept.read_text(encoding="utf-8")).items()}


def bytes_per(config: Mapping[str, Any]) -> int:
    """Bytes a parameter takes in the model's files, by what its config says."""
    said = config.get("dtype") or config.get("torch_dtype") or config.get("text_config", {}).get("dtype") or ""
    return 4 if said in FOUR_BYTES else 2


def _build_elsewhere(config: str, where: object) -> str:
    command = [sys.executable, "-m", "lab.models.config_shape"]
    try:
        done = subprocess.run(command, input=config, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise ModelError(f"its size could not be told from its config in {SECONDS} s", where=where) from None
    if done.returncode or not done.stdout.strip():
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ModelError(f"transformers can't build a model from its config ({said[:200]})", where=where)
    return done.stdout.strip().splitlines()[-1]


def _build(config: dict[str, Any]) -> dict[str, list[int]]:
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    known = AutoConfig.for_model(**{name: value for name, value in config.items() if name != "quantization_config"})
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(known, trust_remote_code=False)
    return {name: list(weight.shape) for name, weight in model.named_parameters()}


def _set_limits() -> None:
    """A config may describe more than a machine holds, even without its weights."""
    import resource

    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_DATA, MOST_MEMORY)):
        _, hard = resource.getrlimit(what)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    _set_limits()
    print(json.dumps(_build(json.load(sys.stdin))))
