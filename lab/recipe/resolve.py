"""Fills every gap of a recipe: one complete run a variant, names and combinations checked against the cards."""

from collections.abc import Mapping, Sequence
from typing import Any

from lab.card import MethodCard, ObjectiveCard, find_cards, refuse_broken
from lab.errors import RecipeError, nearest
from lab.extension_points import optional_hook
from lab.model_ref import ModelRef
from lab.recipe.again import folded, repeated
from lab.recipe.budget import SEARCH, Search
from lab.recipe.combinations import GIVES, check_together, goes_on
from lab.recipe.data_choice import DataChoice
from lab.recipe.processes import check_processes
from lab.recipe.remedies import begins_anew, check_remedies, settled_remedy
from lab.recipe.rewards import settled_reward
from lab.recipe.schema import Recipe, ResolvedRun, ResolvedStage, RewardChoice, Stage
from lab.recipe.teachers import check_asked_for, check_teachers, gives, settled_teacher, stages_before


def resolve(recipe: Recipe, where: str = "recipe") -> list[ResolvedRun]:
    """One complete run a variant; raises RecipeError for unknown names and impossible combinations."""
    seen: set[str] = set()
    runs = []
    if recipe.executor is not None:
        _check_executor(recipe.executor, where)
    for index, variant in enumerate(recipe.variants):
        place = f"{where}: variants.{index} ({variant.name})"
        if variant.name in seen:
            raise RecipeError(f"the name '{variant.name}' is taken", where=place, do="give each variant its own name.")
        seen.add(variant.name)
        shared = variant.over(Stage.model_construct(**{**_stage_fields(recipe), "budget": None}))
        gapped = [stage.over(shared) for stage in variant.stages] or [shared]
        spots = [f"{place}.stages.{i}" for i in range(len(gapped))] if variant.stages else [place]
        stages = [_resolve_stage(stage, recipe, spot) for stage, spot in zip(gapped, spots, strict=True)]
        check_asked_for(variant, stages, place, spots)
        check_teachers(stages, spots)
        _check_order(stages, spots)
        check_remedies(stages, spots, recipe.base)
        quantize = variant.quantize or recipe.quantize
        if recipe.halving:
            _check_halving(stages, place)
        if quantize != "none":
            _check_quantized(stages, quantize, place)
        run = ResolvedRun(
            recipe=recipe.name, name=variant.name, base=recipe.base, seed=recipe.seed, split_seed=recipe.split_seed,
            initialisation_seed=recipe.initialisation_seed, evaluate=recipe.evaluate, halving=recipe.halving,
            order=recipe.order, precision=recipe.precision, quantize=quantize, report_to=recipe.report_to,
            processes=recipe.processes, fsdp=recipe.fsdp, executor=recipe.executor, fork=variant.fork,
            stages=tuple(stages),
        )  # fmt: skip
        check_processes(run, spots)
        runs += [one for part in folded(run, recipe.folds, where) for one in repeated(part, recipe.repeat, place)]
    if recipe.halving or any(stage.chooses for run in runs for stage in run.stages):  # all report on the same rows
        apart = recipe.evaluate.model_copy(update={"apart": True})
        runs = [run.model_copy(update={"evaluate": apart}) for run in runs]
    return runs


def _check_executor(name: str, where: str) -> None:
    """Raise LabError for an executor that there is not, or whose file is broken."""
    refuse_broken("lab.executors", name, f"{where}: executor")
    if name not in (known := find_cards("lab.executors")):
        raise RecipeError(f"there is no executor '{name}'", where=f"{where}: executor", do=nearest(name, known))


def _stage_fields(stage: Stage) -> dict[str, Any]:
    return {name: getattr(stage, name) for name in Stage.model_fields}


def _resolve_stage(stage: Stage, recipe: Recipe, where: str) -> ResolvedStage:
    """`stage` with defaults and settled knobs; raises RecipeError."""
    method = _known_card("lab.methods", "method", stage.method or "lora", where)
    objective = _known_card("lab.objectives", "objective", stage.objective or "sft", where)
    data = stage.data or (DataChoice(name="cuisine"),)
    _check_formats(objective, data, where)
    _check_choosing(objective, stage, where)
    check_together(method, objective, where)
    if stage.gradient_checkpointing and not method.checkpointing:
        raise RecipeError(
            f"'{method.id}' can't be trained with gradient checkpointing: it lies in the cache that this does without",
            where=f"{where}.gradient_checkpointing", do="leave it out, or take 'prompt' or 'lora'.",
        )  # fmt: skip
    stops = stage.early_stop is not None and stage.early_stop.patience is not None
    resolved = ResolvedStage(
        objective=objective.id,
        options=objective.complete_knobs(stage.options, f"{where}.options"),
        method=method.id,
        knobs=_settle_knobs(method, stage.knobs, f"{where}.knobs"),
        data=data,
        reward=_resolve_reward(objective, stage.reward, data, where),
        teacher=settled_teacher(objective, stage.teacher, where),
        remedy=tuple(settled_remedy(choice, where) for choice in stage.remedy or ()),
        parameters=stage.parameters,
        learning_rate=stage.learning_rate,
        search=(stage.search or Search()) if stage.learning_rate == SEARCH else None,
        schedule=stage.schedule or "linear",
        warmup=0.1 if stage.warmup is None else stage.warmup,
        weight_decay=stage.weight_decay or 0.0,
        long_text=stage.long_text or "chunk",
        early_stop=stage.early_stop if stops else None,
        keep=stage.keep or ("best" if stops else "last"),
        budget=stage.budget.over(recipe.budget) if stage.budget else recipe.budget,
        gradient_accumulation=stage.gradient_accumulation or 1,
        gradient_checkpointing=stage.gradient_checkpointing,
    )
    if check := optional_hook(find_cards("lab.objectives")[objective.id], "check"):
        check(resolved, place=where)
    return resolved


def _settle_knobs(method: MethodCard, given: Mapping[str, Any], where: str) -> dict[str, Any]:
    """All knobs with values; raises RecipeError for values the method can't work with together."""
    knobs = method.complete_knobs(given, where)
    if check := optional_hook(find_cards("lab.methods")[method.id], "check"):
        check(place=where, **knobs)
    return knobs


def _check_choosing(objective: ObjectiveCard, stage: Stage, where: str) -> None:
    """What is chosen is chosen by held-out loss, which what learns from rewards does not have."""
    if not objective.rewarded:
        return
    asked = {
        "learning_rate": (stage.learning_rate == SEARCH, "choose a learning rate", "give a number."),
        "early_stop": (stage.early_stop and stage.early_stop.patience, "stop early", "leave it out."),
        "keep": (stage.keep == "best", "choose weights", "leave it out."),
    }
    for field, (wanted, what, do) in asked.items():
        if wanted:
            reason = f"objective '{objective.id}' learns from rewards and has no held-out loss to {what} by"
            raise RecipeError(reason, where=f"{where}.{field}", do=do)


def _check_halving(stages: Sequence[ResolvedStage], where: str) -> None:
    """Variants are held against each other by their held-out loss on the way of a single stage. Raises RecipeError."""
    card: ObjectiveCard = find_cards("lab.objectives")[stages[-1].objective].CARD
    if len(stages) > 1 or card.rewarded or not stages[-1].budget.steps:
        reason = (
            "it has several stages" if len(stages) > 1
            else f"'{card.id}' learns from rewards and has no held-out loss" if card.rewarded
            else "how many steps fit into its seconds is not known"
        )  # fmt: skip
        raise RecipeError(f"halving can't hold this variant against others: {reason}", where=where,
                          do="leave `halving` out, or give steps, one stage and an objective with a loss.")  # fmt: skip


def _check_quantized(stages: Sequence[ResolvedStage], quantize: str, where: str) -> None:
    """On a base in 8 or 4 bits only an adapter can learn, and only one: it can't be merged without rounding."""
    for stage in stages:
        card: MethodCard = find_cards("lab.methods")[stage.method].CARD
        if not card.quantized:
            able = [name for name, module in find_cards("lab.methods").items() if module.CARD.quantized]
            reason = "it needs the base's weights as numbers" if card.adapter else "it trains the base's own weights"
            raise RecipeError(
                f"'{card.id}' can't be trained on a base in {quantize}: {reason}",
                where=f"{where}.quantize", do=f"leave it out, or take one of {', '.join(able)}.",
            )  # fmt: skip
    first = stages[0]
    anew = any(begins_anew(stage) for stage in stages[1:])
    if anew or any((stage.method, stage.knobs) != (first.method, first.knobs) for stage in stages):
        raise RecipeError(
            f"an adapter can't be merged into a base in {quantize} without rounding it",
            where=f"{where}.stages",
            do="use one method with the same knobs in all stages, and no remedy that begins new adapters.",
        )  # fmt: skip


def _resolve_reward(
    objective: ObjectiveCard, reward: Sequence[RewardChoice] | None, data: Sequence[DataChoice], where: str
) -> tuple[RewardChoice, ...]:
    """What answers are rewarded for, all settled; what learns from none has its answers judged by it."""
    if objective.gives != "text":  # it gives no answers
        return ()
    if objective.rewarded and not reward:
        raise RecipeError(
            f"objective '{objective.id}' needs a reward", where=where,
            do=f"add `reward:` with a checkable reward ({', '.join(find_cards('lab.rewards'))}), a rater "
            f"({', '.join(find_cards('lab.raters'))}) or `run:<id>` of a reward model.",
        )  # fmt: skip
    for choice in reward or ():
        if choice.data and choice.data not in (tasks := [one.name for one in data]):
            raise RecipeError(
                f"the reward '{choice.name}' is for '{choice.data}', which is not among the data",
                where=f"{where}.reward", do=nearest(choice.data, tasks),
            )  # fmt: skip
    return tuple(settled_reward(choice, where) for choice in reward or ())


def _known_card(package: str, kind: str, name: str, where: str) -> Any:
    cards = find_cards(package)
    refuse_broken(package, name, f"{where}.{kind}")
    if name not in cards:
        raise RecipeError(f"there is no {kind} '{name}'", where=f"{where}.{kind}", do=nearest(name, cards))
    return cards[name].CARD


def _check_formats(objective: ObjectiveCard, data: Sequence[DataChoice], where: str) -> None:
    """Built-in data must be of a kind the objective learns from; files and Hub ids are checked when they are read."""
    built_in = find_cards("lab.data.builtin")
    for choice in data:
        refuse_broken("lab.data.builtin", choice.name, f"{where}.data")
        if choice.name in built_in and (card := built_in[choice.name].CARD).format not in objective.formats:
            wanted = ", ".join(objective.formats)
            raise RecipeError(
                f"objective '{objective.id}' can't learn from '{choice.name}', which is of the kind {card.format}",
                where=f"{where}.data", do=f"give data of the kind {wanted}.",
            )  # fmt: skip


def _check_order(stages: Sequence[ResolvedStage], spots: Sequence[str]) -> None:
    """A stage goes on from the weights before it, and can ask the reward models of earlier stages."""
    for index, (stage, spot) in enumerate(zip(stages, spots, strict=True)):
        if before := stages_before(stages, index):
            _check_follows(stages[before[-1]], stage, spot, beside=gives(stage) == "score")
        _check_own_rewards(stages[:index], stage, spot)


def _check_own_rewards(earlier: Sequence[ResolvedStage], stage: ResolvedStage, where: str) -> None:
    able = [str(ModelRef(stage=i)) for i, one in enumerate(earlier) if gives(one) == "score"]
    for choice in stage.reward:
        if ModelRef.parse(choice.name).is_own_stage and choice.name not in able:
            raise RecipeError(
                f"'{choice.name}' is no reward model of an earlier stage", where=f"{where}.reward",
                do=nearest(choice.name, able) if able else "train one first: a stage with `objective: reward`.",
            )  # fmt: skip
        if choice.name in able and choice.pessimism and _heads(choice.name, earlier) == 1:
            raise RecipeError(
                f"'{choice.name}' has one head, which can't disagree with itself", where=f"{where}.reward.pessimism",
                do="give that stage `options: {heads: 4}`, or leave it out.",
            )  # fmt: skip


def _heads(reward: str, earlier: Sequence[ResolvedStage]) -> int:
    """How many scores the reward model `stage:<n>` gives an answer; its objective may not say."""
    return int(earlier[ModelRef.parse(reward).stage or 0].options.get("heads", 1))


def _check_follows(before: ResolvedStage, after: ResolvedStage, where: str, *, beside: bool) -> None:
    """A stage starts from the weights before it, so an adapter that can't be merged must be kept on, and a model that
    tells classes apart, draws or describes can only learn to do that better.

    What is trained `beside` them, a reward model, is always an adapter of its own.
    """
    if not goes_on(gives(before), gives(after)):
        raise RecipeError(
            f"'{after.objective}' can't follow '{before.objective}', which leaves a model that gives "
            f"{GIVES[gives(before)]} and no answers", where=f"{where}.objective",
            do=f"put '{before.objective}' last, or in a variant of its own.",
        )  # fmt: skip
    card: MethodCard = find_cards("lab.methods")[before.method].CARD
    if not card.mergeable and (after.method != before.method or beside):
        raise RecipeError(
            f"'{after.method}' can't follow '{before.method}', whose adapter can't be merged into the base",
            where=where, do=f"keep method '{before.method}', or put it last.",
        )  # fmt: skip
