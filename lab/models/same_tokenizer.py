"""Whether two models cut text into the same tokens: read from their folders, nothing is loaded."""

from pathlib import Path
from typing import Any

from lab.models.folder import read_json
from lab.models.light_tokenizer import embedding_rows

FILE = "tokenizer.json"
CUTTING = ("model", "added_tokens", "normalizer", "pre_tokenizer")
"""The parts of a tokenizer.json that decide which tokens a text becomes."""
OTHERS = ("tokenizer.model", "vocab.json", "merges.txt", "vocab.txt")


def tokenizer_difference(one: Path, other: Path) -> str | None:
    """In what the tokenizers of two models' folders differ, in words; None where a token means the same in both."""
    if one == other:
        return None
    sizes = [embedding_rows(folder) for folder in (one, other)]
    if sizes[0] != sizes[1]:
        return f"one has {_told(sizes[0])} entries, the other {_told(sizes[1])}"
    return None if _cutting(one) == _cutting(other) else "they have other entries"


def _told(size: int | None) -> str:
    return "an unknown number of" if size is None else f"{size:,}"


def _cutting(folder: Path) -> Any:
    """All that decides how a text is cut."""
    if (folder / FILE).is_file():
        whole = read_json(folder / FILE)
        return {part: whole.get(part) for part in CUTTING}
    return {name: (folder / name).read_bytes() for name in OTHERS if (folder / name).is_file()}
