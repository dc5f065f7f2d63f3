"""The sums of feedback that are kept up one row at a time are those of all rows counted anew."""

import random

import pytest

from lab.errors import RunError
from lab.feedback.agreement import agreement_of
from lab.feedback.matchups import next_matchup, present, undo, vote, waiting_pairs
from lab.feedback.strengths import MANY, chances, intervals
from lab.feedback.summary import summarise_sums
from lab.feedback.sums import ALL, PEOPLE, SCRIPTED, VoteSums
from lab.feedback.tally import tally_of
from lab.store import WHOSE, Feedback, Store
from lab.store.pairs import match_of, new_answer, new_pair

RUNS = ("base:nano", "run00aa", "run00bb", "run00cc")
VERDICTS = ("left", "right", "tie", "both_bad", "none")


def make_pair(number: int, draw: random.Random, words: str = ""):
    asked = [{"role": "user", "content": f"{number}?"}]
    one, other = draw.choices(RUNS, k=2)
    said = [words or draw.choice(("Yes.", "No.", f"{number}.")) for _ in range(2)]
    return new_pair("prompts", *(new_answer(run, asked, text, {}, "") for run, text in zip((one, other), said)))  # noqa: B905


def chatter(store: Store, draw: random.Random, rows: int) -> None:
    """Votes, changed minds, second looks, votes taken back, thumbs and edits, by people and scripts."""
    made = [make_pair(number, draw) for number in range(25)]
    store.pairs.keep(made)
    for _ in range(rows):
        pair, rater = draw.choice(made), draw.choice(("browser-a", "browser-b", "scripted:happier", "f-reader"))
        kind = draw.choice(("vote", "vote", "vote", "thumb", "edit"))
        scripted = rater.startswith("scripted")
        if kind == "vote":
            subject = pair.id + draw.choice(("", "", "/again"))
            sides = (pair.first.id, pair.second.id)
            sides = sides if draw.random() < 0.5 else sides[::-1]
            row = Feedback("vote", subject, rater, draw.choice(VERDICTS), *sides, scripted=scripted)
        else:
            said = draw.choice(("good", "bad", "none")) if kind == "thumb" else draw.choice(("Better.", "none"))
            row = Feedback(kind, pair.first.id, rater, said, pair.first.id, scripted=scripted)
        store.ratings.rate(row)


@pytest.mark.parametrize("seed", range(4))
def test_kept_up_is_as_counted_anew(store, seed):
    draw = random.Random(seed)
    tally = tally_of(store)
    for _ in range(4):
        chatter(store, draw, 60)
        with tally.look():
            assert tally.counts() == store.ratings.counts()
            assert tally.raters() == store.ratings.raters()
            assert tally.raters("vote", "thumb") == store.ratings.raters("vote", "thumb")
            for whose, scripted in WHOSE.items():
                assert tally.preferred(whose) == store.pairs.preferred(scripted=scripted)
                assert tally.edits(whose) == store.ratings.count("edit", scripted=scripted)
                anew = VoteSums.of(store.pairs.votes(scripted=scripted))
                assert tally.votes.by[whose] == anew.by[ALL]
                assert summarise_sums(tally.votes, whose) == summarise_sums(anew)
            assert tally.votes.decided == store.pairs.decided()
            for one in RUNS:
                match = match_of(one, "base:nano")
                assert tally.cast("browser-a", match) == [
                    one.subject for one in store.pairs.cast_by("browser-a", match)
                ]
                raters = store.pairs.raters(match, first_looks=True)
                assert {one.rater: one.count for one in raters} == dict(tally.match(match).by)


def test_another_process_is_heard_and_a_nested_look_reads_nothing(store, home):
    chatter(store, random.Random(7), 30)
    with tally_of(store).look() as tally:
        before = tally.counts()
    with Store(home) as other:
        other.ratings.rate(Feedback("thumb", "t", "browser-z", "good", store.pairs.votes()[0].pair.split("|")[0]))
    with tally_of(store).look() as tally:
        assert sum(one.count for one in tally.counts()) == sum(one.count for one in before) + 1
        with tally.look() as again:
            assert again is tally


def test_the_way_through_a_queue_is_the_same_as_the_tables_tell(store):
    draw = random.Random(3)
    me, match = "browser-me", match_of("base:nano", "run00aa")

    def fresh(number):
        asked = [{"role": "user", "content": f"{number}?"}]
        return new_pair("prompts", *(new_answer(run, asked, f"{run} {number}", {}, "") for run in RUNS[:2]))

    store.pairs.keep([fresh(number) for number in range(30)])
    for turn in range(60):
        line = waiting_pairs(store, me, match, 8)
        assert line == [pair.id for pair in store.pairs.waiting(me, match, 8)]
        found = next_matchup(store, me, match)
        if draw.random() < 0.2:
            undo(store, me, match)
        elif draw.random() < 0.1:
            store.pairs.keep([fresh(100 + turn)], ahead=draw.random() < 0.5)
        elif found:
            vote(store, found, me, "left")
            with pytest.raises(RunError):
                vote(store, present(store, me, found.pair.id, found.again), me, "left")
    with tally_of(store).look() as tally:
        sums = tally.match(match)
        assert sums.by[me] + sums.looks[me] == store.pairs.count_cast_by(me, match)


def test_taking_off_all_that_was_added_leaves_nothing(store):
    chatter(store, random.Random(11), 120)
    votes = store.pairs.votes()
    sums = VoteSums.of(votes)
    for one in votes:
        sums.remove(one)
    assert all(sums.by[whose] == VoteSums().by[whose] for whose in (ALL, PEOPLE, SCRIPTED))
    assert agreement_of(sums) is None and sums.decided == 0 and not sums._pairs


def test_intervals_of_many_players_are_those_of_the_bootstrap_to_first_order(monkeypatch):
    draw = random.Random(0)
    judged: dict[tuple[int, int, float], int] = {}
    for _ in range(1200):
        one, other = sorted(draw.sample(range(8), 2))
        key = (one, other, float(draw.random() < 0.5 + 0.05 * (other - one)))
        judged[key] = judged.get(key, 0) + 1
    rows = [(*key, count) for key, count in judged.items()]
    assert MANY > 8
    strengths, chance, low, high = intervals(rows, 8, 0)
    monkeypatch.setattr("lab.feedback.strengths.MANY", 2)
    same, _, lower, higher = intervals(rows, 8, 0)
    assert strengths == pytest.approx(same) and chance == pytest.approx(chances(same))
    assert lower == pytest.approx(low, abs=0.01) and higher == pytest.approx(high, abs=0.01)
