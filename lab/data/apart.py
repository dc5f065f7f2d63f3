"""Held-out rows in two parts: some to choose by, the others to report on."""

from dataclasses import replace

from lab.data.split import apart_by_content
from lab.data.types import DataSet


def for_choosing_and_report(data: DataSet, split_seed: int) -> tuple[DataSet, DataSet]:
    """The data with the held-out rows to choose by, and with those that figures are of; no question is in both.

    What is new in other ways (`unseen`) is only reported. Where there are too few questions to share out, the first has
    none.
    """
    chosen = apart_by_content(data.held_out, split_seed)

    def part(wanted: list[bool]) -> DataSet:
        return data.judged_by([place for place, one in enumerate(wanted) if one])

    return replace(part(chosen), unseen={}), part([not one for one in chosen])
