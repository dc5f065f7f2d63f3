"""Recipes: what to train, as validated settings; YAML in and out; overrides.

A `Recipe` says what is shared and lists variants, each of which may leave anything out; `resolve` fills every gap and
gives one `ResolvedRun` a variant, which is written back as a recipe that repeats it. Nothing is loaded here: names are
checked against the cards only.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from lab.card import MethodCard, ObjectiveCard, find_cards
from lab.errors import RecipeError, nearest

Name = Annotated[str, Field(min_length=1, max_length=200)]
Positive = Annotated[float, Field(gt=0, le=10)]


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Budget(_Settings):
    """How long to train: optimizer steps, rows a step, tokens a row."""

    steps: int = Field(60, ge=1, le=1_000_000)
    batch_size: int = Field(8, ge=1, le=4096)
    max_length: int = Field(128, ge=8, le=131_072)


class BudgetChange(_Settings):
    """A variant's or stage's own part of the budget; what it leaves out comes from above."""

    steps: int | None = Field(None, ge=1, le=1_000_000)
    batch_size: int | None = Field(None, ge=1, le=4096)
    max_length: int | None = Field(None, ge=8, le=131_072)

    def over(self, budget: Budget) -> Budget:
        return budget.model_copy(update=self.model_dump(exclude_none=True))


class DataChoice(_Settings):
    """One data set: a built-in name, a file, a Hub id, `run:`-less; with its share in a mix."""

    name: Name
    split: Name | None = None
    subset: Name | None = None
    language: Literal["en", "zh"] = "en"
    weight: float = Field(1.0, gt=0, le=1000)
    limit: int | None = Field(None, ge=1)
    held_out: float = Field(0.1, gt=0, lt=0.9)
    columns: dict[str, str] = {}


class Evaluation(_Settings):
    """How often and on how much a run is judged; `every: 0` means some six times a stage."""

    every: int = Field(0, ge=0)
    rows: int = Field(64, ge=1, le=100_000)
    answers: int = Field(48, ge=0, le=10_000)
    prompts: tuple[Name, ...] = Field((), max_length=8)


def _data_list(value: object) -> object:
    """A name, a mapping or a list of either, always as a list of mappings."""
    entries = value if isinstance(value, list | tuple) else [value]
    return [{"name": entry} if isinstance(entry, str) else entry for entry in entries]


DataMix = Annotated[tuple[DataChoice, ...], BeforeValidator(_data_list), Field(min_length=1, max_length=16)]


class Stage(_Settings):
    """One step of a variant: which weights, which signal, which data, how fast. Empty fields come from above."""

    objective: Name | None = None
    method: Name | None = None
    knobs: dict[str, Any] = {}
    data: DataMix | None = None
    learning_rate: Positive | None = None
    schedule: Literal["linear", "cosine", "constant"] | None = None
    warmup: float | None = Field(None, ge=0, le=0.9)
    weight_decay: float | None = Field(None, ge=0, le=10)
    budget: BudgetChange | None = None

    def over(self, parent: "Stage") -> "Stage":
        """This stage with `parent` filling the gaps; knobs are inherited only along with the method."""
        update = {name: getattr(parent, name) for name in Stage.model_fields if getattr(self, name) is None}
        if self.budget and parent.budget:
            merged = parent.budget.model_dump(exclude_none=True) | self.budget.model_dump(exclude_none=True)
            update["budget"] = BudgetChange(**merged)
        if self.method in (None, parent.method):
            update["knobs"] = {**parent.knobs, **self.knobs}
        fields = {name: getattr(self, name) for name in Stage.model_fields} | update
        return Stage.model_construct(**fields)


class Variant(Stage):
    """One way of tuning, with its name; `stages` when it takes several steps."""

    name: Name
    stages: tuple[Stage, ...] = Field((), max_length=12)


class Recipe(Stage):
    """The whole comparison: what is shared, and the variants."""

    name: Name = "Untitled"
    note: str = Field("", max_length=2000)
    base: Name = "nano"
    seed: int = Field(0, ge=0, le=2**31)
    budget: Budget = Budget()
    evaluate: Evaluation = Evaluation()
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    variants: tuple[Variant, ...] = Field(min_length=1, max_length=100)


class ResolvedStage(_Settings):
    """A stage without gaps; only `learning_rate` may wait for the base's size (see `Card.rate_for`)."""

    objective: str
    method: str
    knobs: dict[str, Any]
    data: DataMix
    learning_rate: float | None
    schedule: str
    warmup: float
    weight_decay: float
    budget: Budget


class ResolvedRun(_Settings):
    """One variant, everything said: what a worker carries out."""

    recipe: str
    name: str
    base: str
    seed: int
    evaluate: Evaluation
    precision: str
    stages: tuple[ResolvedStage, ...]

    def to_yaml(self) -> str:
        """A recipe of this one variant that repeats it."""
        shared = self.model_dump(mode="json", include={"base", "seed", "evaluate", "precision"})
        stages = [stage.model_dump(mode="json", exclude_none=True) for stage in self.stages]
        return _dump({"name": self.recipe, **shared, "variants": [{"name": self.name, "stages": stages}]})


def read_recipe(path: Path, overrides: Sequence[str] = ()) -> Recipe:
    """The recipe in a YAML file, with `key=value` overrides; raises RecipeError with file and field."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise RecipeError("there is no such file", where=path, do="`lab recipes` lists the built-in ones.") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise RecipeError(f"can't be read as UTF-8 text ({problem})", where=path) from None
    return parse_recipe(text, where=str(path), overrides=overrides)


def parse_recipe(text: str, where: str = "recipe", overrides: Sequence[str] = ()) -> Recipe:
    """The recipe in a YAML text, checked against the cards; raises RecipeError."""
    try:
        fields = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f"{where}, line {mark.line + 1}" if mark else where
        raise RecipeError(f"this is not YAML: {getattr(problem, 'problem', problem)}", where=line) from None
    if not isinstance(fields, dict):
        raise RecipeError("a recipe is a mapping of fields", where=where, do="start with `name:` and `variants:`.")
    for override in overrides:
        _override(fields, override)
    return build_recipe(fields, where)


def build_recipe(fields: Mapping[str, Any], where: str = "recipe") -> Recipe:
    """A checked recipe from plain values (a form, a parsed file); raises RecipeError."""
    try:
        recipe = Recipe.model_validate(dict(fields))
    except ValidationError as problem:
        raise _explain(problem, where) from None
    resolve(recipe, where)
    return recipe


def dump_recipe(recipe: Recipe) -> str:
    """The recipe as YAML, without what is at its default."""
    return _dump(recipe.model_dump(mode="json", exclude_defaults=True))


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
        method=method.id,
        knobs=method.settle(stage.knobs, f"{where}.knobs"),
        data=data,
        learning_rate=stage.learning_rate,
        schedule=stage.schedule or "linear",
        warmup=0.1 if stage.warmup is None else stage.warmup,
        weight_decay=stage.weight_decay or 0.0,
        budget=stage.budget.over(recipe.budget) if stage.budget else recipe.budget,
    )


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


def _override(fields: dict[str, Any], override: str) -> None:
    """Set one `path.to.field=value` in plain fields; list entries go by number or by their name."""
    path, equals, text = override.partition("=")
    if not equals or not path:
        raise RecipeError(f"'{override}' is not an override", where="--set", do="write it as key=value.")
    spot: Any = fields
    keys = path.strip().split(".")
    for key in keys[:-1]:
        spot = _enter(spot, key, path)
    value = yaml.safe_load(text)
    if isinstance(spot, list):
        spot[_position(spot, keys[-1], path)] = value
    else:
        spot[keys[-1]] = value


def _enter(spot: Any, key: str, path: str) -> Any:
    if isinstance(spot, list):
        return spot[_position(spot, key, path)]
    inner = spot.get(key)
    if inner is None or not isinstance(inner, dict | list):
        inner = spot[key] = {} if inner is None else {"name": inner}
    return inner


def _position(entries: list[Any], key: str, path: str) -> int:
    names = [str(entry.get("name", i)) if isinstance(entry, dict) else str(i) for i, entry in enumerate(entries)]
    if key in names:
        return names.index(key)
    if key.isdigit() and int(key) < len(entries):
        return int(key)
    raise RecipeError(f"'{key}' is not in the list", where=f"--set {path}", do=nearest(key, names))


def _explain(problem: ValidationError, where: str) -> RecipeError:
    """The first thing wrong, in our words: field, value, what is allowed."""
    first = problem.errors()[0]
    spot = ".".join(str(part) for part in first["loc"])
    place = f"{where}: {spot}" if spot else where
    more = f" ({problem.error_count() - 1} more like this.)" if problem.error_count() > 1 else ""
    if first["type"] == "extra_forbidden":
        key, allowed = str(first["loc"][-1]), _fields_at(first["loc"][:-1])
        return RecipeError(f"unknown key '{key}'", where=place, do=nearest(key, allowed) + more)
    if first["type"] == "missing":
        return RecipeError(f"'{first['loc'][-1]}' is missing", where=place, do=f"add it.{more}")
    value = repr(first["input"])
    shown = value if len(value) <= 80 else value[:77] + "..."
    return RecipeError(f"{shown} is not allowed", where=place, do=f"{first['msg']}.{more}")


def _fields_at(loc: tuple[int | str, ...]) -> list[str]:
    """The field names allowed at a place in a recipe."""
    models = {"budget": Budget if loc == ("budget",) else BudgetChange, "evaluate": Evaluation, "data": DataChoice,
              "stages": Stage, "variants": Variant}  # fmt: skip
    named = [part for part in loc if part in models]
    return list((models[named[-1]] if named else Recipe).model_fields)


def _dump(fields: dict[str, Any]) -> str:
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, default_flow_style=None, width=120)
