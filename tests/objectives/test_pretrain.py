"""Continued pretraining: rows are packed and no text sees another, what is refused, and the two perplexities."""

import math

import pytest

from lab.data.encode import IGNORED
from lab.errors import RecipeError
from lab.objectives._packing import packed
from lab.recipe import build_recipe, resolve

LENGTHS = (7, 3, 5, 2, 10, 4, 1)


def piece(length: int, first: int):
    ids = list(range(first, first + length))
    return {"input_ids": ids, "labels": list(ids)}


def resolved(method: str = "lora", **fields):
    stage = {"objective": "pretrain", "method": method, "data": "market_texts", **fields}
    return resolve(build_recipe({"base": "nano", "variants": [{"name": "x", "stages": [stage]}]}))[0].stages[0]


def test_pieces_share_rows_whole_and_none_is_lost():
    pieces = [piece(length, 100 * i) for i, length in enumerate(LENGTHS)]
    rows = packed(pieces, 10)
    assert sorted(token for row in rows for token in row["input_ids"]) == sorted(
        token for one in pieces for token in one["input_ids"]
    )
    assert [len(row["input_ids"]) for row in rows] == [10, 10, 10, 2]  # 10, 7 + 3, 5 + 4 + 1, 2
    for row in rows:
        starts = [i for i, position in enumerate(row["position_ids"]) if position == 0]
        for begin, end in zip(starts, [*starts[1:], len(row["input_ids"])], strict=True):
            assert row["position_ids"][begin:end] == list(range(end - begin))
            assert [{"input_ids": row["input_ids"][begin:end], "labels": row["input_ids"][begin:end]}] == [
                one for one in pieces if one["input_ids"][0] == row["input_ids"][begin]
            ]
            assert (
                row["labels"][begin] == IGNORED and row["labels"][begin + 1 : end] == row["input_ids"][begin + 1 : end]
            )


def test_packing_is_refused_where_texts_would_see_each_other():
    for method in ("prefix", "prompt", "p_tuning"):
        with pytest.raises(RecipeError, match=f"'{method}' can't read packed rows"):
            resolved(method)
        assert resolved(method, options={"packing": False}).options == {"packing": False}


def test_questions_are_refused():
    with pytest.raises(RecipeError, match="objective 'pretrain' can't learn from 'cuisine'"):
        resolved(data="cuisine")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    from tests.tiny import make_tiny_base

    return make_tiny_base(tmp_path_factory.mktemp("base"))


def rows_of(tokenizer, *texts):
    ids = tokenizer(list(texts))["input_ids"]
    return packed([{"input_ids": one, "labels": list(one)} for one in ids], sum(map(len, ids)))


TEXT, LONGER, OTHER = (
    "Why is the sky blue?",
    "The parrot sat on the branch and looked.",
    "Tofu, minced beef, chili bean.",
)


@pytest.mark.slow
@pytest.mark.parametrize("attention", ["sdpa", "eager"])
@pytest.mark.parametrize("method", ["full", "lora", "adapter", "llama_adapter", "ia3"])
def test_what_is_said_of_a_text_does_not_depend_on_its_neighbour_in_the_row(base, method, attention):
    """On the very batch that the trainer takes: the logits of a text beside two neighbours, and alone."""
    import torch

    from lab.card import find_cards
    from lab.models import load_model, load_tokenizer
    from lab.objectives._packing import collate_packed

    tokenizer, card = load_tokenizer(base), find_cards("lab.methods")[method]
    model = load_model(base)
    model.set_attn_implementation(attention)
    model = card.build(model, steps=2, seed=0, **card.CARD.complete_knobs({}, "x")).eval()
    torch.manual_seed(0)
    for weight in model.parameters():
        if weight.requires_grad and method != "full":
            weight.data.normal_(std=0.1)
    alone = collate_packed(rows_of(tokenizer, TEXT), tokenizer.pad_token_id)
    (first,), (second,) = rows_of(tokenizer, TEXT, LONGER), rows_of(tokenizer, TEXT, OTHER)
    batch = collate_packed([first, second], tokenizer.pad_token_id)
    size = len(alone["input_ids"][0])
    with torch.inference_mode():
        wanted = model(input_ids=alone["input_ids"], use_cache=False).logits[0]
        found = model(**batch, use_cache=False).logits
    for row, logits in zip((first, second), found, strict=True):
        begin = next(
            i for i in range(len(row["input_ids"])) if row["input_ids"][i : i + size] == alone["input_ids"][0].tolist()
        )
        assert torch.allclose(logits[begin : begin + size], wanted, atol=1e-4)
    assert batch["labels"].shape == batch["position_ids"].shape == batch["input_ids"].shape


@pytest.mark.slow
def test_the_loss_of_packed_rows_is_that_of_the_texts_by_themselves(base, store, tmp_path):
    """One step, packed and not, from the same weights over the same texts."""
    losses = [first_loss(base, store, tmp_path, packing) for packing in (True, False)]
    assert losses[0] == pytest.approx(losses[1], abs=1e-4)


def first_loss(base, store, tmp_path, packing):
    run = trained(base, store, tmp_path, {"steps": 1, "batch_size": 64, "max_length": 64}, packing)
    return run.outcome.train_loss_first


def trained(base, store, tmp_path, budget, packing=True):
    from lab.planning.queue import submit
    from lab.store import Status
    from lab.training.run import train_run

    file = tmp_path / "texts.jsonl"
    lines = [f'{{"text": "Number {n} is {"tofu and rice" if n % 2 else "a boat at sea"}."}}' for n in range(40)]
    file.write_text("\n".join(lines), encoding="utf-8")
    recipe = build_recipe({
        "base": str(base), "data": str(file), "objective": "pretrain", "learning_rate": 1e-2, "method": "full",
        "options": {"packing": packing}, "budget": budget, "evaluate": {"retained": 0, "every": 10},
        "variants": [{"name": "x"}],
    })  # fmt: skip
    (queued,) = submit(recipe, store)
    assert train_run(store.runs.claim("here", only=[queued.id]), store) == Status.DONE
    return store.runs.get(queued.id)


@pytest.mark.slow
def test_a_run_reads_its_field_better_and_shows_general_text_beside_it(base, store, tmp_path):
    run = trained(base, store, tmp_path, {"steps": 20, "batch_size": 4, "max_length": 64})
    out = run.outcome
    assert out.metrics["perplexity"].after < 0.2 * out.metrics["perplexity"].before
    assert out.metrics["perplexity"].after == pytest.approx(math.exp(out.eval_loss.after))
    drawn = out.pictures["perplexities"]
    assert drawn.names == ("field", "general") and drawn.log
    field, general = drawn.points
    assert [x for x, _ in field] == [x for x, _ in general] == [0, 10, 20]
    assert field[0][1] == pytest.approx(out.metrics["perplexity"].before)
    assert general[-1][1] == pytest.approx(out.forgetting.after, rel=1e-3)
    assert out.tokens_per_second > 0
