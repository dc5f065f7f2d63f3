"""The loop's doors: what each station says and lacks, the recipes behind its buttons, rounds told from the store."""

import time
from dataclasses import replace

import pytest

from lab.api import Lab
from lab.data.learned import keep_learned
from lab.generate import Delta
from lab.models import chain_of, save_chain
from lab.planning import plan
from lab.recipe import build_recipe, parse_recipe, resolve
from lab.store import Change, Feedback, Outcome, Run, Status
from lab.store.pairs import new_answer, new_pair
from lab.ui.agreeing import Agreed
from lab.ui.curves import Curves, thin
from lab.ui.rlhf import Loop

ME = {"rater": "browser-aaaa"}
ASKED = [{"role": "user", "content": "Tell me a story."}]


class Parrot:
    """Answers every question with how it was asked: stands where a server process would."""

    def answer(self, conversations, panes, sampling, *_):
        for pane in panes:
            cheer = "A happy day" if pane.seed % 3 else "A sad day"
            yield Delta(pane.key, f"{cheer} {pane.seed}.", done=True, fingerprint="abcd")

    def score(self, judge, answers):
        """Happy answers are better; says how many it was given."""
        self.scored = [answer.text for answer in answers]
        return [float("happy" in answer.text) for answer in answers]


class Nobody:
    """Stands where a supervisor would: nothing is carried out."""

    def wake(self) -> None: ...


@pytest.fixture
def loop(home, store):
    return Loop(Lab(home, store, Nobody(), Parrot()))


def wait(loop, station: str, **asked):
    """The tab's state once the scripted votes of a station are in."""
    until = time.monotonic() + 20
    while (seen := loop.stations(ME | asked))[station]["work"]["busy"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    return seen


def voted(loop, count: int = 90):
    assert loop.start_script(ME | {"script": "happier", "count": count}) == {}
    return wait(loop, "ratings")


def finished(store, run_id: str, **figures) -> Run:
    """What training would leave of a queued run."""
    store.runs.claim("here")
    store.runs.note(run_id, replace(Outcome(adapter_bytes=1, steps=4), **figures))
    store.home.run(run_id).root.mkdir(parents=True, exist_ok=True)
    save_chain(store.home.run(run_id), chain_of("nano", store.home))
    store.runs.end(run_id, Status.DONE)
    return store.runs.get(run_id)


def stage_of(store, run_id: str):
    return resolve(parse_recipe(store.runs.get(run_id).recipe))[0].stages[-1]


def test_an_empty_lab_says_the_first_step_at_every_station(loop):
    seen = loop.stations(ME)
    assert (seen["number"], seen["base"], seen["start"]["name"]["en"]) == (1, "nano", "Nano")
    assert (seen["ratings"]["decided"], seen["ratings"]["missing"], seen["ratings"]["raters"]) == (0, 40, [])
    assert seen["ratings"]["script"] == "happier"
    assert (seen["model"]["run"], seen["model"]["usable"], seen["policy"], seen["duel"]["first"]) == (None,) * 4
    assert seen["rounds"] == []
    assert "rows of feedback" in loop.submit(ME)["problem"]


def test_scripts_vote_on_two_samples_of_the_start_and_are_counted_apart(loop, store):
    store.ratings.rate(_thumb(store))
    ratings = voted(loop)["ratings"]
    assert ratings["kinds"] == [
        {"kind": "vote", "people": 0, "scripted": 90},
        {"kind": "thumb", "people": 1, "scripted": 0},
        {"kind": "edit", "people": 0, "scripted": 0},
    ]
    assert [(one["scripted"], one["count"]) for one in ratings["raters"]] == [(True, 90), (False, 1)]
    assert ratings["raters"][0]["name"]["en"] == "Happier" and ratings["raters"][1]["mine"]
    assert (ratings["here"], ratings["missing"], ratings["judged"]) == (90, 0, 91)
    assert {vote.first for vote in store.pairs.votes()} == {"base:nano"}


def test_a_reward_model_learns_from_the_votes_and_says_how_many_there_are_since(loop, store):
    available = voted(loop)["model"]["available"]
    made = loop.submit(ME | {"steps": 7})["run"]
    stage = stage_of(store, made)
    assert (stage.objective, stage.method, stage.budget.steps) == ("reward", "full", 7)
    assert stage.data[0].name == "feedback" and stage.data[0].until == store.ratings.newest()
    model = loop.stations(ME)["model"]
    assert (model["run"]["status"], model["usable"], model["learned"]) == ("queued", None, available)
    finished(store, made, metrics={"accuracy": Change(None, 0.9)})
    assert wait(loop, "ratings")["model"]["usable"] == made
    after = voted(loop, 120)["model"]
    assert after["learned"] == available < after["available"]


def test_a_reward_model_is_compared_with_who_looks_or_with_all_and_scores_nothing_twice(loop, store):
    parrot = Parrot()
    agreed = Agreed(Lab(store.home, store, Nobody(), parrot))
    assert agreed.agreement(ME | {"model": "abcdef01"}) == {"whose": None}
    voted(loop, 90)
    model = finished(store, loop.submit(ME)["run"]).id
    assert "not written down" in agreed.agreement(ME | {"model": model})["problem"]
    decided = next(one for one in store.ratings.current("vote") if one.verdict in ("left", "right"))
    keep_learned(model, store.home, [{"prompt": list(store.ratings.answer(decided.answer).messages)}], frozenset())
    everyone = agreed.agreement(ME | {"model": model})
    assert (everyone["whose"], everyone["scripted"]) == ("all", 90) and len(parrot.scored) > 10
    assert everyone["new"]["votes"]["right"] == everyone["new"]["votes"]["count"] > everyone["left"]["right"]
    assert everyone["learned"]["votes"]["count"] >= 1
    store.ratings.rate(_thumb(store))
    mine = agreed.agreement(ME | {"model": model})
    assert (mine["whose"], mine["scripted"], mine["new"]["votes"]["count"]) == ("mine", 0, 0)
    assert len(parrot.scored) == 1
    assert "problem" in agreed.agreement(ME | {"model": "../../etc"})


def test_a_policy_is_rewarded_by_the_model_while_the_script_is_watched(loop, store):
    voted(loop)
    model = finished(store, loop.submit(ME)["run"]).id
    asked = ME | {"objective": "ppo", "script": "happier", "stray": 0.4, "steps": 5, "batch": 8}
    stage = stage_of(store, loop.submit(asked)["run"])
    assert [(one.name, one.weight) for one in stage.reward] == [(f"run:{model}", 1.0), ("happier", 0.0)]
    assert (stage.options["kl_coef"], stage.budget.steps, stage.budget.batch_size) == (0.4, 5, 8)
    assert stage.data[0].name == "prompts" and stage.learning_rate == 2e-3
    alone = stage_of(store, loop.submit(asked | {"model": False})["run"])
    assert [(one.name, one.weight) for one in alone.reward] == [("happier", 1.0)]


@pytest.mark.parametrize("objective", ["ppo", "grpo", "rloo"])
def test_a_nat_costs_more_where_a_reward_model_pays_whose_scores_spread_wider(loop, store, objective):
    voted(loop)
    finished(store, loop.submit(ME)["run"])
    asked = ME | {"objective": objective, "script": "happier"}
    paid, alone = (stage_of(store, loop.submit(asked | {"model": one})["run"]).options for one in (True, False))
    shown = next(one for one in loop.choices({})["policy_objectives"] if one["id"] == objective)
    assert (paid["kl_coef"], paid["no_end_penalty"]) == (shown["model_price"], 3) == (0.3, 3)
    assert (alone["kl_coef"], alone["no_end_penalty"]) == (shown["price"]["default"], 1)


@pytest.mark.parametrize("objective", ["ppo", "rloo", "grpo", "dpo", "orpo"])
def test_every_way_of_optimising_has_a_recipe_that_can_be_planned(loop, home, objective):
    voted(loop)
    fields = loop.as_fields(ME | {"objective": objective, "script": "happier", "stray": 0.2, "model": False})["fields"]
    (planned,) = plan(build_recipe(fields), home)
    assert planned.run.stages[0].objective == objective
    assert 0.2 in planned.run.stages[0].options.values()


def test_a_run_is_named_in_the_language_of_the_page(loop, store):
    voted(loop)
    model = store.runs.get(loop.submit(ME | {"language": "zh"})["run"])
    assert (model.recipe_name, model.name) == ("第 1 轮：奖励模型", "奖励模型 1")
    policy = loop.as_fields(ME | {"objective": "dpo", "script": None, "language": "zh"})["fields"]
    assert (policy["name"], policy["variants"][0]["name"]) == ("第 1 轮：DPO", "DPO 1")


def test_the_choices_hold_every_way_and_its_price(loop):
    choices = loop.choices({})
    assert [one["id"] for one in choices["policy_objectives"]] == ["ppo", "grpo", "rloo", "dpo", "kto", "orpo"]
    assert {one["price"]["name"] for one in choices["policy_objectives"]} == {"kl_coef", "beta"}
    assert "happier" in {one["id"] for one in choices["scripts"]}


def test_a_whole_round_and_the_next_one(loop, store):
    voted(loop)
    model = finished(store, loop.submit(ME)["run"], metrics={"accuracy": Change(None, 0.85)})
    policy = loop.submit(ME | {"objective": "ppo", "script": "happier"})["run"]
    assert "first" in loop.stations(ME)["duel"] and loop.stations(ME)["duel"]["first"] is None
    finished(store, policy, metrics={"reward": Change(0.1, 0.9), "reward/happier": Change(1.0, 2.5)})
    store.curves.write(policy, 4, {"kl": 6.5})
    assert loop.start_script(ME | {"script": "happier", "count": 30, "what": "duel"}) == {}
    seen = wait(loop, "duel")
    assert (seen["duel"]["first"], seen["duel"]["second"]) == ("nano", f"run:{policy}")
    assert seen["duel"]["result"]["votes"] == seen["duel"]["result"]["scripted"] == 30
    (row,) = seen["rounds"]
    assert (row["number"], row["start"]["player"], row["policy"]["id"]) == (1, "base:nano", policy)
    assert row["model"] == {"id": model.id, "name": "reward model 1", "accuracy": 0.85}
    assert (row["score"], row["truth"], row["kl"], row["watched"]) == ((0.1, 0.9), (1.0, 2.5), 6.5, "happier")
    assert row["duel"]["low"] < row["duel"]["chance"] < row["duel"]["high"]

    assert loop.begin_round(ME | {"start": f"run:{policy}"}) == {}
    until = time.monotonic() + 20
    while (after := loop.stations(ME))["base"] == "nano":
        assert time.monotonic() < until
        time.sleep(0.02)
    assert (after["number"], after["base"], after["policy"]) == (2, f"run:{policy}", None)
    assert (after["model"]["usable"], after["model"]["of_before"]) == (model.id, True)
    assert loop.stations(ME | {"start": "nano"})["policy"]["id"] == policy
    second = store.runs.get(loop.submit(ME | {"objective": "ppo", "script": "happier"})["run"])
    assert (second.base, second.parent, second.name) == (f"run:{policy}", policy, "PPO 2")


def test_duels_are_on_questions_nobody_learned_from(loop, store):
    from lab.data.builtin import prompts

    voted(loop, 4)
    policy = loop.submit(ME | {"objective": "ppo", "script": "happier", "model": False})["run"]
    finished(store, policy)
    loop.start_script(ME | {"script": "happier", "count": 12, "what": "duel"})
    wait(loop, "duel")
    held_out = {row["prompt"] for row in prompts.load("held_out")}
    asked = {pair.first.messages[0]["content"] for pair in _pairs(store, f"base:nano|{policy}", policy)}
    assert asked and asked <= held_out


def test_nobody_meets_before_there_is_a_policy_and_unknown_starts_are_refused(loop):
    assert "no policy" in loop.start_script(ME | {"script": "happier", "count": 3, "what": "duel"})["problem"]
    for start in ("/etc", "run:nope00", "gpt"):
        assert "problem" in loop.stations(ME | {"start": start})
    assert "no way to optimise" in loop.submit(ME | {"objective": "sft"})["problem"]
    assert "no scripted rater" in loop.start_script(ME | {"script": "x", "count": 3})["problem"]


def test_what_a_click_would_take_is_estimated_and_unknown_for_what_can_not_be(loop, store):
    assert loop.estimate(ME | {"objective": "sft"}) == {"seconds": None}
    script = ME | {"objective": "ppo", "model": False, "script": "happier"}
    whole, short = (loop.estimate(script | more)["seconds"] for more in ({}, {"steps": 12, "batch": 32}))
    assert 0 < short < whole
    voted(loop)
    assert loop.estimate(ME)["seconds"] > 0


def test_curves_come_with_readings_and_only_when_there_is_something_new(loop, store):
    voted(loop)
    finished(store, loop.submit(ME)["run"])
    run = loop.submit(ME | {"objective": "ppo", "script": "happier"})["run"]
    store.runs.claim("here")
    for step in range(1, 31):
        truth = step if step < 15 else 30 - step
        store.curves.write(run, step, {"reward": step / 10, "reward/happier": truth, "kl": step, "loss": 1.0})
    seen = Curves(store).curves({"run": run})
    assert (seen["score"], seen["truth"], seen["watched"]["en"]) == ("reward", "reward/happier", "Happier")
    assert set(seen["curves"]) == {"reward", "reward/happier", "kl"} and seen["parted"] in (14, 15, 16)
    assert [(one["curve"], one["says"]) for one in seen["readings"]] == [
        ("reward", "rises"), ("reward/happier", "parts"), ("kl", "far"),
    ]  # fmt: skip
    assert seen["verdict"] == "parts"
    again = Curves(store).curves({"run": run, "since": seen["since"], "samples": seen["samples_seen"]})
    assert (again["curves"], again["samples"]) == (None, None)
    store.curves.write(run, 31, {"reward": 3.1})
    assert Curves(store).curves({"run": run, "since": seen["since"]})["curves"]["reward"][-1] == (31, 3.1)


def test_long_curves_are_thinned_to_means_of_neighbours():
    assert thin([(1, 2.0), (2, 4.0)]) == [(1, 2.0), (2, 4.0)]
    assert thin([(step, float(step)) for step in range(1, 7)], most=3) == [(2, 1.5), (4, 3.5), (6, 5.5)]
    assert thin([]) == []


def _thumb(store) -> Feedback:
    answer = new_answer("base:nano", ASKED, "A happy day.", {}, "")
    store.pairs.keep([new_pair("prompts", answer, new_answer("base:nano", ASKED, "A sad day.", {}, ""))])
    return Feedback("thumb", answer.id, ME["rater"], "good", answer.id)


def _pairs(store, match: str, policy: str):
    names = "|".join(sorted(("base:nano", policy)))
    return store.pairs.waiting("nobody-at-all", names, 999)
