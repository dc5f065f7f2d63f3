"""`lab advise`: ranked ways in words and as JSON, a recipe in a file, and what is wrong in one sentence."""

import json
import sys

import pytest

from lab.cli import main
from lab.home import Home
from lab.planning import plan
from lab.recipe import parse_recipe


@pytest.fixture
def lab(tmp_path, monkeypatch, capfd):
    """The command in this process; returns its exit code and what it printed."""

    def call(*said):
        monkeypatch.setenv("LAB_HOME", str(tmp_path / "home"))
        monkeypatch.setattr(sys, "argv", ["lab", *said])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capfd.readouterr()
        return code, out, err

    return call


def test_the_first_is_printed_with_its_cost_and_what_speaks_for_and_against_it(lab):
    code, out, err = lab("advise", "--task", "checkable", "--labels", "score")
    assert code == 0 and out.startswith("1. LoRA: GRPO") and "--recipe" in err
    first = out.split("\n2. ")[0]
    assert "of memory" in first and "   + Your score or check" in first and "   - It has to write answers" in first
    assert "[Shao et al. 2024, arXiv:2402.03300]" in first and "Think twice: " in first


def test_json_is_one_document_with_reasons_weights_sources_and_recipes_that_plan(lab, tmp_path):
    code, out, _ = lab("advise", "--task", "classes", "--labels", "few", "--json")
    ranked = json.loads(out)
    assert code == 0 and ranked[0]["objectives"] == ["self_train"] and ranked[0]["method"] == "lora"
    assert [one["score"] for one in ranked] == sorted((one["score"] for one in ranked), reverse=True)
    for one in ranked:
        assert all(reason["weight"] and reason["source"] and reason["says"]["zh"] for reason in one["reasons"])
        assert plan(parse_recipe(one["recipe"]), Home(tmp_path / "home")) and one["cost"]["steps"] > 0


def test_a_recipe_is_written_and_the_lab_accepts_it(lab, tmp_path):
    mine = tmp_path / "mine.yaml"
    assert lab("advise", "--task", "taste", "--labels", "thumbs", "--number", "2", "--recipe", str(mine))[0] == 0
    assert parse_recipe(mine.read_text()).objective == "kto"
    code, out, _ = lab("check", str(mine))
    assert code == 0 and "kto" in out


def test_rows_of_ones_own_answer_for_themselves(lab, tmp_path):
    rows = tmp_path / "votes.jsonl"
    said = [f'{{"prompt": "Say {i}", "chosen": "Gladly: {i}", "rejected": "{i}"}}\n' for i in range(40)]
    rows.write_text("".join(said))
    code, out, _ = lab("advise", "--data", str(rows), "--json")
    first = json.loads(out)[0]
    assert code == 0 and first["objectives"] == ["dpo"] and str(rows) in first["recipe"]
    assert first["remedies"] == ["early_stop"]  # forty rows are few, and pairs can't be said in other words
    assert lab("advise", "--data", str(rows), "--recipe", str(tmp_path / "mine.yaml"))[0] == 0
    assert lab("check", str(tmp_path / "mine.yaml"))[0] == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("--task", "fact"), "Did you mean 'facts'?"),
        (("--amount", "0"), "give 1 or more"),
        (("--device", "banana"), "there is no device 'banana'"),
        (("--base", "smollm2-135m"), "lab models pull smollm2-135m"),
        (("--data", "gone.jsonl"), "no such file"),
        (("--number", "99", "--recipe", "x.yaml"), "ways are advised"),
        (("--recipe", "/nowhere/at/all.yaml"), "can't be written"),
    ],
)
def test_what_is_wrong_is_one_sentence(lab, said, words):
    code, out, err = lab("advise", *said)
    assert code == 2 and out == "" and words.lower() in err.lower() and "Traceback" not in err
