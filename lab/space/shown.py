"""Runs that go along with a Space to be looked at: their figures, curves, samples, weights, and no more.

They lie beside the code as a database with these runs alone and a folder a run. A lab that starts there takes in those
that it has not had yet.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from lab.disk import CHECKPOINTS
from lab.errors import LabError, RunError
from lab.evaluate.selection import find_runs
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import chain_of
from lab.models.find import local_base
from lab.store import Run, Store
from lab.store.access import is_private
from lab.store.some_runs import add_some_runs, write_some_runs

FOLDER, DATABASE = "shown", "lab.db"
LEFT_OUT = ("log.txt", "heartbeat")
"""Of a run's folder: what tells of the machine it was trained on."""


def chosen_runs(names: Sequence[str], store: Store) -> list[Run]:
    """The runs that these ids (of runs and comparisons) mean, each after those whose weights it needs. Raises RunError
    for what can't be shown elsewhere."""
    found: dict[str, Run] = {}
    for run in find_runs(names, store):
        for one in (*_below(run, store), run):
            _check(one, run, store)
            found.setdefault(one.id, one)
    return list(found.values())


def write_shown(chosen: Sequence[Run], store: Store, folder: Path) -> None:
    """Write runs into a new folder. Raises LabError."""
    folder.mkdir(parents=True)
    write_some_runs(store.database, [run.id for run in chosen], folder / DATABASE)
    for run in chosen:
        source = store.home.run(run.id).root
        if source.is_dir():
            shutil.copytree(source, folder / "runs" / run.id, ignore=_left_out)


def take_in_shown(folder: Path, store: Store) -> int:
    """Add the runs of such a folder that this lab has never had; returns how many those are. Raises LabError where
    that is damaged."""
    file = folder / DATABASE
    if not file.is_file():
        return 0
    known = store.home.root / "shown.json"
    seen = set(json.loads(known.read_text(encoding="utf-8"))) if known.is_file() else set()

    def copy_files(run: str) -> None:  # what the database knows is there
        if (files := folder / "runs" / run).is_dir():
            shutil.copytree(files, store.home.run(run).root, dirs_exist_ok=True)

    new = add_some_runs(store.database, file, store.home.cache / "shown.db", seen, copy_files)
    known.write_text(json.dumps(sorted(seen | set(new))), encoding="utf-8")
    return len(new)


def _below(run: Run, store: Store) -> list[Run]:
    """The runs whose weights a run's own lie on, the lowest first."""
    try:
        chain = chain_of(str(ModelRef(run=run.id)), store.home)
    except LabError:
        return []  # a run without weights can be looked at too
    below = dict.fromkeys(ModelRef.of_stage(link.ref).run for link in chain[1:])
    return [store.runs.get(one) for one in below if one and one != run.id]


def _check(run: Run, wanted: Run, store: Store) -> None:
    of = "" if run.id == wanted.id else f", on which '{wanted.id}' builds,"
    if not run.status.over:
        raise RunError(f"run '{run.id}'{of} is {run.status}", where="--runs", do="wait until it is over.")
    if is_private(run) or (ModelRef.parse(run.base).run is None and _is_folder(run.base, store.home)):
        raise RunError(f"run '{run.id}' ({run.name}){of} names files of this machine, which strangers would read of",
                       where="--runs", do="choose runs on data and bases that everybody can have.")  # fmt: skip


def _is_folder(base: str, home: Home) -> bool:
    found = local_base(base, home)
    return found is not None and base.startswith(("/", ".", "~"))


def _left_out(folder: str, names: list[str]) -> set[str]:
    return {
        name
        for name in names
        if name in LEFT_OUT or CHECKPOINTS.fullmatch(name) or name.endswith((".partial", ".part"))
    }
