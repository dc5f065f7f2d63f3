"""Whether a reward model agrees with people, on what it has not learned from."""

import pytest

from lab.api.agreeing import Share, _thumbs, _votes, judge_agreement
from lab.data.learned import keep_learned
from lab.errors import RunError
from lab.planning import submit
from lab.recipe import build_recipe
from lab.serving.scoring import judged_by
from lab.store import Feedback, Status
from lab.store.pairs import AGAIN
from lab.training.run import train_run


def rate(store, number, verdict="left", kind="vote", rater="me"):
    asked = [{"role": "user", "content": f"Tell me a story about {number} ducks and {number} geese."}]
    happy, sad = (
        store.ratings.keep_answer("base:nano", asked, f"{number} {text}", {}, "").id
        for text in ("happy friends played.", "cried, sad and alone.")
    )
    other = sad if kind == "vote" else None
    store.ratings.rate(Feedback(kind, f"{kind}{number}", rater, verdict, happy, other))


def test_votes_count_by_the_higher_score_and_thumbs_by_pairs_of_good_and_bad():
    scores = {"a": 2.0, "b": 1.0, "c": 1.0}
    votes = [Feedback("vote", str(i), "me", verdict, *pair) for i, (verdict, pair) in enumerate(
        [("left", ("a", "b")), ("right", ("a", "b")), ("left", ("b", "c")), ("tie", ("a", "c"))])]  # fmt: skip
    assert _votes(votes, scores) == Share.of(1.5, 3)
    thumbs = [Feedback("thumb", name, "me", said, name) for name, said in (("a", "good"), ("b", "bad"), ("c", "bad"))]
    assert _thumbs(thumbs, scores) == Share.of(1.0, 1)
    assert _thumbs(thumbs[1:], scores).count == 0


@pytest.mark.slow
def test_only_judgements_on_questions_that_were_not_learned_count(store):
    for number in range(12):
        rate(store, number)
    recipe = build_recipe({
        "base": "nano", "objective": "reward", "data": "feedback", "learning_rate": 1e-3,
        "budget": {"steps": 8, "batch_size": 8, "max_length": 64}, "evaluate": {"rows": 4, "answers": 0, "retained": 0},
        "variants": [{"name": "judge", "method": "full"}],
    })  # fmt: skip
    (run,) = submit(recipe, store)
    assert train_run(store.runs.claim("here", only=[run.id]), store) == Status.DONE
    score = judged_by(f"run:{run.id}", store.home)
    before = judge_agreement(store, run.id, score)
    assert 1 <= before.new.votes.count <= 4  # the held-out ones
    assert before.new.votes.count + before.learned.votes.count == 12
    rate(store, 50)
    rate(store, 51, rater="you")
    after = judge_agreement(store, run.id, score)
    assert after.new.votes.count == before.new.votes.count + 2
    assert after.new.votes.right == after.new.votes.count and after.new.votes.low < 1
    assert judge_agreement(store, run.id, score, rater="you").new.votes.count == 1
    assert judge_agreement(store, run.id, score, "scripted").new.votes.count == 0
    with pytest.raises(RunError, match="are no raters"):
        judge_agreement(store, run.id, score, "cats")


def test_simple_rules_are_told_beside_it_and_second_looks_and_equal_answers_are_left_out(store):
    store.home.run("abcdef01").root.mkdir(parents=True)
    keep_learned("abcdef01", store.home, [{"prompt": [{"role": "user", "content": "Old?"}]}], frozenset())
    asked = [{"role": "user", "content": "New?"}]
    long, short, same = (store.ratings.keep_answer("base:nano", asked, text, {}, "").id for text in ("aaaa", "b", "b"))
    old = store.ratings.keep_answer("base:nano", [{"role": "user", "content": "Old?"}], "cc", {}, "").id
    older = store.ratings.keep_answer("base:nano", [{"role": "user", "content": "Old?"}], "d", {}, "").id
    for subject, verdict, left, right in (
        ("one", "left", long, short), ("two", "right", short, long), ("three", "left", short, long),
        ("four", "tie", long, short), ("one" + AGAIN, "left", long, short), ("five", "left", short, same),
        ("six", "left", old, older),
    ):  # fmt: skip
        store.ratings.rate(Feedback("vote", subject, "me", verdict, left, right))
    found = judge_agreement(store, "abcdef01", lambda answers: [-float(len(one.text)) for one in answers])
    assert (found.new.votes, found.longer.votes, found.left) == (Share.of(1, 3), Share.of(2, 3), Share.of(2, 3))
    assert found.learned.votes == Share.of(0, 1)
