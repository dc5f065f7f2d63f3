"""A tokenizer in a GGUF file: its tokens with what each is, its merges, its special tokens and its chat template."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lab.errors import ModelError
from lab.model_export.gguf_file.architecture import ELSE
from lab.model_export.gguf_file.pre_tokenizer import pre_tokenizer

NORMAL, CONTROL, OF_USER, UNUSED = 1, 3, 4, 5
"""llama.cpp's kinds of tokens: merged from bytes; cut out of prompts; cut out of every text; never there."""
GENERATION = re.compile(r"\{%(-?)\s*(end)?generation\s*(-?)%\}")
"""Marks for training masks that llama.cpp's template language does not have."""


@dataclass(frozen=True)
class Vocabulary:
    """A byte-pair tokenizer as llama.cpp reads it; one token for each row of the model's embedding."""

    tokenizer: Any
    rows: int

    @cached_property
    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.tokenizer.backend_tokenizer.to_str())
        kind = state["model"].get("type")
        if kind != "BPE" or state["model"].get("byte_fallback"):
            raise ModelError(
                "its tokenizer is not a byte-level BPE, of which alone GGUF files are written here", do=ELSE
            )
        return state

    @cached_property
    def pre(self) -> tuple[str, list[str]]:
        return pre_tokenizer(self.state)

    @cached_property
    def tokens(self) -> list[tuple[str, int]]:
        """Text and kind of each token, by its id. Raises ModelError for a token beyond the embedding."""
        found = [(f"[PAD{i}]", UNUSED) for i in range(self.rows)]
        for text, i in self.state["model"]["vocab"].items():
            found[self._row(i)] = (text, NORMAL)
        for text, i in self._alone().items():
            found[i] = (text, OF_USER)
        for token in self.state["added_tokens"]:
            found[self._row(token["id"])] = (token["content"], CONTROL if token["special"] else OF_USER)
        return found

    @property
    def merges(self) -> list[str]:
        return [one if isinstance(one, str) else " ".join(one) for one in self.state["model"]["merges"]]

    @cached_property
    def adds(self) -> tuple[bool, bool]:
        """Whether a text gets a BOS before it and an EOS after it, as the tokenizer does by itself."""
        ids = self.tokenizer("a")["input_ids"]
        return (
            ids[0] == self.tokenizer.bos_token_id and len(ids) > 1,
            ids[-1] == self.tokenizer.eos_token_id and len(ids) > 1,
        )

    @cached_property
    def template(self) -> str:
        """The chat template in the language that llama.cpp shares with transformers."""
        return GENERATION.sub(_always, self.tokenizer.chat_template or "")

    def _row(self, i: int) -> int:
        if i >= self.rows:
            raise ModelError(f"its tokenizer has a token {i}, and its embedding {self.rows} rows", do=ELSE)
        return i

    def _alone(self) -> dict[str, int]:
        """Characters that are cut out of a text by themselves and are one token each, with their ids."""
        import regex

        _, patterns = self.pre
        if not patterns:
            return {}
        found = {}
        pattern = regex.compile("|".join(_as_python(one) for one in patterns))
        own = self.tokenizer.backend_tokenizer
        for i in self.state["model"]["vocab"].values():
            text = own.decode([i])
            if len(text) == 1 and pattern.fullmatch(text) and own.encode(text, add_special_tokens=False).ids == [i]:
                found[text] = i
        return found


def add_vocabulary(writer: Any, words: Vocabulary) -> None:
    """Write the tokenizer; raises ModelError for one that llama.cpp does not have."""
    tokenizer = words.tokenizer
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(words.pre[0])
    writer.add_token_list([text for text, _ in words.tokens])
    writer.add_token_types([kind for _, kind in words.tokens])
    writer.add_token_merges(words.merges)
    for name in ("bos", "eos", "unk", "pad"):
        if (i := getattr(tokenizer, f"{name}_token_id")) is not None and i < words.rows:
            getattr(writer, f"add_{name}_token_id")(i)
    begins, ends = words.adds
    writer.add_add_bos_token(begins)
    writer.add_add_eos_token(ends)
    if words.template:
        writer.add_chat_template(words.template)


def _always(mark: re.Match[str]) -> str:
    """A condition that always holds in the place of a mark: spaces around it are taken off as before."""
    before, end, after = mark.group(1), mark.group(2), mark.group(3)
    return f"{{%{before} {'endif' if end else 'if true'} {after}%}}"


def _as_python(pattern: str) -> str:
    """Oniguruma writes a character as \\x{4E00}."""
    return re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda found: f"\\U{int(found.group(1), 16):08X}", pattern)
