"""What files of methods, objectives, raters, data sets and executors must offer, and what becomes of broken ones."""

import importlib
import inspect
import os
import re
import shutil
import subprocess
import sys

import pytest

from lab import methods, objectives, raters, rewards
from lab.card import broken_cards, find_cards, forget_cards
from lab.data import load_data
from lab.doctor import examine
from lab.errors import CardError, LabError
from lab.executors import check_executor
from lab.extension_points import EXTENSION_POINTS, optional_hook
from lab.feedback.scripted import rater_name
from lab.home import PROJECT
from lab.recipe import DataChoice, build_recipe, resolve

WORDS = 'Text("Foo", "某"), explain=Text("Foo.", "某。")'
METHOD = f"""
from lab.card import MethodCard, Number, Text
CARD = MethodCard("foo", {WORDS}, family="sparse", good=Text("g", "好"), bad=Text("b", "坏"), paper="p",
                  knobs=(Number("r", Text("r", "r"), 2, 1, 4, Text("h", "助"), whole=True),))
def count(shape, *, r): return r
def build(model, *, steps, seed, r): return model
"""
BROKEN = {
    "syntax": ("def count(:\n", r"SyntaxError: .*, in .*foo\.py, line 1"),
    "not text": ("x = '\0'\n", "SyntaxError"),
    "an import": ("import math\nimport nowhere_at_all\n", r"nowhere_at_all.*, in .*foo\.py, line 2.*Install what has"),
    "an error": (METHOD + "1 / 0\n", r"ZeroDivisionError: division by zero, in .*foo\.py, line 7"),
    "leaving": ("raise SystemExit('no')\n", "SystemExit: no"),
    "no card": ("def count(shape): ...\ndef build(model, *, steps, seed): ...\n", "it has no CARD.*MethodCard"),
    "no function": (METHOD.replace("def build", "def _build"), r"no function `build`, in .*foo\.py\. `build` gives"),
    "not callable": (METHOD + "build = 3\n", "no function `build`"),
    "another card": (METHOD + "from lab.raters.polite import CARD\n", "its CARD is of the type RaterCard"),
    "another id": (METHOD.replace('"foo"', '"bar"'), "its card has the id 'bar'.*'foo'"),
    "a misspelt hook": (METHOD + "def call_backs(model, *, steps, r): ...\n", "never calls `call_backs`.*`callbacks`"),
    "a misspelt function": (METHOD.replace("def count", "def counts"), "never calls `counts`.*`count`"),
    "a knob too many": (METHOD.replace("seed, r)", "seed)"), "`build` can't be called as .*'r'"),
    "a knob too few": (METHOD.replace("shape, *, r)", "shape, *, r, s)"), "`count` can't be called .*'s'"),
    "a hook of another kind": (METHOD + "def callbacks(model): ...\n", "`callbacks` can't be called"),
    "family": (METHOD.replace('"sparse"', '"sparce"'), r"there is no family 'sparce', in .*foo\.py, line 3.*'sparse'"),
    "part": (METHOD.replace('paper="p"', 'paper="p", lit=("mlps",)'), "no part of the picture 'mlps'.*'mlp'"),
    "default": (METHOD.replace("2, 1, 4", "8, 1, 4"), "knob 'r': its default, 8, is not among its values"),
}


@pytest.fixture
def add(tmp_path, monkeypatch):
    """Puts files into a catalogue's folder for one test, by putting a folder of their own beside it."""
    added = []

    def put(package: str, text: str, name: str = "foo") -> None:
        module = importlib.import_module(package)
        folder = tmp_path / package
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(module, "__path__", [*module.__path__, str(folder)])
        added.append((module, name))
        importlib.invalidate_caches()
        forget_cards()

    yield put
    monkeypatch.undo()
    for module, name in added:
        sys.modules.pop(f"{module.__name__}.{name}", None)
        vars(module).pop(name, None)
    forget_cards()


def refusal(variant: dict) -> str:
    with pytest.raises(LabError) as refused:
        resolve(build_recipe({"variants": [{"name": "v", **variant}]}))
    return str(refused.value)


@pytest.mark.parametrize("package", EXTENSION_POINTS)
def test_every_file_that_comes_with_the_lab_is_whole(package):
    assert broken_cards(package) == []
    assert find_cards(package)


def test_the_protocols_name_what_is_called_and_say_what_for():
    for point in EXTENSION_POINTS.values():
        assert point.required or point.optional
        for function in (point.required | point.optional).values():
            assert inspect.getdoc(function).endswith(".")
    assert set(EXTENSION_POINTS["lab.methods"].optional) == {
        "kept", "check", "callbacks", "initialise", "optimizer", "regulariser", "save", "lit", "ranks",
        "own_term", "fits",
    }  # fmt: skip
    assert set(EXTENSION_POINTS["lab.objectives"].optional) == {
        "measure", "pictures", "course", "sizes", "count", "save", "check", "report", "sequences", "asked", "answers",
        "check_teacher", "teaching",
    }  # fmt: skip
    assert set(EXTENSION_POINTS["lab.rewards"].optional) == {"check"}
    assert set(EXTENSION_POINTS["lab.remedies"].optional) == {
        "check", "rows", "made", "penalty", "callbacks", "attach",
    }  # fmt: skip


def test_each_hook_is_one_that_some_file_has():
    for point in EXTENSION_POINTS.values():
        for name in point.optional:
            assert any(optional_hook(plugin, name) for plugin in find_cards(point.package).values()), name


def test_plug_ins_are_asked_for_by_their_ids():
    assert methods.get("lora").CARD is methods.cards()["lora"]
    assert objectives.get("sft").CARD is objectives.cards()["sft"]
    assert raters.get("polite").CARD is raters.cards()["polite"]
    assert rewards.get("pattern").CARD is rewards.cards()["pattern"]
    assert methods.hook("adalora", "callbacks") and methods.hook("lora", "callbacks") is None
    with pytest.raises(ValueError, match="no hook"):
        methods.hook("lora", "call_backs")


def test_a_whole_file_is_found(add):
    add("lab.methods", METHOD + "def schedule(steps): ...\n")  # a public function of its own is nobody's business
    assert broken_cards("lab.methods") == []
    assert methods.get("foo").count(None, r=3) == 3


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_method_is_one_clear_error_and_the_others_work(add, kind):
    text, words = BROKEN[kind]
    before = set(find_cards("lab.methods"))
    add("lab.methods", text)
    assert set(find_cards("lab.methods")) == before
    (problem,) = broken_cards("lab.methods")
    assert isinstance(problem, CardError) and "\n" not in str(problem)
    assert re.search(words, str(problem)), str(problem)
    assert str(problem).startswith("method 'foo' can't be loaded: ") and "foo.py" in str(problem)
    said = refusal({"method": "foo"})
    assert said.startswith("recipe: variants.0 (v).method: method 'foo' can't be loaded: ") and "foo.py" in said
    assert len(resolve(build_recipe({"variants": [{"name": "v", "method": "lora"}]}))) == 1


def test_a_file_that_imports_a_broken_one_names_where_it_broke(add):
    add("lab.methods", "1 / 0\n", "bar")
    add("lab.methods", "from lab.methods import bar\n" + METHOD)
    assert ["bar.py, line 1" in str(problem) for problem in broken_cards("lab.methods")] == [True, True]


def test_a_broken_objective_rater_data_set_or_executor_is_told_where_it_is_asked_for(add, home):
    for package in ("lab.objectives", "lab.raters", "lab.data.builtin", "lab.executors"):
        add(package, "import math\n1 / 0\n")
    assert "objective 'foo' can't be loaded: ZeroDivisionError" in refusal({"objective": "foo"})
    assert "data set 'foo' can't be loaded" in refusal({"data": "foo"})
    assert "rater 'foo' can't be loaded" in refusal({"objective": "grpo", "data": "prompts", "reward": "foo"})
    for ask in (
        lambda: rater_name("foo"),
        lambda: check_executor("foo"),
        lambda: load_data(DataChoice(name="foo"), home, 0),
    ):
        with pytest.raises(CardError, match=r"foo' can't be loaded: .*foo\.py, line 2"):
            ask()
    told = [finding for finding in examine(home) if "foo.py" in finding.words]
    assert [finding.about for finding in told] == ["objective", "rater", "data set", "executor"]
    assert {finding.state for finding in told} == {"missing"}


@pytest.mark.parametrize(
    ("package", "text", "words"),
    [
        ("lab.objectives", "family='supervised', formats=('txt',)", "no data format 'txt'.*'text'"),
        ("lab.objectives", "family='supervised'", "names no data format"),
        ("lab.objectives", "family='surprise', formats=('text',)", "no family 'surprise'"),
        ("lab.objectives", "family='supervised', formats=('text',), learning_rate=0", "learning_rate is 0"),
        ("lab.data.builtin", "format='csv', source='s', licence='l'", "no data format 'csv'"),
    ],
)
def test_a_card_that_names_what_there_is_not_is_told(add, package, text, words):
    card = EXTENSION_POINTS[package].card.__name__
    if card == "ObjectiveCard":
        text += ", good=Text('g', '好'), bad=Text('b', '坏'), paper='p'"
    add(package, f"from lab.card import {card}, Text\nCARD = {card}('foo', {WORDS}, {text})\n")
    (problem,) = broken_cards(package)
    assert re.search(words, str(problem)), str(problem)


def test_helpers_without_a_card_are_no_broken_files(add):
    add("lab.objectives", "def mean(values): ...\n")
    assert broken_cards("lab.objectives") == [] and "foo" not in find_cards("lab.objectives")


@pytest.mark.slow
def test_a_lab_whose_own_files_are_broken_goes_on_without_them(tmp_path):
    for name in ("lab", "assets", "recipes"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
    for path in ("methods/vera.py", "objectives/kto.py", "raters/polite.py", "data/builtin/prompts.py"):
        (tmp_path / "lab" / path).write_text('"""Broken."""\n\n1 / 0\n')

    def lab(*words: str, code: int = 0) -> str:
        environment = os.environ | {"LAB_HOME": str(tmp_path / "home"), "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=200
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + "\n" + done.stderr

    broken = "method 'vera' can't be loaded: ZeroDivisionError: division by zero, in lab/methods/vera.py, line 3"
    listed = lab("-m", "lab.cli", "methods")
    assert f"error: {broken}. Mend the file." in listed and "adalora" in listed
    assert "data/builtin/prompts.py" in lab("-m", "lab.cli", "data")
    assert "recipes/peft/dora.yaml" in lab("-m", "lab.cli", "recipes")
    assert broken in lab("-m", "lab.cli", "check", "recipes/peft/all.yaml", code=2)
    lab("-m", "lab.cli", "check", "recipes/first_steps.yaml")
    assert "lab/objectives/kto.py" in lab("-m", "lab.cli", "doctor", "--json", code=1)
    page = """
from lab.home import find_home
from lab.store import Store
from lab.ui import learn, page, train
from lab.api import Lab
home = find_home()
with Store(home) as store:
    lab = Lab(home, store, None, None)
    page.build(lab)
    print(len(learn.Learn(home).map({})["methods"]), len(train.Train(lab).choices({})["methods"]))
"""
    assert lab("-c", page).split()[:2] == [str(len(find_cards("lab.methods")) - 1)] * 2
