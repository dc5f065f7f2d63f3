"""`lab push --data NAME`: a data set as the lab reads it, its held-out rows apart, on the Hub."""

import json
import tempfile
from pathlib import Path

from lab.card import find_cards
from lab.data import load_mix
from lab.errors import DataError
from lab.home import Home
from lab.hub.repos import TAG, Pushed, push_folder
from lab.hub.words import cell, front_matter, section
from lab.recipe import DataChoice

SPLITS = {"train": "train.jsonl", "test": "held_out.jsonl"}


def push_data(name: str, repo: str, home: Home, *, private: bool = True, over: bool = False) -> Pushed:
    """Put a data set (built in, or a file of yours) on the Hub as `repo`, in TRL's columns. Raises LabError."""
    with tempfile.TemporaryDirectory(prefix="lab-push-") as place:
        folder = Path(place)
        count = write_data(name, folder, home)
        return push_folder(folder, repo, "dataset", f"{count:,} rows of {Path(name).name}", private=private, over=over)


def write_data(name: str, folder: Path, home: Home) -> int:
    """Write both splits and a card into a folder; returns how many rows there are."""
    data = load_mix((DataChoice(name=name),), home, seed=0)
    parts = {"train": data.train, "test": data.held_out}
    for split, rows in parts.items():
        lines = []
        for row in rows:
            try:
                lines.append(json.dumps(row, ensure_ascii=False, allow_nan=False))
            except (TypeError, ValueError):
                raise DataError("its rows are no text (pictures can't be pushed)", where=name) from None
        (folder / SPLITS[split]).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / "README.md").write_text(_card(name, data.format, {k: len(v) for k, v in parts.items()}), encoding="utf-8")
    return sum(map(len, parts.values()))


def _card(name: str, format: str, counts: dict[str, int]) -> str:
    cards = find_cards("lab.data.builtin")
    known = cards[name].CARD if name in cards else None
    files = [{"split": split, "path": SPLITS[split]} for split in counts if counts[split]]
    front = {
        "license": known.licence.lower() if known else None, "language": list(known.languages) if known else None,
        "tags": [TAG], "configs": [{"config_name": "default", "data_files": files}],
    }  # fmt: skip
    parts = [
        f"\n# {cell(known.name.en if known else Path(name).stem)}\n",
        known.explain.en + "\n" if known else "",
        section("Rows", [f"- {split}: {count:,}" for split, count in counts.items()]
                + [f"\nIn TRL's format `{format}`. `test` are the rows that the lab holds out."]),
        section("Where it comes from", [known.source if known else "A file of its author's.",
                                        f"Licence: {known.licence if known else 'its author is to say'}."]),
    ]  # fmt: skip
    return front_matter(front) + "\n".join(part for part in parts if part)
