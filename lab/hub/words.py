"""Parts of cards on the Hub: front matter, tables, licences, recipes without the paths of this machine."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import yaml

from lab.card import find_cards
from lab.data.hub import HUB_ID
from lab.errors import LabError
from lab.models.catalogue import CATALOGUE
from lab.recipe import parse_recipe, resolve
from lab.recipe.schema import dump_fields
from lab.store import Change, Run

FOLDERS = re.compile(r"(?<![\w:/.…-])(?:~[\w-]*)?/(?:[\w.@ -]+/)+")
"""The folders of an absolute path in a sentence."""
UNKNOWN = "not known to the lab"
INTERVAL = "95 % interval after"


def front_matter(fields: Mapping[str, Any]) -> str:
    """The head of a card, without what is empty."""
    kept = {name: value for name, value in fields.items() if value not in (None, "", [], ())}
    return f"---\n{yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)}---\n"


def without_folders(text: str) -> str:
    """A sentence with the names of files, but not where they lie on this machine."""
    return FOLDERS.sub("…/", text)


def public_recipe(text: str) -> str:
    """A recipe in which files are named without the folders they lie in on this machine."""
    return dump_fields(_named(yaml.safe_load(text))).strip()


def file_name(text: str) -> str:
    """What is left of a path on this machine: its last part."""
    return PurePath(text).name if text.startswith(("/", "~", ".")) else text


def _named(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _named(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_named(one) for one in value]
    return file_name(value) if isinstance(value, str) and "\n" not in value else value


def figures_of(run: Run) -> list[tuple[str, Change]]:
    """What a run was measured by, with what it came to."""
    out = run.outcome
    rows = [("held-out loss", out.eval_loss), *out.metrics.items(), ("retained skill", out.retained),
            ("perplexity of general text", out.forgetting)]  # fmt: skip
    return [(name, change) for name, change in rows if change.after is not None]


def figures_table(run: Run) -> list[str]:
    """Before and after with intervals, as Markdown."""
    rows = figures_of(run)
    if not rows:
        return ["Nothing was measured."]
    head = [f"| figure | before | after | {INTERVAL} | answers |", "|---|---|---|---|---|"]
    return [*head, *(_row(name, change) for name, change in rows)]


def _row(name: str, change: Change) -> str:
    before = "–" if change.before is None else f"{change.before:.3g}"
    sure = "–" if change.after_interval is None else "{:.3g} to {:.3g}".format(*change.after_interval)
    return f"| {cell(name)} | {before} | {change.after:.3g} | {sure} | {change.n or '–'} |"


def cell(text: str) -> str:
    """Text that cannot break out of a table or a heading."""
    return " ".join(text.split()).replace("|", "/").replace("<", "&lt;")


def base_words(base: str) -> tuple[str, str | None, str | None]:
    """A base's name, its id on the Hub and its licence, as far as they are known."""
    entry = CATALOGUE.get(base)
    if entry:
        return entry.name.en, entry.hub, entry.licence.lower()
    return (base, base, None) if HUB_ID.fullmatch(base) else (file_name(base), None, None)


def data_of(run: Run) -> list[tuple[str, str, str | None]]:
    """What a run learned from: each data set's name, its licence in words, and its id on the Hub."""
    try:
        stages = resolve(parse_recipe(run.recipe))[0].stages
    except LabError:
        return []
    names = dict.fromkeys(choice.name for stage in stages for choice in stage.data)
    return [_data_words(name) for name in names]


def _data_words(name: str) -> tuple[str, str, str | None]:
    cards = find_cards("lab.data.builtin")
    if name in cards:
        return f"{name} (built in)", str(cards[name].CARD.licence), None
    if name == "feedback":
        return "feedback: votes, thumbs and edits given in this lab", "its raters' own", None
    if HUB_ID.fullmatch(name):
        return f"[{name}](https://huggingface.co/datasets/{name})", "as its page says", name
    return f"{file_name(name)} (a file of its author's)", UNKNOWN, None


def licence_of(base: str | None, data: Iterable[tuple[str, str, str | None]]) -> str | None:
    """The licence of what was made of these, where all of it has the same free one; else none is claimed."""
    of_data = {licence.lower() for _, licence, _ in data}
    return base if base and of_data <= {base} else None


def section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"## {title}", "", *lines, ""])
