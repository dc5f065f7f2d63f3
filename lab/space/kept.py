"""What of a lab is kept elsewhere, and what of that has changed since the last time: the form of an unpacked backup.

The database goes as one state of it; of runs that are over their weights, of interrupted ones also the last checkpoint;
uploads; and the secret that cookies are signed with, so that visitors stay who they are.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lab.disk import CHECKPOINTS
from lab.home import Home
from lab.store import Run, Status, Store
from lab.store.backup import DATABASE, MANIFEST, SECRET, manifest_of
from lab.store.snapshot import write_snapshot
from lab.visitors.keys import digest, secret_of

Stamp = tuple[int, int]
"""A file's length and when it changed, in nanoseconds."""
LEFT_OUT = ("heartbeat",)
KEPT_BY = "kept_by"


@dataclass
class Changes:
    """Files to be written by their names, and names of files that are no more."""

    files: dict[str, Path] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    mark: object = None
    digest: str = ""
    """Of the database as it is now."""

    def __bool__(self) -> bool:
        return bool(self.files or self.gone)


class Kept:
    """Knows what was kept before."""

    def __init__(self, home: Home):
        self._home = home
        self._stamps: dict[str, Stamp] = {}
        self._mark: object = None
        self._digest = ""

    def changes(self, store: Store, aside: Path, database_only: bool = False) -> Changes:
        """What is to be written now; a snapshot of the database is put into the folder `aside` for it."""
        mark = store.database.mark()
        found = Changes(mark=mark, digest=self._digest)
        if mark is None or mark != self._mark:
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir(parents=True)
            write_snapshot(store.database, aside / DATABASE)
            manifest = manifest_of(aside / DATABASE) | {KEPT_BY: lab_id(self._home)}
            (aside / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
            with (aside / DATABASE).open("rb") as snapshot:
                found.digest = hashlib.file_digest(snapshot, "sha256").hexdigest()
            if found.digest != self._digest:  # a look at a database may touch its file
                found.files = {name: aside / name for name in (DATABASE, MANIFEST)}
        if database_only:
            return found
        for name, path in self._files(store):
            try:
                told = path.stat()
            except FileNotFoundError:
                continue
            found.stamps[name] = (told.st_size, told.st_mtime_ns)
            if self._stamps.get(name) != found.stamps[name]:
                found.files[name] = path
        found.gone = sorted(self._stamps.keys() - found.stamps.keys())
        return found

    def done(self, changes: Changes, database_only: bool = False) -> None:
        """What was to be written has been."""
        self._mark, self._digest = changes.mark, changes.digest
        if not database_only:
            self._stamps = changes.stamps

    def knows(self, store: Store) -> None:
        """All that is here was kept before: it has just come back from there."""
        self.done(
            Changes(stamps={name: (path.stat().st_size, path.stat().st_mtime_ns) for name, path in self._files(store)})
        )

    def _files(self, store: Store) -> Iterator[tuple[str, Path]]:
        if self._home.secret.is_file():
            yield SECRET, self._home.secret
        for run in store.runs.all():
            if run.status.over:
                yield from self._of_run(run)
        yield from self._below(self._home.root / "uploads")

    def _of_run(self, run: Run) -> Iterator[tuple[str, Path]]:
        """A run's files; of one that goes on later, the newest checkpoint of each stage."""
        folder = self._home.run(run.id).root
        for name, path in self._below(folder):
            inside = path.relative_to(folder).parts
            goes_on = run.status == Status.INTERRUPTED and inside[1:2] == (_newest(folder / inside[0]),)
            if goes_on or not CHECKPOINTS.fullmatch(inside[0]):
                yield name, path

    def _below(self, folder: Path) -> Iterator[tuple[str, Path]]:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in LEFT_OUT:
                yield path.relative_to(self._home.root).as_posix(), path


def lab_id(home: Home) -> str:
    """The same for a lab wherever it is restored, another one for each lab."""
    return digest(secret_of(home), "kept", "", 16)


def kept_by(manifest: bytes) -> str:
    """The id of the lab that wrote a manifest; empty where it tells none."""
    try:
        return str(json.loads(manifest).get(KEPT_BY, ""))
    except (ValueError, AttributeError):
        return ""


def _newest(folder: Path) -> str:
    """The name of the last whole checkpoint in a stage's folder."""
    whole = [one.name for one in folder.glob("checkpoint-*") if (one / "trainer_state.json").is_file()]
    return max(whole, key=lambda name: int(name.rpartition("-")[2]), default="")
