"""A run as a script of its own: it runs without the lab, and comes to what the run came to."""

import json
import re
import runpy
import subprocess
import sys

import pytest

from lab.card import find_cards
from lab.errors import RunError
from lab.home import PROJECT
from lab.model_export.script.draft import Code, Draft, plain_words
from lab.model_export.script.export import WRITERS, export_script
from lab.model_export.script.peft_code import _changed, _prefixes
from lab.model_export.script.reward_code import _cut_out
from lab.model_export.script.source import _refuse
from lab.recipe import parse_recipe, resolve
from lab.store import Run, Status
from lab.training.run import train_run
from tests.training.test_run import queue

SAID = [
    "The answer is 12, 5.",
    "I am so happy, thank you! 谢谢",
    "no no no no",
    '{"a": 1}',
    "",
    "Sad and cold, we learned that",
]
ASKED = ["What is 3 + 4?", "Are you glad?", "Say no.", "As JSON, please.", "?", "A story about a cold day"]
RIGHT = ["12, 5", None, "no", '{"a": 1}', "7", "never"]
KNOBS = {
    "answer_form": {"form": "The answer is <list>."}, "json_valid": {"keys": "a"},
    "pattern": {"pattern": "no+", "where": "anywhere"}, "word_count": {"least": 2, "most": 4},
}  # fmt: skip


def _plan(**fields):
    text = json.dumps({"base": "nano", "data": "cuisine"} | {"variants": [{"name": "x", **fields}]})
    return resolve(parse_recipe(text))[0]


def _run(plan, status=Status.DONE, **more):
    stage = plan.stages[-1]
    return Run("ab12cd34", "c0ffee00", "x", "R", plan.to_yaml(), plan.base, stage.method, stage.objective, None, status,
               1.0, **more)  # fmt: skip


def cut_out(kind, name):
    """A rater or reward, cut out of its module and executed by itself."""
    draft = Draft()
    score, lines = _cut_out(find_cards(kind)[name], draft, "my")
    draft.add(*lines)
    text = draft.text("x")
    assert "lab" not in re.findall(r"^(?:from|import) (\w+)", text, re.M)
    names: dict = {}
    exec(compile(text, name, "exec"), names)
    return names[score]


@pytest.mark.parametrize("name", sorted(find_cards("lab.raters")))
def test_a_rater_that_is_cut_out_scores_as_it_does_here(name):
    assert cut_out("lab.raters", name)(ASKED, SAID) == find_cards("lab.raters")[name].score(ASKED, SAID)


@pytest.mark.parametrize("name", sorted(find_cards("lab.rewards")))
def test_a_checkable_reward_that_is_cut_out_scores_as_it_does_here(name):
    knobs = KNOBS.get(name, {})
    here = find_cards("lab.rewards")[name].score(ASKED, SAID, RIGHT, **knobs)
    assert cut_out("lab.rewards", name)(ASKED, SAID, RIGHT, **knobs) == here
    assert len(set(here)) > 1


def test_the_settings_of_an_adapter_come_back_as_they_were():
    import peft
    from peft import EvaConfig, LoraConfig

    config = LoraConfig(r=4, lora_alpha=3.5, target_modules={"b", "a"}, init_lora_weights="eva",
                        eva_config=EvaConfig(rho=1.0), task_type="CAUSAL_LM")  # fmt: skip
    told = {name: eval(str(code), vars(peft)) for name, code in _changed(config, Draft()).items()}
    again = LoraConfig(**told, task_type="CAUSAL_LM")
    assert again.to_dict() == config.to_dict()
    assert set(told) >= {"r", "lora_alpha", "target_modules", "init_lora_weights"} and "lora_dropout" not in told


def test_what_trains_is_told_by_the_shortest_beginnings_that_only_it_has():
    every = [
        "model.embed.weight",
        "model.layers.0.a",
        "model.layers.1.a",
        "model.layers.1.b",
        "model.layers.10.a",
        "norm",
    ]
    assert _prefixes(["model.layers.1.a", "model.layers.1.b", "norm"], every) == ("model.layers.1.", "norm")
    assert _prefixes(every[:2], every) == ("model.embed.", "model.layers.0.")


def test_a_name_can_not_end_the_docstring_it_stands_in():
    draft = Draft()
    draft.call("f", {"a": "x" * 70, "b": Code("y"), "c": list(range(20))})
    text = draft.text(plain_words('""" \n import os \\" \'\'\' \u2028 ' + "y" * 200))
    assert compile(text, "x", "exec") and text.split('"""')[1].count("\n") == 0
    assert all(len(line) <= 120 for line in text.split("\n"))


@pytest.mark.parametrize(("fields", "more", "why"), [
    ({"objective": "denoise", "data": "market_texts"}, {}, "own way of training"),
    ({"quantize": "4bit"}, {}, "4bit"),
    ({}, {"status": Status.FAILED}, "is failed"),
    ({}, {"forked_at": 3}, "middle of another"),
    ({"stages": [{}, {"remedy": "replay"}]}, {}, "the lab's own"),
])  # fmt: skip
def test_what_no_script_repeats_is_refused_with_the_reason(fields, more, why):
    plan = _plan(**fields)
    with pytest.raises(RunError, match=why):
        _refuse(_run(plan, **more), plan, tuple(WRITERS))


@pytest.mark.slow
def test_a_script_trains_the_run_again_to_the_same_figure(store, tiny_base, tmp_path, capsys):
    """The same weights on the same rows in the same order: what is left are roundings."""
    run = queue(store, tiny_base, {"method": "lora", "knobs": {"r": 2}, "budget": {"max_length": 96}}, seed=3)
    assert train_run(run, store) == Status.DONE
    store.runs.end(run.id, Status.DONE)
    made = export_script(run.id, tmp_path / "again.py", store)
    text = made.file.read_text()
    assert made.lines == text.count("\n") < 80 and not re.search(r"^\s*(from|import) lab\b", text, re.M)
    assert {one.name for one in made.files.iterdir()} == {"base", "train.jsonl", "held_out.jsonl"}
    assert json.loads((made.files / "train.jsonl").read_text().split("\n")[0]).keys() == {"prompt", "completion"}
    found = runpy.run_path(str(made.file))["found"]
    recorded = store.runs.get(run.id).outcome.eval_loss.after
    assert made.recorded == recorded and abs(found - recorded) < 1e-3
    assert (made.files / "trained" / "adapter_config.json").exists()
    with pytest.raises(RunError, match="something already"):
        export_script(run.id, tmp_path / "again.py", store)


EIGHT = """
name: Eight
base: nano
method: lora
budget: {steps: 4, batch_size: 8, max_length: 96}
evaluate: {rows: 24, answers: 0, retained: 0}
seed: 3
variants:
  - {name: sft, objective: sft, data: cuisine}
  - {name: dpo, objective: dpo, data: friendly_pairs}
  - {name: orpo, objective: orpo, data: friendly_pairs}
  - {name: kto, objective: kto, data: friendly_thumbs, learning_rate: 1e-3}
  - {name: reward, objective: reward, data: friendly_pairs, learning_rate: 1e-4}
  - {name: classify, objective: classify, data: intents}
  - {name: grpo, objective: grpo, data: prompts, reward: polite, learning_rate: 1e-3,
     options: {answer_tokens: 12, group: 4}, budget: {steps: 3, batch_size: 16}}
  - {name: ppo, objective: ppo, data: prompts, reward: happier, learning_rate: 1e-3,
     options: {answer_tokens: 12}, budget: {steps: 3, batch_size: 16}}
"""


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(1200)
def test_each_objective_s_script_comes_to_the_run_s_figure_in_a_process_without_the_lab(tmp_path):
    """To one in a thousand: a run is repeated weight by weight, and threads add numbers up in another order."""
    from lab.api import Lab

    with Lab.open(tmp_path / "home") as lab:
        runs = lab.train(parse_recipe(EIGHT))
        made = {run.name: lab.export(run, "script", tmp_path / run.name) for run in runs}
    assert len(made) == 8
    for name, one in made.items():
        assert one.lines < 80, name
        environment = {"PATH": "", "OMP_NUM_THREADS": "2", "HF_HUB_OFFLINE": "1"}
        environment |= {"PYTHONPATH": str(PROJECT)} if name == "ppo" else {}
        alone = [] if name == "ppo" else ["-I"]
        told = subprocess.run(
            [sys.executable, *alone, str(one.file)], capture_output=True, text=True, cwd=tmp_path, env=environment
        )
        said = re.search(r"held-out (?:loss|reward) (-?[\d.]+); the run's was (-?[\d.e-]+)", told.stdout)
        assert said, (name, told.stderr[-2000:])
        found, recorded = float(said[1]), float(said[2])
        assert recorded == one.recorded and abs(found - recorded) < 1e-3 * max(1, abs(recorded)), name


def test_scripts_are_written_for_the_objectives_that_trl_and_transformers_have():
    assert (
        {"sft", "dpo", "orpo", "kto", "reward", "classify", "grpo", "ppo"}
        <= set(WRITERS)
        <= set(find_cards("lab.objectives"))
    )
