"""The stages that came before one: those of the runs it builds on, oldest first, then those of its own run."""

from lab.card import find_cards
from lab.data import DataSet, load_mix
from lab.errors import LabError
from lab.home import Home
from lab.model_ref import ModelRef
from lab.recipe import ResolvedRun, ResolvedStage, parse_recipe, resolve
from lab.remedies.past import EarlierStage, Past
from lab.training.context import StageContext
from lab.training.weights import makes_reward_model


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
    stages = plan.stages if ref.stage is None else plan.stages[: ref.stage + 1]
    own = [EarlierStage(stage, folder.stage(number)) for number, stage in enumerate(stages)]
    return (*ancestors_of(plan.base, home), *_of_one_chain(own))


def earlier_stages(context: StageContext) -> tuple[EarlierStage, ...]:
    """All stages whose weights the context's stage starts from, oldest first."""
    own = [
        EarlierStage(stage, context.folder.stage(number))
        for number, stage in enumerate(context.plan.stages[: context.index])
    ]
    return (*ancestors_of(context.plan.base, context.home), *_of_one_chain(own))


def past_of(context: StageContext) -> Past:
    """What the remedies of the context's stage are handed."""

    def load(stage: ResolvedStage) -> DataSet:
        return load_rows(stage, context.plan, context.home, context.stage)

    return Past(earlier_stages(context), context.stage, context.weights, context.tokenizer, context.seed, load)


def load_rows(stage: ResolvedStage, plan: ResolvedRun, home: Home, reader: ResolvedStage | None = None) -> DataSet:
    """The rows of a stage, of its data alone, in a format that the objective of `reader` can learn from."""
    formats: tuple[str, ...] = find_cards("lab.objectives")[(reader or stage).objective].CARD.formats
    return load_mix(stage.data, home, plan.seed, formats, plan.split_seed)


def _of_one_chain(stages: list[EarlierStage]) -> list[EarlierStage]:
    """Without reward models, which stand beside the weights that go on."""
    return [one for one in stages if not makes_reward_model(one.stage)]
