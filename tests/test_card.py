"""Cards: complete in two languages, found by one loop, and strict about their knobs."""

from dataclasses import replace

import pytest

from lab.card import FORMATS, LIT, Card, Choice, Line, Number, Switch, Text, find_cards
from lab.errors import CardError, RecipeError
from lab.recipe import resolve, usual_rate
from lab.recipe.built_in import built_in
from tests.every import check_every

PACKAGES = ("lab.methods", "lab.objectives", "lab.data.builtin")
CARDS = [(package, name, module.CARD) for package in PACKAGES for name, module in find_cards(package).items()]

CARD = Card(
    "x", Text("X", "某"), "family", Text("a", "甲"), Text("b", "乙"), Text("c", "丙"), "paper",
    knobs=(
        Number("r", Text("r", "r"), 8, 1, 64, Text("h", "助"), whole=True),
        Choice("where", Text("w", "处"), "all", ("all", "attention"), Text("h", "助")),
        Switch("on", Text("o", "开"), False, Text("h", "助")),
    ),
    learning_rate=5e-3,
)  # fmt: skip


def texts(thing) -> list[Text]:
    found = [value for value in vars(thing).values() if isinstance(value, Text)]
    return found + [text for knob in getattr(thing, "knobs", ()) for text in texts(knob)]


def test_the_cards_of_the_spine_are_found():
    assert {"full", "freeze", "lora"} <= set(find_cards("lab.methods"))
    assert "sft" in find_cards("lab.objectives")
    assert {"cuisine", "everyday"} <= set(find_cards("lab.data.builtin"))


def test_every_card_speaks_both_languages():
    def speaks_both(entry):
        _, name, card = entry
        assert card.id == name
        words = texts(card)
        assert len(words) >= 2
        for text in words:
            assert text.en.strip() and text.zh.strip(), f"{name}: {text}"
        longest = max(words, key=lambda text: len(text.en))
        assert any("一" <= letter <= "鿿" for letter in longest.zh), f"{name}: {longest.zh!r} is not Chinese"

    check_every(CARDS, speaks_both)


def test_knobs_get_their_defaults_and_given_values_are_checked():
    assert CARD.complete_knobs({}, "knobs") == {"r": 8, "where": "all", "on": False}
    assert CARD.complete_knobs({"r": "4", "on": True}, "knobs") == {"r": 4, "where": "all", "on": True}


WRONG = ({"r": 0}, {"r": 65}, {"r": 1.5}, {"r": "x"}, {"r": True}, {"r": float("nan")})
WRONG += ({"where": "x"}, {"on": "yes"}, {"s": 1})


@pytest.mark.parametrize("given", WRONG, ids=str)
def test_a_wrong_knob_is_refused_with_its_place(given):
    with pytest.raises(RecipeError, match=r"knobs"):
        CARD.complete_knobs(given, "knobs")


def test_the_learning_rate_falls_with_the_size_of_the_base():
    assert CARD.rate_for(3_400_000) == 5e-3
    assert CARD.rate_for(135_000_000) == pytest.approx(1.1e-3)
    assert CARD.rate_for(7_000_000_000) == pytest.approx(5e-4)
    lower = replace(CARD, large_rate=1e-4)
    assert [lower.rate_for(size) for size in (3_400_000, 135_000_000)] == [5e-3, 1e-4]
    assert lower.rate_for(7_000_000_000) == lower.rate_for(600_000_000) < 1e-4


def test_a_rate_is_the_methods_times_what_the_objective_takes_beside_sft():
    small, large = 3_400_000, 135_000_000
    assert usual_rate("lora", "sft", small) == 5e-3
    assert usual_rate("lora", "dpo", small) == find_cards("lab.objectives")["dpo"].CARD.learning_rate == 1e-3
    assert usual_rate("full", "dpo", small) == pytest.approx(2e-4)
    assert usual_rate("lora", "ppo", large) == pytest.approx(0.4 * usual_rate("lora", "sft", large), rel=0.05)


def right(knob, value) -> bool:
    """Whether a value is of the very kind that its knob says."""
    kinds = {Choice: str, Line: str, Switch: bool, Number: int if getattr(knob, "whole", False) else float}
    return type(value) is kinds[type(knob)]


def test_knobs_arrive_as_the_kinds_their_card_says():
    def arrive(entry):
        card = entry[2]
        for knob in getattr(card, "knobs", ()):
            given = {Choice: str, Line: str, Switch: bool, Number: lambda value: str(int(value))}[type(knob)](
                knob.default
            )
            for arrived in (card.complete_knobs({}, ""), card.complete_knobs({knob.name: knob.default}, "")):
                assert right(knob, arrived[knob.name]) and arrived[knob.name] == knob.default
            if not isinstance(knob, Number) or knob.low <= int(knob.default):
                assert right(knob, card.complete_knobs({knob.name: given}, "")[knob.name])

    check_every(CARDS, arrive)


def test_what_a_recipe_hands_on_has_the_kinds_of_its_cards():
    stages = [stage for recipe in built_in().values() for run in resolve(recipe) for stage in run.stages]
    assert len(stages) > 100
    for stage in stages:
        for package, name, values in (
            ("lab.methods", stage.method, stage.knobs),
            ("lab.objectives", stage.objective, stage.options),
        ):
            for knob in find_cards(package)[name].CARD.knobs:
                assert right(knob, values[knob.name]), (stage.method, knob.name, values)


def test_every_family_and_format_is_used():
    assert {card.family for package, _, card in CARDS if package == "lab.methods"} == set(LIT)
    learned = {format for package, _, card in CARDS if package == "lab.objectives" for format in card.formats}
    assert learned == set(FORMATS)


LABEL = Text("a", "甲")
WRONG_CARDS = (
    (lambda: replace(CARD, id="X y"), "'X y' is no name"),
    (lambda: replace(CARD, name="X"), "name is 'X'"),
    (lambda: replace(CARD, knobs=(*CARD.knobs, CARD.knobs[0])), "knob 'r' is there twice"),
    (lambda: replace(CARD, learning_rate=0.0), "learning_rate is 0"),
    (lambda: replace(CARD, large_rate=-1.0), "large_rate is -1"),
    (lambda: Number("r", LABEL, 8, 9, 64, LABEL), "knob 'r': its default, 8, is not among its values"),
    (lambda: Number("r", LABEL, 8.5, 1, 64, LABEL, whole=True), "8.5, is not among its values"),
    (lambda: Number("r", LABEL, 8, 64, 1, LABEL), "from 64 down to 1"),
    (lambda: Number("R", LABEL, 8, 1, 64, LABEL), "'R' is no name"),
    (lambda: Number("r", "Rank", 8, 1, 64, LABEL), "'Rank' is not in two languages"),
    (lambda: Choice("where", LABEL, "x", ("a", "b"), LABEL), "its default, 'x'"),
    (lambda: Choice("where", LABEL, "a", ("a", "a"), LABEL), "give each of them once"),
    (lambda: Switch("on", LABEL, "yes", LABEL), "its default, 'yes'"),
    (lambda: Line("form", LABEL, "long", LABEL, longest=3), "its default, 'long'"),
)


@pytest.mark.parametrize(("make", "words"), WRONG_CARDS, ids=[words for _, words in WRONG_CARDS])
def test_a_card_that_can_not_be_right_is_refused_when_it_is_made(make, words):
    with pytest.raises(CardError) as refused:
        make()
    assert words.lower() in str(refused.value).lower()
