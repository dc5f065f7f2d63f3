"""Loads an exported folder as somebody without the lab would, and writes what the model makes of some conversations.

Run as a script, `python -I reader.py FOLDER QUESTIONS.json OUT.npz`; it imports transformers and PEFT,
nothing of the lab. Of a classifier it writes what it gives of a whole conversation, its last turn closed.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from transformers import AutoTokenizer

from lab.models.causal import causal_of

KINDS = {"SEQ_CLS": "ForSequenceClassification", "TOKEN_CLS": "ForTokenClassification"}


def load(folder: Path) -> tuple[Any, Any]:
    """The tokenizer and the model: a whole one, or an adapter with the base beside it or on the Hub."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    if not (folder / "adapter_config.json").exists():
        made_for = json.loads((folder / "config.json").read_text(encoding="utf-8"))["architectures"][0]
        kind = next((kind for kind in KINDS.values() if made_for.endswith(kind)), "ForCausalLM")
        return tokenizer, getattr(transformers, f"AutoModel{kind}").from_pretrained(folder, dtype="auto")
    from peft import PeftModel

    beside = folder / "base"
    settings = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    kind = KINDS.get(settings["task_type"], "ForCausalLM")
    more = {} if kind == "ForCausalLM" else {"num_labels": _outputs(folder), "pad_token_id": tokenizer.pad_token_id}
    base = getattr(transformers, f"AutoModel{kind}").from_pretrained(
        beside if beside.exists() else settings["base_model_name_or_path"], dtype="auto", **more
    )
    return tokenizer, PeftModel.from_pretrained(base, folder)


def _outputs(folder: Path) -> int:
    """How many outputs the head in an adapter's folder has."""
    from safetensors import safe_open

    with safe_open(folder / "adapter_model.safetensors", framework="pt") as tensors:
        return int(tensors.get_slice("base_model.model.score.weight").get_shape()[0])


def main(folder: str, questions: str, out: str) -> None:
    tokenizer, model = load(Path(folder))
    model.eval()
    found: dict[str, Any] = {}
    for i, messages in enumerate(json.loads(Path(questions).read_text(encoding="utf-8"))):
        said = messages[-1]["role"] == "assistant"
        text = tokenizer.apply_chat_template(messages, add_generation_prompt=not said, tokenize=False)
        ids = tokenizer(text.rstrip() if said else text, add_special_tokens=False)["input_ids"]
        with torch.no_grad():
            given = model(input_ids=torch.tensor([ids])).logits
        found |= {f"ids{i}": np.array(ids), f"logits{i}": _rows(given, len(ids), model).float().numpy()}
    np.savez(out, **found)


def _rows(given: Any, tokens: int, model: Any) -> Any:
    """The next tokens after each, the classes, or the score of a conversation, as rows."""
    causal = causal_of(model)
    if type(causal).__name__.endswith("ForTokenClassification"):
        return given[0].sum(0, keepdim=True)
    return given if given.ndim == 2 else given[0, -tokens:]


if __name__ == "__main__":
    main(*sys.argv[1:])
