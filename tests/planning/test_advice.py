"""The advisor: whom it tells what and why, that a rule knows no card by name, and that every answer leads to a recipe
that the planner accepts.
"""

import itertools
import random
import re

import pytest

from lab.card import MethodCard, Text, find_cards
from lab.devices import parse_device
from lab.errors import LabError
from lab.evaluate.leaderboard import Figure, Leaderboard, Score, TableData
from lab.models import shape_of
from lab.planning import plan
from lab.planning.advice import QUESTIONS, Answers, advise
from lab.planning.advice.measured import measured_on, measured_traits
from lab.planning.advice.rules import TRAITS, Rule, rules
from lab.planning.advice.sources import source_of
from lab.planning.advice.traits import method_traits, objective_traits, published, remedy_traits
from lab.planning.advice.ways import cures, ways
from lab.planning.checks import check_data
from lab.recipe import build_recipe, dump_recipe, parse_recipe, resolve
from tests.planning.shapes import LLAMA_3_8B, llama_like

METHODS, OBJECTIVES = find_cards("lab.methods"), find_cards("lab.objectives")
FIGURES = (
    "share", "size", "memory", "room", "device", "times", "changes", "accuracy", "interval", "sized", "seeds", "data",
    "retained",
)  # fmt: skip
WALKED = 100
"""Combinations of answers, of some 15,000, that the planner is asked about: others with every seed."""

PERSONS = [
    # who, her answers, the method or family that leads, the objectives that lead, a reason that is told
    ("facts and answers", {}, "lora", "sft", "answers such as you have"),
    ("a tone, forty examples", {"task": "style", "amount": 40}, "ia3", "sft", "steering"),
    ("a tone, some examples", {"task": "style"}, "lora", "sft", "suits so much data"),
    ("a new skill, 50,000 rows", {"task": "skill", "amount": "50,000"}, "full", "sft", "for all weights"),
    ("a field's raw text alone", {"task": "field", "labels": "none"}, "lora", "pretrain", "no labels at all"),
    ("a field's text, many rows", {"task": "field", "labels": "none", "amount": 1e6}, "full", "pretrain", "for all"),
    ("a field's text and questions", {"task": "field"}, "lora", "pretrain sft", "read first"),
    ("classes", {"task": "classes"}, "lora", "classify", "each class with its probability"),
    ("classes, few of them labelled", {"task": "classes", "labels": "few"}, "lora", "self_train", "few labels"),
    ("groups nobody has named", {"task": "groups", "labels": "none"}, "lora", "cluster", "nobody has named"),
    ("names in texts", {"task": "spans"}, "lora", "multi_task", "words of a text"),
    ("a score for each answer", {"task": "checkable", "labels": "score"}, "lora", "grpo", "held against each other"),
    ("right or wrong, with answers", {"task": "checkable"}, "lora", "sft grpo", "right at times"),
    ("pairs", {"task": "taste", "labels": "pairs"}, "lora", "dpo", "pairs such as you have"),
    ("thumbs", {"task": "taste", "labels": "thumbs"}, "lora", "kto", "thumbs up and down"),
    ("answers, and people will rate", {"people": True}, "lora", "sft dpo", "first your answers"),
    ("people alone", {"task": "taste", "labels": "none", "people": "yes"}, "lora", "dpo", "people will compare"),
    ("a larger model", {"labels": "teacher"}, "lora", "distill", "from the larger model"),
    ("data that keeps arriving", {"task": "arriving"}, "lora", "sft sft", "instead of starting again"),
    ("many small tasks", {"task": "small_tasks"}, "lora", "maml", "learning itself"),
    ("pictures to draw", {"task": "draw"}, "lora", "draw", "with a picture"),
    ("pictures to describe", {"task": "describe"}, "lora", "describe", "what a picture shows"),
    ("several tasks", {"task": "several"}, "lora", "sft", "mixed in every step"),
    ("many small versions", {"task": "style", "deliver": "versions", "amount": 20}, "ia3", "sft", "each version"),
]  # fmt: skip


def told(advice):
    return " / ".join(reason.says.en for reason in advice.pros)


@pytest.mark.parametrize(
    ("given", "method", "objectives", "why"), [one[1:] for one in PERSONS], ids=[p[0] for p in PERSONS]
)
def test_a_person_gets_what_suits_her_and_is_told_why(home, given, method, objectives, why):
    first = advise(Answers.of(given), home)[0]
    assert (first.method.id, " ".join(card.id for card in first.objectives)) == (method, objectives)
    assert why in told(first)


@pytest.mark.parametrize("amount", ["few", "some"])
def test_what_is_advised_can_be_trained_with_its_example_rows(home, amount):
    """The rows are read too, which the planner alone does not."""
    asked = [{"task": task} for task in QUESTIONS["task"]] + [{"labels": labels} for labels in QUESTIONS["labels"]]
    for given in asked:
        one = advise(Answers(**given, amount=amount, keep="general", people="yes"), home)[0]
        check_data([planned.run for planned in plan(one.recipe, home)], home)


def walked():
    """A sample of all combinations of answers, the same every time, every answer in many of them."""
    everything = list(itertools.product(*QUESTIONS.values(), ("this", "24 GB")))
    return [dict(zip((*QUESTIONS, "device"), one, strict=True)) for one in random.Random(13).sample(everything, WALKED)]


@pytest.mark.slow
def test_every_combination_of_answers_leads_to_a_recipe_that_the_planner_accepts(home):
    for given in walked():
        advised = advise(Answers(**given), home)
        assert advised, given
        assert all(one.pros and one.planned.cost.steps for one in advised), given
        again = parse_recipe(dump_recipe(advised[-1].recipe))  # what `--recipe` writes
        ours, theirs = plan(again, home)[0].cost, advised[-1].planned.cost
        assert (ours.steps, ours.trainable_params) == (theirs.steps, theirs.trainable_params), given


def test_every_objective_leads_somewhere_or_is_a_step_of_what_does(home):
    """None of them is out of reach."""
    seen = set()
    for task, labels in itertools.product(QUESTIONS["task"], QUESTIONS["labels"]):
        people = "yes" if task == "taste" else "no"
        seen |= {
            card.id for one in advise(Answers(task=task, labels=labels, people=people), home) for card in one.objectives
        }
    assert seen == set(OBJECTIVES)


def test_many_methods_of_many_families_are_advised_to_somebody(home):
    seen = {one.method for given in walked()[:80] for one in advise(Answers(**given), home)}
    assert len({card.family for card in seen}) >= 7 and len(seen) >= 10


def test_no_rule_and_no_trait_is_a_cards_name():
    cards = {"method": METHODS, "way": OBJECTIVES, "remedy": find_cards("lab.remedies")}
    for part, traits in TRAITS.items():
        assert not cards[part].keys() & set(traits), part
    assert len(rules()) > 80


def test_every_rule_says_why_in_two_languages_and_where_from():
    for rule in rules():
        assert len(rule.why.en) > 10 and any("\u4e00" <= sign <= "\u9fff" for sign in rule.why.zh), rule
        assert not rule.why.en.endswith(".") and len(rule.source) > 8, rule
        figures = dict.fromkeys(FIGURES, "")
        assert rule.why.en.format_map(figures) and rule.why.zh.format_map(figures)


def test_every_source_is_told_in_chinese_too():
    for rule in rules():
        left = re.findall(r"\b(?:measured|card|estimate|seeds?|figure|and|the)\b", source_of(rule.source).zh)
        assert not left, (rule.source, left)


def test_every_rule_can_hold_for_a_card_that_there_is(home):
    """A rule whose traits nothing has together is dead."""
    shape = shape_of("nano", home)
    counted = [(m.CARD, m.count(shape, **m.CARD.complete_knobs({}, "")) / shape.parameters) for m in METHODS.values()]
    there = {
        "method": [method_traits(card, share, shape.parameters) for card, share in counted],
        "way": [way.traits() for way in ways()],
        "remedy": [set(cure.traits) for cure in cures()],
    }
    reached = {
        "measured_among_best",
        "measured_behind",
        "measured_keeps",
        "measured_forgets",
        "too_large",
        "made_to_fit",
        "far_too_large",
        "fills",
        "slow",
    }
    for rule in rules():
        if not reached & set(rule.trait):
            assert any(rule.fits(traits) for traits in there[rule.of]), rule


def test_a_trait_or_an_answer_that_there_is_not_is_refused():
    said = {"of": "way", "weight": 1, "why": {"en": "e", "zh": "中"}, "source": "here"}
    with pytest.raises(ValueError, match="no answer to 'task'"):
        Rule.model_validate(said | {"trait": "rewarded", "when": {"task": ["cooking"]}})
    with pytest.raises(ValueError, match="Extra inputs"):
        Rule.model_validate(said | {"trait": "rewarded", "wehn": {}})


def board(*scores):
    """A table of methods on facts."""
    data = (TableData("west", {"name": "cookbook", "subset": "west"}, {"en": "A cookbook", "zh": "菜谱"}, 56),)
    return Leaderboard("nano", "r.yaml", "2026-11-28", 42_000, 5, 60, {}, data, tuple(scores), {}, {})


def score(method, accuracy, retained, standing, rate=0.01, seeds=5):
    figure = Figure(accuracy, accuracy - 0.02, accuracy + 0.02, seeds)
    kept = Figure(retained, None, None, 5)
    return Score(
        method, "west", figure, kept, None, 42_000, 0.01, True, 10.0, 10**6, rate, False, {}, 0, standing, None,
    )  # fmt: skip


def test_what_was_measured_moves_a_method_and_is_told(home):
    others = [score(name, 0.5, 0.2, "lower") for name in ("lora", "adapter", "full", "ia3", "vera")]
    measured = board(score("oft", 0.9, 0.6, "best", rate=0.02), *others)
    plain, after = advise(Answers(), home), advise(Answers(keep="general"), home, board=measured)
    assert "oft" not in [one.method.id for one in plain]
    found = next(one for one in after if one.method.id == "oft")
    assert "with about as many parameters as others: 90 % right on A cookbook (88 % – 92 %, 5 seeds)" in told(found)
    assert "kept 60 % of what the base knew" in told(found) and found.measured.accuracy.mean == 0.9
    assert found.recipe.variants[0].learning_rate == 0.01  # half of what was measured, as old questions are mixed in
    assert plain[0].method.id == "lora" and after[0].method.id != "lora"
    behind = [one for one in after if one.method.id == "adapter"]
    assert all(any("behind others" in reason.says.en for reason in one.cons) for one in behind)
    assert "菜谱" in " ".join(reason.says.zh for reason in found.reasons)


def test_where_too_little_was_measured_or_of_another_base_nothing_is_said():
    two = board(score("lora", 0.9, 0.5, "best"), score("full", 0.5, 0.5, "lower"))
    five = board(*(score(name, 0.5, 0.2, "unsure") for name in ("lora", "adapter", "full", "ia3", "vera")))
    once = board(*(score(name, 0.5, 0.2, "unsure", seeds=1) for name in ("lora", "adapter", "full", "ia3", "vera")))
    for measured, task, base in ((None, "facts", "nano"), (two, "facts", "nano"), (five, "taste", "nano"),
                                 (once, "facts", "nano"), (five, "facts", "smollm2-135m")):  # fmt: skip
        assert measured_on(measured, task, base) == ({}, {})
    assert len(measured_on(five, "facts", "nano")[0]) == 5
    assert measured_traits("lora", {}) == set()


@pytest.mark.parametrize(("memory", "changed"), [("24 GB", False), ("16 GB", True), ("4 GB", None)])
def test_a_large_base_gets_what_fits_into_the_memory_that_there_is(home, monkeypatch, memory, changed):
    large = llama_like(*LLAMA_3_8B)
    for room in ("advice.ranking", "plans"):
        monkeypatch.setattr(f"lab.planning.{room}.shape_of", lambda *_: large)
    first = advise(Answers(task="skill", amount="many", device=memory), home)[0]
    said = " / ".join(reason.says.en for reason in first.cons)
    assert first.method.id != "full" and ("only with a change" in said) == bool(changed)
    if changed is None:
        assert not first.planned.fit.fits and f"a GPU of {memory} has" in said
        assert any(f" {memory} 的 GPU " in reason.says.zh for reason in first.cons)
    else:
        assert first.planned.fit.fits and plan(first.recipe, home, device=parse_device(memory))[0].fit.fits
        assert (first.recipe.quantize == "4bit") == changed


def test_a_must_is_kept(home):
    for given in walked()[:60]:
        for one in advise(Answers(**given | {"deliver": "merge"}), home):
            assert one.method.mergeable
        first = advise(Answers(**given | {"deliver": "versions"}), home)[0]
        assert first.method.adapter, given


def test_what_must_not_be_forgotten_brings_a_remedy(home):
    general = advise(Answers(keep="general"), home)[0]
    assert general.remedies == ("mix",) and [one.name for one in general.recipe.data] == ["cuisine", "retain"]
    earlier = advise(Answers(keep="earlier"), home)[0]
    assert earlier.remedies == ("replay",) and len(earlier.recipe.variants[0].stages) == 2
    few = advise(Answers(amount="few"), home)[0]
    assert few.remedies == ("augment",)
    assert advise(Answers(task="draw", amount="few"), home)[0].remedies == ("early_stop",)


def test_rows_of_ones_own_take_the_place_of_the_example(home, tmp_path):
    rows = tmp_path / "mine.jsonl"
    rows.write_text("".join(f'{{"prompt": "What is {i}?", "completion": "It is {i}."}}\n' for i in range(30)))
    first = advise(Answers(data=str(rows)), home)[0]
    assert [one.name for one in first.recipe.data] == [str(rows)] and "examples" not in first.note.en
    assert all("prompt_completion" in one.objectives[-1].formats for one in advise(Answers(data=str(rows)), home))
    with pytest.raises(LabError):
        advise(Answers(data=str(tmp_path / "gone.jsonl")), home)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"task": "fact"}, "did you mean 'facts'"),
        ({"tsk": "facts"}, "did you mean 'task'"),
        ({"amount": 0}, "number of rows"),
        ({"amount": "-3"}, "number of rows"),
        ({"amount": "nan"}, "number of rows"),
        ({"device": "a banana"}, "no device"),
        ({"people": "perhaps"}, "allowed: no, yes"),
    ],
)
def test_an_answer_that_is_none_is_one_sentence(given, words):
    with pytest.raises(LabError, match=f"(?i){words}"):
        Answers.of(given)


@pytest.mark.parametrize(
    ("rows", "amount"), [(1, "few"), (99, "few"), ("100", "some"), ("9,999", "some"), (1e4, "many")]
)
def test_a_number_of_rows_is_an_amount(rows, amount):
    assert Answers.of({"amount": rows}).amount == amount


def test_a_card_that_is_new_is_judged_by_its_traits():
    new = MethodCard(
        "brand_new", Text("New", "新"), "low-rank", Text("e", "中"), Text("g", "好"), Text("b", "坏"), "N 2026"
    )
    traits = method_traits(new, 0.05, 3_000_000)
    assert {"low-rank", "moves_much", "teaches", "reaches_mlp", "mergeable", "small_file", "untried"} <= traits


def test_papers_are_ordered_by_their_date():
    assert published("Hu et al. 2021, arXiv:2106.09685") == (2021, 6)
    assert published("DEFT (NeurIPS 2025)") == (2025, 13)
    assert published("Documentation") == (9999, 0)


def test_traits_of_cards_are_among_those_that_a_rule_may_name(home):
    shape = shape_of("nano", home)
    for module in METHODS.values():
        assert method_traits(module.CARD, 0.01, shape.parameters) <= set(TRAITS["method"])
    for module in OBJECTIVES.values():
        assert objective_traits(module.CARD) <= set(TRAITS["way"])
    for module in find_cards("lab.remedies").values():
        assert remedy_traits(module.CARD, module) <= set(TRAITS["remedy"])


def test_a_recipe_says_why_in_its_note(home):
    one = advise(Answers(), home)[0]
    assert "Advised because" in one.recipe.note and "put your own in their place" in one.recipe.note
    assert one.recipe_in("zh").note.startswith("推荐理由：")
    assert resolve(build_recipe({"name": "x", **one.fields}))[0].stages[0].method == one.method.id
