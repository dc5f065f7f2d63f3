"""Samples of several runs by what was asked: runs of other data were asked other things at the same place."""

from collections.abc import Sequence
from typing import Any

from lab.evaluate.right_answers import is_right
from lab.store import Run, Sample

Judged = tuple[int, int, int, str, str, bool | None]
"""The number of the run, of the prompt among all, the step, the prompt, the answer, and whether it is right."""


def by_prompt(samples: Sequence[Sample], runs: Sequence[Run]) -> tuple[list[Judged], list[list[str]]]:
    """Samples as the page takes them, each prompt numbered once over all runs; and of each run the right answers by
    these numbers, '' where it was not asked or none is known."""
    number = {run.id: place for place, run in enumerate(runs)}
    prompts: dict[tuple[str, int], int] = {}
    places: dict[tuple[str, int], int] = {}
    asked: dict[tuple[str, str], int] = {}
    for one in sorted(samples, key=lambda one: (number[one.run], one.position)):
        if (one.run, one.position) not in places:
            times = asked[one.run, one.prompt] = asked.get((one.run, one.prompt), -1) + 1
            places[one.run, one.position] = prompts.setdefault((one.prompt, times), len(prompts))
    wanted = [[""] * len(prompts) for _ in runs]
    for (run_id, position), place in places.items():
        wanted[number[run_id]][place] = _wanted(runs[number[run_id]], position)
    found = [(number[one.run], places[one.run, one.position], one) for one in samples]
    told = [
        (run, place, one.step, one.prompt, one.answer, is_right(one.answer, wanted[run][place]))
        for run, place, one in found
    ]
    return told, wanted


def _wanted(run: Run, position: int) -> str:
    """The right answer to a run's prompt, '' where none is known."""
    known: Any = run.outcome.wanted
    return known[position] if position < len(known) else ""
