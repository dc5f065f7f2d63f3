"""What a fork may change of its parent's recipe, and what it may not: decided from the two recipes, before anything is
queued or loaded. Raises RecipeError with the reason.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from lab.card import MethodCard, ObjectiveCard, find_cards
from lab.errors import RecipeError, nearest
from lab.recipe import SEARCH, Recipe, ResolvedRun, ResolvedStage, Stage, build_recipe
from lab.recipe.overrides import override
from lab.recipe.remedies import begins_anew

OWN = ("name", "note", "variants", "repeat", "folds", "halving", "fork", "sweep")
"""Fields of a recipe that make no sense for the one run that a fork is."""
BASE = {"base": "the weights were trained on it", "quantize": "the weights were trained on a base kept that way"}
BEGINNING = {
    "seed": "what a method draws at its start belongs to the weights",
    "initialisation_seed": "what a method draws at its start belongs to the weights",
    "split_seed": "it decides which rows are held out, and the weights have learned the others",
    "precision": "the weights and the optimizer's state are kept in it",
}
"""What holds from a run's first step on, and why."""
NEW_CLASSES = ("classes", "picture", "caption")
"""What models give that is made of their data, so that other data would want another model."""

Changes = Mapping[str, Any] | Sequence[str]
"""Settings by their paths in a recipe ({"learning_rate": 1e-4, "budget.steps": 90}), or as texts "key=value"."""


def as_texts(changes: Changes) -> list[str]:
    """Changes as `--set` takes them."""
    if not isinstance(changes, Mapping):
        return list(changes)
    return [f"{key}={_written(value)}" for key, value in changes.items()]


def _written(value: Any) -> str:
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000)
    return text.removesuffix("\n...\n").strip()


def changed_recipe(recipe: str, changes: Sequence[str], stage: int | None, name: str, where: str) -> Recipe:
    """A run's recipe with changes: what belongs to a stage changes in that one, or in all where none is named.

    Raises RecipeError for what is no setting, has several values, or can't be.
    """
    fields = yaml.safe_load(recipe)
    fields.pop("halving", None)
    variant = fields["variants"][0]
    variant.pop("fork", None)
    variant["name"] = name
    stages = variant["stages"]
    for change in changes:
        key = change.partition("=")[0].strip().partition(".")[0]
        if key in OWN:
            do = "give the fork's name by itself." if key == "name" else "leave it out: a fork is one run."
            raise RecipeError(f"'{key}' can't be changed in a fork", where="--set", do=do)
        if key == "stages":
            override(variant, change)
        elif key in Stage.model_fields:
            for one in stages if stage is None else [stages[stage]]:
                _change_stage(one, change, changes)
        elif key in Recipe.model_fields:
            override(fields, change)
        else:
            known = [name for name in (*Stage.model_fields, *Recipe.model_fields) if name not in OWN]
            raise RecipeError(f"there is no setting '{key}'", where="--set", do=nearest(key, known))
    found = build_recipe(fields, where)
    if len(found.variants) > 1:
        raise RecipeError("a fork is one run", where="--set", do="give each setting one value, and fork again.")
    return found


def _change_stage(stage: dict[str, Any], change: str, changes: Sequence[str]) -> None:
    """Make one change in a stage, and take away what was settled for what it replaces."""
    given = [one.partition("=")[0].strip() for one in changes]
    key = change.partition("=")[0].strip()
    for own, settled in (("method", "knobs"), ("objective", "options")):
        if key == own and str(yaml.safe_load(change.partition("=")[2])) != stage[own]:
            stage[settled] = {}
            for rest in ("learning_rate", "search", "parameters"):
                stage.pop(rest, None)
    if key.startswith("knobs"):
        stage.pop("parameters", None)
    if key in ("budget.seconds", "budget.steps"):
        other = "budget.steps" if key == "budget.seconds" else "budget.seconds"
        for gone in [*([other] if other not in given else []), "budget.expected_steps"]:
            stage["budget"].pop(gone.removeprefix("budget."), None)
    override(stage, change)


def check_same_base(parent: ResolvedRun, child: ResolvedRun) -> None:
    """Raise RecipeError for a fork on another base than its parent's."""
    for field, why in BASE.items():
        if getattr(parent, field) != getattr(child, field):
            raise RecipeError(
                f"a fork can't change '{field}': {why}", where="--set", do="train a recipe of its own with `lab train`."
            )


def check_changes(parent: ResolvedRun, child: ResolvedRun, stage: int, finished: bool = False) -> None:
    """Raise RecipeError for changes that don't go with the parent's weights in the middle of a stage.

    `finished` weights are kept with the method's knobs as they were.
    """
    check_same_base(parent, child)
    for field, why in BEGINNING.items():
        if getattr(parent, field) != getattr(child, field):
            raise _refused(field, why)
    if len(child.stages) <= stage:
        raise _refused("stages", f"the weights are of stage {stage}, and the fork ends before it")
    for number in range(stage):
        if _told(parent.stages[number]) != _told(child.stages[number]):
            raise _refused(f"stages.{number}", "that stage is over")
    before, after = parent.stages[stage], child.stages[stage]
    _check_method(before, after, finished)
    _check_objective(before, after)
    if begins_anew(before) != begins_anew(after):
        raise _refused("remedy", "it would begin another adapter than the one that has learned")
    if after.learning_rate == SEARCH:
        raise _refused("learning_rate", "a search tries rates from a stage's start", "give a number.")


def _told(stage: ResolvedStage) -> dict[str, Any]:
    """A stage without what is settled by itself once it is queued."""
    return stage.model_dump(exclude={"gradient_checkpointing"})


def _check_method(before: ResolvedStage, after: ResolvedStage, finished: bool) -> None:
    if before.method != after.method:
        raise _refused("method", f"the weights are of '{before.method}' and don't fit into '{after.method}'")
    card: MethodCard = find_cards("lab.methods")[before.method].CARD
    live = {knob.name for knob in card.knobs if getattr(knob, "live", False)}
    for name, value in after.knobs.items():
        if before.knobs.get(name) == value:
            continue
        if name not in live:
            why = f"the weights of '{card.id}' were made with {name} {before.knobs.get(name)} and don't fit {value}"
            raise _refused(f"knobs.{name}", why)
        if finished:
            raise _refused(f"knobs.{name}", "its parent is over, and its adapter is kept with its knobs")


def _check_objective(before: ResolvedStage, after: ResolvedStage) -> None:
    card: ObjectiveCard = find_cards("lab.objectives")[before.objective].CARD
    if before.objective != after.objective:
        why = f"the steps so far were of '{before.objective}'"
        raise _refused("objective", why, "stop the run, and start a run from its weights (`base: run:<id>`).")
    for name in card.settled:
        if before.options.get(name) != after.options.get(name):
            raise _refused(f"options.{name}", f"it settles what '{card.id}' trains, and that has begun")
    if card.gives in NEW_CLASSES and before.data != after.data:
        raise _refused("data", f"what a model of '{card.id}' can give was made from its data")


def _refused(field: str, why: str, do: str = "leave it as it is, or fork cold, which begins anew.") -> RecipeError:
    return RecipeError(f"a warm fork can't change '{field}': {why}", where="--set", do=do)


def with_room(child: ResolvedRun, parent: ResolvedRun, stage: int, done: int, seconds: float) -> ResolvedRun:
    """The fork with steps to do in its stage: as many again as its parent's where that has done all and nobody says how
    many. Raises RecipeError where somebody does, and they are behind it."""
    budget, was = child.stages[stage].budget, parent.stages[stage].budget
    changes: dict[str, Any] = {}
    if budget.steps is not None and budget.steps <= done:
        if budget.steps != was.steps:
            raise _behind("budget.steps", budget.steps, f"{done} steps")
        changes["steps"] = done + budget.steps
    if budget.seconds is not None and budget.seconds <= seconds:
        if budget.seconds != was.seconds:
            raise _behind("budget.seconds", budget.seconds, f"{seconds:.0f} seconds")
        changes["seconds"] = seconds + budget.seconds
        changes["expected_steps"] = done + (budget.expected_steps or done)
    if not changes:
        return child
    longer = child.stages[stage].model_copy(update={"budget": budget.model_copy(update=changes)})
    return child.model_copy(update={"stages": (*child.stages[:stage], longer, *child.stages[stage + 1 :])})


def _behind(field: str, given: float, done: str) -> RecipeError:
    return RecipeError(
        f"{field}={given:g} is behind the fork: its parent has done {done}, which count", where="--set",
        do="give more.",
    )  # fmt: skip
