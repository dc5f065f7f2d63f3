"""Looks at a recipe's data and base before anything is queued: a broken file is named at once, and nothing started.

Data on the Hub is left to the worker: fetching it would make whoever clicks wait.
"""

from collections.abc import Sequence
from pathlib import Path

from lab.card import ObjectiveCard, find_cards
from lab.data import data_cards, load_mix
from lab.data.files import is_data_file
from lab.data.hub import HUB_ID
from lab.data.load import UPLOAD
from lab.data.questions import questions
from lab.errors import DataError, ModelError, RecipeError
from lab.home import Home
from lab.models import chain_of, quantized, root_base
from lab.models.find import local_base
from lab.models.folder import check_folder
from lab.models.quantize import INSTALL, cannot_quantize
from lab.recipe import DataChoice, ResolvedRun


def check_data(runs: Sequence[ResolvedRun], home: Home) -> None:
    """Read every data set of these runs that is on this machine; raises DataError for what can't be learned from."""
    seen: list[object] = []
    for run in runs:
        judging = run.evaluate.questions
        if judging and judging not in seen and not is_on_hub(choice := DataChoice(name=judging)):
            seen.append(judging)
            questions([choice], home, run.seed, "held_out", split_seed=run.split_seed)
        for number, stage in enumerate(run.stages):
            asked = (stage.objective, stage.data)
            if asked in seen or any(is_on_hub(choice) for choice in stage.data):
                continue
            seen.append(asked)
            objective: ObjectiveCard = find_cards("lab.objectives")[stage.objective].CARD
            found = load_mix(stage.data, home, run.seed, objective.formats, run.split_seed)
            if found.format not in objective.formats:
                raise DataError(
                    f"objective '{objective.id}' can't learn from '{found.name}', which is of the kind {found.format}",
                    where=f"{run.name}, stage {number}", do=f"give data of the kind {', '.join(objective.formats)}.",
                )  # fmt: skip


def check_base(base: str, home: Home) -> None:
    """Raise ModelError unless the weights of a base on this machine are there, not its config alone."""
    folder = local_base(root_base(base, home), home)
    if folder is not None:
        check_folder(folder)


def check_quantized(run: ResolvedRun, home: Home, *, here: bool = True) -> None:
    """What stands in the way of a base in 8 or 4 bits: this machine, unless the run is planned for another, or the
    weights it starts from. Raises LabError."""
    start = chain_of(run.base, home)
    was = quantized(start)
    if here and run.quantize != "none" and (problem := cannot_quantize()):
        raise ModelError(f"a base in {run.quantize} can't be loaded here: {problem}", where=run.name, do=INSTALL)
    if len(start) == 1 and was == "none":
        return
    goes_on = all((stage.method, stage.knobs) == (start[-1].method, start[-1].knobs) for stage in run.stages)
    if was != run.quantize:
        raise RecipeError(
            f"the weights of '{run.base}' learned on a base kept as {was}, not as {run.quantize}",
            where=run.name, do=f"set quantize to {was}.",
        )  # fmt: skip
    if was != "none" and not goes_on:
        raise RecipeError(
            f"an adapter on a base in {was} can't be merged into it without rounding",
            where=run.name, do=f"go on with method '{start[-1].method}' and the same knobs.",
        )  # fmt: skip


def is_on_hub(choice: DataChoice) -> bool:
    """Whether a choice of data means a Hub id: neither built in, nor uploaded, nor a file or folder."""
    name, path = choice.name, Path(choice.name).expanduser()
    if name in data_cards() or name.startswith(UPLOAD) or path.exists():
        return False
    return bool(HUB_ID.fullmatch(name)) and not is_data_file(path.name)
