"""Rounds of grouping and learning: texts are grouped by what the model makes of them, and the groups are its classes
until they are found anew. Labels that texts may have are looked at for the record alone.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lab.objectives.clustering.groups import group, nearest_share, renumbered, shared_information
from lab.objectives.clustering.points import Whitening, states_of

FILE = "rounds.json"
"""Beside each checkpoint: the groups that are being learned, and the record so far."""


@dataclass(frozen=True)
class Round:
    """Groups found at a step: how well they match hidden labels (None where there are none), and which share of the
    texts changed its group."""

    step: int
    information: float | None
    changed: float | None


@dataclass
class Rounds:
    """The groups of some texts as they are found again and again."""

    model: Any
    tokenizer: Any
    rows: Sequence[Sequence[int]]
    labels: Sequence[str] | None
    count: int
    dimensions: int
    share: float
    seed: int
    groups: list[int] = field(default_factory=list)
    learned: list[bool] = field(default_factory=list)
    """Which texts are near enough to their group's middle to be learned from."""
    record: list[Round] = field(default_factory=list)

    def find(self, step: int) -> Round:
        """Group the texts by what the model makes of them now; groups keep their numbers as far as they can."""
        states = states_of(self.model, self.tokenizer, self.rows)
        points = Whitening.of(states, self.dimensions)(states)
        found = group(points, self.count, self.seed)
        groups, distances = found.labels_.tolist(), found.transform(points)
        changed = None
        if self.groups:
            names = renumbered(groups, self.groups, self.count)
            distances = distances[:, sorted(range(self.count), key=names.__getitem__)]
            groups = [names[one] for one in groups]
            changed = sum(a != b for a, b in zip(groups, self.groups, strict=True)) / len(groups)
        self.groups, self.learned = groups, nearest_share(distances, groups, self.share)
        information = shared_information(groups, self.labels) if self.labels else None
        self.record.append(Round(step, information, changed))
        return self.record[-1]

    def save(self, folder: Path) -> None:
        """Write the groups and the record into a checkpoint's folder."""
        raw = {"groups": self.groups, "learned": self.learned, "record": [asdict(one) for one in self.record]}
        (folder / FILE).write_text(json.dumps(raw), encoding="utf-8")

    def load(self, folder: Path) -> None:
        """Go on as `save` left them."""
        raw = json.loads((folder / FILE).read_text(encoding="utf-8"))
        self.groups, self.learned = raw["groups"], raw["learned"]
        self.record = [Round(**one) for one in raw["record"]]
