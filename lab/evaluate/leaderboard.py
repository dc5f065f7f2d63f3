"""The table of methods that ships with the lab: what each came to on each data set, over seeds, with intervals.

It was recorded from real runs (`lab leaderboard record`) into assets/leaderboard.json; `read_leaderboard` reads it.
Intervals hold both what the seeds and what the questions leave to chance, see `lab.evaluate.paired`.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from lab.errors import DataError
from lab.evaluate.leaderboard_scores import scores_of
from lab.evaluate.leaderboard_shapes import Figure, Leaderboard, Score, Standing, TableData
from lab.home import ASSETS

__all__ = ["FILE", "Figure", "Leaderboard", "Score", "Standing", "TableData", "front", "read_leaderboard", "table_of"]
FILE = ASSETS / "leaderboard.json"


def read_leaderboard(file: Path = FILE) -> Leaderboard | None:
    """The recorded table; None where there is none. Raises DataError for a file that is something else."""
    return _read(file, file.stat().st_mtime_ns) if file.exists() else None


@lru_cache(maxsize=4)
def _read(file: Path, _written: int) -> Leaderboard:
    try:
        return table_of(json.loads(file.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError, IndexError) as problem:
        raise DataError(f"this is no recorded table of methods ({type(problem).__name__}: {problem})", where=str(file),
                        do="record it anew with `lab leaderboard record`.") from None  # fmt: skip


def table_of(raw: dict[str, Any]) -> Leaderboard:
    """The table of a recorded file's fields."""
    data = tuple(TableData(one["id"], one["fields"], one["name"], one["asked"]) for one in raw["data"])
    groups = {one["id"]: one["groups"] for one in raw["data"]}
    scores = [
        score for one in data
        for score in scores_of([cell for cell in raw["cells"] if cell["data"] == one.id], groups[one.id], raw)
    ]  # fmt: skip
    lost = {one.id: tuple(c["method"] for c in raw["cells"] if c["data"] == one.id and not c["runs"]) for one in data}
    return Leaderboard(
        raw["base"], raw["recipe"], raw["recorded"], raw["parameters"], raw["seeds"], raw["steps"],
        {one["id"]: one["start"] for one in raw["data"]}, data, tuple(scores), lost, raw["versions"],
    )  # fmt: skip


def front(scores: Sequence[Score], cost: Literal["forgetting", "parameters", "time"]) -> tuple[Score, ...]:
    """The scores that no other beats at once in accuracy and cost (Pareto), the cheapest first."""
    known = [(value, one) for one in scores if (value := _cost(one, cost)) is not None]
    ordered = sorted(known, key=lambda pair: (pair[0], -pair[1].accuracy.mean))
    found: list[Score] = []
    for _, one in ordered:
        if not found or one.accuracy.mean > found[-1].accuracy.mean:
            found.append(one)
    return tuple(found)


def _cost(score: Score, cost: str) -> float | None:
    if cost == "forgetting":
        return None if score.retained is None else -score.retained.mean
    return score.trainable if cost == "parameters" else score.cpu_seconds
