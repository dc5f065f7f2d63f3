"""The lesson plans: forty minutes each, buttons that the page has, and (long) what pupils see is what is written."""

import re
from itertools import pairwise

import pytest
import yaml

from lab import words
from lab.home import PROJECT
from lab.recipe import parse_recipe
from lab.recipe.fields import built_in_fields

DOCS = PROJECT / "docs"
LESSONS = tuple(f"lesson_{number}" for number in (1, 2, 3))
PRESSED = {
    "lesson_1": ("train.start", "watch.talk", "watch.samples_help", "train.replay_help"),
    "lesson_2": ("overfitting.none", "overfitting.more_data", "overfitting.early_stopping"),
    "lesson_3": ("rlhf.train_model", "rlhf.optimise", "rlhf.short", "rlhf.judge", "rlhf.or_script_ratings",
                 "rlhf.likes", "rlhf.ratings", "rlhf.duel"),
}  # fmt: skip
"""Words of the page that a lesson names."""
NAMED = {
    "train.start": "Train 3 variants",
    "watch.samples_help": "answers below",
    "train.replay_help": "keeping what it knew",
}


def read(lesson: str) -> str:
    return (DOCS / f"{lesson}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_forty_minutes_without_a_gap(lesson):
    times = [tuple(map(int, pair)) for pair in re.findall(r"^\| (\d+)–(\d+) \|", read(lesson), re.MULTILINE)]
    assert times[0][0] == 0 and times[-1][1] == 40
    assert all(ends == begins for (_, ends), (begins, _) in pairwise(times))


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_its_goal_steps_figures_questions_and_what_goes_wrong(lesson):
    text = read(lesson)
    for part in (
        "**Goal.**",
        "## Plan",
        "## What to press",
        "## What they should see",
        "## Questions",
        "## What goes wrong",
    ):
        assert part in text, part
    assert not re.search(r"\b(WAITS|FIGURES\d)\b", text + read("teaching"))
    assert len(re.findall(r"^- \*", text.split("## Questions")[1].split("##")[0], re.MULTILINE)) >= 4


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_is_to_be_pressed_is_on_the_page(lesson):
    page, text = words.words("en"), read(lesson).lower()
    for key in PRESSED[lesson]:
        assert NAMED.get(key, page[key]).lower() in text, key


def test_the_recipe_of_the_first_lesson_comes_with_the_lab():
    fields = built_in_fields()["recipes/lessons/what_changes.yaml"]
    assert [one["method"] for one in fields["variants"]] == ["full", "lora", "prompt"]
    assert yaml.safe_load((words.WORDS / "zh" / "recipes.yaml").read_text(encoding="utf-8"))["lessons/what_changes"]


def test_the_recipe_for_a_large_model_is_one():
    (text,) = re.findall(r"```yaml\n(.*?)```", (DOCS / "engineers.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(parse_recipe(text).variants) == 5


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(3600)
def test_lessons_walked_with_a_clock_show_what_is_written():
    from tests.bench.bench_lessons import main

    (trained, *_), (ill, *_) = main(1), main(2)
    full, lora, prompt = trained["figures"].values()
    assert full["exact_match"] > lora["exact_match"] > prompt["exact_match"]
    assert full["retained"] < 0.2 and prompt["kilobytes"] < lora["kilobytes"] < full["kilobytes"]
    plain, more = list(ill["figures"].values())[:2]
    assert plain["exact_match/trained"] > 0.9 and more["exact_match"] > 2 * plain["exact_match"]
    votes, model, policy, duel = main(3)
    assert votes["decided"] >= 40 and model["accuracy"] > 0.5
    assert policy["reward"][1] > policy["reward"][0] and duel["result"]["votes"] >= 60
    for lesson in ([trained], [ill], [votes, model, policy, duel]):
        assert sum(step["seconds"] for step in lesson) < 40 * 60
