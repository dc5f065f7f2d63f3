"""What a recipe's reward may say: names that there are, and knobs that its card has."""

from lab.card import find_cards, refuse_broken
from lab.errors import RecipeError, nearest
from lab.extension_points import optional_hook
from lab.model_ref import ModelRef
from lab.recipe.schema import RewardChoice


def settled_reward(choice: RewardChoice, where: str) -> RewardChoice:
    """The choice with all its knobs; raises RecipeError for names there are not and settings that can't be."""
    scripted = ModelRef.parse(choice.name).base is not None
    rules, raters = find_cards("lab.rewards"), find_cards("lab.raters")
    if scripted:
        for package in ("lab.rewards", "lab.raters"):
            refuse_broken(package, choice.name, f"{where}.reward")
        if choice.name not in {**rules, **raters}:
            raise RecipeError(f"there is no reward '{choice.name}'", where=f"{where}.reward",
                              do=nearest(choice.name, [*rules, *raters]))  # fmt: skip
        if choice.pessimism:
            kind = "checkable reward" if choice.name in rules else "scripted rater"
            raise RecipeError(f"the {kind} '{choice.name}' has no heads that could disagree",
                              where=f"{where}.reward.pessimism", do="leave it out.")  # fmt: skip
    if choice.name not in rules:
        if choice.knobs:
            raise RecipeError(f"'{choice.name}' has no knobs", where=f"{where}.reward.knobs", do="leave them out.")
        return choice
    rule, place = rules[choice.name], f"{where}.reward.knobs"
    knobs = rule.CARD.complete_knobs(choice.knobs, place)
    if check := optional_hook(rule, "check"):
        check(place=place, **knobs)
    return choice.model_copy(update={"knobs": knobs})
