"""Telling classes apart: figures by hand, what is refused, how a text is read, and that it is learned and kept."""

import math
import re

import pytest

from lab.errors import LabError, RecipeError
from lab.objectives.classes.figures import accuracy, confusion, graded, macro_f1, macro_f1_interval
from lab.recipe import build_recipe, resolve
from lab.store import Outcome
from lab.store.pictures import KINDS, Lines, Matrix, Texts

WANTED = ["a", "a", "a", "b", "b", "c"]
SAID = ["a", "a", "b", "b", "a", "b"]


def resolved(method: str = "lora", *later: dict, **fields):
    stages = [{"objective": "classify", "method": method, "data": "intents", **fields}, *later]
    return resolve(build_recipe({"base": "nano", "variants": [{"name": "x", "stages": stages}]}))[0].stages[0]


def test_accuracy_macro_f1_and_confusion_are_as_counted_by_hand():
    assert accuracy(SAID, WANTED) == 3 / 6
    # a: 2 right of 3 said and 3 wanted; b: 1 of 3 and 2; c: none
    assert macro_f1(SAID, WANTED) == pytest.approx((4 / 6 + 2 / 5 + 0) / 3)
    assert confusion(SAID, WANTED, ("a", "b", "c")) == Matrix(
        ("a", "b", "c"), ("a", "b", "c"), ((2, 1, 0), (1, 1, 0), (0, 1, 0))
    )


def test_what_always_the_commonest_class_gets_stands_beside_the_figures():
    found = graded(SAID, WANTED, "a")
    assert found.figures == {"accuracy": 0.5, "macro_f1": pytest.approx(16 / 45)}
    assert found.commonest == {"accuracy": 0.5, "macro_f1": pytest.approx((6 / 9) / 3)}
    assert found.intervals["accuracy"].n == 6
    low, high = found.intervals["macro_f1"].low, found.intervals["macro_f1"].high
    assert 0 <= low < 16 / 45 < high <= 1
    assert macro_f1_interval(WANTED, WANTED).low == macro_f1_interval(WANTED, WANTED).high == 1.0


def test_a_class_that_nobody_trained_on_is_a_row_and_never_said():
    assert confusion(["a"], ["z"], ("a", "b")).values == ((0, 0, 0), (0, 0, 0), (1, 0, 0))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_pictures_of_every_kind_are_kept_with_the_run_and_drawn_in_both_places(kind):
    from lab.cli.pictures import DRAWINGS
    from lab.home import ASSETS

    drawn = {"confusion": confusion(SAID, WANTED, ("a", "b", "c")), "lines": Lines.of({"a": [(0, 1.5), (1, 2.0)]}),
             "texts": Texts(("a",), (("x",),), (True,))}  # fmt: skip
    assert Outcome.from_json(Outcome(pictures=drawn).to_json()).pictures == drawn
    page = (ASSETS / "js" / "comparison" / "pictures.js").read_text(encoding="utf-8")
    assert kind in DRAWINGS and kind in re.findall(r"(\w+)(?:: \w+)?", re.search(r"const KINDS = {([^}]*)}", page)[1])
    assert Outcome.from_json('{"pictures": {"x": {"kind": "of tomorrow"}}}').pictures == {}


def test_a_picture_is_drawn_in_the_terminal(capsys):
    from lab.cli.pictures import print_picture

    print_picture("confusion", confusion(SAID, WANTED, ("a", "b", "c")))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Which class is taken for which"
    assert [cell.strip() for cell in next(line for line in lines if "[2]" in line).split("│")] == ["a", "[2]", "1", "·"]


@pytest.mark.parametrize("method", ["prefix", "prompt", "p_tuning", "eva", "lora_fa"])
def test_a_head_refuses_methods_it_can_not_sit_on_and_words_take_them(method):
    with pytest.raises(RecipeError, match=f"'{method}' can't be trained with a classification head"):
        resolved(method)
    assert resolved(method, options={"read": "words"}).options["read"] == "words"


@pytest.mark.parametrize("option", [{"train": "head"}, {"weights": "balanced"}])
def test_what_is_for_a_head_is_refused_where_there_is_none(option):
    with pytest.raises(RecipeError, match="is for a head"):
        resolved(options={"read": "words"} | option)


def test_nothing_that_learns_from_answers_follows_a_model_that_gives_classes():
    with pytest.raises(RecipeError, match="'dpo' can't follow 'classify', which leaves a model that gives classes"):
        resolved("lora", {"objective": "dpo", "method": "lora", "data": "feedback"})
    assert resolved("lora", {"objective": "classify", "method": "lora", "data": "intents"})


def test_data_of_pairs_is_refused():
    with pytest.raises(RecipeError, match="objective 'classify' can't learn from 'cuisine'"):
        resolved(data="cuisine")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    from tests.tiny import make_tiny_base

    return make_tiny_base(tmp_path_factory.mktemp("base"))


TEXTS = ["Why is the sky blue?", "Tofu!", "How do you cook rice? Wash it, add water, cover the pot and wait."]


@pytest.mark.slow
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("pad", ["<|pad|>", "<|im_end|>"])
def test_a_head_reads_the_last_token_whatever_pads_and_on_which_side(base, side, pad):
    """One text after the other, unpadded, is what all of them together must give."""
    import torch

    from lab.models import load_model, load_tokenizer
    from lab.objectives.classes.head import head_log_probabilities, head_on
    from lab.objectives.classes.reading import read_texts

    tokenizer = load_tokenizer(base)
    tokenizer.pad_token, tokenizer.padding_side = pad, side
    classifier = head_on(load_model(base), tokenizer, ("a", "b", "c"))
    rows = read_texts(tokenizer, TEXTS, 64)
    rows.append([*rows[0], tokenizer.eos_token_id])  # ends with what may pad
    assert head_log_probabilities(classifier, tokenizer, rows)[0] == pytest.approx([-math.log(3)] * 3)
    torch.nn.init.normal_(classifier.score.weight)
    together = head_log_probabilities(classifier, tokenizer, rows)
    alone = [head_log_probabilities(classifier, tokenizer, [row])[0] for row in rows]
    assert torch.allclose(torch.tensor(together), torch.tensor(alone), atol=1e-4)
    assert not torch.allclose(torch.tensor(alone[0]), torch.tensor(alone[3]), atol=1e-2)


@pytest.mark.slow
def test_a_long_text_is_cut_and_the_end_of_the_template_is_not(base):
    from lab.models import load_tokenizer
    from lab.objectives.classes.reading import answered_texts, read_texts

    tokenizer = load_tokenizer(base)
    short, long = read_texts(tokenizer, ["Hello", "Hello " * 100], 24)
    assert len(long) == 24 and tokenizer.decode(long).endswith("<|im_end|>\n<|im_start|>assistant\n")
    assert tokenizer.decode(short) == "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"
    ((given, said),) = answered_texts(tokenizer, ["Hello " * 100], ["good"], 24)
    assert len(given) + len(said) == 24 and tokenizer.decode(said) == "good<|im_end|>"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "options"),
    [("full", {"train": "head"}), ("lora", {}), ("lora_plus", {"train": "head"}), ("lora", {"read": "words"})],
)
def test_a_run_learns_its_classes_is_kept_loaded_and_asked(base, store, tmp_path, method, options):
    from lab.objectives.classes.kept import load_classifier
    from lab.planning.plans import plan
    from lab.planning.queue import submit
    from lab.store import Status
    from lab.training.run import train_run

    file = tmp_path / "food.csv"
    lines = [f"Number {n} is {'tofu and rice' if n % 2 else 'a boat at sea'}.,{'food' if n % 2 else 'sea'}"
             for n in range(40)]  # fmt: skip
    file.write_text("text,label\n" + "\n".join(lines), encoding="utf-8")
    recipe = build_recipe({
        "base": str(base), "data": str(file), "objective": "classify", "learning_rate": 3e-2, "options": options,
        "budget": {"steps": 20, "batch_size": 8, "max_length": 64}, "evaluate": {"retained": 0, "every": 100},
        "variants": [{"name": "x", "method": method}],
    })  # fmt: skip
    told = plan(recipe, store.home)[0].cost
    (queued,) = submit(recipe, store)
    assert train_run(store.runs.claim("here", only=[queued.id]), store) == Status.DONE
    run = store.runs.get(queued.id)
    out = run.outcome
    assert out.metrics["accuracy"].after == 1.0 == out.metrics["macro_f1"].after, out.metrics
    assert 0 < out.metrics["accuracy"].commonest < 1
    matrix = out.pictures["confusion"]
    assert matrix.rows == ("food", "sea") and matrix.values[0][1] == matrix.values[1][0] == 0
    assert told.trainable_params == out.trainable_params
    if options.get("train") == "head":
        assert out.trainable_params == 2 * 64
        assert out.eval_loss.before == pytest.approx(math.log(2))
    asked = load_classifier(f"run:{run.id}", store.home)
    name, share = asked.shares("Number 3 is tofu and rice.")[0]
    assert name == "food" and 0.5 < share <= 1
    _answers_with_classes(run, store)
    with pytest.raises(LabError, match="gives classes and no answers"):
        submit(build_recipe({"base": f"run:{run.id}", "variants": [{"name": "x", "method": "lora"}]}), store)


def _answers_with_classes(run, store):
    """Side by side with a base that speaks: classes from the one, words from the other; nothing of it can be rated."""
    import threading

    from lab.generate import Pane, Sampling
    from lab.serving.engine import InferenceEngine

    said = [{"role": "user", "content": "Number 4 is a boat at sea."}]
    panes = [Pane("one", f"run:{run.id}"), Pane("other", run.base)]
    engine, found = InferenceEngine(store.home), {}
    for delta in engine.answer({"one": said, "other": said}, panes, Sampling(max_new_tokens=4), threading.Event()):
        assert delta.error is None
        found[delta.pane] = delta
    assert [name for name, _ in found["one"].classes] == ["sea", "food"] and not found["one"].text
    assert sum(share for _, share in found["one"].classes) == pytest.approx(1.0, abs=1e-4)
    assert found["other"].classes == () and found["one"].fingerprint
