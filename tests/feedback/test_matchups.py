"""A rater's way through the queue: the same after a reload, sides by chance, second looks swapped, votes undone."""

import pytest

from lab.errors import RunError
from lab.feedback.matchups import EVERY, LOOK_BACK, next_matchup, present, proposals, undo, vote
from lab.feedback.ranking import rank
from lab.feedback.scripted import cast_scripted
from lab.store import Vote
from lab.store.pairs import match_of, new_answer, new_pair

ASKED = [{"role": "user", "content": "Tell me a story."}]
MATCH = match_of("base:nano", "run00bb")


@pytest.fixture
def queue(store):
    made = []
    for i, text in enumerate(["A happy day.", "A dark day.", "A day."] * 12):
        first = new_answer("base:nano", ASKED, f"A sad day {i}.", {}, "f")
        made.append(new_pair("prompts", first, new_answer("run00bb", ASKED, text, {}, "b")))
    store.pairs.keep(made)
    return made


def test_the_same_pair_with_the_same_sides_until_it_is_voted_on(store, queue):
    first = next_matchup(store, "me", MATCH)
    assert first == next_matchup(store, "me", MATCH) and first.pair == queue[0]
    vote(store, first, "me", "left")
    assert next_matchup(store, "me", MATCH).pair == queue[1]
    assert next_matchup(store, "you", MATCH).pair == queue[0]
    assert next_matchup(store, "me", match_of("a", "b")) is None


def test_sides_are_mixed_for_everyone_in_another_way(store, queue):
    mine, yours = ([present(store, rater, pair.id, False).swapped for pair in queue] for rater in ("me", "you"))
    assert 3 < sum(mine) < 33 and 3 < sum(yours) < 33 and mine != yours
    bout = present(store, "me", queue[mine.index(True)].id, False)
    assert (bout.left, bout.right) == (bout.pair.second, bout.pair.first)


def test_a_vote_is_kept_as_the_sides_were_shown_and_then_locked(store, queue):
    bout = next_matchup(store, "me", MATCH)
    kept = vote(store, bout, "me", "right")
    assert (kept.verdict, kept.answer, kept.other) == ("right", bout.left.id, bout.right.id)
    with pytest.raises(RunError, match="voted on this already"):
        vote(store, bout, "me", "left")
    with pytest.raises(RunError, match="no verdict"):
        vote(store, next_matchup(store, "me", MATCH), "me", "both")
    assert len(store.ratings.history()) == 1


def test_the_last_vote_can_be_taken_back_and_given_anew(store, queue):
    assert undo(store, "me", MATCH) is None
    bouts = []
    for verdict in ("left", "tie"):
        bouts.append(next_matchup(store, "me", MATCH))
        vote(store, bouts[-1], "me", verdict)
    assert undo(store, "me", MATCH).subject == bouts[1].subject
    assert next_matchup(store, "me", MATCH) == bouts[1]
    vote(store, bouts[1], "me", "both_bad")
    assert [one.verdict for one in store.ratings.current("vote")] == ["left", "both_bad"]


def test_now_and_then_an_old_pair_comes_again_with_its_sides_swapped(store, queue):
    shown = []
    for _ in range(2 * EVERY):
        shown.append(next_matchup(store, "me", MATCH))
        vote(store, shown[-1], "me", "tie")
    again = [i for i, bout in enumerate(shown) if bout.again]
    assert again == [EVERY - 1, 2 * EVERY - 1]
    for i in again:
        (before,) = [j for j, bout in enumerate(shown) if bout.pair == shown[i].pair and j != i]
        assert i - before > LOOK_BACK and shown[i].swapped != shown[before].swapped
    assert sum(one.again for one in store.pairs.votes()) == 2


def test_players_that_nothing_ties_together_are_to_be_compared_first():
    votes = games(a_b="1" * 30 + "2" * 2, c_d="1" * 20, d_e="12" * 5)
    assert [(one.player, one.group) for one in rank(votes).standings] == [
        ("a", 0), ("b", 0), ("c", 1), ("d", 2), ("e", 2),
    ]  # fmt: skip
    assert proposals(rank(votes)) == [("a", "c"), ("c", "e")]
    assert proposals(rank(votes), able=["b", "d", "e"]) == [("b", "d")]  # who was deleted can't answer
    assert proposals(rank([])) == []


def test_then_whoever_may_still_be_as_good_as_the_first():
    ranking = rank(games(a_b="12" * 8 + "1", b_c="1" * 20 + "2", a_c="1" * 12 + "2"))
    assert proposals(ranking) == [(ranking.undecided.first, ranking.undecided.second)] == [("a", "b")]
    assert proposals(rank(games(a_b="1" * 20))) == []  # settled
    assert proposals(rank(games(a_b="=" * 60))) == []  # as good as equal


def games(**won) -> list[Vote]:
    """Votes by the names of both: '1' for the first, '2' for the second, '=' for a tie, each on a pair of its own."""
    return [
        Vote(f"{names} {i}", "me", False, False, names[0], names[-1], {"1": "first", "2": "second", "=": "tie"}[one])
        for names, signs in won.items() for i, one in enumerate(signs)
    ]  # fmt: skip


def test_a_pair_that_is_gone_is_said(store):
    with pytest.raises(RunError, match="no longer there"):
        present(store, "me", "nope", False)


def test_scripted_raters_prefer_what_they_like_and_say_who_they_are(store, queue):
    assert cast_scripted(store, "happier", queue[:6]) == {"right": 4, "tie": 2}
    votes = store.pairs.votes()
    assert {(vote.rater, vote.scripted) for vote in votes} == {("scripted:happier", True)}
    assert store.pairs.waiting("scripted:happier", MATCH, 1) == [queue[6]]
    assert next_matchup(store, "me", MATCH).pair == queue[0]
    with pytest.raises(RunError, match="no scripted rater 'hapier'"):
        cast_scripted(store, "hapier", queue)
