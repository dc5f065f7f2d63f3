"""Looks at a recipe's data and base before anything is queued: a broken file is named at once, and nothing started.

Data on the Hub is left to the worker: fetching it would make whoever clicks wait. Whether it can be had is told.
"""

from collections.abc import Sequence

from lab.card import ObjectiveCard, find_cards
from lab.cards.kinds import Gives
from lab.data import data_cards
from lab.data.questions import questions
from lab.data.reach import check_reach
from lab.data.sources import UPLOAD, is_hub_name
from lab.errors import ModelError, RecipeError
from lab.extension_points import optional_hook
from lab.home import Home, path_there
from lab.models import chain_of, quantized, root_base
from lab.models.find import local_base
from lab.models.folder import check_folder
from lab.models.quantize import INSTALL, cannot_quantize
from lab.objectives.classes.kept import classes_of
from lab.objectives.cross_modal.kept import pictures_of
from lab.planning.reading import read_stage
from lab.planning.teachers import teaching_of
from lab.recipe import DataChoice, ResolvedRun, ResolvedStage
from lab.recipe.combinations import GIVES, goes_on
from lab.recipe.teachers import own_teacher, stages_before
from lab.visitors import current


def check_data(runs: Sequence[ResolvedRun], home: Home) -> list[tuple[str, ...]]:
    """Read every data set of these runs that is on this machine as their base does, and say of each run what is to be
    known of its data. Raises LabError for what can't be learned from.
    """
    judging: list[DataChoice] = []
    known: dict[str, tuple[str, ...]] = {}
    check_hub(runs)
    for run in runs:
        choice = run.question_data()
        if choice and choice not in judging and not is_on_hub(choice):
            judging.append(choice)
            questions([choice], home, run.seed, "held_out", split_seed=run.split_seed)
        for number, stage in enumerate(run.stages):
            if (key := _asked(run, stage)) not in known and not any(map(is_on_hub, stage.data)):
                known[key] = read_stage(run, number, home)
    told = ([note for stage in run.stages for note in known.get(_asked(run, stage), ())] for run in runs)
    return [tuple(dict.fromkeys(notes)) for notes in told]


def check_hub(runs: Sequence[ResolvedRun]) -> None:
    """Raise DataError, at once, where these runs need data of the Hub that can't be had."""
    for name in dict.fromkeys(name for run in runs for name in _on_hub(run)):
        check_reach(name)


def _on_hub(run: ResolvedRun) -> list[str]:
    """The Hub data sets that a run learns from or is judged by."""
    judge = run.question_data()
    choices = [choice for stage in run.stages for choice in stage.data] + ([judge] if judge else [])
    return [choice.name for choice in choices if is_on_hub(choice)]


def _asked(run: ResolvedRun, stage: ResolvedStage) -> str:
    """All that the rows of a stage, and how much of them is read, depend on."""
    return repr((stage.objective, stage.data, stage.budget, stage.long_text, run.base, run.split_seed))


def check_base(base: str, home: Home) -> None:
    """Raise ModelError unless the weights of a base on this machine are there, not its config alone."""
    folder = local_base(root_base(base, home), home)
    if folder is not None:
        check_folder(folder)


def check_start(run: ResolvedRun, home: Home) -> None:
    """Raise RecipeError for a run that starts from a model that tells classes apart, draws or describes, to have it say
    something."""
    card: ObjectiveCard = find_cards("lab.objectives")[run.stages[0].objective].CARD
    gives = _given_by(run.base, home)
    if not goes_on(gives, card.gives):
        able = [name for name, one in find_cards("lab.objectives").items() if goes_on(gives, one.CARD.gives)]
        raise RecipeError(
            f"'{run.base}' gives {GIVES[gives]} and no answers, which '{card.id}' can't go on from",
            where=f"{run.name}: base", do=f"start from what it was made from, or take one of {', '.join(able)}.",
        )  # fmt: skip


def check_teachers(run: ResolvedRun, home: Home) -> None:
    """Raise LabError for a teacher that is not there, gives no answers, or does not fit to the student.

    One that is still on the Hub is judged when it has been fetched, by the worker.
    """
    for number, stage in enumerate(run.stages):
        if stage.teacher is not None and own_teacher(stage) is None:
            _check_teacher(run, number, stage.teacher, home)


def _check_teacher(run: ResolvedRun, number: int, teacher: str, home: Home) -> None:
    stage, place = run.stages[number], f"{run.name}, stage {number}"
    try:
        given, folder = _given_by(teacher, home), local_base(root_base(teacher, home), home)
        if folder is not None:
            check_folder(folder)
    except ModelError as problem:
        problem.where = f"{place}.teacher"
        raise
    if given in GIVES:
        raise RecipeError(
            f"'{teacher}' gives {GIVES[given]} and no answers that could be learned", where=f"{place}.teacher",
            do="take a teacher that gives text.",
        )  # fmt: skip
    student = local_base(root_base(run.base, home), home)
    fits = optional_hook(find_cards("lab.objectives")[stage.objective], "check_teacher")
    if folder and student and fits:
        fits(stage, folder, student, place=place)
    teaching, start = teaching_of(stage), not stages_before(run.stages, number)
    if start and teaching and teaching.follows and chain_of(teacher, home) == chain_of(run.base, home):
        raise RecipeError(
            f"'{teacher}' is where the student begins itself: their probabilities are the same",
            where=f"{place}.teacher",
            do="take a teacher that has learned more, such as `run:<id>`, or put a stage that trains one first.",
        )  # fmt: skip


def _given_by(base: str, home: Home) -> Gives:
    """What a model gives that a run starts from."""
    chain = chain_of(base, home)
    if classes_of(chain, home):
        return "classes"
    kept = pictures_of(chain, home)
    return "text" if kept is None else "picture" if kept.does == "draw" else "caption"


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
    name = choice.name
    if name in data_cards() or name.startswith(UPLOAD) or (current().owns_lab and path_there(name) is not None):
        return False
    return is_hub_name(name)
