"""Clustering: whitening, groups that keep their numbers, hidden labels, what is refused, rounds that find groups."""

import pytest

from lab.errors import RecipeError
from lab.recipe import build_recipe, resolve


def resolved(method: str = "lora", **fields):
    stage = {"objective": "cluster", "method": method, "data": "intents", **fields}
    return resolve(build_recipe({"base": "nano", "variants": [{"name": "x", "stages": [stage]}]}))[0].stages[0]


@pytest.mark.parametrize("method", ["prefix", "prompt", "p_tuning", "eva", "lora_fa"])
def test_methods_without_a_place_for_a_head_are_refused(method):
    with pytest.raises(RecipeError, match=f"'{method}' can't be trained with a classification head"):
        resolved(method)


def test_what_has_no_held_out_loss_or_no_steps_to_share_is_refused():
    with pytest.raises(RecipeError, match="no held-out loss to choose a learning rate by"):
        resolved(learning_rate="search")
    with pytest.raises(RecipeError, match="3 rounds share the steps out, and there are 2"):
        resolved(budget={"steps": 2})
    with pytest.raises(RecipeError, match="3 rounds share the steps out, and there are none"):
        resolved(budget={"seconds": 5})
    with pytest.raises(RecipeError, match="can't learn from 'cuisine'"):
        resolved(data="cuisine")


def test_whitened_states_reach_equally_far_in_every_direction():
    import numpy as np

    from lab.objectives.clustering.points import Whitening

    rng = np.random.default_rng(0)
    states = rng.normal(size=(500, 8)) * [100, 10, 1, 1, 1, 1, 1, 1] + 50
    whitened = Whitening.of(states, 4)
    turned = (states - whitened.middle) @ whitened.directions
    assert np.allclose(np.cov(turned.T, bias=True), np.eye(4), atol=1e-6)
    assert np.allclose(np.linalg.norm(whitened(states), axis=1), 1)
    assert Whitening.of(np.ones((5, 3)), 2)(np.ones((5, 3))).shape == (5, 1)  # all alike: nothing to divide by


def test_groups_keep_their_numbers_and_the_far_ones_are_not_learned():
    import numpy as np

    from lab.objectives.clustering.groups import nearest_share, renumbered, shared_information

    before, now = [0, 0, 1, 1, 2, 2], [2, 2, 0, 0, 1, 0]
    names = renumbered(now, before, 3)
    assert [names[one] for one in now] == [0, 0, 1, 1, 2, 1]
    distances = np.array([[0.1, 9], [0.2, 9], [0.3, 9], [9, 0.5]])
    assert nearest_share(distances, [0, 0, 0, 1], 0.5) == [True, True, False, True]
    assert shared_information([1, 1, 0, 0], ["a", "a", "b", "b"]) == pytest.approx(1.0)
    assert shared_information([0, 1, 0, 1], ["a", "a", "b", "b"]) == pytest.approx(0.0)


def test_a_group_is_named_by_its_own_words():
    from lab.objectives.clustering.points import telling_words

    said = telling_words(["tofu rice", "rice tofu", "a boat and the sea", "the sea and a boat"], [0, 0, 1, 1], 3)
    assert set(said[0].split()) == {"tofu", "rice"} and "boat" in said[1].split() and said[2] == ""


def test_no_group_stays_empty_where_there_are_as_many_different_points():
    import numpy as np

    from lab.objectives.clustering.groups import group

    points = np.array([[0.0, 0.0]] * 50 + [[1.0, 0.0], [0.0, 1.0]])
    assert set(group(points, 3, 0).labels_) == {0, 1, 2}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    from tests.tiny import make_tiny_base

    return make_tiny_base(tmp_path_factory.mktemp("base"))


def trained(base, store, file, rows, **fields):
    from lab.planning.queue import submit
    from lab.store import Status
    from lab.training.run import train_run

    file.write_text("\n".join(rows), encoding="utf-8")
    recipe = build_recipe({
        "base": str(base), "data": str(file), "objective": "cluster", "learning_rate": 5e-3, "method": "lora",
        "options": {"clusters": 2, "rounds": 3, "dimensions": 4},
        "budget": {"steps": 9, "batch_size": 8, "max_length": 64},
        "evaluate": {"retained": 0, "every": 100}, "variants": [{"name": "x"}],
    } | fields)  # fmt: skip
    (queued,) = submit(recipe, store)
    assert train_run(store.runs.claim("here", only=[queued.id]), store) == Status.DONE
    return store.runs.get(queued.id)


@pytest.mark.slow
def test_rounds_find_groups_that_hidden_labels_agree_with_and_the_run_can_be_asked(base, store, tmp_path):
    from lab.objectives.classes.kept import load_classifier

    rows = ["text,label"] + [
        f"Number {n} is {'tofu and rice' if n % 2 else 'a boat at sea'}.,{'food' if n % 2 else 'sea'}"
        for n in range(40)
    ]
    run = trained(base, store, tmp_path / "food.csv", rows)
    out = run.outcome
    assert out.metrics["nmi"].after == out.metrics["nmi_tfidf"].after == pytest.approx(1.0)
    rounds, groups = out.pictures["rounds"], out.pictures["groups"]
    assert rounds.names == ("model", "tfidf") and [step for step, _ in rounds.points[0]] == [0, 3, 6, 9]
    assert groups.rows == ("food", "sea") and all(sorted(row)[0] == 0 < sorted(row)[1] for row in groups.values)
    assert out.eval_loss.after is None
    shares = load_classifier(f"run:{run.id}", store.home).shares("Number 3 is tofu and rice.")
    assert sum(share for _, share in shares) == pytest.approx(1.0) and shares[0][0][:2] in ("1:", "2:")


@pytest.mark.slow
def test_labels_are_hidden_from_training(base, store, tmp_path):
    """The same texts with labels that contradict them: the very same weights come out."""
    texts = [f"Number {n} is {'tofu and rice' if n % 2 else 'a boat at sea'}." for n in range(40)]
    losses = []
    for mark, labels in (("right", "ab"), ("wrong", "aabb")):
        rows = ["text,label", *(f"{text},{labels[i % len(labels)]}" for i, text in enumerate(texts))]
        losses.append(trained(base, store, tmp_path / f"{mark}.csv", rows).outcome.train_loss_last)
    assert losses[0] == losses[1]


@pytest.mark.slow
def test_texts_without_labels_are_grouped_and_nothing_is_claimed_of_them(base, store, tmp_path):
    rows = [f'{{"text": "Number {n} is {"tofu and rice" if n % 2 else "a boat at sea"}."}}' for n in range(40)]
    out = trained(base, store, tmp_path / "texts.jsonl", rows).outcome
    assert "nmi" not in out.metrics and set(out.pictures) == {"rounds"}
    assert out.pictures["rounds"].names == ("changed",)
