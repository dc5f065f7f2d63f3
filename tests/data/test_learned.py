"""What a run learned is written down, handed down, and never held out further down the chain."""

import pytest

from lab.data.asked import key_of
from lab.data.learned import keep_learned, learned_before, learned_by, teachers_of, unrecorded, without_learned
from lab.data.types import DataSet
from lab.recipe import build_recipe, resolve

ROWS = [{"prompt": f"What is {i}?", "completion": str(i)} for i in range(10)]


def plan(base="nano", **more):
    return resolve(build_recipe({"base": base, "variants": [{"name": "x", **more}]}))[0]


@pytest.fixture
def learn(home):
    def learn(run_id, rows, planned):
        home.run(run_id).root.mkdir(parents=True, exist_ok=True)
        keep_learned(run_id, home, rows, learned_before(planned, home, run_id))

    return learn


def test_what_an_ancestor_or_a_reward_model_learned_is_not_held_out_and_it_is_said(home, learn):
    learn("aaaaaa", ROWS[:2], plan())
    learn("bbbbbb", ROWS[2:4], plan("run:aaaaaa"))
    learn("cccccc", [{"messages": [{"role": "user", "content": "what is  4"}, {"role": "assistant", "content": "?"}]}],
          plan())  # fmt: skip
    third = plan("run:bbbbbb", objective="ppo", data="prompts", reward=[{"name": "run:cccccc"}, {"name": "happier"}])
    assert teachers_of(third) == ("bbbbbb", "cccccc")
    data = DataSet("mine", "prompt_completion", [], ROWS, sources=("mine",) * 10, unseen={"new": ROWS[:5]})
    left = without_learned(data, learned_before(third, home))
    assert [key_of(row) for row in left.held_out] == [key_of(row) for row in ROWS[5:]]
    assert left.sources == ("mine",) * 5 and left.dropped == 5 and left.unseen == {"new": []}
    assert left.notes == (
        "5 held-out rows were left out: a run that this one builds on has learned them, or what they ask.",
    )


def test_a_run_knows_what_its_own_earlier_stages_learned(home, learn):
    learn("aaaaaa", ROWS[:2], plan())
    learn("aaaaaa", ROWS[5:6], plan())
    data = DataSet("mine", "prompt_completion", [], ROWS, sources=("mine",) * 10)
    assert len(without_learned(data, learned_before(plan(), home, "aaaaaa")).held_out) == 7


def test_a_run_without_a_record_is_named(home):
    assert learned_by("aaaaaa", home) is None and unrecorded(plan(), home) == []
    assert unrecorded(plan("run:aaaaaa"), home) == [
        "What run aaaaaa learned was not written down: held-out rows may be among it."
    ]


def test_answers_to_the_one_task_all_rows_ask_are_told_apart(home, learn):
    poems = [{"prompt": "Write a poem.", "completion": str(i)} for i in range(4)]
    learn("aaaaaa", poems[:1], plan())
    data = DataSet("poems", "prompt_completion", poems[2:], poems[:2], sources=("poems",) * 2, one_task=True)
    assert without_learned(data, learned_before(plan("run:aaaaaa"), home)).held_out == poems[1:2]
