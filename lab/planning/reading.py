"""A stage's data read as its base will read it, before anything is queued: with the base's tokens and chat template."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from lab.card import ObjectiveCard, find_cards
from lab.data import DataReport, DataSet, describe, load_mix
from lab.data.fit import fitting
from lab.data.mix import answer_in
from lab.data.report import MOST_MEASURED, spread
from lab.data.tasks import TASK
from lab.errors import DataError, LabError
from lab.home import Home
from lab.models import find_base, root_base
from lab.models.chat_format import chat_format
from lab.models.chat_template import light_tokenizer
from lab.models.find import local_base
from lab.recipe import Recipe, ResolvedRun, ResolvedStage, Variant, resolve


def read_stage(run: ResolvedRun, number: int, home: Home) -> tuple[str, ...]:
    """What a stage's data says of itself, in words. Raises LabError for data that the objective can't learn from, that
    the base's template can't write, or of which nothing is left at the stage's max_length."""
    stage = run.stages[number]
    objective: ObjectiveCard = find_cards("lab.objectives")[stage.objective].CARD
    found = load_mix(stage.data, home, run.seed, objective.formats, run.split_seed)
    if found.format not in objective.formats:
        raise DataError(
            f"objective '{objective.id}' can't learn from '{found.name}', which is of the kind {found.format}",
            where=f"{run.name}, stage {number}", do=f"give data of the kind {', '.join(objective.formats)}.",
        )  # fmt: skip
    _check_answers(found, stage, f"{run.name}, stage {number}")
    tokenizer = _tokenizer_of(run, home)
    read = found if tokenizer is None else read_with(found, tokenizer, stage, objective)
    return tuple(f"{found.name}: {note}" for note in read.notes)


def formats_of(recipe: Recipe) -> tuple[str, ...]:
    """The kinds of rows that a recipe's own objective learns from, the best first."""
    return _own_stage(recipe)[1].formats


def report_on(recipe: Recipe, home: Home) -> DataReport:
    """What a recipe's own data looks like to its base and objective, before training. Raises LabError."""
    stage, objective = _own_stage(recipe)
    found = load_mix(stage.data, home, recipe.seed, objective.formats, recipe.split_seed)
    folder = find_base(root_base(recipe.base, home), home)
    notes = found.notes
    if found.format in objective.formats:
        notes = read_with(found, light_tokenizer(folder), stage, objective).notes
    return describe(found, folder, stage.budget.max_length, notes)


def _own_stage(recipe: Recipe) -> tuple[ResolvedStage, ObjectiveCard]:
    """What a recipe says outside of its variants, as a stage, and its objective's card."""
    stage = resolve(recipe.model_copy(update={"variants": (Variant(name="data"),)}))[0].stages[0]
    return stage, find_cards("lab.objectives")[stage.objective].CARD


def read_with(found: DataSet, tokenizer: Any, stage: ResolvedStage, objective: ObjectiveCard) -> DataSet:
    """The rows that fit, of some thousands evenly chosen; raises LabError that names the data set."""
    train, held_out = (spread(rows, MOST_MEASURED) for rows in (found.train, found.held_out))
    notes = list(found.notes)
    if len(train) < len(found.train):
        notes.append(f"Lengths are of {len(train):,} rows, evenly chosen.")
    some = replace(found, train=train, held_out=held_out, sources=(), groups=(), notes=tuple(notes))
    try:
        if found.format != "text":
            chat_format(tokenizer).check()
        return fitting(some, tokenizer, stage, objective.gives == "score")
    except LabError as problem:
        if found.name not in (problem.where or ""):
            problem.where = f"{found.name}, {problem.where}" if problem.where else found.name
        raise


def _check_answers(found: DataSet, stage: ResolvedStage, where: str) -> None:
    """Raises DataError where a reward compares with right answers and the data has none."""
    rules = find_cards("lab.rewards")
    for choice in stage.reward:
        if choice.name not in rules or not rules[choice.name].CARD.answers:
            continue
        asked = [row for row in found.train if choice.data in (None, row.get(TASK, choice.data))]
        if all(answer_in(row) is None for row in asked):
            raise DataError(
                f"the reward '{choice.name}' compares with right answers, and the rows of "
                f"'{choice.data or found.name}' have none", where=where,
                do="give data with a column 'answer' (or 'completion'), or take another reward.",
            )  # fmt: skip


def _tokenizer_of(run: ResolvedRun, home: Home) -> Any:
    """The base's tokenizer; None for a base that is still on the Hub, or has no tokenizer that can be read here."""
    folder = local_base(root_base(run.base, home), home)
    return light_tokenizer(folder) if folder and (Path(folder) / "tokenizer.json").is_file() else None
