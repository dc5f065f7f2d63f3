"""Exact match and word overlap, on cases worked out by hand."""

import pytest

from lab.evaluate.answers import commonest, exact_match, normalise, token_f1


def test_case_punctuation_and_spaces_do_not_matter():
    assert normalise("  The  NORTHEAST. ") == "the northeast"
    assert normalise("“四川。”") == "四川"


@pytest.mark.parametrize(
    ("said", "wanted", "match", "f1"),
    [
        ("Sichuan.", "sichuan", 1, 1),
        ("From Sichuan.", "Sichuan.", 0, 2 / 3),
        ("四川菜", "四川", 0, 0.8),
        ("", "Sichuan.", 0, 0),
        ("", "", 1, 1),
        ("a a b", "a b b", 0, 2 / 3),
    ],
)
def test_scores_worked_out_by_hand(said, wanted, match, f1):
    assert exact_match([said], [wanted]) == match
    assert token_f1([said], [wanted]) == pytest.approx(f1)


def test_no_answers_score_nothing():
    assert exact_match([], []) == 0


def test_the_commonest_answer_is_the_first_of_those_given_most_often():
    assert commonest(["Hunan.", "Sichuan.", "sichuan", "hunan"]) == "Hunan."
    assert commonest(["a", "B.", "b"]) == "B." and commonest([]) == ""
