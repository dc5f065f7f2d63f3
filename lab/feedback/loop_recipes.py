"""The recipes behind the buttons of the feedback loop: a reward model, and a policy that learns from votes or from it.

Plain functions from a few settings to a recipe, which the Train tab can open and change like any other. The budgets
suit `nano` on two cores; what a step is differs by the family of objectives, and is taken from their cards.
"""

from typing import Any

from lab.card import ObjectiveCard, find_cards
from lab.data.feedback_card import FEEDBACK
from lab.feedback.rounds import TEACHING
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import root_base, shape_of
from lab.recipe import Recipe, build_recipe, usual_rate
from lab.words import words

FAMILIES: dict[str, dict[str, Any]] = {
    "reinforcement": {"budget": {"steps": 32, "batch_size": 64, "max_length": 64}},
    "preference": {"budget": {"steps": 60, "batch_size": 16, "max_length": 128}},
}
PASSES, FEWEST_STEPS, MOST_STEPS = 6, 12, 300
"""How often a reward model sees each pair where nobody says otherwise; more, and it learns these few by heart."""
HELD_OUT = 0.2
"""Of the pairs: with fewer, the share that is told apart says nothing."""
STRAY = ("kl_coef", "beta")
"""What an objective's card calls the price of straying from the start."""
MODEL_PAYS = {"kl_coef": 0.3, "no_end_penalty": 3.0}
"""Options where a reward model pays: its scores of nano's answers spread over some three points, those of `happier`
over 1.3. At a price of 0.055 and a penalty of 1 a policy is 60 nats away after 40 steps, and no answer ends."""
LORA = {"method": "lora", "knobs": {"r": 8}}
FULL = {"method": "full"}
SMALL = 20_000_000
"""Parameters up to which a reward model learns with all of them, which takes less time; beyond, it shares the frozen
weights of the policy."""
EVALUATE = {"rows": 128}


def reward_model_recipe(
    base: str, number: int, home: Home, *, pairs: int, steps: int | None, raters: str, language: str = "en",
) -> Recipe:  # fmt: skip
    """A reward model on the base model at the bottom of `base`; `pairs` is how many there are to learn from."""
    card, root, say = reward_objective(), root_base(base, home), words(language)
    method = FULL if shape_of(root, home).parameters <= SMALL else LORA
    usual = round(PASSES * (1 - HELD_OUT) * pairs / FAMILIES[card.family]["budget"]["batch_size"])
    fields = _family(card, steps or min(MOST_STEPS, max(FEWEST_STEPS, usual))) | {
        "name": say["rlhf.model_recipe"].format(n=number), "base": root, "objective": card.id,
        "data": {"name": FEEDBACK, "raters": raters, "held_out": HELD_OUT, "ties": True},
        "learning_rate": _rate(method, card, root, home), "evaluate": EVALUATE,
        "variants": [{"name": say["rlhf.model_variant"].format(n=number), **method}],
    }  # fmt: skip
    return build_recipe(fields)


def policy_recipe(
    base: str, number: int, home: Home, *, objective: str, model: str | None, script: str | None,
    stray: float | None, steps: int | None, batch: int | None, raters: str, language: str = "en",
) -> Recipe:  # fmt: skip
    """A policy that starts as `base`. `script` is the reward where there is no `model`, and else only watched."""
    card = find_cards("lab.objectives")[objective].CARD
    named = card.id.upper()
    fields = _family(card, steps, batch) | {
        "name": words(language)["rlhf.policy_recipe"].format(n=number, objective=named), "base": base,
        "objective": card.id, "seed": number - 1,
        "learning_rate": _rate(LORA, card, base, home),
        "variants": [{"name": f"{named} {number}", **LORA}],
    }  # fmt: skip
    price = next((knob.name for knob in card.knobs if knob.name in STRAY), None)
    options = MODEL_PAYS if card.rewarded and model else {}
    fields["options"] = options | ({price: stray} if price and stray is not None else {})
    if card.rewarded:
        watched = [{"name": script, "weight": 0.0 if model else 1.0}] if script else []
        fields |= {"data": "prompts", "reward": [*([{"name": str(ModelRef(run=model))}] if model else []), *watched]}
    else:
        watched = [{"name": script, "weight": 0.0}] if script else []
        fields |= {"data": _feedback(raters)} | ({"reward": watched} if watched else {})
    return build_recipe(fields)


def policy_objectives() -> list[dict[str, Any]]:
    """The objectives a policy can learn with, those that sample first: what they learn from, and their price knob.

    `model_price` is the price where nobody names one and a reward model pays.
    """
    cards = [module.CARD for module in find_cards("lab.objectives").values()]
    able = [card for card in cards if card.family in TEACHING and card.gives == "text"]
    return [
        {"id": card.id, "card": card, "price": next((knob for knob in card.knobs if knob.name in STRAY), None),
         "model_price": MODEL_PAYS["kl_coef"] if card.rewarded else None,
         "steps": FAMILIES[card.family]["budget"]["steps"]}
        for card in sorted(able, key=lambda card: (not card.rewarded, card.id != "ppo", card.id))
    ]  # fmt: skip


def reward_objective() -> ObjectiveCard:
    """The card of what makes reward models."""
    cards: list[ObjectiveCard] = [module.CARD for module in find_cards("lab.objectives").values()]
    return next(card for card in cards if card.gives == "score")


def _family(card: ObjectiveCard, steps: int | None, batch: int | None = None) -> dict[str, Any]:
    settings = FAMILIES[card.family]
    given = {name: value for name, value in (("steps", steps), ("batch_size", batch)) if value is not None}
    return settings | {"budget": settings["budget"] | given}


def _feedback(raters: str) -> Any:
    return FEEDBACK if raters == "all" else {"name": FEEDBACK, "raters": raters}


def _rate(method: dict[str, Any], card: ObjectiveCard, base: str, home: Home) -> float:
    """What the cards of method and objective say for a base of this size, written out so that it can be changed."""
    return usual_rate(method["method"], card.id, shape_of(base, home).parameters)
