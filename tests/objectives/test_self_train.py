"""Self-training: which guesses are kept, how steps are shared out, what is refused, and that students begin anew."""

import json
import math

import pytest

from lab.data.labels import with_few_labels
from lab.errors import RecipeError
from lab.objectives.classes.pseudo import Guess, confident, guesses, pseudo_figures, pseudo_pictures, record_of
from lab.objectives.classes.self_trainer import Rounds, _row_at
from lab.recipe import build_recipe, resolve

SURE = [Guess(0, 0, 0.99), Guess(1, 0, 0.95), Guess(2, 0, 0.9), Guess(3, 0, 0.85), Guess(4, 1, 0.8), Guess(5, 1, 0.4)]


def resolved(method: str = "lora", **fields):
    stage = {"objective": "self_train", "method": method, "data": "intents", **fields}
    return resolve(build_recipe({"base": "nano", "variants": [{"name": "x"} | stage]}))[0].stages[0]


def test_a_guess_is_the_likeliest_class_with_its_probability():
    assert guesses([[math.log(0.2), math.log(0.8)]]) == [Guess(0, 1, pytest.approx(0.8))]


def test_no_class_has_more_than_an_equal_share_of_what_is_kept_and_the_surest_stay():
    assert [one.place for one in confident(SURE, 0.8, 2, balance=False)] == [0, 1, 2, 3, 4]
    assert [one.place for one in confident(SURE, 0.8, 2, balance=True)] == [0, 1, 2, 4]
    assert confident(SURE, 1.0, 2, balance=True) == []


def test_what_was_right_is_counted_only_where_the_truth_is_known():
    record = record_of(SURE, confident(SURE, 0.8, 2, balance=True), [0, 1, None, 0, 1, 0])
    assert (record.texts, record.kept, record.known, record.right) == (6, 4, 3, 2)
    at = {threshold: (kept, right) for threshold, kept, right in record.curve}
    assert at[0.9] == (0.5, 0.5) and at[0.0] == (1.0, 3 / 5)
    found = pseudo_figures([record])
    assert found.figures == {"pseudo_kept": 4 / 6, "pseudo_right": 2 / 3} and found.intervals["pseudo_right"].n == 3
    unknown = record_of(SURE, SURE, [None] * 6)
    assert pseudo_figures([unknown]).figures == {"pseudo_kept": 1.0}
    assert pseudo_pictures([unknown])["pseudo_thresholds"].names == ("kept",)
    assert set(pseudo_pictures([record, record])) == {"pseudo_thresholds", "pseudo_rounds"}


def test_steps_are_shared_out_evenly_and_the_last_round_has_what_is_left():
    rounds = Rounds(32, 2)
    assert [rounds.at(step) for step in (0, 9, 10, 20, 31)] == [
        (0, 0, 10), (0, 9, 10), (1, 0, 10), (2, 0, 12), (2, 11, 12)
    ]  # fmt: skip
    assert Rounds(32, 0).at(31) == (0, 31, 32)


def test_every_row_of_a_round_is_read_before_one_is_read_again():
    assert sorted(_row_at(place, 7, "s") for place in range(7)) == list(range(7))
    again = [_row_at(place, 7, "s") for place in range(7, 14)]
    assert sorted(again) == list(range(7)) and again != [_row_at(place, 7, "s") for place in range(7)]


def test_few_labels_are_as_many_of_each_class_and_more_of_them_include_fewer():
    rows = [{"text": str(n), "label": "ab"[n % 3 == 0] if n % 5 else ""} for n in range(60)]
    known, others = with_few_labels(rows, 4, 20, seed=1)
    assert [sum(row["label"] == name for row in known) for name in "ab"] == [4, 4] and len(others) == 20
    assert not {row["text"] for row in known} & {row["text"] for row in others}
    more, _ = with_few_labels(rows, 8, 0, seed=1)
    assert {row["text"] for row in known} < {row["text"] for row in more}
    every, rest = with_few_labels(rows, 0, 0, seed=1)
    assert all(row["label"] for row in every) and not any(row["label"] for row in rest) and len(every + rest) == 60


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"method": "prefix"}, "can't be trained with a classification head"),
        ({"method": "adalora"}, "can't begin anew"),
        ({"budget": {"seconds": 5}}, "a budget of seconds has no number of them"),
        ({"budget": {"steps": 2}}, "too few for a teacher and 2 students"),
    ],
)
def test_what_rounds_can_not_do_is_refused_before_anything_is_loaded(changes, why):
    with pytest.raises(RecipeError, match=why):
        resolved(**changes)


def test_a_method_that_changes_by_its_steps_is_taken_where_nothing_begins_anew():
    assert resolved("adalora", options={"rounds": 0}).method == "adalora"


def test_a_file_may_leave_labels_empty_for_it_and_not_for_classify(home, tmp_path):
    from lab.data.bad_rows import BadRowsError
    from lab.data.load import load_data
    from lab.recipe import DataChoice

    file = tmp_path / "some.csv"
    lines = [f"text number {n} is here,{('good', 'bad', '')[n % 3]}" for n in range(30)]
    file.write_text("text,label\n" + "\n".join(lines), encoding="utf-8")
    found = load_data(DataChoice(name=str(file)), home, 0, ("some_labels", "labels"))
    assert found.format == "some_labels" and {row["label"] for row in found.train} == {"good", "bad", ""}
    with pytest.raises(BadRowsError):
        load_data(DataChoice(name=str(file)), home, 0, ("labels",))


@pytest.mark.slow
def test_a_student_beats_the_labels_alone_and_goes_on_after_an_interruption(store, tmp_path):
    """Few labels name one word of a class each; the unlabelled texts tie that word to others, which are held out."""
    from lab.planning.queue import submit
    from lab.store import Status
    from lab.training.run import train_run
    from tests.tiny import make_tiny_base

    base = make_tiny_base(tmp_path / "base")
    file = tmp_path / "food.csv"
    kinds = (("sea", "a boat at sea"), ("food", "tofu and rice"))
    lines = [f"Number {n} is {kinds[n % 2][1]}.,{kinds[n % 2][0] if n < 24 else ''}" for n in range(80)]
    file.write_text("text,label\n" + "\n".join(lines), encoding="utf-8")
    recipe = build_recipe({
        "base": str(base), "data": str(file), "objective": "self_train", "learning_rate": 2e-2, "method": "lora",
        "budget": {"steps": 30, "batch_size": 8, "max_length": 64}, "evaluate": {"retained": 0, "every": 100},
        "options": {"labelled": 4, "unlabelled": 0, "rounds": 2, "threshold": 0.7},
        "variants": [{"name": "whole"}, {"name": "interrupted"}],
    })  # fmt: skip
    whole, interrupted = submit(recipe, store)
    asked = iter([None] * 14 + ["interrupt"])
    assert train_run(store.runs.claim("here", only=[whole.id]), store) == Status.DONE
    assert train_run(store.runs.claim("here", only=[interrupted.id]), store, stop=lambda: next(asked, None)) == (
        Status.INTERRUPTED
    )
    store.runs.end(interrupted.id, Status.INTERRUPTED)
    store.runs.requeue(interrupted.id)
    assert train_run(store.runs.claim("here", only=[interrupted.id]), store) == Status.DONE
    one, other = (store.runs.get(run.id).outcome for run in (whole, interrupted))
    assert one.metrics["accuracy"].after >= 0.9 and one.metrics["pseudo_kept"].after > 0.5
    assert one.metrics["pseudo_right"].after > 0.9  # of the labels that were hidden
    assert one.pictures.keys() == {"pseudo_thresholds", "pseudo_rounds", "confusion"}
    assert other.eval_loss.after == pytest.approx(one.eval_loss.after, rel=1e-3)
    assert (
        json.loads(other.to_json())["pictures"]["pseudo_rounds"]
        == json.loads(one.to_json())["pictures"]["pseudo_rounds"]
    )
