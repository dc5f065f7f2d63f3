"""Fills every gap of a recipe: one complete run a variant, names and combinations checked against the cards."""

from collections.abc import Sequence
from typing import Any

from lab.card import MethodCard, ObjectiveCard, find_cards
from lab.errors import RecipeError, nearest
from lab.recipe.shapes import DataChoice, Recipe, ResolvedRun, ResolvedStage, RewardChoice, Stage


def resolve(recipe: Recipe, where: str = "recipe") -> list[ResolvedRun]:
    """One complete run a variant; raises RecipeError for unknown names and impossible combinations."""
    seen: set[str] = set()
    runs = []
    for index, variant in enumerate(recipe.variants):
        place = f"{where}: variants.{index} ({variant.name})"
        if variant.name in seen:
            raise RecipeError(f"the name '{variant.name}' is taken", where=place, do="give each variant its own name.")
        seen.add(variant.name)
        shared = variant.over(Stage.model_construct(**{**_stage_fields(recipe), "budget": None}))
        gapped = [stage.over(shared) for stage in variant.stages] or [shared]
        spots = [f"{place}.stages.{i}" for i in range(len(gapped))] if variant.stages else [place]
        stages = [_resolve_stage(stage, recipe, spot) for stage, spot in zip(gapped, spots, strict=True)]
        for before, after, spot in zip(stages, stages[1:], spots[1:], strict=False):
            _check_follows(before, after, spot)
        runs.append(
            ResolvedRun(
                recipe=recipe.name, name=variant.name, base=recipe.base, seed=recipe.seed, evaluate=recipe.evaluate,
                precision=recipe.precision, stages=tuple(stages),
            )
        )  # fmt: skip
    return runs


def _stage_fields(stage: Stage) -> dict[str, Any]:
    return {name: getattr(stage, name) for name in Stage.model_fields}


def _resolve_stage(stage: Stage, recipe: Recipe, where: str) -> ResolvedStage:
    """`stage` with defaults and settled knobs; raises RecipeError."""
    method = _known_card("lab.methods", "method", stage.method or "lora", where)
    objective = _known_card("lab.objectives", "objective", stage.objective or "sft", where)
    data = stage.data or (DataChoice(name="cuisine"),)
    _check_formats(objective, data, where)
    return ResolvedStage(
        objective=objective.id,
        options=objective.settle(stage.options, f"{where}.options"),
        method=method.id,
        knobs=method.settle(stage.knobs, f"{where}.knobs"),
        data=data,
        reward=_resolve_reward(objective, stage.reward, where),
        learning_rate=stage.learning_rate,
        schedule=stage.schedule or "linear",
        warmup=0.1 if stage.warmup is None else stage.warmup,
        weight_decay=stage.weight_decay or 0.0,
        budget=stage.budget.over(recipe.budget) if stage.budget else recipe.budget,
    )


def _resolve_reward(
    objective: ObjectiveCard, reward: Sequence[RewardChoice] | None, where: str
) -> tuple[RewardChoice, ...]:
    """What an objective that wants rewards is given, its raters known; nothing for the others."""
    if not objective.rewarded:
        return ()
    raters = find_cards("lab.raters")
    if not reward:
        raise RecipeError(
            f"objective '{objective.id}' needs a reward", where=where,
            do=f"add `reward:` with a rater ({', '.join(raters)}) or `run:<id>` of a reward model.",
        )  # fmt: skip
    for choice in reward:
        if not choice.name.startswith("run:"):
            _known_card("lab.raters", "reward", choice.name, where)
    return tuple(reward)


def _known_card(package: str, kind: str, name: str, where: str) -> Any:
    cards = find_cards(package)
    if name not in cards:
        raise RecipeError(f"there is no {kind} '{name}'", where=f"{where}.{kind}", do=nearest(name, cards))
    return cards[name].CARD


def _check_formats(objective: ObjectiveCard, data: Sequence[DataChoice], where: str) -> None:
    """Built-in data must be of a kind the objective learns from; files and Hub ids are checked when they are read."""
    built_in = find_cards("lab.data.builtin")
    for choice in data:
        if choice.name in built_in and (card := built_in[choice.name].CARD).format not in objective.formats:
            wanted = ", ".join(objective.formats)
            raise RecipeError(
                f"objective '{objective.id}' can't learn from '{choice.name}', which is of the kind {card.format}",
                where=f"{where}.data", do=f"give data of the kind {wanted}.",
            )  # fmt: skip


def _check_follows(before: ResolvedStage, after: ResolvedStage, where: str) -> None:
    """A stage starts from the weights before it, so an adapter that can't be merged must be kept on."""
    card: MethodCard = find_cards("lab.methods")[before.method].CARD
    if not card.mergeable and after.method != before.method:
        raise RecipeError(
            f"'{after.method}' can't follow '{before.method}', whose adapter can't be merged into the base",
            where=where, do=f"keep method '{before.method}', or put it last.",
        )  # fmt: skip
