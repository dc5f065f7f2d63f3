"""Cards: complete in two languages, found by one loop, and strict about their knobs."""

from dataclasses import replace

import pytest

from lab.card import Card, Choice, Number, Switch, Text, find_cards
from lab.errors import RecipeError

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


@pytest.mark.parametrize(("package", "name", "card"), CARDS, ids=[f"{p}.{n}" for p, n, _ in CARDS])
def test_every_card_speaks_both_languages(package, name, card):
    assert card.id == name
    words = texts(card)
    assert len(words) >= 2
    for text in words:
        assert text.en.strip() and text.zh.strip(), f"{name}: {text}"
    longest = max(words, key=lambda text: len(text.en))
    assert any("一" <= letter <= "鿿" for letter in longest.zh), f"{name}: {longest.zh!r} is not Chinese"


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
