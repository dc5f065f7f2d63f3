"""How a byte-pair tokenizer cuts a text before it merges bytes, and the name that llama.cpp knows that by.

A file only carries the name: llama.cpp has the cuts of the tokenizers that it knows in its code. A tokenizer that also
cuts single characters out, as nano does with Chinese ones, goes under the name of the rest of its cuts; those
characters are told as tokens of the user, which llama.cpp takes out of a text before it cuts it.
"""

from collections.abc import Sequence
from typing import Any

from lab.errors import ModelError
from lab.model_export.gguf_file.architecture import ELSE

GPT2 = {"type": "ByteLevel", "use_regex": True}
BYTES = {"type": "ByteLevel", "use_regex": False}
DIGITS = {"type": "Digits", "individual_digits": True}
_WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_ENDS = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN2 = rf"{_WORDS}|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|\p{{N}}{_ENDS}"
LLAMA3 = rf"{_WORDS}|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|\p{{N}}{{1,3}}{_ENDS}"
Cuts = Sequence[dict[str, Any]]


def pre_tokenizer(state: dict[str, Any]) -> tuple[str, list[str]]:
    """llama.cpp's name for how `tokenizer.json` cuts texts, and the patterns of characters that are cut out besides.

    Raises ModelError for cuts that it has no name for.
    """
    if (state.get("normalizer") or {"type": "NFC"})["type"] != "NFC":  # llama.cpp changes no letters; NFC seldom does
        raise ModelError("its tokenizer changes a text before it cuts it, which llama.cpp would not do", do=ELSE)
    cuts = _listed(state.get("pre_tokenizer"))
    patterns = [_pattern(cut) for cut in cuts if _is_class(cut)]
    rest = [_plain(cut) for cut in cuts if not _is_class(cut)]
    name = next((name for known, name in _known() if known == rest), None)
    if name is None:
        raise ModelError(
            "its tokenizer cuts texts in a way that llama.cpp has no name for",
            do="take the folder (--as merged), and look whether llama.cpp's own converter knows the base.",
        )  # fmt: skip
    return name, patterns


def _known() -> list[tuple[Cuts, str]]:
    return [
        ([GPT2], "gpt-2"),
        ([DIGITS, GPT2], "smollm"),
        ([_split(QWEN2), BYTES], "qwen2"),
        ([_split(LLAMA3), BYTES], "llama-bpe"),
    ]


def _split(pattern: str) -> dict[str, Any]:
    return {"type": "Split", "pattern": pattern, "behavior": "Isolated"}


def _listed(cut: dict[str, Any] | None) -> list[dict[str, Any]]:
    if cut is None:
        return []
    return list(cut["pretokenizers"]) if cut["type"] == "Sequence" else [cut]


def _plain(cut: dict[str, Any]) -> dict[str, Any]:
    """What of a cut decides where it cuts."""
    if cut["type"] == "Split":
        return _split(_pattern(cut)) | {"behavior": cut["behavior"]} | ({"invert": True} if cut.get("invert") else {})
    if cut["type"] == "ByteLevel":
        spaced = {"add_prefix_space": True} if cut.get("add_prefix_space") else {}
        return {"type": "ByteLevel", "use_regex": cut.get("use_regex", True)} | spaced
    return {name: value for name, value in cut.items() if value is not None}


def _pattern(cut: dict[str, Any]) -> str:
    pattern = cut["pattern"]
    return str(pattern.get("Regex") or pattern.get("String"))


def _is_class(cut: dict[str, Any]) -> bool:
    """Whether a cut takes single characters out, each by itself."""
    if cut["type"] != "Split" or cut["behavior"] != "Isolated" or cut.get("invert"):
        return False
    pattern = _pattern(cut)
    return pattern.startswith("[") and pattern.endswith("]") and "]" not in pattern[1:-1]
