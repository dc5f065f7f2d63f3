"""What the page asks every second takes as many statements in a large lab as in a small one."""

import time
from dataclasses import replace

import pytest

from lab.api import Lab
from lab.home import Home
from lab.store import Feedback, Outcome, Point, Run, Status, Store
from lab.store.pairs import match_of, new_answer, new_pair
from lab.ui.arena import Arena
from lab.ui.compare import Compare
from lab.ui.rlhf import Loop
from lab.ui.run_view import RunView
from tests.test_store_queries import counted

ME, SCRIPT = "browser-aaaa", "scripted:happier"
RECIPE = "name: Dishes\nbase: nano\ndata: cuisine\nvariants: [{name: LoRA, method: lora}]\n"


def fill(store: Store, count: int) -> None:
    """Policies and other runs that can answer, each with its curve, its duel and votes in it, by `count` raters."""
    ids = [f"run{number:03}aa" for number in range(count)]
    store.runs.queue([
        Run(run, f"comp{number:03}", "LoRA", "Dishes", RECIPE, "nano", "lora", "sft" if number % 2 else "ppo", None,
            Status.QUEUED, float(number), total_steps=2)
        for number, run in enumerate(ids)
    ])  # fmt: skip
    for run in ids:
        store.runs.claim("here")
        store.runs.note(run, replace(Outcome(), adapter_bytes=1))
        store.runs.end(run, Status.DONE)
        folder = store.home.run(run).root
        folder.mkdir(parents=True)
        (folder / "weights.json").touch()
        store.curves.add([Point(0, run, "kl", 1, 0.5, 0.0)])
        made = [_pair(run, str(number)) for number in range(12)]
        store.pairs.keep(made)
        for rater in (ME, SCRIPT, f"browser-{run}"):
            store.ratings.rate(Feedback("vote", made[0].id, rater, "left", made[0].first.id, made[0].second.id,
                                        scripted=rater == SCRIPT))  # fmt: skip


def _pair(run: str, text: str):
    asked = [{"role": "user", "content": f"{text}?"}]
    return new_pair("prompts", new_answer("base:nano", asked, f"a {text}", {}, ""),
                    new_answer(run, asked, f"b {text}", {}, ""))  # fmt: skip


def polls(store: Store) -> dict[str, int]:
    lab = Lab(store.home, store, None, None)
    arena, match = Arena(lab), {"first": "nano", "second": "run:run000aa", "rater": ME}
    asked = {
        "bout": lambda: arena.matchup(match),
        "standings": lambda: arena.standings({"raters": "all", "rater": ME}),
        "players": lambda: arena.players({}),
        "look": lambda: Loop(lab).stations({"rater": ME}),
        "watch": lambda: RunView(store).watch({}),
        "tally": lambda: Compare(lab).tally({}),
    }
    found = {}
    for name, ask in asked.items():
        with counted() as said:
            answer = ask()
        assert "problem" not in answer, answer
        found[name] = sum(statement != "BEGIN" for statement in said)
    return found


def test_a_poll_takes_as_many_statements_in_a_large_lab_as_in_a_small_one(tmp_path):

    found = []
    for count in (2, 24):
        with Store(Home(tmp_path / str(count))) as store:
            fill(store, count)
            found.append(polls(store))
    assert found[0] == found[1]
    assert max(found[1].values()) < 30


@pytest.mark.parametrize("raters", ["all", "people", "scripted"])
def test_what_is_remembered_is_told_anew_once_a_rating_has_come(store, raters):
    fill(store, 1)
    arena = Arena(Lab(store.home, store, None, None))
    match = {"first": "nano", "second": "run:run000aa", "rater": ME}
    before = arena.matchup(match), arena.standings({"raters": raters, "rater": ME})
    assert (arena.matchup(match), arena.standings({"raters": raters, "rater": ME})) == before
    for rater in (SCRIPT, "browser-bbbb"):
        pair = store.pairs.waiting(rater, match_of("base:nano", "run000aa"), 1)[0]
        given = Feedback("vote", pair.id, rater, "left", pair.first.id, pair.second.id, scripted=rater == SCRIPT)
        store.ratings.rate(given)
    bout, until = arena.matchup(match), time.monotonic() + 20
    wanted = before[1]["compared"] + (2 if raters == "all" else 1)
    while arena.standings({"raters": raters, "rater": ME})["compared"] != wanted:
        assert time.monotonic() < until  # on a busy machine votes are summed up beside the requests
        time.sleep(0.1)
    assert bout["lead"]["votes"] == before[0]["lead"]["votes"] + 2
    assert bout["feeds"]["decided"] == before[0]["feeds"]["decided"] + 2
