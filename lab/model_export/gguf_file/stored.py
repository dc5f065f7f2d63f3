"""What a GGUF file says of its tokenizer, read back and held against the tokenizer that was written."""

from pathlib import Path
from typing import Any

from lab.errors import ModelError
from lab.model_export.gguf_file.vocabulary import Vocabulary


def check_stored(file: Path, words: Vocabulary) -> None:
    """Raises ModelError where the file has other tokens, merges, special tokens or another template: it is damaged."""
    import gguf

    fields = gguf.GGUFReader(file).fields
    tokenizer = words.tokenizer

    def told(name: str) -> Any:
        return fields[f"tokenizer.{name}"].contents() if f"tokenizer.{name}" in fields else None

    wanted = {
        "ggml.tokens": [text for text, _ in words.tokens],
        "ggml.token_type": [kind for _, kind in words.tokens],
        "ggml.merges": words.merges,
        "ggml.pre": words.pre[0],
        "ggml.add_bos_token": words.adds[0],
        "ggml.add_eos_token": words.adds[1],
        "ggml.bos_token_id": tokenizer.bos_token_id,
        "ggml.eos_token_id": tokenizer.eos_token_id,
        "ggml.padding_token_id": tokenizer.pad_token_id,
        "chat_template": words.template or None,
    }
    if wrong := next((name for name, value in wanted.items() if told(name) != value), None):
        raise ModelError(
            f"the file was not written as it should be: its tokenizer.{wrong} is another", where=file.name,
            do="try again, and tell us: this is a fault of the lab or of the disk.",
        )  # fmt: skip
