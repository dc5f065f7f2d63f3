"""The Arena's doors: nothing tells who is who before the vote, votes are locked, scripts are named, ids are checked."""

import base64
import json
import threading
import time

import pytest

import lab.ui.arena
from lab.api import Lab
from lab.cli.ranking import show_ranking
from lab.feedback.matchups import next_matchup, vote
from lab.generate import Delta
from lab.home import Home
from lab.store import Run, Status
from lab.store.pairs import match_of, new_answer, new_pair
from lab.ui.arena import Arena
from lab.ui.compare import Compare
from lab.ui.feedback_files import FeedbackFiles
from lab.ui.standings import lead
from lab.visitors import acting, visitor_of

ME, YOU = "browser-aaaa", "browser-bbbb"
ASKED = [{"role": "user", "content": "Tell me a story."}]
MATCH = {"first": "nano", "second": "run:run000aa", "rater": ME}


class Parrot:
    """Answers every question with how it was asked: stands where a server process would."""

    def answer(self, conversations, panes, sampling, *_):
        for pane in panes:
            words = "A happy day" if pane.base == "nano" else "A sad day"
            yield Delta(pane.key, f"{words} {pane.seed}.", done=True, fingerprint=pane.base[:4])


@pytest.fixture
def arena(home, store):
    store.runs.queue([
        Run(id="run000aa", comparison="comp00aa", name="LoRA", recipe_name="Dishes", recipe=RECIPE, base="nano",
            method="lora", objective="sft", parent=None, status=Status.QUEUED, created=1.0, total_steps=2)
    ])  # fmt: skip
    return Arena(Lab(home, store, None, Parrot()))


RECIPE = "name: Dishes\nbase: nano\ndata: cuisine\nvariants: [{name: LoRA, method: lora}]\n"


def first_bout(arena, **asked):
    """The first matchup, once pairs have been made."""
    until = time.monotonic() + 20
    while (
        not (seen := arena.matchup(MATCH | asked)).get("matchup")
        or seen["fill"]["busy"]
        or (seen["own"] and seen["own"]["busy"])
    ):
        assert "problem" not in seen and time.monotonic() < until, seen
        time.sleep(0.02)
    return seen


def cast(arena, seen, verdict, rater=ME):
    asked = {"pair": seen["matchup"]["pair"], "again": seen["matchup"]["again"], "verdict": verdict, "rater": rater}
    return arena.vote(MATCH | asked)


def test_the_queue_fills_itself_and_a_bout_tells_nothing_of_who_is_who(arena, store):
    seen = first_bout(arena)
    assert set(seen["matchup"]) == {"pair", "again", "asked", "answers"}
    assert seen["matchup"]["asked"][0]["content"]
    said = json.dumps(seen["matchup"])
    assert "nano" not in said and "run" not in said
    assert arena.matchup(MATCH)["matchup"] == seen["matchup"]  # a reload
    assert seen["ready"] == 8 and store.pairs.count(match_of("base:nano", "run000aa")) == 24
    questions = {str(pair.first.messages) for pair in store.pairs.waiting(ME, match_of("base:nano", "run000aa"), 99)}
    assert len(questions) == 24


def test_a_vote_names_both_and_brings_the_next_pair_and_is_locked(arena, store):
    seen = first_bout(arena)
    told = cast(arena, seen, "left")
    assert {side["name"] if isinstance(side["name"], str) else side["name"]["en"] for side in told["sides"]} == {
        "LoRA", "Nano",
    }  # fmt: skip
    happy = seen["matchup"]["answers"][0].startswith("A happy")
    assert told["sides"][0]["player"] == ("base:nano" if happy else "run000aa")
    assert told["matchup"]["pair"] != seen["matchup"]["pair"] and told["mine"] == told["lead"]["votes"] == 1
    assert "voted on this already" in cast(arena, seen, "right")["problem"]
    assert cast(arena, seen, "right", YOU)["lead"]["votes"] == 2
    assert len(store.pairs.votes()) == 2


def test_a_second_look_is_no_further_vote_and_is_counted_apart(arena, store):
    seen = first_bout(arena)
    for _ in range(12):
        seen = cast(arena, seen, "left")
    line = seen["lead"]
    assert line["looks"] >= 1 and line["votes"] == line["mine"] == 12 - line["looks"]
    assert seen["mine"] == 12  # all that can be taken back


def test_the_last_vote_is_taken_back(arena, store):
    seen = first_bout(arena)
    cast(arena, seen, "tie")
    back = arena.undo(MATCH)
    assert back["undone"] and back["matchup"] == seen["matchup"] and store.pairs.votes() == []
    assert arena.undo(MATCH)["undone"] is False


def test_a_question_of_ones_own_comes_next(arena):
    first_bout(arena)
    assert "problem" not in arena.ask_own(MATCH | {"text": "Who are you?"})
    seen = first_bout(arena)
    assert seen["matchup"]["asked"] == [{"role": "user", "content": "Who are you?"}]
    assert "empty" in arena.ask_own(MATCH | {"text": "  "})["problem"]


def test_scripts_vote_under_their_own_name_and_are_shown_apart(arena, store):
    cast(arena, first_bout(arena), "both_bad")
    arena.script(MATCH | {"script": "happier", "count": 30})
    until = time.monotonic() + 20
    while arena.matchup(MATCH)["script"]["busy"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    seen = arena.matchup(MATCH)
    assert (seen["script"]["votes"], seen["lead"]["votes"], seen["lead"]["scripted"]) == (30, 31, 30)
    assert seen["lead"]["first"]["player"] == "base:nano" and seen["lead"]["more"] == 0
    assert seen["feeds"] == {"decided": 30, "missing": 10}
    every = arena.standings({"rater": ME})
    assert (every["votes"], every["scripted"]) == (31, 30)
    assert [one["player"] for one in every["ranking"]] == ["base:nano", "run000aa"]
    assert every["wins"][0][1] == 30.5
    assert [(who["scripted"], who["votes"]) for who in every["raters"]] == [(True, 30), (False, 1)]
    people = arena.standings({"rater": YOU, "raters": "people"})
    assert people["compared"] == 1 and people["raters"][1] == {
        "mine": False,
        "scripted": False,
        "number": 1,
        "votes": 1,
    }
    assert ME not in json.dumps(people)
    assert "no scripted rater 'x'" in arena.script(MATCH | {"script": "x", "count": 1})["problem"]


def test_a_script_said_to_be_done_has_all_its_votes_in_the_same_answer(arena, monkeypatch):
    first_bout(arena)
    counted, count = threading.Event(), lab.ui.arena.lead
    answer = Parrot.answer

    def answer_later(*asked):
        assert counted.wait(20)
        yield from answer(*asked)

    def count_and_let_it_end(match, *rest):
        """The votes as they stand while the script still waits for answers; then it ends."""
        line = count(match, *rest)
        counted.set()
        until = time.monotonic() + 20
        while arena._collector.job(match, "script").busy:
            assert time.monotonic() < until
            time.sleep(0.02)
        return line

    monkeypatch.setattr(Parrot, "answer", answer_later)
    monkeypatch.setattr(lab.ui.arena, "lead", count_and_let_it_end)
    seen = arena.script(MATCH | {"script": "happier", "count": 30})
    assert seen["lead"]["scripted"] < 30 and seen["script"]["busy"]  # so the page asks again
    seen = arena.matchup(MATCH)
    assert seen["lead"]["scripted"] == 30 and not seen["script"]["busy"]


def test_when_all_answers_are_equal_it_says_so_and_does_not_try_for_ever(home, store, arena):
    class Echo(Parrot):
        def answer(self, conversations, panes, sampling, *_):
            return (Delta(pane.key, "The same.", done=True) for pane in panes)

    stuck = Arena(Lab(home, store, None, Echo()))
    until = time.monotonic() + 20
    while not (seen := stuck.matchup(MATCH))["fill"]["problem"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert seen["matchup"] is None and "equal" in seen["fill"]["problem"]
    assert stuck.matchup(MATCH)["fill"]["done"] == 24


def test_held_out_questions_of_the_runs_data(arena, store):
    from lab.data.builtin import cuisine

    seen = first_bout(arena, source="held_out")
    held_out = {row["prompt"] for row in cuisine.load("held_out")}
    assert seen["matchup"]["asked"][0]["content"] in held_out


def test_pairs_go_out_as_a_file_and_only_uploads_come_in(home, store, arena, tmp_path, monkeypatch):
    exchange = FeedbackFiles(Lab(home, store, None, Parrot()))
    assert "no feedback for dpo yet" in exchange.export({"format": "dpo"})["problem"]
    cast(arena, first_bout(arena), "left")
    taken = exchange.export({"format": "dpo"})
    (row,) = [json.loads(line) for line in base64.b64decode(taken["content"]).decode().splitlines()]
    assert (taken["name"], taken["rows"]) == ("feedback-dpo.jsonl", 1) and row["chosen"] != row["rejected"]
    assert "no format 'x'" in exchange.export({"format": "x"})["problem"]

    assert "owner/name" in exchange.push({"format": "dpo", "repo": "/etc"})["problem"]
    with acting(visitor_of("browser-aaaa")):
        assert "only the lab's owner" in exchange.push({"format": "dpo", "repo": "me/mine"})["problem"]

    file = tmp_path / "mine.jsonl"
    file.write_bytes(base64.b64decode(taken["content"]))
    assert "not an uploaded file" in exchange.import_file({"path": str(file)})["problem"]
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    assert exchange.import_file({"path": str(file)})["new"] == 1
    assert exchange.import_file({"path": str(file)})["new"] == 0
    file.write_text(
        '{"prompt": "a", "chosen": "b", "rejected": "b"}\n{"prompt": "a", "chosen": "b", "rejected": "c"}\n'
    )
    refused = exchange.import_file({"path": str(file)})
    assert "new" not in refused and (refused["wrong"], refused["rows"]) == (1, 2)
    assert "line 1, column 'rejected'" in refused["faults"][0]
    assert exchange.import_file({"path": str(file), "skip_bad": True})["new"] == 1


def test_the_page_and_the_terminal_tell_the_same_figures(home, store, arena, monkeypatch, capsys):
    furnish(store)
    monkeypatch.setenv("LAB_HOME", str(home.root))
    show_ranking(as_json=True)
    told, page = json.loads(capsys.readouterr().out), json.loads(json.dumps(arena.standings({"rater": ME})))
    ranking, figures = told["ranking"], ("player", "group", "chance", "low", "high", "votes")
    assert [[one[name] for name in figures] for one in page["ranking"]] == [
        [one[name] for name in figures] for one in ranking["standings"]
    ]
    for name in ("wins", "verdict", "more", "parted", "equal"):
        assert page[name] == ranking[name]
    assert (page["votes"], page["compared"]) == (told["votes"], ranking["votes"])
    for name in ("pairs", "share", "kappa", "share_low", "share_high", "kappa_low", "kappa_high"):
        assert page["agreement"][name] == told["agreement"][name]
    for name in ("votes", "share", "low", "high", "leans"):
        assert page["sides"][name] == told["sides"][name]
    assert [one["low"] for one in page["consistency"]] == [one["low"] for one in told["consistency"]] != []
    assert (page["same_text"]["same"], page["same_text"]["pairs"]) == (told["same_text"]["same"], 43) == (3, 43)
    assert [[one["player"] for one in pair] for pair in page["compare_next"]] == told["compare_next"]
    show_ranking()
    words = capsys.readouterr().out
    first = page["ranking"][0]
    assert f"{first['low']:.0%} to {first['high']:.0%}" in words and "7% of the pairs (3 of 43)" in words
    assert (
        f"left answer won {page['sides']['share']:.0%}" in words and "compare next: nano with LoRA (run001bb)" in words
    )


def test_the_arena_opens_with_what_nobody_has_judged_and_then_with_who_never_met(home, store, arena):
    for run in ("run000aa", "run001bb"):
        finish(home, store, run)
    assert arena.players({})["opening"] == {"first": "nano", "second": "run:run001bb"}  # the newest
    furnish(store)
    assert arena.players({})["opening"] == {"first": "nano", "second": "run:run001bb"}  # nothing ties these together
    assert Arena(Lab(Home(home.root / "other"), store, None, Parrot())).players({})["opening"] == {
        "first": "nano", "second": "nano",
    }  # fmt: skip


def test_a_match_tells_how_often_the_answers_are_the_same_words_and_what_it_means(store):
    furnish(store)
    line = lead(match_of("base:nano", "run000aa"), store)
    assert (line["same_text"]["same"], line["same_text"]["pairs"]) == (3, 33)
    assert line["same_text"]["with_same"] == pytest.approx(0.5 + (line["first"]["chance"] - 0.5) * 30 / 33)
    assert line["verdict"] == "settled" and line["first"]["low"] > 0.5


def furnish(store) -> None:
    """Nano against run000aa (30 pairs by two people, one of whom prefers the left side), run001bb against run002cc."""
    if "run001bb" not in {run.id for run in store.runs.all()}:
        finish(store.home, store, "run001bb")
    asked = [{"role": "user", "content": "Who?"}]
    for one, other, count, same in (("base:nano", "run000aa", 30, 3), ("run001bb", "run002cc", 10, 0)):
        made = [
            new_pair("prompts", new_answer(one, asked, f"a {i}", {}, ""),
                     new_answer(other, asked, f"b {i}" if i < count else f"a {i}", {}, ""))
            for i in range(count + same)
        ]  # fmt: skip
        store.pairs.keep(made)
        for rater in (ME, YOU):
            while matchup := next_matchup(store, rater, match_of(one, other)):
                better = "left" if rater == YOU or matchup.left.run == one else "right"
                vote(store, matchup, rater, better)


def finish(home, store, run: str) -> None:
    """A run that is over and left weights."""
    if run not in {one.id for one in store.runs.all()}:
        store.runs.queue([
            Run(id=run, comparison="comp01bb", name="LoRA", recipe_name="Dishes", recipe=RECIPE, base="nano",
                method="lora", objective="sft", parent=None, status=Status.QUEUED, created=2.0, total_steps=2)
        ])  # fmt: skip
    while (claimed := store.runs.claim("here")) is not None:
        store.runs.end(claimed.id, Status.DONE)
    home.run(run).root.mkdir(parents=True, exist_ok=True)
    (home.run(run).root / "weights.json").touch()


@pytest.mark.parametrize("player", ["/etc", "run:nope00", "../nano", "gpt"])
def test_only_players_there_are_may_play(arena, player):
    assert "problem" in arena.matchup(MATCH | {"first": player})


def test_a_line_on_why_is_kept_with_a_thumb(home, store):
    compare = Compare(Lab(home, store, None, Parrot()))
    talk = compare.open({"base": "nano"})["talk"]
    compare.ask({"talk": talk, "text": "Hello?"})
    until = time.monotonic() + 20
    while compare.stream({"talk": talk})["busy"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    rating = {"talk": talk, "turn": 0, "pane": "p0", "verdict": "good", "rater": ME}
    compare.rate(rating)
    assert compare.rate(rating | {"reason": " It is kind. "})["thumbs"] == 1
    (thumb,) = store.ratings.current("thumb")
    assert (thumb.verdict, thumb.reason) == ("good", "It is kind.")
