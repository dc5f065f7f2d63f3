"""The notebook of recipes/ is one, says in words what it does, and runs from its first cell to its last."""

import itertools
import json
import re

import pytest

from lab.api import Lab
from lab.home import RECIPES

FILE = RECIPES / "first_steps.ipynb"
CELLS = json.loads(FILE.read_text(encoding="utf-8"))["cells"]
CODE = ["".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "code"]


def test_it_is_handed_over_unrun_and_every_step_is_told():
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in CELLS if "outputs" in cell)
    kinds = [cell["cell_type"] for cell in CELLS]
    assert kinds[0] == kinds[-1] == "markdown" and ("code", "code") not in list(itertools.pairwise(kinds))
    assert len({cell["id"] for cell in CELLS}) == len(CELLS) > 12


def test_it_asks_the_lab_for_what_there_is():
    asked = set(re.findall(r"parrot\.(\w+)", "".join("".join(cell["source"]) for cell in CELLS)))
    assert len(asked) > 8 and all(hasattr(Lab, name) for name in asked)
    for cell in CODE:
        compile(cell, FILE.name, "exec")


@pytest.mark.slow
@pytest.mark.long
def test_it_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LAB_HOME", str(tmp_path))
    names: dict = {}
    for cell in CODE:
        exec(compile(cell.replace("STEPS = 60", "STEPS = 8"), FILE.name, "exec"), names)
    said = capsys.readouterr().out
    assert "LoRA: step 8 of 8" in said and "nano: " in said and "held_out_loss" in said
    assert list(names["table"].index) == ["everything", "LoRA"]
    assert (names["table"]["eval_loss.after"] < names["table"]["eval_loss.before"]).all()
