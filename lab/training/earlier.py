"""The stages that came before one: those of the runs it builds on, oldest first, then those of its own run."""

from lab.card import find_cards
from lab.data import DataSet, load_mix
from lab.errors import LabError
from lab.home import Home
from lab.model_ref import ModelRef
from lab.recipe import ResolvedRun, ResolvedStage, parse_recipe, resolve
from lab.recipe.teachers import gives, stages_before
from lab.remedies.past import EarlierStage, Past
from lab.training.context import StageContext


def ancestors_of(base: str, home: Home) -> tuple[EarlierStage, ...]:
    """The stages of the run that a base names, and of those which that one builds on; none for a base model."""
    ref = ModelRef.parse(base)
    if ref.run is None:
        return ()
    folder = home.run(ref.run)
    try:
        plan = resolve(parse_recipe(folder.recipe.read_text(encoding="utf-8"), where=f"run {ref.run}"))[0]
    except (OSError, LabError):  # its recipe is gone, or names what is no longer there
        return ()
    last = len(plan.stages) - 1 if ref.stage is None else min(ref.stage, len(plan.stages) - 1)
    line = [*stages_before(plan.stages, last), *([last] if gives(plan.stages[last]) != "score" else [])]
    own = [EarlierStage(plan.stages[number], folder.stage(number)) for number in line]
    return (*ancestors_of(plan.base, home), *own)


def earlier_stages(context: StageContext) -> tuple[EarlierStage, ...]:
    """All stages whose weights the context's stage starts from, oldest first."""
    stages = context.plan.stages
    line = stages_before(stages, context.index)
    own = [EarlierStage(stages[number], context.folder.stage(number)) for number in line]
    return (*ancestors_of(context.plan.base, context.home), *own)


def past_of(context: StageContext) -> Past:
    """What the remedies of the context's stage are handed."""

    def load(stage: ResolvedStage) -> DataSet:
        return load_rows(stage, context.plan, context.home, context.stage)

    return Past(earlier_stages(context), context.stage, context.weights, context.tokenizer, context.seed, load)


def load_rows(stage: ResolvedStage, plan: ResolvedRun, home: Home, reader: ResolvedStage | None = None) -> DataSet:
    """The rows of a stage, of its data alone, in a format that the objective of `reader` can learn from."""
    formats: tuple[str, ...] = find_cards("lab.objectives")[(reader or stage).objective].CARD.formats
    return load_mix(stage.data, home, plan.seed, formats, plan.split_seed)
