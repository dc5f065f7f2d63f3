"""Round upon round of feedback, and chains of runs with other settings: nobody is judged by what was learned before."""

import pytest

from lab.data import load_mix
from lab.data.asked import questions_of
from lab.data.learned import learned_before, without_learned
from lab.recipe import parse_recipe, resolve
from lab.store import Feedback, Status
from lab.training.run import train_run
from tests.training.test_run import queue

pytestmark = pytest.mark.slow
VOTES = ("preference",)


def vote(store, numbers) -> None:
    for i in numbers:
        asked = [{"role": "user", "content": f"What is thing {i}?"}]
        pair = [store.ratings.keep_answer("base:nano", asked, text, {}, "").id for text in (f"good {i}", f"bad {i}")]
        store.ratings.rate(Feedback("vote", ":".join(pair), "me", "left", *pair))


def learned_and_held_out(store, run):
    """The questions a run learned, and those it was judged by, from its own recipe."""
    plan = resolve(parse_recipe(store.runs.get(run.id).recipe))[0]
    loaded = load_mix(plan.stages[0].data, store.home, plan.seed, VOTES, plan.split_seed)
    data = without_learned(loaded, learned_before(plan, store.home))
    return (*({key for row in rows for key in questions_of(row)} for rows in (data.train, data.held_out)), data)


def test_no_vote_that_an_earlier_round_learned_is_held_out_in_a_later_one(store, tiny_base, capfd):
    dpo = {"objective": "dpo", "method": "lora"}
    vote(store, range(30))
    until = {"until": store.ratings.newest()}
    first = queue(store, tiny_base, dpo, steps=2, data={"name": "feedback", "held_out": 0.2, **until})
    assert train_run(first, store) == Status.DONE
    vote(store, range(30, 60))
    second = queue(store, f"run:{first.id}", dpo, steps=2, seed=1, data={"name": "feedback", "held_out": 0.2})
    assert train_run(second, store) == Status.DONE
    learned, judged_by, _ = learned_and_held_out(store, first)
    learned_then, judged_by_then, data = learned_and_held_out(store, second)
    assert judged_by and not learned & judged_by_then and data.dropped == 0  # the sides are fixed: nothing to leave out
    assert judged_by <= judged_by_then and learned <= learned_then

    # other settings put other rows aside: what the first two rounds learned is left out, counted and said
    capfd.readouterr()
    third = queue(store, f"run:{second.id}", dpo, steps=2, split_seed=5, data={"name": "feedback", "held_out": 0.5})
    assert train_run(third, store) == Status.DONE
    _, judged_by_at_last, data = learned_and_held_out(store, third)
    assert judged_by_at_last == judged_by_then & judged_by_at_last and data.dropped > 0
    note = f"{data.dropped} held-out rows were left out: a run that this one builds on has learned them"
    assert note in capfd.readouterr().out


def test_a_reward_models_votes_are_not_what_its_policy_is_judged_by(store, tiny_base):
    vote(store, range(30))
    reward = {"objective": "reward", "method": "full", "data": {"name": "feedback", "held_out": 0.2}}
    judge = queue(store, tiny_base, reward, steps=2)
    assert train_run(judge, store) == Status.DONE
    learned, judged_by, _ = learned_and_held_out(store, judge)
    asked = {"objective": "ppo", "method": "lora", "data": {"name": "feedback", "held_out": 0.5}}
    more = {"options": {"answer_tokens": 4}, "reward": [f"run:{judge.id}"]}
    policy = queue(store, tiny_base, asked | more, steps=1, split_seed=3)
    assert train_run(policy, store) == Status.DONE
    _, asked_at_last, data = learned_and_held_out(store, policy)
    assert not asked_at_last & learned and asked_at_last <= judged_by and data.dropped > 0
