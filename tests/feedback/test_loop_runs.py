"""The runs that rounds are told from are those that matter among any number, and say the same as all of them would."""

from dataclasses import replace

from lab.feedback.loop_runs import loop_runs
from lab.feedback.rounds import number_from, open_start, own_matches, rounds
from lab.store import Status
from lab.store.pairs import new_answer, new_pair
from lab.visitors import Role, Visitor, acting
from tests.test_store import make_run


def queue(store, name: str, base: str = "nano", objective: str = "sft", **fields) -> str:
    run = replace(make_run(name, **fields), base=base, objective=objective, recipe="")
    store.runs.queue([run])
    return run.id


def pair_with_itself(store, player: str) -> None:
    asked = [{"role": "user", "content": "Who are you?"}]
    store.pairs.keep([new_pair("prompts", *(new_answer(player, asked, text, {}, "") for text in ("A.", "B.")))])


def told(runs, store) -> tuple:
    """What the page tells from these runs."""
    start = open_start(runs, store.pairs.begun(own_matches(runs, "nano")), "nano")
    return start, number_from(start, runs), [(one.number, one.policy.id) for one in rounds(runs, [])]


def test_rounds_are_told_from_few_runs_as_from_all(store):
    lesson = queue(store, "lesson")
    model = queue(store, "model", objective="sft, reward")
    first = queue(store, "policy", f"run:{lesson}", "ppo")
    between = queue(store, "between", f"run:{first}")
    second = queue(store, "policy two", f"run:{between}", "sft, dpo")
    others = [queue(store, f"other {number}") for number in range(30)]
    found = {run.id for run in loop_runs(store)}
    assert {lesson, model, first, between, second} <= found and not found & set(others)
    assert told(loop_runs(store), store) == told(store.runs.all(), store)
    pair_with_itself(store, others[7])
    assert told(loop_runs(store), store) == told(store.runs.all(), store)
    assert told(loop_runs(store), store)[0] == f"run:{others[7]}"


def test_a_round_from_a_base_model_is_found_by_a_run_that_goes_out_from_it(store):
    queue(store, "a", "smollm2-135m")
    queue(store, "b", "nano", "ppo")
    pair_with_itself(store, "base:smollm2-135m")
    assert told(loop_runs(store), store) == told(store.runs.all(), store)
    assert told(loop_runs(store), store)[0] == "smollm2-135m"


def test_what_a_start_comes_from_is_there_too(store):
    policy = queue(store, "policy", objective="ppo")
    later = queue(store, "later", f"run:{policy}")
    assert later not in {run.id for run in loop_runs(store)}
    assert number_from(f"run:{later}", loop_runs(store, f"run:{later}")) == 2


def test_a_visitor_is_told_nothing_of_others(store):
    queue(store, "private", "/home/somebody/model", visitor="browser-other")
    pair_with_itself(store, "base:/home/somebody/model")
    with acting(Visitor("browser-me", Role.VISITOR)):
        assert loop_runs(store) == []


def test_lists_of_the_newest_runs_are_cut_in_the_database(store):
    for number in range(6):
        queue(store, "one", comparison=f"comp{number:02}")
        queue(store, "two", comparison=f"comp{number:02}")
    newest = store.runs.newest_comparisons(2)
    assert [(run.comparison, run.name) for run in newest] == [
        ("comp04", "one"), ("comp04", "two"), ("comp05", "one"), ("comp05", "two"),
    ]  # fmt: skip
    assert store.runs.starting_from("nano", 1) == newest[-1:] and store.runs.starting_from("none", 1) == []
    assert store.runs.bases() == ["nano"] and {run.status for run in newest} == {Status.QUEUED}
