"""What a recipe's `teacher` may say, and which stages a stage starts from: a student's teacher stands beside it.

A student begins where the stage that is its teacher began, not where it ended: else it would have nothing to learn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lab.card import ObjectiveCard, find_cards
from lab.cards.kinds import Gives
from lab.errors import RecipeError, nearest
from lab.model_ref import ModelRef
from lab.recipe.schema import ResolvedStage, Stage, Variant

GIVE_ONE = "give `teacher:` a catalogue name, a folder, a Hub id, `run:<id>`, or `stage:<n>` of this variant."


def settled_teacher(objective: ObjectiveCard, teacher: str | None, where: str) -> str | None:
    """The teacher of a stage; None for an objective that learns from none. Raises RecipeError where one is missing."""
    if not objective.taught:
        return None
    if not teacher:
        raise RecipeError(f"objective '{objective.id}' needs a teacher", where=where, do=GIVE_ONE)
    return teacher


def check_teachers(stages: Sequence[ResolvedStage], spots: Sequence[str]) -> None:
    """Raise RecipeError for a teacher that is to be an earlier stage and is none, or gives no answers."""
    for index, (stage, spot) in enumerate(zip(stages, spots, strict=True)):
        if (number := own_teacher(stage)) is None:
            continue
        able = [str(ModelRef(stage=i)) for i, one in enumerate(stages[:index]) if gives(one) == "text"]
        if stage.teacher not in able:
            raise RecipeError(
                f"'stage:{number}' is no earlier stage that gives answers", where=f"{spot}.teacher",
                do=nearest(str(stage.teacher), able) if able else "put a stage before this one that trains a teacher.",
            )  # fmt: skip


def check_asked_for(variant: Variant, stages: Sequence[ResolvedStage], place: str, spots: Sequence[str]) -> None:
    """Raise RecipeError for a teacher that a variant or a stage names and nobody learns from."""
    named: list[tuple[Stage, Sequence[ResolvedStage], str]] = [(variant, stages, place)]
    if variant.stages:
        named += [(one, [stage], spot) for one, stage, spot in zip(variant.stages, stages, spots, strict=True)]
    for said, own, spot in named:
        if said.teacher and not any(stage.teacher for stage in own):
            able = [name for name, one in find_cards("lab.objectives").items() if one.CARD.taught]
            raise RecipeError(
                f"objective '{own[-1].objective}' learns from no teacher", where=f"{spot}.teacher",
                do=f"leave it out, or take objective {' or '.join(able)}.",
            )  # fmt: skip


def own_teacher(stage: ResolvedStage) -> int | None:
    """The number of the variant's own stage that teaches this one; None for any other teacher, or none."""
    ref = ModelRef.parse(stage.teacher) if stage.teacher else None
    return ref.stage if ref is not None and ref.is_own_stage else None


def stages_before(stages: Sequence[ResolvedStage], index: int) -> tuple[int, ...]:
    """The numbers of the stages whose weights stage `index` starts from, oldest first.

    Models that score answers stand beside, and so do a student's teacher and whatever lies between the two.
    """
    line: list[int] = []
    for number, stage in enumerate(stages[: index + 1]):
        if (teacher := own_teacher(stage)) is not None:
            line = [one for one in line if one < teacher]
        if number < index and gives(stage) != "score":
            line.append(number)
    return tuple(line)


def gives(stage: ResolvedStage) -> Gives:
    """What the model gives that a stage makes."""
    found: Gives = find_cards("lab.objectives")[stage.objective].CARD.gives
    return found


@dataclass(frozen=True)
class Teaching:
    """What a teacher has to do in a stage, for the estimate of what it costs."""

    writes: int | None
    """Answers that it writes before the first step; None for one to every question."""
    answer_tokens: int
    follows: bool
    """Whether it stays in memory and reads along in every step."""
    on_policy: float
    """The share of the steps before which the student writes what they learn from."""
