"""The architecture as a test: imports point down, heavy libraries stay out of the web process, rooms stay small."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from lab.home import PROJECT

FLOORS = (
    {"errors", "home", "card", "words", "recipe"},
    {"store"},
    {"models", "data", "tuners", "raters"},
    {"methods"},
    {"generate"},
    {"evaluate"},
    {"objectives"},
    {"training"},
    {"feedback", "jobs", "share"},
    {"cli", "ui"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted((PROJECT / "lab").rglob("*.py"))
HEAVY = ("torch", "transformers", "peft", "trl", "datasets")


def room_of(file: Path) -> str:
    return file.relative_to(PROJECT / "lab").parts[0].removesuffix(".py")


def imported_rooms(file: Path) -> set[str]:
    """The rooms of the lab a file imports from, anywhere in it."""
    names = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names += [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "lab" else [node.module]
    return {name.split(".")[1] for name in names if name.startswith("lab.")} & set(FLOOR_OF)


def test_every_room_has_its_floor():
    rooms = {room_of(file) for file in FILES} - {"__init__"}
    assert rooms <= set(FLOOR_OF), rooms - set(FLOOR_OF)
    assert len(FILES) > 30


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_imports_only_go_down(file):
    floor = FLOOR_OF.get(room_of(file), len(FLOORS))
    above = {room for room in imported_rooms(file) if FLOOR_OF[room] > floor}
    assert not above, f"{file.name} is on floor {floor} and imports from {above}"


@pytest.mark.parametrize(
    "module", ["lab.recipe", "lab.store", "lab.models", "lab.data", "lab.jobs", "lab.cli", "lab.ui"]
)
def test_the_front_of_the_house_loads_no_heavy_library(module):
    show = f"import sys, {module}; print(*[name for name in {HEAVY} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_rooms_say_what_they_own_and_stay_small(file):
    source = file.read_text()
    tree = ast.parse(source)
    assert ast.get_docstring(tree), f"{file} does not say what it owns"
    assert source.count("\n") <= 300, f"{file} has {source.count(chr(10))} lines"
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: size for node in functions if (size := node.end_lineno - node.lineno + 1) > 60}
    assert not long, f"{file}: {long}"
