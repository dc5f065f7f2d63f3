"""Makes a folder that is a Space: README, requirements, app.py, the lab with recipes and assets, and chosen runs."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.errors import LabError, in_words
from lab.home import ASSETS, PACKAGE, PROJECT, RECIPES
from lab.space.hardware import hardware_named
from lab.space.readme import SHORT, TITLE, readme
from lab.space.requirements import FILE as REQUIREMENTS
from lab.space.requirements import pinned_here, requirements
from lab.space.shown import FOLDER as SHOWN
from lab.space.shown import chosen_runs, write_shown
from lab.store import Store

MARK = ".parrot-lab-space.json"
"""In a folder that was staged: what of it the next staging may replace."""
APP = '''"""The Space's and the user's door: opens the app, the same as `lab serve`."""

import os
import sys

from lab.errors import LabError
from lab.ui.launch import launch

if __name__ == "__main__":
    on_space = bool(os.environ.get("SPACE_ID"))
    try:
        launch(host="0.0.0.0" if on_space else "127.0.0.1", port=int(os.environ.get("PORT", "7860")))
    except LabError as problem:
        sys.exit(f"error: {problem}")
'''
ATTRIBUTES = "*.safetensors filter=lfs diff=lfs merge=lfs -text\n*.db filter=lfs diff=lfs merge=lfs -text\n"
NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.pyc", "_assets", "_recipes", ".DS_Store")


@dataclass(frozen=True)
class Staged:
    """A folder that is a Space."""

    folder: Path
    hardware: str
    runs: tuple[str, ...]
    files: int
    bytes: int


def stage_space(
    folder: Path, store: Store, *, hardware: str = "cpu", runs: Sequence[str] = (), title: str = TITLE,
    description: str = SHORT, sign_in: bool = True,
) -> Staged:  # fmt: skip
    """Make `folder` a Space for that hardware (of HARDWARE), with these runs and comparisons to look at.

    The folder must be new, empty or staged before; in that case what was staged is replaced and what else lies there
    stays. Raises LabError, and changes nothing, where anything is wrong.
    """
    kind, folder = hardware_named(hardware), folder.expanduser().absolute()
    before = _staged_before(folder)
    chosen = chosen_runs(runs, store) if runs else []
    text = readme(kind, pinned_here()["gradio"], chosen, title=title, short=description, sign_in=sign_in)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as place:
            made = Path(place) / "space"
            made.mkdir()
            (made / "README.md").write_text(text, encoding="utf-8")
            (made / REQUIREMENTS).write_text(requirements(kind), encoding="utf-8")
            (made / "app.py").write_text(APP, encoding="utf-8")
            (made / ".gitattributes").write_text(ATTRIBUTES, encoding="utf-8")
            _copy_code(made)
            if chosen:
                write_shown(chosen, store, made / SHOWN)
            entries = sorted(one.name for one in made.iterdir())
            told = {"hardware": hardware, "entries": entries}
            (made / MARK).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
            files = [one for one in made.rglob("*") if one.is_file()]
            found = Staged(
                folder, hardware, tuple(run.id for run in chosen), len(files), sum(f.stat().st_size for f in files)
            )
            _replace(folder, before, made)
    except OSError as problem:
        raise in_words(problem) from None
    return found


def is_staged(folder: Path) -> bool:
    return (folder / MARK).is_file()


def _copy_code(made: Path) -> None:
    shutil.copytree(PACKAGE, made / "lab", ignore=NOT_COPIED)
    shutil.copytree(ASSETS, made / "assets", ignore=shutil.ignore_patterns("__pycache__", "pictures"))
    shutil.copytree(
        RECIPES, made / "recipes", ignore=lambda _, names: {n for n in names if n in ("__pycache__", "nano")}
    )
    if (licence := PROJECT / "LICENSE").is_file():
        shutil.copyfile(licence, made / "LICENSE")


def _staged_before(folder: Path) -> list[str]:
    """What an earlier staging put there; raises LabError for a folder with anything else."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return []
    if not folder.is_dir():
        raise LabError("there is a file of that name", where=folder, do="name a folder that is new or empty.")
    if not is_staged(folder):
        raise LabError("there is something already, which is no Space that was staged before", where=folder,
                       do="name a folder that is new or empty.")  # fmt: skip
    try:
        told = json.loads((folder / MARK).read_text(encoding="utf-8"))["entries"]
        return [name for name in told if isinstance(name, str) and Path(name).name == name and name not in (".", "..")]
    except (ValueError, KeyError, TypeError):
        raise LabError("the mark of an earlier staging can't be read", where=folder / MARK,
                       do="stage into another folder.") from None  # fmt: skip


def _replace(folder: Path, before: Sequence[str], made: Path) -> None:
    """Put what was made in the place of what was staged before."""
    new = [one.name for one in made.iterdir()]
    taken = [name for name in new if name not in (MARK, *before) and (folder / name).exists()]
    if taken:
        raise LabError(f"'{taken[0]}' is there, and was not staged", where=folder, do="move it away, and stage again.")
    for name in (MARK, *before):
        old = folder / name
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
    for name in new:
        (made / name).rename(folder / name)
