"""`lab fork` in the terminal: the fork is carried out, told as JSON, and stands below its run; refusals end with 2."""

import json
import sys

import pytest
import yaml

from lab.cli import main
from tests.executors.warm_lab import WarmLab

pytestmark = pytest.mark.slow


def test_a_fork_is_carried_out_and_stands_below_its_run(tmp_path, monkeypatch, capfd):
    made = WarmLab(tmp_path, start=False)
    file = tmp_path / "recipe.yaml"
    file.write_text(yaml.safe_dump(made.recipe(steps=3)))
    monkeypatch.setenv("LAB_HOME", str(tmp_path))

    def lab(*said: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lab", *said])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        return (code, *capfd.readouterr())

    (run,) = json.loads(lab("train", str(file), "--executor", "inline", "--json")[1])
    code, out, err = lab("fork", run["id"], "--set", "learning_rate=1e-4", "--executor", "inline", "--json")
    (copy,) = json.loads(out)
    assert code == 0 and f"begins at step 3 of run {run['id']}" in err
    assert (copy["parent"], copy["forked_at"], copy["steps"], copy["status"]) == (run["id"], 3, 6, "done")
    tree = lab("runs", "--tree")[1].splitlines()
    assert tree[0].startswith(run["id"]) and tree[1].startswith(f"└─ {copy['id']}  LoRA → learning_rate=1e-4")
    assert f"(forked from {run['id']} at step 3)" in tree[1]
    shown = lab("show", copy["id"])[1]
    assert "←" in shown and f"fork: {{run: {run['id']}, step: 3}}" in shown
    for said, words in (
        (("--set", "base=nano"), "a fork can't change 'base'"),
        (("--set", "knobs.r=4"), "don't fit 4"),
        (("--set", "budget.steps=2"), "is behind the fork"),
        (("--name", "LoRA"), "is taken"),
    ):
        code, _, err = lab("fork", run["id"], *said)
        assert code == 2 and words in err, err
    assert lab("delete", run["id"], "--yes")[0] == 0 and lab("runs", "--tree")[1].startswith(copy["id"])
    made.store.close()
