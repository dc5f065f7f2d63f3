"""Runs that go along with a Space to be looked at: their figures, curves, samples, weights, and no more.

They lie beside the code as a database with these runs alone and a folder a run. A lab that starts there takes in those
that it has not had yet.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import insert, select

from lab.disk import CHECKPOINTS
from lab.errors import LabError, RunError
from lab.evaluate.selection import find_runs
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import chain_of
from lab.models.find import local_base
from lab.store import Run, Store
from lab.store.access import is_private
from lab.store.database import Database, sqlite_file
from lab.store.migrations import migrate
from lab.store.schema import points, runs, samples
from lab.store.snapshot import write_snapshot

FOLDER, DATABASE = "shown", "lab.db"
LEFT_OUT = ("log.txt", "heartbeat")
"""Of a run's folder: what tells of the machine it was trained on."""
EMPTIED = ("feedback", "pairs", "matches", "answers", "baselines", "marks")
"""Tables of which nothing goes along: who voted, what was asked, notes, how fast this machine is."""
UNSAID = ("visitor", "machine", "pid", "request")


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
    file = folder / DATABASE
    write_snapshot(store.database, file)
    _leave_only([run.id for run in chosen], file)
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
    aside = store.home.cache / "shown.db"  # the folder of the code may be read-only, and SQLite writes beside a file
    shutil.copyfile(file, aside)
    source = Database(f"sqlite:///{aside}")
    try:
        migrate(source)
        new = _copied(source, store, folder, seen)
    finally:
        source.close()
        for left in aside.parent.glob(f"{aside.name}*"):
            left.unlink()
    known.write_text(json.dumps(sorted(seen | set(new))), encoding="utf-8")
    return len(new)


def _copied(source: Database, store: Store, folder: Path, seen: set[str]) -> list[str]:
    """Files first, then rows: what the database knows is there."""
    with source.read() as reading:
        rows = [dict(row) for row in reading.execute(select(runs).order_by(runs.c.position)).mappings()]
        there = set(store.runs.some([row["id"] for row in rows]))
        rows = [row for row in rows if row["id"] not in there | seen]
        for row in rows:
            if (files := folder / "runs" / row["id"]).is_dir():
                shutil.copytree(files, store.home.run(row["id"]).root, dirs_exist_ok=True)
        with store.database.write() as writing:
            if rows:
                writing.execute(insert(runs), rows)
            for row in rows:
                for table in (points, samples):
                    found = reading.execute(
                        select(table).where(table.c.run == row["id"]).order_by(table.c.id)
                    ).mappings()
                    if values := [{name: value for name, value in one.items() if name != "id"} for one in found]:
                        writing.execute(insert(table), values)
    return [row["id"] for row in rows]


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


def _leave_only(chosen: Sequence[str], file: Path) -> None:
    """Take all rows but those of these runs out of a snapshot, and what was freed out of the file."""
    with sqlite_file(file) as whole:
        whole.execute("PRAGMA foreign_keys=ON")
        for table in EMPTIED:
            whole.execute(f"DELETE FROM {table}")
        marks = ", ".join("?" for _ in chosen)
        for table, column in (("points", "run"), ("samples", "run"), ("runs", "id")):
            whole.execute(f"DELETE FROM {table} WHERE {column} NOT IN ({marks})", list(chosen))
        whole.execute("UPDATE runs SET " + ", ".join(f"{name} = NULL" for name in UNSAID))
    whole.execute("VACUUM")
    whole.close()
