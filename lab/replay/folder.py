"""A recording as a folder: the page, and a README and a mark that make it a static Space which can be pushed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.errors import RunError
from lab.hub.repos import TAG
from lab.replay.page import replay_html
from lab.space.stage import MARK
from lab.store import Run, Store

PAGE, README = "index.html", "README.md"
LONGEST_TITLE = 200
FRONT = """---
title: {title}
emoji: 🦜
colorFrom: green
colorTo: blue
sdk: static
app_file: index.html
pinned: false
tags: [{tag}]
---

# {heading}

A recording of runs of Parrot Lab: {runs} runs of {comparisons}. `index.html` plays it in any browser, from a folder
too; it loads nothing from elsewhere, and nothing is trained there. Curves draw themselves at the speed of the training
or faster.

`index.html?embed=1` leaves the heading out, for a frame in another page:

```html
<iframe src="index.html?embed=1" width="100%" height="760" style="border: 0" loading="lazy"></iframe>
```
"""


@dataclass(frozen=True)
class Replay:
    """A folder that was written: how many comparisons and runs it plays, and its bytes."""

    folder: Path
    comparisons: int
    runs: int
    bytes: int


def write_replay(
    runs: Sequence[Run], store: Store, folder: Path, title: str | None = None, language: str | None = None
) -> Replay:
    """Write a folder that plays these runs in a browser, without Python and without a network.

    A folder with a replay in it is written anew. Raises RunError where something else is in it, where a run is not over
    yet, or where the page would be too large.
    """
    _check_folder(folder)
    if title is not None and not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise RunError("the title is empty or too long", where="--title", do=f"write 1 to {LONGEST_TITLE} letters.")
    comparisons = len({run.comparison for run in runs})
    html = replay_html(runs, store, (title or "").strip(), language)
    heading = " ".join((title or " · ".join(dict.fromkeys(run.recipe_name for run in runs))).split())[:LONGEST_TITLE]
    told = "one comparison" if comparisons == 1 else f"{comparisons} comparisons"
    readme = FRONT.format(title=json.dumps(heading, ensure_ascii=False), heading=heading, runs=len(runs),
                          comparisons=told, tag=TAG)  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PAGE).write_text(html, encoding="utf-8")
    (folder / README).write_text(readme, encoding="utf-8")
    (folder / MARK).write_text(json.dumps({"hardware": "static", "entries": [PAGE, README]}) + "\n", encoding="utf-8")
    return Replay(folder, comparisons, len(runs), len(html.encode()) + len(readme.encode()))


def _check_folder(folder: Path) -> None:
    """Raise RunError for a file, and for a folder with anything but a replay in it."""
    if folder.exists() and not folder.is_dir():
        raise RunError("there is a file of that name", where=folder, do="name a folder.")
    others = (
        sorted(one.name for one in folder.iterdir() if one.name not in (PAGE, README, MARK)) if folder.exists() else []
    )
    if others:
        raise RunError(f"there is something else in it: {others[0]}", where=folder, do="name a new folder.")
