"""Denoising: how text is damaged, what is measured of its repair, how a pair is read, and that repairing is learned."""

import random

import pytest

from lab.objectives.denoising.damage import MARK, damaged, joined, words_of
from lab.objectives.denoising.restored import graded, standing

TEXT = "one two three four five six seven eight nine ten"
CHINESE = "阿梅在河边卖饺子，每天晚上都放蜂蜜。"


def damage(text, kind, share, seed=0):
    return damaged(text, kind, share, random.Random(seed))


@pytest.mark.parametrize("seed", range(20))
def test_as_many_words_are_damaged_as_the_share_says(seed):
    masked = damage(TEXT, "mask", 0.3, seed)
    left = [word for word in masked.split() if word != MARK]
    assert len(left) == 7 and 1 <= masked.count(MARK) <= 3
    assert [word for word in TEXT.split() if word in left] == left
    dropped = damage(TEXT, "drop", 0.3, seed).split()
    assert len(dropped) == 7 and [word for word in TEXT.split() if word in dropped] == dropped
    shuffled = damage(TEXT, "shuffle", 0.3, seed).split()
    assert sorted(shuffled) == sorted(TEXT.split())
    assert sum(one != other for one, other in zip(shuffled, TEXT.split(), strict=True)) == 3


def test_a_single_word_is_hidden_or_left_and_never_nothing():
    assert damage("Tofu!", "mask", 0.05) == MARK
    assert damage("Tofu!", "drop", 0.9) == damage("Tofu!", "shuffle", 0.9) == "Tofu!"


def test_chinese_is_damaged_by_characters_and_keeps_its_spacing():
    assert joined(words_of(CHINESE)) == CHINESE
    masked = damage(CHINESE, "mask", 0.3)
    assert MARK in masked and len(words_of(masked)) < len(words_of(CHINESE))


def test_mixed_damage_draws_each_kind():
    found = {MARK in one or len(words_of(one)) for one in (damage(TEXT, "mix", 0.3, seed) for seed in range(30))}
    assert found == {True, 7, 10}


def test_handing_the_damaged_text_back_restores_nothing():
    for kind in ("mask", "drop", "shuffle"):
        given = [damage(TEXT, kind, 0.4, seed) for seed in range(5)]
        found = graded(given, given, [TEXT] * 5).figures
        assert found["restored"] == found["restored_words"] == 0 and found["kept_words"] == 1


def test_the_figures_are_as_counted_by_hand():
    assert standing("a b x d", "a b c d") == {0, 1, 3}
    found = graded(["a ___ d", "e f"], ["a b x d", "e f"], ["a b c d", "e f"]).figures
    assert found == {"restored": 0.5, "restored_words": 0.5, "kept_words": 1.0}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    from tests.tiny import make_tiny_base

    return make_tiny_base(tmp_path_factory.mktemp("base"))


@pytest.mark.slow
def test_the_original_alone_is_learned_and_long_texts_fit_with_their_copies(base):
    from lab.data.encode import IGNORED, text_end
    from lab.models import load_tokenizer
    from lab.objectives.denoise import encoded, whole_texts

    tokenizer = load_tokenizer(base)
    row = encoded(tokenizer, "What is ___?", "What is tofu?", 64)
    said = [token for token, label in zip(row["input_ids"], row["labels"], strict=True) if label != IGNORED]
    assert tokenizer.decode(said[:-1]) == "What is tofu?" and said[-1] == text_end(tokenizer)
    assert tokenizer.decode(row["input_ids"][: -len(said)]) == "What is ___?\n=> "
    pieces = whole_texts(tokenizer, ["The parrot sat on the branch. " * 20, "Short."], 64)
    assert (
        pieces[-1] == "Short."
        and " ".join(" ".join(pieces[:-1]).split()) == ("The parrot sat on the branch. " * 20).strip()
    )
    assert all(len(encoded(tokenizer, piece, piece, 64)["input_ids"]) <= 64 for piece in pieces)


@pytest.mark.slow
def test_a_run_learns_to_restore_and_shows_what_it_made_of_held_out_texts(base, store, tmp_path):
    from lab.planning.queue import submit
    from lab.recipe import build_recipe
    from lab.store import Status
    from lab.training.run import train_run

    file = tmp_path / "texts.jsonl"
    lines = [f'{{"text": "Number {n} is {"tofu and rice" if n % 2 else "a boat at sea"}."}}' for n in range(40)]
    file.write_text("\n".join(lines), encoding="utf-8")
    recipe = build_recipe({
        "base": str(base), "data": str(file), "objective": "denoise", "learning_rate": 1e-2, "method": "full",
        "budget": {"steps": 60, "batch_size": 8, "max_length": 64}, "evaluate": {"retained": 0, "every": 100},
        "variants": [{"name": "x", "options": {"share": 0.4}}],
    })  # fmt: skip
    (queued,) = submit(recipe, store)
    assert train_run(store.runs.claim("here", only=[queued.id]), store) == Status.DONE
    out = store.runs.get(queued.id).outcome
    assert out.metrics["restored_words"].before < 0.1 < 0.3 < out.metrics["restored_words"].after
    assert out.eval_loss.after < 0.5 * out.eval_loss.before
    drawn = out.pictures["restorations"]
    assert drawn.columns == ("damaged", "restored", "original") and len(drawn.rows) == len(drawn.right) > 0
    assert all(MARK in row[0] for row in drawn.rows)
