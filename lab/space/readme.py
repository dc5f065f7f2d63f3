"""The README of a Space: the front matter that the Hub reads, and a page for who finds the Space."""

from collections.abc import Sequence

import yaml

from lab.errors import LabError
from lab.space.hardware import Hardware
from lab.store import Run

TITLE = "Parrot Lab"
SHORT = "Fine-tune small language models side by side"
LONGEST_TITLE, LONGEST_SHORT = 60, 60
"""Letters; of the short description the Hub shows no more, and refuses a longer one."""
VARIABLES = (
    ("LAB_KEEP", "variable", "a private data set (`owner/name`) of yours where votes and runs are kept over restarts; "
                             "asks for the secret `HF_TOKEN`"),
    ("HF_TOKEN", "secret", "a token of yours that may write that data set alone; no visitor's work is done with it"),
    ("LAB_OWNERS", "variable", "who owns the lab, by their names on the Hub, commas between; else whose Space it is"),
    ("LAB_OWNER_KEY", "secret", "a key that makes whoever gives it at `/enter` the owner"),
    ("LAB_PUBLIC", "variable", "`0` makes everybody the owner who can open the page: for a private Space alone"),
    ("LAB_HUB_BASES", "variable", "models of the Hub that visitors may tune, commas between"),
    ("LAB_DISK_MB", "variable", "how much of the disk the lab may take"),
    ("LAB_QUEUED_RUNS, LAB_RUN_SECONDS, …", "variable", "what each visitor and all of them may take"),
    ("LAB_ZERO_SECONDS", "variable", "on ZeroGPU, the longest that one slice of training may take the GPU (60)"),
)  # fmt: skip
BODY = """
# {title}

Tune small language models in several ways **side by side**, and see what each learned, cost and forgot. Talk to all of
them at once, vote on what they say, and let the next round of training learn from your votes.

{shown}
## A copy of your own

*Duplicate this Space* (in the menu beside its name, or in the lab's header) makes one that is yours: you choose the
hardware in its settings, and own what is trained there. This one was made for {hardware}. `lab space push you/name`
from a checkout makes one with runs of your own.

## What lasts

A Space forgets all it was told when it restarts. With a disk or a bucket at `/data` the lab keeps everything there.
Else set the variable `LAB_KEEP` to the name of a data set, and the secret `HF_TOKEN` to a token that may write
it: votes and runs go there as they come, and come back with the next start.

## Settings

Set them under *Settings → Variables and secrets*.

| name | kind | what it does |
|---|---|---|
{variables}

## Who may do what

Visitors train, ask and vote within limits. Who signs in with Hugging Face has more, and whose Space it is owns the lab.
What visitors upload is seen by nobody else; what they ask in the Arena is put to others too.

Parrot Lab is free software under the Apache License 2.0.
"""


def readme(
    hardware: Hardware, sdk_version: str, runs: Sequence[Run], *, title: str = TITLE, short: str = SHORT,
    sign_in: bool = True,
) -> str:  # fmt: skip
    """The file's text. Raises LabError for a title or description that the Hub would not take."""
    for name, text, most in (("--title", title, LONGEST_TITLE), ("--description", short, LONGEST_SHORT)):
        if not text.strip() or len(text) > most or not text.isprintable():
            raise LabError(
                f"it has {len(text)} letters, and {most} on one line are shown", where=name, do="shorten it."
            )
    front = {
        "title": title, "emoji": "🦜", "colorFrom": "green", "colorTo": "blue", "sdk": "gradio",
        "sdk_version": sdk_version, "python_version": hardware.python, "app_file": "app.py", "pinned": False,
        "license": "apache-2.0", "short_description": short, "suggested_hardware": hardware.suggested,
        "fullWidth": True, "tags": ["parrot-lab", "fine-tuning", "lora", "rlhf"],
    }  # fmt: skip
    front |= {"hf_oauth": True} if sign_in else {}
    variables = "\n".join(f"| `{name}` | {kind} | {what} |" for name, kind, what in VARIABLES)
    body = BODY.format(title=title, shown=_shown(runs), hardware=hardware.says, variables=variables)
    return f"---\n{yaml.safe_dump(front, sort_keys=False, allow_unicode=True)}---\n{body}"


def _shown(runs: Sequence[Run]) -> str:
    if not runs:
        return ""
    lines = [f"- **{_plain(run.name)}** ({_plain(run.recipe_name)}): {run.method}, {run.objective}" for run in runs]
    return "\n".join(["## Runs to look at", "", *lines, "", "They are in the tab *Runs*, and can be talked to.", ""])


def _plain(text: str) -> str:
    """A name that somebody gave, without what Markdown would read in it."""
    return "".join(f"\\{letter}" if letter in r"\`*_[]<>|#" else letter for letter in " ".join(text.split()))
