"""What the page asks at each poll is counted by the database: exactly, and in no more statements for more rows."""

import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Engine, event

from lab.data.feedback import count_preferences, rows_of
from lab.store import WHOSE, Feedback, FeedbackCount, Label, Point, RaterCount, Sample, Status, Store
from lab.store.pairs import AGAIN, match_of, new_answer, new_pair
from tests.test_store import make_run

ME, YOU, SCRIPT = "browser-aaaa", "browser-bbbb", "scripted:happier"
ASKED = [{"role": "user", "content": "Who are you?"}]
ONE, TWO, SAME = match_of("base:nano", "run000aa"), match_of("run000aa", "run001bb"), "base:nano|base:nano"


def pairs_of(match: str, count: int, source: str = "prompts", equal: bool = False):
    sides = match.split("|")
    return [
        new_pair(source, *(new_answer(run, ASKED, f"{'' if equal else i} {n}", {}, "") for i, run in enumerate(sides)))
        for n in range(count)
    ]


def vote(pair, verdict: str, rater: str = ME, **changed) -> Feedback:
    given = Feedback("vote", pair.id, rater, verdict, pair.first.id, pair.second.id, scripted=rater == SCRIPT)
    return replace(given, **changed)


def fill(store: Store, count: int = 4) -> dict:
    """`count` pairs in each of three matches, with votes of three raters; one is taken back, one seen again."""
    made = {match: pairs_of(match, count) for match in (ONE, TWO, SAME)}
    for several in made.values():
        store.pairs.keep(several)
    store.pairs.keep(pairs_of(ONE, 1, "typed"))
    for pair in made[ONE]:
        store.ratings.rate(vote(pair, "left"))
        store.ratings.rate(vote(pair, "right", YOU, answer=pair.second.id, other=pair.first.id))
        store.ratings.rate(vote(pair, "tie", SCRIPT))
    for pair in made[TWO] + made[SAME]:
        store.ratings.rate(vote(pair, "right", SCRIPT))
    store.ratings.rate(vote(made[ONE][0], "none"))
    store.ratings.rate(vote(made[ONE][1], "left", subject=made[ONE][1].id + AGAIN))
    return made


def test_counts_of_votes_are_those_of_the_votes(store):
    made = fill(store)
    every = store.pairs.votes()
    assert len(every) == 3 + 4 + 4 + 8 + 1
    for match in (ONE, TWO, SAME, match_of("a", "b")):
        votes = [one for one in every if match_of(one.first, one.second) == match]
        assert store.pairs.votes(match) == votes == store.pairs.votes_in([match])[match]
        counted = Counter(one.rater for one in votes)
        assert {one.rater: one.count for one in store.pairs.raters(match)} == counted
        for rater in (ME, YOU, SCRIPT):
            cast = store.pairs.cast_by(rater, match)
            assert store.pairs.count_cast_by(rater, match) == len(cast) == counted[rater]
            assert store.pairs.last_cast_by(rater, match) == (cast[-1] if cast else None)
    assert store.pairs.votes_in([ONE, TWO]) == {match: store.pairs.votes(match) for match in (ONE, TWO)}
    assert store.pairs.votes_in([]) == {}
    assert store.pairs.votes(scripted=True) == [one for one in every if one.scripted]
    assert store.pairs.votes(ONE, scripted=False) == [one for one in store.pairs.votes(ONE) if not one.scripted]
    assert store.pairs.has_cast(ME, made[ONE][1].id) and store.pairs.has_cast(ME, made[ONE][1].id + AGAIN)
    assert not store.pairs.has_cast(ME, made[ONE][0].id)  # taken back
    assert not store.pairs.has_cast(YOU, made[TWO][0].id)


def test_raters_are_told_in_the_order_they_came(store):
    fill(store)
    # my first vote was taken back, so that my first one that stands is younger than the others'
    assert store.pairs.raters(ONE) == [RaterCount(YOU, False, 4), RaterCount(SCRIPT, True, 4), RaterCount(ME, False, 4)]
    assert store.pairs.raters(ONE, first_looks=True)[-1] == RaterCount(ME, False, 3)
    assert store.pairs.raters()[1] == RaterCount(SCRIPT, True, 12) == store.ratings.raters("vote")[1]
    answer = store.ratings.keep_answer("base:nano", ASKED, "Me.", {}, "")
    store.ratings.rate(Feedback("thumb", answer.id, ME, "good", answer.id))
    assert store.ratings.raters("thumb") == [RaterCount(ME, False, 1)]
    assert store.ratings.raters()[-1] == RaterCount(ME, False, 5)


def test_votes_that_prefer_something_are_counted(store):
    fill(store)
    equal = pairs_of(ONE, 1, equal=True)
    store.pairs.keep(equal)
    store.ratings.rate(vote(equal[0], "left"))
    decided = [one for one in store.pairs.votes() if one.winner in ("first", "second") and not (one.equal or one.again)]
    assert store.pairs.decided() == len(decided) == 3 + 4 + 8


def test_preferences_are_counted_as_their_rows_are_made(store):
    """In the end and as they were at any time before: majorities, ties, equal answers, second looks, edits."""
    made = fill(store)
    equal = pairs_of(ONE, 1, equal=True)
    store.pairs.keep(equal)
    for given in (
        vote(equal[0], "left"), vote(made[TWO][0], "left"), vote(made[TWO][1], "right", YOU), vote(made[TWO][2], "tie"),
        vote(made[SAME][0], "right", answer=made[SAME][0].second.id, other=made[SAME][0].first.id),
        Feedback("edit", made[ONE][0].first.id, ME, "better", made[ONE][0].first.id),
    ):  # fmt: skip
        store.ratings.rate(given)
    for until in (None, *range(store.ratings.newest() + 1)):
        for raters in WHOSE:
            rows, _ = rows_of(store, "preference", raters, until)
            assert count_preferences(store, raters, until) == len(rows)
    assert count_preferences(store) == 4 + 3 + 3 + 1  # one in each of TWO and SAME has as many for as against


def test_pairs_that_wait_are_counted_up_to_some(store):
    fill(store)
    for rater in (ME, YOU, SCRIPT):
        for sources in ([], ["typed"], ["nothing"]):
            waiting = store.pairs.waiting(rater, ONE, 99, sources)
            assert store.pairs.count_waiting(rater, ONE, 99, sources) == len(waiting)
    assert store.pairs.count_waiting(ME, ONE, 99) == 2  # the one taken back, and the typed one
    assert store.pairs.count_waiting(ME, TWO, 3) == 3


def test_feedback_is_counted_by_kind_verdict_and_who(store):
    fill(store)
    answers = [store.ratings.keep_answer("base:nano", ASKED, text, {}, "") for text in "abc"]
    for number, one in enumerate(answers):
        store.ratings.rate(Feedback("thumb", one.id, ME, "good" if number else "bad", one.id))
        store.ratings.rate(Feedback("edit", one.id, ME, f"better {number}", one.id))
    store.ratings.rate(Feedback("thumb", answers[2].id, ME, "none", answers[2].id))
    counts = store.ratings.counts()
    assert counts[:3] == [
        FeedbackCount("edit", "edited", False, 3),
        FeedbackCount("thumb", "bad", False, 1),
        FeedbackCount("thumb", "good", False, 1),
    ]
    current = store.ratings.current()
    told = Counter((one.kind, one.verdict if one.kind != "edit" else "edited", one.scripted) for one in current)
    assert {(one.kind, one.verdict, one.scripted): one.count for one in counts} == told
    assert store.ratings.current("thumb", "edit") == [one for one in current if one.kind != "vote"]
    assert store.ratings.current(scripted=False) == [one for one in current if not one.scripted]


def test_feedback_as_it_was_earlier(store):
    fill(store)
    told = [store.ratings.current(until=number) for number in range(store.ratings.newest() + 1)]
    for number, seen in enumerate(told):
        said: dict = {}
        for row in store.ratings.history()[:number]:
            said[row.kind, row.rater, row.subject] = row
        assert seen == sorted((row for row in said.values() if row.verdict != "none"), key=lambda row: row.id)


def test_what_is_there_already_is_not_taken_in_again(store):
    made = fill(store)
    again = [vote(pair, "left") for pair in made[ONE]]
    assert store.pairs.take_in([], [], again) == 1  # the one that was taken back
    assert store.pairs.take_in([], [], again) == 0
    assert (
        store.pairs.take_in([], [], [vote(made[ONE][0], "right", YOU), vote(made[ONE][1], "left", reason="short")]) == 2
    )


def test_runs_are_labelled_by_variant(store):
    names = ["a · seed 0", "a · seed 1", "b", "c"]
    runs = [make_run(name, comparison) for comparison in ("c0ffee", "facade") for name in names]
    store.runs.queue(runs)
    found = store.runs.labels([runs[1].id, runs[7].id, runs[6].id, "unknown"])
    assert found == {
        runs[1].id: Label("a · seed 1", "Recipe", 0), runs[6].id: Label("b", "Recipe", 1),
        runs[7].id: Label("c", "Recipe", 2),
    }  # fmt: skip
    assert list(store.runs.some([runs[3].id, "unknown", runs[0].id]).values()) == [runs[3], runs[0]]
    assert store.runs.all(newest=2) == runs[-2:] and store.runs.all(comparison="c0ffee", newest=1) == [runs[3]]
    assert store.runs.newest_comparison([Status.QUEUED]) == "facade"
    store.runs.claim("here")
    assert store.runs.newest_comparison([Status.RUNNING, Status.DONE]) == "c0ffee"
    assert store.runs.newest_comparison([Status.DONE]) is None
    assert store.runs.start_from("nano") and not store.runs.start_from("other")


def test_the_ends_and_the_names_of_curves(store):
    runs = [make_run(name) for name in "abc"]
    store.runs.queue(runs)
    a, b, c = (run.id for run in runs)
    store.curves.write(a, 2, {"loss": 2.0, "kl": 0.5})
    store.curves.write(a, 10, {"loss": 1.0})
    store.curves.write(a, 2, {"loss": 3.0})  # repeated after a resume
    store.curves.write(b, 1, {"eval_loss": 4.0})
    store.curves.write(b, 1, {"eval_loss": 5.0})
    assert store.curves.last([a, b, c], "loss") == {a: 1.0} and store.curves.last([b], "eval_loss") == {b: 5.0}
    assert store.curves.curve(a, "loss") == [(2, 3.0), (10, 1.0)]
    assert store.curves.names([a]) == ["kl", "loss"] and store.curves.names([a, b]) == ["eval_loss", "kl", "loss"]
    assert store.curves.names([c]) == store.curves.names([]) == []
    assert store.curves.newest_sample([a, b]) == 0
    store.curves.write_samples([Sample(a, 1, 0, "Hello?", "Hello."), Sample(b, 1, 0, "Hello?", "Hi.")])
    newest = {sample.run: sample.time for sample in store.curves.samples([a, b])}
    assert store.curves.newest_sample([a]) == newest[a] and store.curves.newest_sample([a, b]) == max(newest.values())


@contextmanager
def counted():
    """The statements that this thread executes meanwhile."""
    said: list[str] = []
    here = threading.get_ident()

    def hear(_connection, _cursor, statement, *_):
        if threading.get_ident() == here:
            said.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    yield said
    event.remove(Engine, "before_cursor_execute", hear)


def statements(store: Store, count: int) -> dict[str, int]:
    """How many statements each call takes with `count` pairs in each match and as many runs."""
    made = fill(store, count)
    runs = [make_run(str(number)) for number in range(count)]
    store.runs.queue(runs)
    ids = [run.id for run in runs]
    store.curves.add(Point(0, run, "loss", 1, 1.0, 0.0) for run in ids)
    answers = [pair.first.id for pair in made[ONE]]
    calls = {
        "runs.all": store.runs.all, "runs.some": lambda: store.runs.some(ids),
        "runs.labels": lambda: store.runs.labels(ids), "curves.last": lambda: store.curves.last(ids, "loss"),
        "curves.names": lambda: store.curves.names(ids), "curves.newer": lambda: store.curves.newer(ids),
        "ratings.current": store.ratings.current, "ratings.counts": store.ratings.counts,
        "ratings.raters": store.ratings.raters, "ratings.answers": lambda: store.ratings.answers(answers),
        "pairs.votes": store.pairs.votes, "pairs.votes_in": lambda: store.pairs.votes_in([ONE, TWO, SAME]),
        "pairs.raters": store.pairs.raters, "pairs.decided": store.pairs.decided,
        "pairs.waiting": lambda: store.pairs.waiting(ME, TWO, 99),
        "pairs.count_waiting": lambda: store.pairs.count_waiting(ME, TWO, 99),
        "pairs.cast_by": lambda: store.pairs.cast_by(SCRIPT, TWO),
        "pairs.take_in": lambda: store.pairs.take_in([], [], [vote(pair, "tie") for pair in made[TWO]]),
    }  # fmt: skip
    found = {}
    for name, call in calls.items():
        with counted() as said:
            call()
        found[name] = len(said)
    return found


def test_the_statements_of_a_call_do_not_grow_with_the_rows(home, tmp_path):
    with Store(home) as few:
        small = statements(few, 2)
    with Store(home, f"sqlite:///{tmp_path / 'large.db'}") as many:
        large = statements(many, 60)
    assert small == large
    assert {name for name, count in large.items() if count > 2} == {"pairs.take_in", "runs.all"}
    assert large["runs.all"] == 3  # BEGIN, which have changed, and these
    assert large["pairs.take_in"] <= 5  # BEGIN, the queue's end, what stands, the new rows


ALL = (
    test_counts_of_votes_are_those_of_the_votes,
    test_raters_are_told_in_the_order_they_came,
    test_votes_that_prefer_something_are_counted,
    test_preferences_are_counted_as_their_rows_are_made,
    test_pairs_that_wait_are_counted_up_to_some,
    test_feedback_is_counted_by_kind_verdict_and_who,
    test_feedback_as_it_was_earlier,
    test_what_is_there_already_is_not_taken_in_again,
    test_runs_are_labelled_by_variant,
    test_the_ends_and_the_names_of_curves,
)
"""Those that any database passes."""
