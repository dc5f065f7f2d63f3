"""The data set `checkable`: every answer is right, and no held-out problem is a training problem in other words."""

import re
from collections import Counter

import pytest

from lab.data.builtin import checkable
from lab.data.builtin._problems import KINDS, WORDINGS
from lab.rewards._read import numbers, proper

SPLITS = ("train", "held_out")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_size_and_that_it_is_always_the_same(language):
    for split, size in (("train", 1032), ("held_out", 201)):
        rows = checkable.load(split, language)
        assert len(rows) == size and len({row["prompt"] for row in rows}) == size
        assert rows == checkable.load(split, language)
        assert all(set(row) == {"prompt", "completion"} and "{" not in row["prompt"] for row in rows)


def content(row):
    """What a problem is, whatever its wording: its kind of answer, and its numbers or words in no order."""
    words = re.findall(r"“(.+?)”|word (\w+)|of (\w+)\.|has (\w+)\?", row["prompt"])
    return (
        row["completion"],
        tuple(sorted(map(int, numbers(row["prompt"])))) if re.search(r"\d", row["prompt"]) else tuple(words),
    )


def test_held_out_problems_are_new_by_their_content():
    problems = [problem for kind in KINDS for problem in kind()]
    split = {}
    for problem in problems:
        assert split.setdefault(problem.content, problem.held_out) == problem.held_out
    share = sum(problem.held_out for problem in problems) / len(problems)
    assert 0.15 < share < 0.25
    for language in ("en", "zh"):
        sums = {
            where: {content(row) for row in checkable.load(where, language) if "+" in row["prompt"]} for where in SPLITS
        }
        assert len(sums["held_out"]) > 10 and not sums["train"] & sums["held_out"]


def test_every_sum_difference_comparison_and_list_is_right():
    seen = Counter()
    for language in ("en", "zh"):
        for row in [*checkable.load("train", language), *checkable.load("held_out", language)]:
            asked, said = row["prompt"], numbers(proper(row["completion"]))
            given = numbers(asked)
            if "+" in asked:
                assert said == [sum(given)]
            elif " - " in asked:
                assert said == [given[0] - given[1]]
            elif re.search("bigger|more,|大的|哪个大|更大", asked):
                assert said == [max(given)]
            elif re.search("smaller|less|小的|哪个小|更小", asked):
                assert said == [min(given)]
            elif len(given) == 3:
                assert said == sorted(given) and given != sorted(given)
            else:
                continue
            seen[language] += 1
    assert seen["en"] > 500 and seen["zh"] > 400


def test_letters_and_words_are_counted_in_each_language():
    for row in checkable.load("train", "en"):
        if found := re.fullmatch(r"How many letters (?:are in the word |has )(\w+)\?", row["prompt"]):
            assert row["completion"] == f"The answer is {len(found[1])}."
    for row in checkable.load("train", "zh"):
        if found := re.fullmatch("“(.+)”有几个字\uff1f", row["prompt"]):
            assert row["completion"] == f"答案是{len(found[1])}。"


def test_every_kind_has_wordings_in_both_languages_that_use_all_its_slots():
    kinds = {problem.kind: problem for kind in KINDS for problem in kind()}
    for language in ("en", "zh"):
        assert set(WORDINGS[language]) == set(kinds)
        for kind, problem in kinds.items():
            assert len(set(WORDINGS[language][kind])) >= 3
            for wording in WORDINGS[language][kind]:
                assert set(re.findall(r"{(\w+)}", wording)) == set(problem.slots[language])
