"""CONTRIBUTING.md is true: every snippet is put where its first line says, in a copy of the lab, and used there."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from lab.home import PROJECT

GUIDE = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SNIPPET = re.compile(r"```(?:python|yaml)\n# (?P<path>[\w./]+)(?P<add>: add)?\n(?P<text>.*?)```", flags=re.S)
TABS_END = '("runs", runs))'

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("contributing")]


class Copy:
    """The lab with everything added that the guide shows."""

    def __init__(self, root: Path):
        self.root = root
        for name in ("lab", "assets", "recipes", "tests"):
            shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
        shutil.copy(PROJECT / "pyproject.toml", root)
        self.added = [self._put(found) for found in SNIPPET.finditer(GUIDE)]
        page = root / "lab" / "ui" / "page.py"
        text = page.read_text(encoding="utf-8")
        assert "from lab.ui import " in text and TABS_END in text
        text = text.replace("from lab.ui import ", "from lab.ui import about, ", 1)
        page.write_text(text.replace(TABS_END, TABS_END[:-1] + ', ("about", about))'), encoding="utf-8")

    def _put(self, found: re.Match) -> str:
        file = self.root / found["path"]
        assert file.exists() == bool(found["add"]), f"{file} is there" if file.exists() else f"there is no {file}"
        file.parent.mkdir(exist_ok=True)
        with file.open("a", encoding="utf-8") as target:
            target.write(found["text"])
        return found["path"]

    def python(self, *words: str) -> str:
        environment = os.environ | {"LAB_HOME": str(self.root / "home"), "PYTHONPATH": str(self.root)}
        done = subprocess.run(
            [sys.executable, *words], cwd=self.root, env=environment, capture_output=True, text=True, timeout=250
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def lab(self, *words: str):
        return json.loads(self.python("-m", "lab.cli", *words, "--json"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return Copy(tmp_path_factory.mktemp("copy"))


def test_the_guide_adds_one_of_each_kind(copy):
    rooms = {str(Path(path).parent) for path in copy.added}
    assert rooms >= {
        "lab/methods",
        "lab/data/builtin",
        "lab/objectives",
        "lab/raters",
        "lab/rewards",
        "lab/ui",
        "assets/words/de",
    }


@pytest.mark.parametrize(
    ("kind", "name"), [("methods", "projection"), ("objectives", "whole_text"), ("data", "capitals")]
)
def test_what_was_added_is_listed(copy, kind, name):
    assert name in [card["id"] for card in copy.lab(kind)]


def test_a_new_method_has_its_recipe_and_its_place_among_all(copy):
    listed = [Path(recipe["path"]).relative_to(copy.root).as_posix() for recipe in copy.lab("recipes")]
    assert {"recipes/peft/projection.yaml", "recipes/tasks/whole_text.yaml"} <= set(listed)
    planned = copy.lab("check", "recipes/peft/projection.yaml")
    assert [one["run"]["name"] for one in planned] == ["LoRA", "One projection"]
    copy.python("-m", "lab.recipe.drawn")
    everything = yaml.safe_load((copy.root / "recipes" / "peft" / "all.yaml").read_text(encoding="utf-8"))
    assert {"name": "One projection", "method": "projection"} in everything["variants"]


def test_a_new_rater_rates(copy):
    rate = "import lab.raters.asks_back as r; print(r.score(['Hi?', 'Hi?'], ['And you?', 'Fine.']))"
    assert copy.python("-c", rate).strip() == "[1.0, 0.0]"


def test_a_new_reward_checks(copy):
    check = "import lab.rewards.yes_or_no as r; print(r.score(['?', '?'], ['Yes.', '七'], [None, None]))"
    assert copy.python("-c", check).strip() == "[1.0, 0.0]"
    assert "yes_or_no" in [card["id"] for card in copy.lab("rewards")]


def test_a_new_tab_is_on_the_page_with_its_words(copy):
    show = (
        "import lab.ui.page as p, lab.ui.about as a, gradio as gr\n"
        "with gr.Blocks() as page: a.build(None)\n"
        "print([name for name, _ in p.TABS][-1], page.get_config_file()['components'][-1]['props']['value'])"
    )
    said = copy.python("-c", show)
    assert said.startswith("about") and "transformers" in said


def test_a_new_language_says_what_it_has_and_english_for_the_rest(copy):
    show = "from lab.words import *; de = words('de'); print(languages()['de'], de['page.learn'], de['page.compare'])"
    assert copy.python("-c", show).split() == ["Deutsch", "Methoden", "Compare"]


def test_new_ones_train_together(copy, tiny_base):
    recipe = {
        "base": str(tiny_base), "data": "capitals", "reward": "asks_back",
        "budget": {"steps": 2, "batch_size": 2, "max_length": 64}, "evaluate": {"rows": 4, "answers": 2},
        "variants": [
            {"name": "method", "method": "projection", "objective": "sft"},
            {"name": "objective", "method": "lora", "objective": "whole_text"},
        ],
    }  # fmt: skip
    (copy.root / "new.yaml").write_text(yaml.safe_dump(recipe))
    runs = copy.lab("train", "new.yaml", "--executor", "inline")
    assert [(run["status"], run["error"], run["steps"]) for run in runs] == [("done", None, 2)] * 2
    assert 0 < runs[0]["trainable_params"] < runs[0]["total_params"]
    assert all(run["eval_loss"]["after"] != run["eval_loss"]["before"] for run in runs)
    assert all(any("asks_back" in name for name in run["metrics"]) for run in runs)


def test_the_new_method_passes_the_tests_of_every_method(copy):
    said = copy.python(
        "-m", "pytest", "-p", "no:cacheprovider", "tests/methods", "tests/ui/test_learn.py", "tests/test_card.py",
        "-k", "(projection or whole_text or capitals) and not processes",
    )  # fmt: skip
    assert int(re.search(r"(\d+) passed", said)[1]) >= 2  # what is asked of a method, and what it moves
