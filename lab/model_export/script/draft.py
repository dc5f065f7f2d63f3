"""A Python file while it is written: its imports, and its lines in order. Plain text."""

import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

MOST_LINES = 79
"""A script is to be read at one look: under 80 lines."""
FIRST = sys.stdlib_module_names
WIDTH = 118


class Draft:
    """Collects imports and lines; `text` is the file."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._modules: set[str] = set()
        self._lines: list[str] = []
        self.beside: dict[str, Draft] = {}
        """Other files of the same script, by name."""

    def use(self, module: str, *names: str) -> None:
        """Import these names of a module, or the module itself where none is named."""
        if names:
            self._names[module] |= set(names)
        else:
            self._modules.add(module)

    def add(self, *lines: str) -> None:
        """Append lines; one may hold several."""
        for line in lines:
            self._lines += line.split("\n")

    def call(self, target: str, arguments: Mapping[str, Any], *, given: str = "") -> None:
        """Append `target(given, name=value, …)`, broken over as few lines as it needs. Values are Python already where
        they are `Code`, else written by their repr."""
        parts = ([given] if given else []) + [f"{name}={_code(value)}" for name, value in arguments.items()]
        self.add(*_broken(target, parts))

    def text(self, sign: str) -> str:
        """The file, with `sign` as its docstring."""
        imports = [f"import {module}" for module in self._modules]
        imports += [f"from {module} import {', '.join(sorted(names))}" for module, names in self._names.items()]
        ours: list[str] = []
        others: list[str] = []
        for line in sorted(imports, key=lambda one: (one.startswith("from"), one.lower())):
            (ours if line.split()[1].split(".")[0] in FIRST else others).append(line)
        return "\n".join([f'"""{sign}"""', "", *ours, "", *others, "", *self._lines, ""])


class Code(str):
    """A piece of Python that stands as it is."""


def _code(value: Any) -> str:
    return str(value) if isinstance(value, Code) else repr(value)


def _broken(target: str, parts: list[str]) -> list[str]:
    whole = f"{target}({', '.join(parts)})"
    if len(whole) <= WIDTH:
        return [whole]
    lines, line = [f"{target}("], "   "
    for part in parts:
        if len(line) + len(part) + 2 > WIDTH and line.strip():
            lines.append(line)
            line = "   "
        line += f" {part},"
    return [*lines, line, ")"]


def plain_words(text: str, most: int = 80) -> str:
    """A name as a comment may say it: one line, without quotes or escapes."""
    line = " ".join(re.sub(r"[\\\"'\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())
    return line if len(line) <= most else line[: most - 1] + "…"
