"""Figures by the values of a column: they add up to the run's own, and small ones say how unsure they are."""

from lab.data import DataSet
from lab.evaluate.by_value import OnRows, picture_of, rarely_asked, value_figures
from lab.evaluate.intervals import share_interval
from lab.store.pictures import picture_from_json

VALUES = ("meat", "fruit", "meat", "bread", "meat", "fruit")
DATA = DataSet("d", "prompt_completion", [], [{"prompt": f"{i}", "completion": "x"} for i in range(6)], groups=VALUES)
MARKS = (1.0, 0.0, 1.0, 1.0, 0.0, 0.0)


def loss_of(some: DataSet) -> OnRows:
    return OnRows(float(len(some.held_out)))


def test_shares_are_of_the_same_answers_as_the_figure_and_the_commonest_value_comes_first():
    measure, found = value_figures(DATA, {"exact_match": MARKS}, {"exact_match": VALUES}, loss_of)
    assert measure == "exact_match"
    assert [(one.value, one.rows, one.asked, one.share, one.loss) for one in found] == [
        ("meat", 3, 3, 2 / 3, 3.0), ("fruit", 2, 2, 0.0, 2.0), ("bread", 1, 1, 1.0, 1.0),
    ]  # fmt: skip
    sure = share_interval(2 / 3, 3)
    assert (found[0].low, found[0].high) == (sure.low, sure.high)
    assert sum(one.share * one.asked for one in found) == sum(MARKS)


def test_a_value_that_was_not_asked_has_rows_and_no_share():
    _, found = value_figures(DATA, {"exact_match": MARKS[:2]}, {"exact_match": VALUES[:2]}, loss_of)
    assert [(one.value, one.asked, one.share) for one in found] == [
        ("meat", 1, 1.0),
        ("fruit", 1, 0.0),
        ("bread", 0, None),
    ]


def test_rare_values_are_asked_more_until_there_are_enough_or_none_is_left():
    groups = ["often"] * 90 + ["rare"] * 12 + ["once"]
    asked = set(range(0, 100, 4))  # 23 of often, 2 of rare
    more = rarely_asked(groups, asked, 48)
    assert sorted(groups[place] for place in more) == ["once", *["rare"] * 8] and not asked & set(more)
    assert [groups[place] for place in rarely_asked(groups, asked, 2)] == ["rare", "once"]
    assert rarely_asked(groups, set(range(103)), 48) == []


def test_rows_without_marks_have_what_is_measured_on_them_alone():
    def pairs(some: DataSet) -> OnRows:
        return OnRows(0.5, "preference_accuracy", 0.5, len(some.held_out))

    measure, found = value_figures(DATA, {}, {}, pairs)
    assert measure == "preference_accuracy" and [one.asked for one in found] == [3, 2, 1]
    assert value_figures(DATA, {}, {}, loss_of)[0] == ""


def test_the_picture_has_start_and_end_of_each_value_and_survives_json():
    before = value_figures(DATA, {"exact_match": (0.0,) * 6}, {"exact_match": VALUES}, loss_of)[1][:2]
    measure, after = value_figures(DATA, {"exact_match": MARKS}, {"exact_match": VALUES}, loss_of)
    picture = picture_of("kind", measure, before, after)
    assert picture.values == ("meat", "fruit", "bread") and picture.before == (0.0, 0.0, None)
    assert picture.shares == (2 / 3, 0.0, 1.0) and picture.counts == (3, 2, 1)
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(picture).items()}
    assert picture_from_json(plain) == picture
