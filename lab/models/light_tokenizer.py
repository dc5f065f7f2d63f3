"""A base's tokenizer without transformers: what a check before the start needs, in processes that never load torch.

It answers to the names that transformers' tokenizers have, as far as the lab asks them while it makes rows of tokens.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lab.errors import ModelError

SPECIAL = ("bos_token", "eos_token", "pad_token", "unk_token")


class LightTokenizer:
    """The tokenizer in `folder`, read from its files; raises ModelError where it has no tokenizer.json."""

    is_fast = True

    def __init__(self, folder: Path):
        self.name_or_path = str(folder)
        self._tokens = _read_tokens(folder)
        settings = _json(folder / "special_tokens_map.json") | _json(folder / "tokenizer_config.json")
        self.special_tokens_map = {name: text for name in SPECIAL if (text := _text(settings.get(name)))}
        if "eos_token" not in self.special_tokens_map and (end := self._named_in_config(folder)):
            self.special_tokens_map["eos_token"] = end
        self.chat_template = _chat_template(folder, settings)
        self.model_end_ids: tuple[int, ...] = ()
        self.embedding_rows: int | None = None

    def __call__(
        self, texts: str | Sequence[str], add_special_tokens: bool = True, return_offsets_mapping: bool = False,
        **ignored: Any,
    ) -> dict[str, Any]:  # fmt: skip
        if isinstance(texts, str):
            return {"input_ids": self._tokens.encode(texts, add_special_tokens=add_special_tokens).ids}
        found = self._tokens.encode_batch(list(texts), add_special_tokens=add_special_tokens)
        return {"input_ids": [one.ids for one in found], "offset_mapping": [one.offsets for one in found]}

    def __len__(self) -> int:
        return int(self._tokens.get_vocab_size(with_added_tokens=True))

    @property
    def eos_token(self) -> str | None:
        return self.special_tokens_map.get("eos_token")

    @property
    def bos_token(self) -> str | None:
        return self.special_tokens_map.get("bos_token")

    @property
    def eos_token_id(self) -> int | None:
        return self._id(self.eos_token)

    @property
    def bos_token_id(self) -> int | None:
        return self._id(self.bos_token)

    def get_vocab(self) -> dict[str, int]:
        return dict(self._tokens.get_vocab(with_added_tokens=True))

    def get_added_vocab(self) -> dict[str, int]:
        return {token.content: number for number, token in self._tokens.get_added_tokens_decoder().items()}

    def convert_ids_to_tokens(self, ids: Sequence[int]) -> list[str]:
        return [self._tokens.id_to_token(number) or "" for number in ids]

    def decode(self, ids: Sequence[int], skip_special_tokens: bool = False, **ignored: Any) -> str:
        return str(self._tokens.decode(list(ids), skip_special_tokens=skip_special_tokens))

    def _id(self, token: str | None) -> int | None:
        return None if token is None else self._tokens.token_to_id(token)

    def _named_in_config(self, folder: Path) -> str | None:
        """The end token that the model's config names by its id."""
        named = _json(folder / "config.json").get("eos_token_id")
        first = named[0] if isinstance(named, list) and named else named
        return self._tokens.id_to_token(first) if isinstance(first, int) else None


def embedding_rows(folder: Path) -> int | None:
    """How many token ids the model in `folder` knows, by its config; None where that does not say."""
    config = _json(folder / "config.json")
    inner = config.get("text_config")
    rows = (inner if isinstance(inner, Mapping) else config).get("vocab_size", config.get("vocab_size"))
    return rows if isinstance(rows, int) else None


def model_ends(folder: Path) -> tuple[int, ...]:
    """The token ids at which the model in `folder` says that its answers end."""
    for file in ("generation_config.json", "config.json"):
        named = _json(folder / file).get("eos_token_id")
        ends = named if isinstance(named, list) else [named]
        if found := tuple(end for end in ends if isinstance(end, int)):
            return found
    return ()


def _read_tokens(folder: Path) -> Any:
    file = Path(folder) / "tokenizer.json"
    if not file.is_file():
        raise ModelError("the base has no tokenizer.json", where=folder, do="choose a base with a fast tokenizer.")
    return _tokens_of(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _tokens_of(file: Path, written: int) -> Any:
    """Remembered by the time it was written: a large vocabulary takes a second to read."""
    from tokenizers import Tokenizer

    try:
        tokens = Tokenizer.from_file(str(file))
    except Exception as problem:  # the library raises plain Exception
        raise ModelError(f"the tokenizer can't be read ({problem})", where=file, do="download it again.") from problem
    tokens.no_truncation()
    tokens.no_padding()
    return tokens


def _chat_template(folder: Path, settings: Mapping[str, Any]) -> str | None:
    file = folder / "chat_template.jinja"
    if file.is_file():
        return file.read_text(encoding="utf-8")
    named = _json(folder / "chat_template.json").get("chat_template") or settings.get("chat_template")
    if isinstance(named, list):  # several by name
        named = {one.get("name"): one.get("template") for one in named if isinstance(one, Mapping)}
    return named.get("default") if isinstance(named, Mapping) else named


def _text(token: Any) -> str | None:
    """A token as its settings write it: as text, or as an object with its content."""
    content = token.get("content") if isinstance(token, Mapping) else token
    return content if isinstance(content, str) else None


def _json(file: Path) -> dict[str, Any]:
    """A JSON object, empty where there is none to read."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
