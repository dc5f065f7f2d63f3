"""The table of built-in data that stands in for somebody's own rows, `examples.yaml`, read."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).with_name("examples.yaml")


@cache
def table() -> Mapping[str, Any]:
    """The table, as it is written."""
    found: Mapping[str, Any] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return found
