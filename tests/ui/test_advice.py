"""The advisor of the Learn tab: what is asked has words, and what is advised comes with all that the page shows."""

import json

import pytest

from lab import words
from lab.api import Lab
from lab.planning import plan
from lab.planning.advice import QUESTIONS
from lab.recipe import build_recipe
from lab.ui.advice import Advisor


@pytest.fixture
def advisor(home, store):
    return Advisor(Lab(home, store))


def test_every_question_and_answer_has_words():
    for name, choices in QUESTIONS.items():
        for key in (f"advice.ask_{name}", *(f"advice.{name}_{choice}" for choice in choices)):
            assert key in words.own_words("en") and key in words.own_words("zh"), key


def test_what_is_asked_is_what_the_engine_knows_and_the_bases_that_are_here(advisor):
    asked = advisor.questions({})
    assert asked["questions"] == QUESTIONS
    assert "nano" in [one["id"] for one in asked["bases"]] and all(one["here"] for one in asked["bases"])


def test_what_is_advised_is_told_in_both_languages_with_a_recipe_that_plans(advisor, home):
    got = advisor.advise({"task": "style", "amount": "few"})
    json.dumps(got)
    first = got["advised"][0]
    for said in (first["title"], first["think_twice"], *(reason["says"] for reason in first["pros"] + first["cons"])):
        assert said["en"] and said["zh"] and said["en"] != said["zh"]
    assert all(reason["source"]["zh"] for reason in first["pros"]) and first["seconds"] > 0 and first["memory"] > 1e7
    for code in ("en", "zh"):
        assert plan(build_recipe(first["fields"][code]), home)
    assert first["fields"]["zh"]["note"].startswith("推荐理由")


@pytest.mark.parametrize("given", [{}, {"task": "arriving"}, {"task": "field"}, {"keep": "general", "amount": "few"}])
def test_the_first_ones_side_by_side_are_the_recipes_that_each_has_alone(advisor, home, given):
    got = advisor.advise(given)
    together = plan(build_recipe(got["beside"]["en"]), home)
    assert len(together) == got["count"] == 3
    alone = [plan(build_recipe(one["fields"]["en"]), home)[0].run for one in got["advised"]]
    for one in together:
        alike = next(run for run in alone if run.stages[-1].method == one.run.stages[-1].method)
        assert one.run.stages == alike.stages


def test_a_wrong_answer_is_one_sentence(advisor):
    assert "gossip" in advisor.advise({"labels": "gossip"})["problem"]
    assert "no device" in advisor.advise({"device": "a banana"})["problem"]
    assert "problem" in advisor.advise({"base": "nowhere/at-all"})
    assert "problem" in advisor.advise({"appetite": "large"})
