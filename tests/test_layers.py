"""The architecture as a test: imports point down and never in circles, heavy libraries stay out of the web process,
rooms stay small.
"""

import ast
import subprocess
import sys
from pathlib import Path

from lab.home import PROJECT

LAB = PROJECT / "lab"
FLOORS = (
    {
        "errors",
        "home",
        "card",
        "cards",
        "devices",
        "disk",
        "extension_points",
        "limits",
        "logs",
        "machine",
        "model_ref",
        "recipe",
        "sandbox",
        "visitors",
        "words",
    },
    {"store"},
    {"models", "data", "tuners", "raters", "rewards"},
    {"methods"},
    {"generate"},
    {"evaluate"},
    {"feedback"},
    {"objectives", "remedies"},
    {"planning"},
    {"training"},
    {"executors", "serving", "model_export", "bundle"},
    {"api", "doctor", "hub", "report", "space"},
    {"cli", "ui", "replay"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted(LAB.rglob("*.py"))
FRONT = (
    "lab.recipe", "lab.store", "lab.models", "lab.data", "lab.planning", "lab.serving", "lab.executors", "lab.cli",
    "lab.ui.page",
)  # fmt: skip
HEAVY = ("torch", "transformers", "peft", "trl", "datasets")


def module_of(file: Path) -> str:
    parts = file.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(file): file for file in FILES}


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else "lab"


def imports_of(module: str) -> set[str]:
    """The lab's modules that one imports, anywhere in it: in functions and for type checkers too."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & set(MODULES) or {node.module}
    return {name for name in found if name in MODULES and name != module}


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """Modules that import each other, however far around: the strongly connected parts (Tarjan 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(edges[node]):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            if len(stack) - at > 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    for node in sorted(edges):
        if node not in index:
            visit(node)
    return found


def test_the_floors_name_every_room_there_is_and_no_other():
    rooms = {room_of(module) for module in MODULES if module != "lab"}
    assert rooms == set(FLOOR_OF)
    assert len(FILES) > 200


def test_imports_only_go_down():
    above = [
        f"{module} imports {other}"
        for module in MODULES
        if module != "lab"
        for other in imports_of(module)
        if other != "lab" and FLOOR_OF[room_of(other)] > FLOOR_OF[room_of(module)]
    ]
    assert not above, "\n".join(above)


def test_no_file_imports_in_a_circle_inside_folders_either():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert circles({module: imports_of(module) for module in MODULES}) == []


def test_the_front_of_the_house_loads_no_heavy_library():
    """One after the other, so that the first that loads one is named."""
    show = f"""
import importlib, sys
for module in {FRONT}:
    importlib.import_module(module)
    if loaded := [name for name in {HEAVY} if name in sys.modules]:
        sys.exit(f"{{module}} loads {{loaded}}")
"""
    done = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_rooms_say_what_they_own_and_stay_small():
    wrong = []
    for file in FILES:
        source, name = file.read_text(), str(file.relative_to(PROJECT))
        tree = ast.parse(source)
        if not ast.get_docstring(tree):
            wrong.append(f"{name} does not say what it owns")
        if source.count("\n") > 300:
            wrong.append(f"{name} has {source.count(chr(10))} lines")
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        wrong += [
            f"{name}: {node.name} has {size} lines"
            for node in functions
            if (size := node.end_lineno - node.lineno + 1) > 60
        ]
    assert not wrong, "\n".join(wrong)
