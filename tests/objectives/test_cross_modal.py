"""Drawing and describing: what is refused, what grows, that it is learned, kept, asked and drawn in the terminal."""

import pytest

from lab.data.builtin import shapes
from lab.data.grids import SIDE, is_grid, to_grid
from lab.data.picture_code import TOKENS
from lab.errors import RecipeError
from lab.objectives.cross_modal.figures import (
    captioned,
    commonest_picture,
    drawings,
    graded_captions,
    graded_drawings,
    is_right,
    others,
)
from lab.recipe import build_recipe, resolve
from lab.store import Outcome, Status, Store

WHITE, BLACK = (to_grid([colour] * SIDE * SIDE) for colour in (0, 1))
SPOT = "1" + WHITE[1:]


def resolved(objective="draw", *later: dict, **fields):
    stages = [{"objective": objective, "method": "lora", "data": "shapes", **fields}, *later]
    return resolve(build_recipe({"base": "nano", "variants": [{"name": "x", "stages": stages}]}))[0].stages


@pytest.mark.parametrize("objective", ["draw", "describe"])
@pytest.mark.parametrize("method", ["prefix", "prompt", "p_tuning", "eva", "lora_fa", "trainable_tokens"])
def test_methods_that_can_not_grow_the_vocabulary_are_refused_with_the_reason(objective, method):
    with pytest.raises(RecipeError, match=f"'{method}' can't be trained with '{objective}': .*{method}"):
        resolved(objective, method=method)


def test_what_can_not_go_together_is_refused_before_anything_is_loaded():
    with pytest.raises(RecipeError, match="can't learn from 'intents'"):
        resolved(data="intents")
    with pytest.raises(RecipeError, match="'dpo' can't follow 'draw', which leaves a model that gives pictures"):
        resolved("draw", {"objective": "dpo", "method": "lora", "data": "feedback"})
    with pytest.raises(RecipeError, match="there is none"):
        resolved("describe", options={"encoder": "random"})
    drawn = resolved("draw", {"objective": "describe", "method": "lora", "data": "shapes"})
    assert [stage.objective for stage in drawn] == ["draw", "describe"]


def test_drawings_are_right_square_by_square_and_copies_are_counted():
    found = graded_drawings([WHITE, SPOT], [WHITE, BLACK], [WHITE, BLACK, WHITE])
    assert found.figures == {"drawn_exactly": 0.5, "squares_right": pytest.approx((1 + 1 / 144) / 2), "copied": 0.5}
    assert found.commonest["drawn_exactly"] == 0.5 and found.intervals["copied"].n == 2
    assert commonest_picture([BLACK, SPOT, WHITE, WHITE, WHITE]) == WHITE
    shown = drawings(["a"], [BLACK], [SPOT], [BLACK, WHITE], [(3, [WHITE]), (9, [SPOT])])
    assert (shown.nearest, shown.apart, shown.steps, shown.grown) == ((WHITE,), (1,), (3, 9), ((WHITE, SPOT),))
    assert Outcome.from_json(Outcome(pictures={"drawings": shown}).to_json()).pictures == {"drawings": shown}


def test_a_caption_is_right_in_any_of_its_wordings_and_what_is_guessed_stands_beside_it():
    row = {"image": WHITE, "caption": "All white.", "also": ["Nothing but white"]}
    assert is_right("all  white", row) and is_right("Nothing but white.", row) and not is_right("white", row)
    assert others([WHITE, BLACK, SPOT]) == [BLACK, SPOT, WHITE] and others([WHITE, WHITE]) == [WHITE, WHITE]
    found = graded_captions([True, True], [True, False], [False, False])
    assert found.figures == {"captions_right": 1.0, "captions_right_blind": 0.5}
    assert set(found.commonest.values()) == {0.0}
    shown = captioned([row], ["All white."], ["Black."])
    assert Outcome.from_json(Outcome(pictures={"captions": shown}).to_json()).pictures == {"captions": shown}


def test_pictures_are_drawn_in_the_terminal(capsys):
    from lab.cli.pictures import print_picture

    print_picture("drawings", drawings(["A caption."], [BLACK], [SPOT], [WHITE]))
    print_picture("captions", captioned([{"image": BLACK, "caption": "Black."}], ["Black."], ["White."]))
    lines = capsys.readouterr().out.splitlines()
    assert "A caption. - 143 squares wrong; 1 squares from the nearest in training" in lines
    assert "said    Black. ✓" in lines and "|########################|" in lines


@pytest.fixture(scope="module")
def language(tmp_path_factory):
    from lab.models import load_model, load_tokenizer
    from tests.tiny import make_tiny_base

    folder = make_tiny_base(tmp_path_factory.mktemp("base") / "tiny")
    return load_model(folder), load_tokenizer(folder)


def test_new_rows_start_at_the_mean_and_the_words_stay_as_they_were(language):
    import torch

    from lab.objectives.cross_modal.seeing import Seeing

    model, _ = language
    seeing, words = Seeing(model, 0), model.get_input_embeddings().weight
    assert seeing.words == len(words) and seeing.read.shape == seeing.said.shape == (TOKENS, words.shape[1])
    assert torch.allclose(seeing.said, words.mean(0).expand_as(seeing.said), atol=1e-6)
    far = (seeing.read - words.mean(0)).norm(dim=1) / (words - words.mean(0)).norm(dim=1).mean()
    assert 0 < far.max() < 0.3
    ids = torch.tensor([[5, 6, 7, seeing.words, seeing.words + TOKENS - 1]])
    embedded = seeing.embed(ids)
    assert torch.equal(embedded[0, :3], words[[5, 6, 7]]) and torch.equal(embedded[0, 3:], seeing.read[[0, TOKENS - 1]])
    mask = torch.ones_like(ids)[:, :3]
    plain = model(input_ids=ids[:, :3], attention_mask=mask).logits
    grown = seeing.logits(seeing.hidden(seeing.embed(ids[:, :3]), mask))
    assert torch.allclose(grown[..., : seeing.words], plain, atol=1e-5) and grown.shape[-1] == seeing.words + TOKENS


def test_what_is_drawn_is_whole_whatever_the_model_knows_and_alike_alone_or_in_a_batch(language):
    from lab.generate.types import Sampling
    from lab.objectives.cross_modal.answering import draw
    from lab.objectives.cross_modal.rows import to_draw
    from lab.objectives.cross_modal.seeing import Seeing

    model, tokenizer = language
    seeing = Seeing(model, 0)
    captions = ["Hello.", "Once there was a small girl who had a green bird.", "鹦鹉会说话"]
    rows = to_draw(tokenizer, captions, None, seeing.words)
    together = draw(seeing, tokenizer, rows)
    assert all(map(is_grid, together)) and together == [draw(seeing, tokenizer, [row])[0] for row in rows]
    assert is_grid(draw(seeing, tokenizer, rows[:1], Sampling(temperature=5.0, seed=3))[0])
    grown = []
    draw(seeing, tokenizer, rows[:1], on_rows=lambda number, squares, tokens: grown.append(len(squares)))
    assert grown == sorted(grown) and grown[-1] == SIDE * SIDE


def test_an_encoder_fills_the_places_of_its_picture_and_nothing_else(language):
    import torch

    from lab.objectives.cross_modal.encoder import PATCHES, make_encoder
    from lab.objectives.cross_modal.rows import batch_of, to_describe
    from lab.objectives.cross_modal.seeing import Seeing

    model, tokenizer = language
    seeing = Seeing(model, 0, make_encoder(64, 0.2, 0))
    rows = to_describe(tokenizer, [BLACK, SPOT], ["Black.", "A spot of black."], seeing.words, seeing.patches)
    batch = batch_of(rows, tokenizer.pad_token_id)
    embedded = seeing.embed(batch["input_ids"], batch["pictures"])
    places = batch["input_ids"] == seeing.words
    assert places.sum(1).tolist() == [PATCHES, PATCHES]
    assert torch.allclose(embedded[1][places[1]], seeing.encoder(batch["pictures"])[1])
    words = model.get_input_embeddings()(batch["input_ids"].clamp(max=seeing.words - 1))
    assert torch.equal(embedded[~places], words[~places])


@pytest.mark.parametrize("learns", [True, False])
def test_what_learns_is_counted_without_torch(language, learns):
    from lab.objectives.cross_modal.encoder import make_encoder
    from lab.objectives.cross_modal.seeing import Seeing
    from lab.objectives.cross_modal.sizes import encoder_count, row_count

    encoder = make_encoder(64, 1.0, 0)
    encoder.see.requires_grad_(learns)
    assert sum(one.numel() for one in encoder.parameters() if one.requires_grad) == encoder_count(64, learns)
    rows = Seeing(language[0], 0)
    assert rows.read.numel() + rows.said.numel() == row_count(64)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Three runs on a tiny base that have learned a few pictures by heart: to draw, to describe, and by an encoder."""
    from lab.home import Home
    from lab.planning.queue import submit
    from lab.training.run import train_run
    from tests.tiny import make_tiny_base

    root = tmp_path_factory.mktemp("cross")
    base = make_tiny_base(root / "tiny")
    recipe = build_recipe({
        "base": str(base), "data": {"name": "shapes", "limit": 4},
        "budget": {"steps": 24, "batch_size": 4, "max_length": 384},
        "evaluate": {"rows": 4, "retained": 0, "every": 24}, "learning_rate": 1e-2,
        "variants": [
            {"name": "draw", "objective": "draw", "method": "lora"},
            {"name": "describe", "objective": "describe", "method": "lora"},
            {"name": "encoder", "stages": [
                {"objective": "describe", "method": "full", "options": {"see": "encoder", "train": "eyes"}},
                {"objective": "describe", "method": "lora", "options": {"see": "encoder"}}]},
        ],
    })  # fmt: skip
    with Store(Home(root / "home")) as store:
        for queued in submit(recipe, store):
            assert train_run(store.runs.claim("here", only=[queued.id]), store) == Status.DONE, queued.error
        yield store, {run.name: run for run in store.runs.all()}


@pytest.mark.timeout(1200)
def test_what_was_learned_is_kept_and_loaded_again(runs):
    from lab.objectives.cross_modal.answering import describe
    from lab.objectives.cross_modal.kept import draw_captions, load_pictures
    from lab.objectives.cross_modal.rows import to_describe

    store, found = runs
    for run in found.values():
        assert not run.outcome.notes or not any("failed" in note for note in run.outcome.notes), run.outcome.notes
    shown = found["draw"].outcome.pictures["drawings"]
    drawing = load_pictures(f"run:{found['draw'].id}", store.home)
    assert draw_captions(drawing, shown.captions) == list(shown.drawn)
    assert shown.steps and len(shown.grown[0]) == len(shown.steps)
    for name in ("describe", "encoder"):
        said = found[name].outcome.pictures["captions"]
        model = load_pictures(f"run:{found[name].id}", store.home)
        rows = to_describe(model.tokenizer, said.pictures, None, model.seeing.words, model.seeing.patches)
        assert describe(model.seeing, model.tokenizer, rows) == list(said.said)
    samples = store.curves.samples([found["draw"].id])
    assert is_grid(samples[-1].answer) and not is_grid(samples[-1].prompt)


@pytest.mark.timeout(1200)
def test_the_loss_falls_and_the_frozen_language_model_stays_as_it_was(runs):
    store, found = runs
    for run in found.values():
        assert run.outcome.train_loss_last < 0.7 * run.outcome.train_loss_first, run.name
    first = store.home.run(found["encoder"].id).stage(0)
    from safetensors.torch import load_file

    assert load_file(first / "tensors.safetensors") == {}


@pytest.mark.timeout(1200)
def test_a_drawing_grows_line_by_line_in_its_pane_and_a_caption_needs_a_picture(runs):
    import threading

    from lab.generate.types import GREEDY, Pane
    from lab.serving.engine import InferenceEngine

    store, found = runs
    panes = [Pane(name, f"run:{found[name].id}") for name in ("draw", "describe")]
    engine = InferenceEngine(store.home)

    def asked(text):
        conversation = {key: [{"role": "user", "content": text}] for key in found}
        pieces = list(engine.answer(conversation, panes, GREEDY, threading.Event()))
        return {pane.key: [one for one in pieces if one.pane == pane.key] for pane in panes}

    answers = asked("A red square at the top on white.")
    drawn = "".join(one.text for one in answers["draw"])
    assert is_grid(drawn) and all(one.picture for one in answers["draw"]) and answers["draw"][-1].done
    assert "the message is none" in answers["describe"][-1].error
    told = asked(shapes.load("held_out")[0]["image"])["describe"]
    assert told[-1].error is None and "".join(one.text for one in told) and not told[-1].picture
