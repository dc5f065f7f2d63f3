"""What methods read of a trainer's batches to find their start."""

from collections.abc import Mapping
from typing import Any

READ = ("input_ids", "attention_mask", "position_ids", "labels")


def read_of(batch: Mapping[str, Any]) -> dict[str, Any]:
    """What a model takes of a batch. Without a cache of keys, for with one the texts of packed rows see each other."""
    return {name: batch[name] for name in READ if name in batch} | {"use_cache": False}
