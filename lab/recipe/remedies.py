"""What a recipe's `remedy` may say: names that there are, knobs that the card has, and stages that it can help."""

from collections.abc import Sequence

from lab.card import MethodCard, RemedyCard, find_cards, refuse_broken
from lab.errors import RecipeError, nearest
from lab.extension_points import optional_hook
from lab.model_ref import ModelRef
from lab.recipe.schema import RemedyChoice, ResolvedStage


def settled_remedy(choice: RemedyChoice, where: str) -> RemedyChoice:
    """The choice with all its knobs; raises RecipeError for a name there is not and for knobs that can't be."""
    place, remedies = f"{where}.remedy", find_cards("lab.remedies")
    refuse_broken("lab.remedies", choice.name, place)
    if choice.name not in remedies:
        raise RecipeError(f"there is no remedy '{choice.name}'", where=place, do=nearest(choice.name, remedies))
    knobs = remedies[choice.name].CARD.complete_knobs(choice.knobs, f"{place}.knobs")
    return choice.model_copy(update={"knobs": knobs})


def check_remedies(stages: Sequence[ResolvedStage], spots: Sequence[str], base: str) -> None:
    """Raise RecipeError for a remedy that has nothing before it, can't help its stage, or undoes another."""
    goes_on = ModelRef.parse(base).run is not None
    for number, (stage, spot) in enumerate(zip(stages, spots, strict=True)):
        keeps = next((choice.name for choice in stage.remedy if card_of(choice).needs_past), None)
        if keeps and len(stages) == 1 and not goes_on:
            raise RecipeError(
                f"'{keeps}' keeps what earlier stages learned, and nothing comes before this one",
                where=f"{spot}.remedy", do="give the variant several `stages`, or start from a run (`base: run:<id>`).",
            )  # fmt: skip
        _check_one(stage, stages[number - 1] if number else None, f"{spot}.remedy")


def _check_one(stage: ResolvedStage, before: ResolvedStage | None, place: str) -> None:
    """One stage's remedies, held against its method and the stage before."""
    names = [choice.name for choice in stage.remedy]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise RecipeError(f"'{twice}' is there twice", where=place, do="name it once.")
    cards = [card_of(choice) for choice in stage.remedy]
    method: MethodCard = find_cards("lab.methods")[stage.method].CARD
    holds, begins = (next((c for c in cards if c.same_weights), None), next((c for c in cards if c.new_adapter), None))
    if holds and begins:
        raise RecipeError(
            f"'{holds.id}' holds the weights of the stage before, and '{begins.id}' begins others", where=place,
            do="take one of them.",
        )  # fmt: skip
    if holds:
        _check_same(holds, method, stage, before, place)
    if begins and not (method.adapter and method.mergeable):
        what = "has no adapter that could be merged" if method.adapter else "trains the base's own weights"
        raise RecipeError(
            f"'{begins.id}' begins a new adapter in every stage, and '{method.id}' {what}", where=place,
            do="take method 'lora', or another remedy.",
        )  # fmt: skip
    for choice in stage.remedy:
        if check := optional_hook(find_cards("lab.remedies")[choice.name], "check"):
            check(stage, place=place, **choice.knobs)


def _check_same(
    card: RemedyCard, method: MethodCard, stage: ResolvedStage, before: ResolvedStage | None, place: str
) -> None:
    if "virtual_tokens" in method.traits:
        raise RecipeError(
            f"'{card.id}' holds weights one by one, and the few virtual tokens of '{method.id}' are all there is to "
            "learn with", where=place, do="take replay, or method 'lora' or 'full'.",
        )  # fmt: skip
    if before and (before.method, before.knobs) != (stage.method, stage.knobs):
        raise RecipeError(
            f"'{card.id}' holds the weights that the stage before trained, and '{method.id}' trains others than "
            f"'{before.method}' did", where=place, do="use one method with the same knobs in both, or take replay.",
        )  # fmt: skip


def begins_anew(stage: ResolvedStage) -> bool:
    """Whether the stage begins an adapter of its own, whatever came before."""
    return any(card_of(choice).new_adapter for choice in stage.remedy)


def card_of(choice: RemedyChoice) -> RemedyCard:
    """The card of a remedy that a settled recipe names."""
    card: RemedyCard = find_cards("lab.remedies")[choice.name].CARD
    return card
