"""Tokenizers as the lab needs them: with a pad token that the model knows, and a chat template to train with."""

import json
from pathlib import Path
from typing import Any

from lab.errors import ModelError
from lab.models.light_tokenizer import LightTokenizer, embedding_rows, model_ends
from lab.models.templates import FALLBACK, training_twin

PADS = ("<|pad|>", "<pad>", "[PAD]", "<|finetune_right_pad_id|>", "<|endoftext|>", "<|end_of_text|>", "<unk>")
"""Tokens that may serve as padding, in this order, when the tokenizer names none that can."""


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer in `folder` with a pad token, padding on the left, and a chat template; raises ModelError."""
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
    except Exception as problem:  # its parsers raise anything
        reason = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        raise ModelError(f"the tokenizer can't be loaded ({reason})", where=folder) from problem
    tokenizer.padding_side = "left"
    _set_pad(tokenizer, embedding_rows(folder) or len(tokenizer))
    if isinstance(tokenizer.chat_template, dict):  # several by name
        tokenizer.chat_template = tokenizer.chat_template.get("default")
    return _with_template(tokenizer, folder)


def light_tokenizer(folder: Path) -> LightTokenizer:
    """The tokenizer in `folder` for checks, without transformers, with the template that `load_tokenizer` gives it."""
    light: LightTokenizer = _with_template(LightTokenizer(folder), folder)
    return light


def has_own_chat_template(folder: Path) -> bool:
    """Whether the model in `folder` brings a chat template; else the lab's plain one is used. Imports nothing heavy."""
    if (folder / "chat_template.jinja").exists() or (folder / "chat_template.json").exists():
        return True
    try:
        return bool(json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8")).get("chat_template"))
    except (OSError, ValueError):
        return False


def _with_template(tokenizer: Any, folder: Path) -> Any:
    own = tokenizer.chat_template
    tokenizer.chat_template = training_twin(own) if own else _begin(tokenizer) + FALLBACK
    tokenizer.model_end_ids = model_ends(Path(folder))
    tokenizer.embedding_rows = embedding_rows(Path(folder))
    return tokenizer


def _begin(tokenizer: Any) -> str:
    """The beginning-of-text token, for models that expect one."""
    begins = tokenizer("a")["input_ids"][:1] == [tokenizer.bos_token_id]
    return "{{ bos_token }}" if begins and tokenizer.bos_token else ""


def _set_pad(tokenizer: Any, rows: int) -> None:
    """A pad token among the model's `rows`, other than the end token if there is one; raises ModelError.

    Padding is never learned from, so that any token will do; but one beyond the embedding can't be looked up.
    """
    usable = tokenizer.pad_token is not None and tokenizer.pad_token_id < rows
    if usable and tokenizer.pad_token_id != tokenizer.eos_token_id:
        return
    known = tokenizer.get_vocab()
    fitting = [pad for pad in PADS if known.get(pad, rows) < rows and pad != tokenizer.eos_token]
    tokenizer.pad_token = next(iter(fitting), tokenizer.eos_token)
    if tokenizer.pad_token is None:
        raise ModelError("the tokenizer has neither a pad nor an end token", where=tokenizer.name_or_path)
