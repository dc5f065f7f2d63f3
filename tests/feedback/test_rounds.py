"""Rounds are told from runs and votes alone: which start is in hand, what follows what, how the duel stands."""

from dataclasses import replace

import yaml

from lab.feedback import rounds as told
from lab.feedback.rounds import duel, number_from, open_start, rounds, usual_script, watched
from lab.store import RaterCount, Run, Status, Vote

MODEL, FIRST, SECOND, TUNED = "aaaa1111", "bbbb2222", "cccc3333", "dddd4444"


def run(name: str, objective: str, base: str = "nano", created: float = 1.0, reward=None, **more) -> Run:
    fields = {"base": base, "objective": objective, "data": "prompts" if reward else "feedback", "reward": reward}
    variants = [{"name": name, "method": "lora"}]
    recipe = yaml.safe_dump({key: value for key, value in fields.items() if value} | {"variants": variants})
    parent = base.removeprefix("run:") if base.startswith("run:") else None
    known = {"status": Status.DONE, "comparison": name, "recipe_name": "Loop", "method": "lora", "parent": parent}
    known |= {"recipe": recipe, "base": base, "objective": objective, "created": created}
    return Run(id=name, name=name, **known | more)


WATCHED = [{"name": f"run:{MODEL}"}, {"name": "happier", "weight": 0}]
MODEL_RUN = run(MODEL, "reward", created=1.0)
FIRST_RUN = run(FIRST, "ppo", created=2.0, reward=WATCHED)
SECOND_RUN = run(SECOND, "dpo", f"run:{FIRST}", created=4.0)
TUNED_RUN = run(TUNED, "sft", created=0.5, recipe="")


def votes(first: str, second: str, *winners: str, rater: str = "browser-me", **more) -> list[Vote]:
    return [
        Vote(f"{first}{second}{i}", rater, rater.startswith("scripted"), False, first, second, winner, **more)
        for i, winner in enumerate(winners)
    ]


def test_policies_are_rounds_and_reward_models_and_lessons_are_not():
    found = rounds([TUNED_RUN, MODEL_RUN, FIRST_RUN, SECOND_RUN], [])
    assert [(one.number, one.start, one.policy.id) for one in found] == [
        (1, "base:nano", FIRST), (2, FIRST, SECOND),
    ]  # fmt: skip
    assert (found[0].model, found[0].watched, found[0].duel) == (MODEL_RUN, "happier", None)
    assert (found[1].model, found[1].watched) == (None, None)


def test_what_failed_or_was_thrown_away_is_no_round():
    failed = run("eeee5555", "ppo", reward="happier", status=Status.FAILED)
    thrown = run("ffff6666", "ppo", reward="happier", status=Status.CANCELLED, request="discard")
    kept = run("abab7777", "ppo", reward="happier", status=Status.CANCELLED, request="cancel")
    assert [one.policy.id for one in rounds([failed, thrown, kept], [])] == ["abab7777"]


def test_a_scripted_reward_that_is_optimised_is_not_watched():
    assert watched(run("abab7777", "ppo", reward="happier")) is None
    assert watched(FIRST_RUN) == "happier"


def test_a_run_may_make_its_own_reward_model_on_the_way():
    whole = run("abab9999", "reward, ppo", recipe="", status=Status.DONE)
    stages = [{"objective": "reward", "data": "feedback"}, {"objective": "ppo", "data": "prompts", "reward": "stage:0"}]
    whole = replace(whole, recipe=yaml.safe_dump({"variants": [{"name": "whole", "stages": stages}]}))
    assert rounds([whole], [])[0].model == whole


def test_a_lesson_between_two_policies_does_not_count_as_a_round():
    lesson = run(TUNED, "sft", f"run:{FIRST}")
    third = run("abab8888", "ppo", f"run:{TUNED}", reward="happier")
    assert number_from("nano", []) == 1
    assert number_from(f"run:{third.id}", [FIRST_RUN, lesson, third]) == 3


def test_the_round_in_hand_goes_out_from_what_was_begun_last():
    runs = [MODEL_RUN, FIRST_RUN, SECOND_RUN]
    assert open_start([], {}, "nano") == "nano"
    assert open_start([MODEL_RUN, FIRST_RUN], {}, "nano") == "nano"
    assert open_start([MODEL_RUN, FIRST_RUN], {f"{FIRST}|{FIRST}": 3.0}, "nano") == f"run:{FIRST}"
    assert open_start(runs, {f"{FIRST}|{FIRST}": 3.0}, "nano") == f"run:{FIRST}"
    assert open_start(runs, {f"{FIRST}|{FIRST}": 3.0, f"{SECOND}|{SECOND}": 5.0}, "nano") == f"run:{SECOND}"
    assert open_start(runs, {"base:nano|base:nano": 6.0}, "smollm2-135m") == "nano"


def test_duels_and_deleted_runs_begin_no_round():
    begun = {f"base:nano|{FIRST}": 9.0, "gone0000|gone0000": 9.0}
    assert open_start([MODEL_RUN, FIRST_RUN], begun, "nano") == "nano"


def test_a_duel_is_the_policys_chance_against_its_start():
    mine = votes("base:nano", FIRST, *["second"] * 8, "first", "tie")
    scripts = votes("base:nano", FIRST, *["second"] * 20, rater="scripted:happier")
    others = votes("base:nano", SECOND, *["first"] * 9) + votes("base:nano", "base:nano", "first")
    assert duel(FIRST_RUN, others) is None
    found = duel(FIRST_RUN, mine + scripts + others)
    assert (found.votes, found.scripted, found.more) == (30, 20, 0)
    assert 0.85 < found.chance < 0.98 and found.low < found.chance < found.high
    assert rounds([FIRST_RUN], mine)[0].duel.votes == 10


def test_the_usual_script_is_the_one_with_the_most_votes():
    given = [RaterCount("scripted:polite", True, 1), RaterCount("scripted:happier", True, 2)]
    assert usual_script([*given, RaterCount("browser-me", False, 5)]) == "happier"
    assert usual_script([RaterCount("scripted:gone", True, 1)]) is None and usual_script([]) is None


def test_the_families_that_teach_are_on_cards():
    from lab.card import find_cards

    assert set(told.TEACHING) <= {module.CARD.family for module in find_cards("lab.objectives").values()}
