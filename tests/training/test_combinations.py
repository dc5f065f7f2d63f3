"""Every method with every objective: two steps are really trained, or `lab check` refuses the pair and says why."""

import pytest
import torch

from lab.card import find_cards
from lab.data import DataSet
from lab.errors import RecipeError
from lab.home import Home
from lab.models import chain_of, load_tokenizer
from lab.recipe import build_recipe, resolve
from lab.recipe.combinations import REASONS, refusal, told_of
from lab.training.context import StageContext
from lab.training.trainers import add_to_loss, make_trainer
from lab.training.weights import build_model
from tests.objectives.test_objectives import DATA, GOOD, QUESTIONS
from tests.tiny import make_tiny_base

METHODS, OBJECTIVES = find_cards("lab.methods"), find_cards("lab.objectives")
ROWS = [{"prompt": question, "completion": GOOD} for question in QUESTIONS * 2]
SOON = ("sft", "classify", "ppo", "pretrain")
"""Those whose methods are all trained in the usual suite too."""
WHITE = "\n".join(["0" * 12] * 12)
LABELLED = [{"text": question, "label": name} for question, name in zip(QUESTIONS * 2, "abab" * 2, strict=True)]
PICTURES = [{"image": WHITE, "caption": question} for question in QUESTIONS * 2]
TEXTS = [{"text": f"{question} {GOOD}"} for question in QUESTIONS * 2]
PAIRS = [(objective, method) for objective in OBJECTIVES for method in METHODS]
REFUSED = {pair for pair in PAIRS if refusal(METHODS[pair[1]].CARD, OBJECTIVES[pair[0]].CARD)}


def data_of(objective: str) -> DataSet:
    format = OBJECTIVES[objective].CARD.formats[0]
    if format == "few_shot":
        return DataSet("small tasks", format, [{"task": task, **row} for task in "ab" for row in ROWS], [])
    if format in ("labels", "some_labels", "tasks"):
        rows = [row | {"task": "classes"} for row in LABELLED] if format == "tasks" else LABELLED
        return DataSet("classes", format, rows, rows[:4])
    if format == "text":
        return DataSet("texts", format, TEXTS, TEXTS[:4])
    if format == "image":
        return DataSet("pictures", format, PICTURES, PICTURES[:2])
    return DATA.get(format) or DataSet("answers", "prompt_completion", ROWS, ROWS[:4])


def stage_of(objective: str, method: str, base="nano", knobs=None, **fields):
    format = OBJECTIVES[objective].CARD.formats[0]
    sampled = {"options": {"answer_tokens": 4}} if OBJECTIVES[objective].CARD.rewarded else {}
    if objective == "self_train":  # a teacher and a student of two steps each
        sampled = {"options": {"labelled": 1, "rounds": 1, "threshold": 0.0}}
        sampled["budget"] = {"steps": 4, "batch_size": 8, "max_length": 64}
    recipe = {
        "base": str(base), "objective": objective, "data": f"{format}.jsonl", "reward": "shorter",
        "learning_rate": 1e-3, "budget": {"steps": 2, "batch_size": 8, "max_length": 64},
        "variants": [{"name": "x", "method": method, "knobs": knobs or {}}],
    }  # fmt: skip
    if OBJECTIVES[objective].CARD.taught:
        options = {"learn": "probabilities", "text": "data", "on_policy": 0.5, "answer_tokens": 4}
        sampled = {"teacher": "nano", "options": options}
    if objective == "cluster":  # two steps, four texts
        sampled = {"options": {"clusters": 2, "rounds": 1}}
    return resolve(build_recipe(recipe | sampled | fields))[0]


def trainer_of(objective: str, method: str, base, home, **fields):
    run = stage_of(objective, method, base, **fields)
    context = StageContext(home, "aa00", run, 0, chain_of(str(base), home), load_tokenizer(base))
    torch.manual_seed(0)
    model = build_model(context.chain, context.stage, home, 0)
    return make_trainer(context, model, data_of(objective), home.root / "checkpoints", []), model


@pytest.mark.slow
@pytest.mark.parametrize(
    "objective", [one if one in SOON else pytest.param(one, marks=pytest.mark.long) for one in OBJECTIVES]
)
def test_what_is_not_refused_trains(tiny_base, tmp_path, objective):
    broken = {}
    taught = OBJECTIVES[objective].CARD.taught
    teacher = {"teacher": str(make_tiny_base(tmp_path / "teacher", seed=1))} if taught else {}
    for method in METHODS:
        if (objective, method) in REFUSED:
            continue
        try:
            stage_of(objective, method)
        except RecipeError as problem:  # what an objective's own check refuses, by its options
            assert f"'{method}'" in str(problem)
            continue
        try:
            trainer, model = trainer_of(objective, method, tiny_base, Home(tmp_path), **teacher)
            before = [weight.clone() for weight in model.parameters() if weight.requires_grad]
            trainer.train()
            after = [weight for weight in model.parameters() if weight.requires_grad]
            if not any(not torch.equal(old, new) for old, new in zip(before, after, strict=True)):
                broken[method] = "nothing moved"
        except Exception as problem:
            broken[method] = f"{type(problem).__name__}: {problem}"
    assert not broken


def test_what_can_not_be_trained_is_refused_with_its_reason():
    assert ("dpo", "llama_adapter") in REFUSED and ("rloo", "trainable_tokens") in REFUSED
    assert 20 < len(REFUSED) < len(PAIRS) / 8
    for objective, method in REFUSED:
        with pytest.raises(RecipeError, match=f"'{method}' can't be trained with '{objective}': ") as said:
            stage_of(objective, method)
        assert any(name in said.value.do for name in METHODS) and method not in said.value.do.split(", ")


def test_every_trait_is_somebodys_and_refused_by_somebody():
    for trait in REASONS:
        assert any(trait in one.CARD.traits for one in METHODS.values()), trait
        assert any(trait in one.CARD.excludes for one in OBJECTIVES.values()), trait


@pytest.mark.parametrize(
    ("objective", "fields", "said"),
    [
        ("kto", {"budget": {"batch_size": 1}}, "compares answers within a batch"),
        ("grpo", {"options": {"group": 3}}, "8 answers a step can't be split into groups of 3"),
        ("rloo", {"options": {"group": 3}}, "8 answers a step can't be split into groups of 3"),
        ("grpo", {"options": {"epochs": 2}, "gradient_accumulation": 2}, "2 updates a step don't go with gradient acc"),
    ],
)
def test_options_and_budget_that_can_not_be_together_are_refused(objective, fields, said):
    with pytest.raises(RecipeError, match=said):
        stage_of(objective, "lora", **fields)


def test_what_works_in_part_is_said():
    def said(objective, method, **knobs):
        return told_of(stage_of(objective, method, knobs=knobs).stages[0])

    assert said("ppo", "lora", dropout=0.1)[0].startswith("ppo trains with dropout off")
    assert said("ppo", "monteclora")[0].startswith("ppo trains with random draws off")
    assert said("dpo", "lora", dropout=0.1) == said("ppo", "lora") == ()


@pytest.mark.slow
@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("method", ["kasa", "monteclora", "adalora"])
def test_what_a_method_adds_to_the_loss_counts_with_every_objective(tiny_base, tmp_path, objective, method):
    if (objective, method) in REFUSED:
        return
    fields = {"budget": {"steps": 1, "batch_size": 8, "max_length": 64}}
    if objective == "self_train":
        fields["options"] = {"rounds": 0}  # one step can't be shared out
    if OBJECTIVES[objective].CARD.taught:
        fields["teacher"] = str(make_tiny_base(tmp_path / "teacher", seed=1))
    plain, _ = trainer_of(objective, method, tiny_base, Home(tmp_path), **fields)
    more, _ = trainer_of(objective, method, tiny_base, Home(tmp_path), **fields)
    grown = torch.nn.Parameter(torch.tensor(3.0))
    add_to_loss(more, lambda: 1.0 * grown)
    for trainer in (plain, more):
        torch.manual_seed(0)
        trainer.train()
    first, second = (one.state.log_history[0]["loss"] for one in (plain, more))
    assert second - first == pytest.approx(3.0, abs=1e-3)
    own = [one for one in (METHODS[method],) if hasattr(one, "regulariser") or hasattr(one, "own_term")]
    assert own


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["sft", "dpo", "orpo", "reward"])
def test_an_adapters_dropout_is_not_switched_off(tiny_base, tmp_path, objective):
    _, model = trainer_of(objective, "lora", tiny_base, Home(tmp_path), knobs={"dropout": 0.5})
    rates = {module.p for name, module in model.named_modules() if name.endswith("lora_dropout.default")}
    assert rates == {0.5}
