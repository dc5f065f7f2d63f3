"""Several tasks on one backbone: names by hand, what a row weighs, who is drawn how often, what is refused, and that
they are learned and kept."""

import math

import pytest

from lab.data.builtin import visits_mood, visits_names
from lab.data.tags import Span, span_counts, span_f1, spans_of, tag_names
from lab.data.tasks import Spec, as_task, outputs_of, shares, specs_of
from lab.errors import RecipeError
from lab.objectives.tasks.figures import cosine_picture, task_figures
from lab.objectives.tasks.reading import TaskRow
from lab.objectives.tasks.trainer import places_of
from lab.recipe import build_recipe, resolve

BOTH = ["visits_mood", "visits_names"]


def resolved(method: str = "lora", **fields):
    variant = {"name": "x", "objective": "multi_task", "method": method, "data": BOTH, **fields}
    return resolve(build_recipe({"base": "nano", "variants": [variant]}))[0].stages[0]


def test_spans_are_read_from_tags_as_conll_counts_them():
    assert spans_of(["B-inn", "I-inn", "O", "I-town", "B-town"]) == [
        Span(0, 2, "inn"), Span(3, 4, "town"), Span(4, 5, "town")
    ]  # fmt: skip
    assert spans_of(["B-inn", "I-town"]) == [Span(0, 1, "inn"), Span(1, 2, "town")] and spans_of(["O"]) == []


def test_the_f1_of_names_counts_whole_names_of_the_right_kind():
    wanted, said = ["B-inn", "I-inn", "O", "B-town"], ["B-inn", "O", "O", "B-town"]
    assert span_counts(said, wanted) == (1, 4) and span_f1([said], [wanted]) == 0.5
    assert span_f1([wanted], [wanted]) == 1.0 == span_f1([["O"]], [["O"]])


def test_shares_are_by_rows_equal_or_between():
    assert shares([100, 300], "proportional") == [0.25, 0.75]
    assert shares([100, 300], "equal") == [0.5, 0.5]
    assert shares([100, 400], "temperature", 2.0) == pytest.approx([1 / 3, 2 / 3])


def test_each_task_is_drawn_by_its_share_and_each_of_its_rows_before_one_comes_again():
    rows = [TaskRow(0, [1], [0], [0])] * 5 + [TaskRow(1, [1], [0], [0])] * 20
    places = places_of(rows, 2, [0.5, 0.5], 400, seed=0)
    first = [place for place in places if place < 5]
    assert 160 < len(first) < 240 and sorted(first[:5]) == [0, 1, 2, 3, 4]
    assert places == places_of(rows, 2, [0.5, 0.5], 400, seed=0) != places_of(rows, 2, [0.5, 0.5], 400, seed=1)


@pytest.mark.parametrize("module", [visits_mood, visits_names])
def test_both_data_sets_are_of_one_world_and_hold_out_names_and_sentences(module):
    train, held_out = module.load("train"), module.load("held_out")
    assert (len(train), len(held_out)) == tuple(module.COUNTS.values()) and train == module.load("train")
    assert not {row["text"] for row in train} & {row["text"] for row in held_out}
    if "tags" in train[0]:
        names = [{" ".join(row["tokens"][one.begin : one.end]) for row in rows for one in spans_of(row["tags"])}
                 for rows in (train, held_out)]  # fmt: skip
        assert not names[0] & names[1] and len(names[1]) > 60
        assert tag_names(train) == tag_names(held_out)
        assert all(len(row["tokens"]) == len(row["tags"]) for row in train)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"method": "prefix"}, "can't be trained with a classification head"),
        ({"data": [{"name": "visits_mood", "weight": 2}, "visits_names"]}, "said by options.mixing"),
        ({"data": ["visits_mood", "visits_mood"]}, "is there twice"),
        ({"data": ["visits_mood", "cuisine"]}, "can't learn from 'cuisine'"),
    ],
)
def test_what_can_not_be_combined_is_refused_before_anything_is_loaded(changes, why):
    with pytest.raises(RecipeError, match=why):
        resolved(**changes)


def test_a_file_of_words_and_tags_is_read_and_a_wrong_one_is_told(home, tmp_path):
    import json

    from lab.data.bad_rows import BadRowsError
    from lab.data.load import load_data
    from lab.recipe import DataChoice

    file = tmp_path / "names.jsonl"
    rows = [{"tokens": ["Number", str(n), "is", "Tofu"], "ner_tags": ["O", "O", "O", "B-dish"]} for n in range(20)]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    found = load_data(DataChoice(name=str(file)), home, 0, ("tasks", "labels", "tags"))
    assert found.format == "tags" and found.train[0]["text"].startswith("Number ")
    assert specs_of(as_task(found, "names").train) == (Spec("names", "tags", ("O", "B-dish", "I-dish")),)
    assert outputs_of(as_task(found, "names").train) == 3 == outputs_of(found.train)
    rows[3]["ner_tags"] = ["O", "dish", "O", "O"]
    rows[4]["ner_tags"] = ["O"]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with pytest.raises(BadRowsError, match="no BIO tag"):
        load_data(DataChoice(name=str(file)), home, 0, ("tasks", "labels", "tags"))


def test_each_task_has_its_own_figures_and_tags_cut_off_count_as_none():
    spec = Spec("names", "tags", ("O", "B-inn", "I-inn"))
    rows = [{"task": "names", "tokens": ["a", "b"], "tags": ["O", "B-inn"]}] * 4
    assert task_figures(spec, rows, [["O", "B-inn"]] * 3 + [["O"]], rows).figures == {
        "span_f1/names": pytest.approx(6 / 7)
    }
    drawn = cosine_picture([(10, {("mood", "names"): 0.5}), (20, {("mood", "names"): -0.25})])
    assert drawn["gradient_cosines"].points == (((10, 0.5), (20, -0.25)),) and cosine_picture([]) == {}


@pytest.mark.slow
def test_a_row_weighs_the_same_in_every_task_whatever_its_words_and_classes():
    import torch

    from lab.objectives.tasks.heads import batch_loss

    one = torch.zeros(1, 2), torch.tensor([0]), torch.tensor([0])
    tagged = torch.zeros(30, 7), torch.zeros(30, dtype=torch.long), torch.ones(30, dtype=torch.long)
    assert batch_loss({0: one}, 1, normalise=True).item() == pytest.approx(1.0)
    assert batch_loss({0: one, 1: tagged}, 2, normalise=True).item() == pytest.approx(1.0)
    alike = (math.log(2) + 30 * math.log(7)) / 31
    assert batch_loss({0: one, 1: tagged}, 2, normalise=False).item() == pytest.approx(alike)


@pytest.mark.slow
def test_a_tag_is_told_at_the_last_token_of_its_word(tmp_path):
    from lab.models import load_tokenizer
    from lab.objectives.tasks.reading import read_rows
    from tests.tiny import make_tiny_base

    tokenizer = load_tokenizer(make_tiny_base(tmp_path))
    row = {"task": "n", "text": "Say hello, Zorik!", "tokens": ["Say", "hello", ",", "Zorik", "!"],
           "tags": ["O", "O", "O", "B-x", "O"]}  # fmt: skip
    (read,) = read_rows(tokenizer, [row], (Spec("n", "tags", ("O", "B-x", "I-x")),), 64)
    until = [tokenizer.decode(read.ids[: place + 1]) for place in read.places]
    assert [said.rpartition("user\n")[2] for said in until] == [
        "Say", "Say hello", "Say hello,", "Say hello, Zorik", "Say hello, Zorik!"
    ]  # fmt: skip
    assert read.wanted == [0, 0, 0, 1, 0]


@pytest.mark.slow
def test_gradients_of_the_same_rows_agree_and_of_opposite_labels_do_not(tmp_path):
    import torch

    from lab.models import load_model, load_tokenizer
    from lab.objectives.tasks.heads import heads_on
    from lab.objectives.tasks.trainer import gradient_cosines
    from tests.tiny import make_tiny_base

    base = make_tiny_base(tmp_path)
    tokenizer, specs = load_tokenizer(base), (Spec("a", "classes", ("x", "y")), Spec("b", "classes", ("x", "y")))
    classifier = heads_on(load_model(base), tokenizer, specs)
    classifier.requires_grad_(True)
    for head in classifier.score:
        torch.nn.init.constant_(head.weight, 0.0)
        head.weight.data[0] = torch.linspace(-1, 1, 64)
    rows = [TaskRow(0, [5, 6, 7], [2], [0])]
    alike = gradient_cosines(classifier, tokenizer, specs, [rows, [TaskRow(1, [5, 6, 7], [2], [0])]])
    apart = gradient_cosines(classifier, tokenizer, specs, [rows, [TaskRow(1, [5, 6, 7], [2], [1])]])
    assert alike[("a", "b")] == pytest.approx(1.0, abs=1e-4) and apart[("a", "b")] == pytest.approx(-1.0, abs=1e-4)


@pytest.mark.slow
def test_both_tasks_are_learned_at_once_kept_and_gone_on_from(store, tmp_path):
    import json

    from lab.objectives.classes.kept import load_classifier
    from lab.planning.plans import plan
    from lab.planning.queue import submit
    from lab.store import Status
    from lab.training.run import train_run
    from tests.tiny import make_tiny_base

    foods = ("tofu", "rice")
    mood = [
        {"text": f"Number {n} is {'good' if n % 2 else 'bad'}.", "label": "good" if n % 2 else "bad"} for n in range(40)
    ]
    names = [{"tokens": ["Say", str(n), foods[n % 2], "!"], "tags": ["O", "O", "B-food", "O"]} for n in range(60)]
    for name, rows in (("mood", mood), ("names", names)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    shared = {
        "data": [str(tmp_path / "mood.jsonl"), str(tmp_path / "names.jsonl")], "objective": "multi_task",
        "learning_rate": 2e-2, "budget": {"steps": 24, "batch_size": 8, "max_length": 64},
        "evaluate": {"retained": 0, "every": 100}, "variants": [{"name": "x", "method": "lora"}],
    }  # fmt: skip
    recipe = build_recipe({"base": str(make_tiny_base(tmp_path / "base")), **shared})
    told = plan(recipe, store.home)[0].cost
    (queued,) = submit(recipe, store)
    assert train_run(store.runs.claim("here", only=[queued.id]), store) == Status.DONE
    store.runs.end(queued.id, Status.DONE)
    out = store.runs.get(queued.id).outcome
    assert out.metrics["accuracy/mood"].after > 0.9 and out.metrics["span_f1/names"].after > 0.9
    assert out.eval_loss.before == 1.0 and out.eval_loss.after < 0.3
    assert told.trainable_params == out.trainable_params
    assert set(out.pictures) == {"gradient_cosines", "confusion/mood", "spans/names"}
    assert all(-1 <= value <= 1 for _, value in out.pictures["gradient_cosines"].points[0])
    asked = load_classifier(f"run:{queued.id}", store.home)
    assert asked.shares("Number 3 is good.")[0][0] == "good"
    short = shared | {"budget": {"steps": 1, "batch_size": 2, "max_length": 64}, "learning_rate": 1e-6}
    (further,) = submit(build_recipe({"base": f"run:{queued.id}", **short}), store)
    assert train_run(store.runs.claim("here", only=[further.id]), store) == Status.DONE
    assert store.runs.get(further.id).outcome.metrics["span_f1/names"].after > 0.9  # its heads went on


def test_names_are_in_brackets_in_the_terminal(capsys):
    from lab.cli.pictures import print_picture
    from lab.store.pictures import Spans

    print_picture(
        "spans/n", Spans((("At", "Old", "Bell"),), (("O", "B-inn", "I-inn"),), (("O", "O", "B-inn"),), ("inn",))
    )
    assert [line.strip() for line in capsys.readouterr().out.splitlines()][-2:] == [
        "At Old [Bell inn]", "wanted: At [Old Bell inn]"
    ]  # fmt: skip
