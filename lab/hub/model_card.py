"""The card of a model on the Hub, filled from its run: what it is, from what, what it came to, what it is not for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from lab.card import find_cards
from lab.hub.repos import TAG
from lab.hub.words import (
    base_words,
    cell,
    data_of,
    figures_table,
    front_matter,
    licence_of,
    public_recipe,
    section,
    without_folders,
)
from lab.store import Run

PICTURE = "curves.svg"
LOADED, CHECKED = "How it is loaded", "Checked"
"""Sections that an export writes into its card."""
RELATION = {"peft": "adapter", "transformers": "finetune", "gguf": "quantized"}
"""The Hub's words for what a model is to its base."""
LIMITS = (
    "Figures are of held-out rows of the data it learned from; they say nothing of other questions.",
    "One run with one seed: another seed comes to other figures; intervals are of judged answers, not of seeds.",
    "It was tuned to compare methods, and was not tried for safety. Don't let it decide anything about people.",
)


def model_card(run: Run, base: str, repo: str, written: str, files: Sequence[str]) -> str:
    """Markdown with the front matter that the Hub reads.

    `written` is the card that the export wrote (`lab.model_export.card`), which tells how the model is loaded and was
    checked. `files` are those of the repository; among them may be a picture of the curves.
    """
    name, hub, licence = base_words(base)
    data, told = data_of(run), _told(written)
    library = told.front.get("library_name")
    front = {
        "library_name": library, "pipeline_tag": told.front.get("pipeline_tag"), "base_model": hub,
        "base_model_relation": RELATION.get(library or "") if hub else None, "license": licence_of(licence, data),
        "datasets": [one for _, _, one in data if one], "tags": [TAG, *_tags(run)],
    }  # fmt: skip
    picture = [f"![Loss by step; on held-out rows it is dashed]({PICTURE})"]
    parts = [
        f"\n# {cell(run.name)}\n",
        f"{cell(name)}, tuned by **{run.method}** ({run.objective}) with Parrot Lab as run `{run.id}` of "
        f"*{cell(run.recipe_name)}*. {run.outcome.steps:,} steps{_size(run)}.\n",
        section(LOADED, [_from_hub(told.parts.get(LOADED, ""), repo, files)]),
        section("What it came to", figures_table(run)),
        section("Curves", picture) if PICTURE in files else "",
        section("How it was made", _made(run)),
        section("Data", [f"- {shown}; licence: {words}" for shown, words, _ in data] or ["Not told by its recipe."]),
        section("Licence", _licences(licence, data, name)),
        section("Limits", [f"- {without_folders(one)}" for one in (*LIMITS, *run.outcome.notes)]),
        section(CHECKED, [told.parts.get(CHECKED, "It was not.")]),
        section("Recipe", ["```yaml", public_recipe(run.recipe), "```"]),
    ]
    return front_matter(front) + "\n".join(part for part in parts if part)


@dataclass(frozen=True)
class _Told:
    """An export's card: its front matter, and its sections by their headings."""

    front: dict[str, str]
    parts: dict[str, str]


def _told(written: str) -> _Told:
    _, front, body = written.split("---\n", 2)
    parts = [part.partition("\n") for part in re.split(r"^## ", body, flags=re.M)[1:]]
    return _Told(yaml.safe_load(front) or {}, {title.strip(): text.strip() for title, _, text in parts})


def _from_hub(loaded: str, repo: str, files: Sequence[str]) -> str:
    """How a folder is loaded, told of a repository of the Hub."""
    loaded = loaded.replace('"THIS_FOLDER/base"', f'"{repo}", subfolder="base"').replace("THIS_FOLDER", repo)
    file = next((name for name in files if name.endswith(".gguf")), None)
    if file is None:
        return loaded
    return f"`hf download {repo} {file}` fetches it.\n\n" + loaded.replace("FILE.gguf", file)


def _tags(run: Run) -> list[str]:
    return list(dict.fromkeys([*run.method.split(", "), *run.objective.split(", ")]))


def _size(run: Run) -> str:
    out = run.outcome
    if not out.trainable_params or not out.total_params:
        return ""
    return (
        f", {out.trainable_params:,} of {out.total_params:,} parameters ({out.trainable_params / out.total_params:.2%})"
    )


def _made(run: Run) -> list[str]:
    methods, objectives = find_cards("lab.methods"), find_cards("lab.objectives")
    told = [f"- Method: {methods[one].CARD.name.en} (`{one}`), {methods[one].CARD.paper or 'no paper'}"
            for one in run.method.split(", ") if one in methods]  # fmt: skip
    told += [
        f"- Objective: {objectives[one].CARD.name.en} (`{one}`)"
        for one in run.objective.split(", ")
        if one in objectives
    ]
    out = run.outcome
    if out.train_seconds:
        device = out.environment.get("device")
        told.append(f"- Training: {out.train_seconds:,.0f} seconds" + (f" on {device}" if device else ""))
    versions = out.environment.get("versions") or {}
    if versions:
        told.append("- Versions: " + ", ".join(f"{name} {number}" for name, number in versions.items()))
    return told or ["- Not recorded."]


def _licences(base: str | None, data: Sequence[tuple[str, str, str | None]], name: str) -> list[str]:
    lines = [f"- The base, {cell(name)}: {base or 'as its page says'}"]
    lines += [f"- {shown}: {words}" for shown, words, _ in data]
    if licence_of(base, data) is None:
        lines.append(
            "\nThe lab does not know under which licence the model itself may be given on: its author is to say."
        )
    return lines
