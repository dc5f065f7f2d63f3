"""Remedies against forgetting: each does what its card says, on a tiny model; what can't be is refused."""

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch
from safetensors.torch import load_file, save_file

from lab.data import DataSet
from lab.errors import RecipeError
from lab.models import load_model, load_tokenizer
from lab.recipe import build_recipe, resolve
from lab.remedies import ewc, l2_start, orthogonal, replay
from lab.remedies.fisher import diagonal_fisher
from lab.remedies.past import EarlierStage, Past

CHAPTERS = [{"data": {"name": "cookbook", "subset": name}} for name in ("west", "south", "north")]
OLD = DataSet(
    "old", "prompt_completion", [{"prompt": f"What is {n}?", "completion": f"It is {n}."} for n in range(10)], []
)
OLDER = replace(OLD, train=[{"prompt": f"Who is {n}?", "completion": "A bird."} for n in range(4)])
NEW = replace(OLD, train=[{"prompt": f"Where is {n}?", "completion": "Here."} for n in range(14)])


def variant(**fields):
    stages = fields.pop("stages", CHAPTERS)
    return resolve(build_recipe({"base": "nano", "variants": [{"name": "x", "stages": stages, **fields}]}))[0]


def refused(**fields) -> str:
    with pytest.raises(RecipeError) as problem:
        variant(**fields)
    assert problem.value.where and problem.value.do
    return problem.value.what


def past(tmp_path, *data: DataSet, tokenizer=None, stage=None) -> Past:
    stage = stage or variant(method="full").stages[-1]
    before = [
        EarlierStage(stage.model_copy(update={"options": {"n": n}}), tmp_path / f"stage-{n}") for n in range(len(data))
    ]
    for one in before:
        one.folder.mkdir(exist_ok=True)
    return Past(tuple(before), stage, tmp_path / "now", tokenizer, 0, lambda asked: data[asked.options["n"]])


def test_a_remedy_is_for_all_stages_of_its_variant_with_the_knobs_of_its_card():
    run = variant(remedy="replay")
    assert [[one.name for one in stage.remedy] for stage in run.stages] == [["replay"]] * 3
    assert run.stages[1].remedy[0].knobs == {"share": 0.3, "kept": 0}
    again = resolve(build_recipe({"base": "nano", "remedy": "replay", "variants": [
        {"name": "without", "remedy": [], "stages": CHAPTERS}]}))[0]  # fmt: skip
    assert all(stage.remedy == () for stage in again.stages)


def test_what_can_not_help_is_refused_with_the_reason():
    assert "nothing comes before" in refused(stages=[], remedy="replay")
    variant_from_a_run = {"base": "run:abcdef12", "remedy": "replay", "variants": [{"name": "x"}]}
    assert resolve(build_recipe(variant_from_a_run))  # there, something does
    assert "no remedy 'ewcc'" in refused(remedy="ewcc")
    assert "does not have" in refused(remedy="orthogonal", method="ia3")
    assert "trains the base's own weights" in refused(remedy="orthogonal", method="full")
    assert "virtual tokens" in refused(remedy="ewc", method="prefix")
    changing = [{**CHAPTERS[0], "method": "full"}, {**CHAPTERS[1], "method": "lora"}]
    assert "trains others" in refused(stages=changing, remedy="l2_start")
    assert "begins others" in refused(remedy=["ewc", "new_adapter"])
    assert "twice" in refused(remedy=["replay", "replay"])
    classes = [{"data": "intents"}, {"data": {"name": "intents", "language": "zh"}}]
    assert "learns from none" in refused(stages=classes, objective="classify", remedy="ewc")
    assert "is not allowed" in refused(remedy={"name": "replay", "knobs": {"share": 1}})
    with pytest.raises(RecipeError, match="merged into a base in 4bit"):
        build_recipe({"quantize": "4bit", "variants": [{"name": "x", "stages": CHAPTERS, "remedy": "new_adapter"}]})


def test_replay_brings_as_many_old_rows_as_its_share_says_of_all_stages_alike(tmp_path):
    found = replay.rows(NEW, past(tmp_path, OLD, OLDER), share=0.3, kept=0)
    old = [row for row in found.train if row not in NEW.train]
    assert len(old) == 6 and len(found.train) == 20
    assert sum(row in OLD.train for row in old) == sum(row in OLDER.train for row in old) == 3
    assert found.held_out is NEW.held_out and "6 of 20" in found.notes[-1]
    kept = replay.rows(NEW, past(tmp_path, OLD), share=0.5, kept=2)
    again = [row["prompt"] for row in kept.train if row in OLD.train]
    assert len(again) == 14 and len(set(again)) == 2


def test_l2_to_the_start_is_half_the_squared_distance():
    model = torch.nn.Linear(2, 2)
    term = l2_start.penalty(model, None, strength=0.5)
    assert float(term().detach()) == 0
    with torch.no_grad():
        model.weight += 1.0
    assert float(term().detach()) == pytest.approx(0.5 * 0.5 * 4)


def test_the_fisher_is_that_of_a_categorical_model(tmp_path):
    """One weight vector of logits: the Fisher of logit k is p_k (1 - p_k), of the data's answers (1 - p_a)² or p_k²."""
    chances = torch.tensor([0.7, 0.2, 0.1])

    class Same(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.logits = torch.nn.Parameter(chances.log())

        def forward(self, input_ids, use_cache):
            return SimpleNamespace(logits=self.logits.expand(*input_ids.shape, 3))

    rows = [{"input_ids": [0, 0], "labels": [-100, 0]}] * 2000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lab.remedies.fisher.encode", lambda *_: rows)
        found = diagonal_fisher(Same(), None, [OLD], 8, "model", 1, 0)["logits"]
        empirical = diagonal_fisher(Same(), None, [OLD], 8, "data", 1, 0)["logits"]
    assert found.tolist() == pytest.approx((chances * (1 - chances)).tolist(), abs=0.02)
    assert empirical.tolist() == pytest.approx([(1 - 0.7) ** 2, 0.2**2, 0.1**2], abs=1e-4)


def test_ewc_holds_what_old_rows_depend_on_and_adds_up_over_stages(tmp_path, tiny_base):
    model, tokenizer = load_model(tiny_base), load_tokenizer(tiny_base)
    knobs = {"strength": 2.0, "fisher": "model", "examples": 4, "fade": 0.5}
    one = past(tmp_path, OLD, tokenizer=tokenizer)
    term = ewc.penalty(model, one, **knobs)
    assert float(term().detach()) == 0
    held = load_file(one.kept / ewc.FILE)
    assert held.keys() == dict(model.named_parameters()).keys()
    name = "model.norm.weight"
    with torch.no_grad():
        model.get_parameter(name).add_(0.1)
    assert float(term().detach()) == pytest.approx(0.5 * 2.0 * 0.01 * float(held[name].sum()), rel=1e-4)
    term().backward()
    assert model.get_parameter(name).grad.abs().sum() > 0
    model = load_model(tiny_base)
    two = past(tmp_path, OLD, OLD, tokenizer=tokenizer)
    folder = two.stages[-1].folder / "remedy"
    folder.mkdir()
    save_file({key: torch.ones_like(part) for key, part in held.items()}, folder / ewc.FILE)
    ewc.penalty(model, two, **knobs)
    added = load_file(two.kept / ewc.FILE)[name]
    assert torch.allclose(added, held[name] + 0.5)


def test_o_lora_counts_what_new_directions_share_with_old_ones(tmp_path, tiny_base):
    from peft import LoraConfig, get_peft_model

    settings = LoraConfig(r=2, target_modules=["q_proj"], task_type="CAUSAL_LM")
    model = get_peft_model(load_model(tiny_base), settings)
    before = past(tmp_path, OLD)
    model.save_pretrained(before.stages[0].folder)
    places = orthogonal.earlier_directions(before)
    term = orthogonal.penalty(model, before, strength=3.0)
    expected = sum(float((old @ old.T).square().sum()) for _, old in places)
    assert len(places) == 2 and float(term().detach()) == pytest.approx(3 * expected, rel=1e-4)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "lora_A" in name:
                old = dict(places)[name.partition(".lora_A.")[0]]
                directions = torch.linalg.svd(old, full_matrices=True)[2]
                weight.copy_(directions[-2:])
    assert float(term().detach()) == pytest.approx(0, abs=1e-9)
    assert math.isfinite(float(orthogonal.penalty(model, past(tmp_path), strength=1.0)()))
