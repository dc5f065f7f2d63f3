"""A whole round of the feedback loop, recorded from real runs: to see where it leads before one has rated anything.

It lies in assets as what the tab's own endpoints gave; `python -m lab.ui.record_loop` records another.
"""

import json
from pathlib import Path
from typing import Any

from lab.home import ASSETS

FILE = ASSETS / "loop.json"


def read_recorded(file: Path = FILE) -> dict[str, Any]:
    """What was recorded: `stations` as they stood at the end, the policy's `curves`, and `minutes` of one core
    that its two runs took; empty where nothing was."""
    recorded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return recorded
