"""Classes of rows: their order, weights, notes and what is refused; and the built-in messages of six intents."""

import pytest

from lab.data.builtin import intents
from lab.data.builtin._intent_wordings import FILLERS, WORDINGS
from lab.data.labels import balanced_weights, class_names, commonest_class, label_notes, with_wanted
from lab.data.load import load_data
from lab.errors import DataError
from lab.recipe import DataChoice


def rows(*labels: str) -> list[dict[str, str]]:
    return [{"text": f"text {place}", "label": label} for place, label in enumerate(labels)]


def test_numbers_stand_by_their_size_and_names_by_the_alphabet():
    assert class_names(rows("10", "9", "-1", "9")) == ("-1", "9", "10")
    assert class_names(rows("sad", "glad", "3")) == ("3", "glad", "sad")
    assert with_wanted(("a", "b"), ["c", "a"]) == ("a", "b", "c")


def test_balanced_weights_make_all_classes_weigh_the_same_and_a_row_one_on_average():
    weights = balanced_weights(rows("a", "a", "a", "b"))
    assert weights == {"a": pytest.approx(2 / 3), "b": 2.0}
    assert 3 * weights["a"] + weights["b"] == pytest.approx(4.0)
    assert commonest_class(rows("b", "a", "b")) == "b" and commonest_class(rows("b", "a")) == "a"


def test_how_common_classes_are_and_classes_nobody_trains_on_are_noted():
    notes = label_notes(rows("a", "a", "a", "b"), rows("c", "a"), "x")
    assert notes == [
        "2 classes: the commonest is 75% of the rows, the rarest 25%.",
        "1 held-out rows are of classes that training does not have: they count as wrong.",
    ]


@pytest.mark.parametrize("labels", [["only"] * 3, [str(place) for place in range(201)]])
def test_labels_that_nobody_could_learn_are_refused(labels):
    with pytest.raises(DataError):
        label_notes(rows(*labels), [], "x")


def test_class_names_come_from_words_and_numbers_of_a_csv(home, tmp_path):
    for name, written in {"words": ("good", "bad"), "numbers": (1, 0)}.items():
        file = tmp_path / f"{name}.csv"
        lines = [f"text number {place} is here,{written[place % 2]}" for place in range(20)]
        file.write_text("text,label\n" + "\n".join(lines), encoding="utf-8")
        found = load_data(DataChoice(name=str(file)), home, 0, ("labels",))
        assert found.format == "labels"
        assert class_names([*found.train, *found.held_out]) == tuple(sorted(map(str, written)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_intents_hold_out_wordings_and_not_words_alone(language):
    train, held_out = intents.load("train", language), intents.load("held_out", language)
    assert (len(train), len(held_out)) == (688, 198)
    assert train == intents.load("train", language)
    assert set(class_names(train)) == set(class_names(held_out)) and len(class_names(train)) == 6
    texts = [row["text"] for row in (*train, *held_out)]
    assert len(set(texts)) == len(texts)
    for wordings in WORDINGS[language].values():
        assert len(wordings.train) == 30 and len(wordings.held_out) == 10
        assert not set(wordings.train) & set(wordings.held_out)
    for slot, fillers in FILLERS[language].items():
        assert len(set(fillers)) == len(fillers) >= 8, slot
