"""Which methods and objectives go together: read from what their cards say, and told in words."""

from collections.abc import Mapping

from lab.card import MethodCard, ObjectiveCard, find_cards
from lab.cards.kinds import Gives, Trait
from lab.errors import RecipeError
from lab.recipe.schema import ResolvedStage

REASONS: Mapping[Trait, str] = {
    "plain_head": "{method} changes what comes out of the head, which {objective} reads directly",
    "input_tokens": "{objective} can't tell the positions that {method} puts before the input from the text",
    "virtual_tokens": "{objective} works with the backbone alone, without what {method} puts before the text",
    "answers_first": "{method} starts from batches of right answers, which {objective} does not have",
    "one_adapter": "{objective} keeps a second adapter as its reference, and {method} can have only one",
    "forward_term": "what {method} adds to the loss is of a forward pass that {objective} has used up already",
    "own_optimizer": "the optimizer of {method} can't take the new weights of {objective}",
}
NO_DROPOUT = (
    "{objective} trains with dropout off, so that old and new policy agree: dropout {rate:g} has no effect there"
)
NO_DRAWS = "{objective} trains with random draws off: what {method} draws has no effect there"


GIVES: Mapping[Gives, str] = {"classes": "classes", "picture": "pictures", "caption": "captions"}
"""What models give that give no answers, in words."""
PICTURES = ("picture", "caption")


def goes_on(before: Gives, after: Gives) -> bool:
    """Whether what gives one thing can be trained to give the other: what draws may learn to describe, for instance."""
    return before not in GIVES or before == after or (before in PICTURES and after in PICTURES)


def refusal(method: MethodCard, objective: ObjectiveCard) -> str | None:
    """Why they can't go together; None where they can."""
    found = next((trait for trait in method.traits if trait in objective.excludes), None)
    return REASONS[found].format(method=method.id, objective=objective.id) if found else None


def check_together(method: MethodCard, objective: ObjectiveCard, where: str) -> None:
    """Raise RecipeError for a method that can't be trained with that objective."""
    if reason := refusal(method, objective):
        able = [name for name, one in find_cards("lab.methods").items() if refusal(one.CARD, objective) is None]
        alike = [name for name in able if find_cards("lab.methods")[name].CARD.family == method.family]
        raise RecipeError(
            f"'{method.id}' can't be trained with '{objective.id}': {reason}", where=f"{where}.method",
            do=f"take {', '.join((alike or able)[:4])}, or another objective.",
        )  # fmt: skip


def told_of(stage: ResolvedStage) -> tuple[str, ...]:
    """What works only in part in a stage, to be known before it is trained."""
    method: MethodCard = find_cards("lab.methods")[stage.method].CARD
    objective: ObjectiveCard = find_cards("lab.objectives")[stage.objective].CARD
    if not objective.still:
        return ()
    rate = float(stage.knobs.get("dropout") or 0.0)
    names = {"method": method.id, "objective": objective.id}
    told = [NO_DROPOUT.format(rate=rate, **names)] if rate else []
    return (*told, *([NO_DRAWS.format(**names)] if method.draws else []))
