"""A lab in one file: database, runs' files, uploads; written while the lab runs, and read into an empty home.

First the database is copied, then the files: what the copy knows to be done was on the disk before. Checkpoints (only a
run that stopped early needs them) and models (they can be fetched again) come along where they are asked for.
"""

import io
import json
import os
import shutil
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab import __version__
from lab.disk import CHECKPOINTS
from lab.errors import LabError, in_words
from lab.home import Home
from lab.store import Store
from lab.store.database import Database, sqlite_file
from lab.store.migrations import steps
from lab.store.snapshot import close_running, read_snapshot, write_snapshot

MANIFEST, DATABASE = "lab-backup.json", "lab.db"
FORMAT = 1
FOLDERS = ("runs", "uploads")
MODELS = "models"
SECRET = "secret"
"""What cookies are signed with: visitors of a restored lab are who they were."""
PART = ".part"
"""How the name of a file ends that is not whole yet."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds."""

    runs: int
    votes: int
    files: int
    bytes: int
    made: float
    interrupted: int = 0
    """Of a restored one: runs that were running then."""


def write_backup(store: Store, file: Path, *, checkpoints: bool = False, models: bool = False) -> Backup:
    """Write all of a lab into `file` (packed, where its name ends in .gz or .tgz). Raises LabError; a file of that name
    is only replaced by a whole one."""
    part = file.with_name(file.name + PART)
    packed = file.suffix in (".gz", ".tgz")
    files = size = 0
    try:
        with tempfile.TemporaryDirectory(dir=_folder_for(file), prefix="lab-backup-") as aside:
            snapshot = Path(aside) / DATABASE
            write_snapshot(store.database, snapshot)
            told = manifest_of(snapshot)
            with tarfile.open(part, "w:gz" if packed else "w") as archive:
                _add_bytes(archive, MANIFEST, json.dumps(told).encode())
                archive.add(snapshot, DATABASE)
                _add_file(archive, store.home.secret, SECRET)
                for path, name in _files(store.home, checkpoints, models):
                    added = _add_file(archive, path, name)
                    files, size = files + (added is not None), size + (added or 0)
        part.replace(file)
    except OSError as problem:
        raise in_words(problem) from None
    finally:
        part.unlink(missing_ok=True)
    return Backup(told["runs"], told["votes"], files, size, told["made"])


def restore_backup(file: Path, home: Home) -> Backup:
    """Put a backup into an empty home (and the database it names); runs that were running are interrupted then.

    Raises LabError for a file that is no backup or is cut, and where there is a lab already. The database comes last: a
    restoring that was killed can be done again.
    """
    if (home.root / DATABASE).exists():
        raise LabError("there is a lab already", where=home.root, do="set LAB_HOME to an empty folder.")
    aside = home.root / f"restoring{PART}"
    shutil.rmtree(aside, ignore_errors=True)
    try:
        with tarfile.open(file) as archive:
            _manifest(archive, file)
            archive.extractall(aside, filter="data")  # no path leads out of the folder
        return restore_folder(aside, home, file)
    except (tarfile.TarError, EOFError) as problem:
        raise LabError(f"that is no whole backup ({problem})", where=file, do="take another one.") from None
    except OSError as problem:
        raise in_words(problem) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def restore_folder(aside: Path, home: Home, where: object) -> Backup:
    """Put a backup that lies unpacked in the folder `aside` into an empty home, as `restore_backup` does; its files are
    moved. Raises LabError, which names `where` it came from."""
    try:
        told = _checked((aside / MANIFEST).read_bytes() if (aside / MANIFEST).is_file() else b"", where)
        for folder in (*FOLDERS, MODELS):
            if (aside / folder).is_dir():
                shutil.copytree(aside / folder, home.root / folder, dirs_exist_ok=True, copy_function=shutil.move)
        if (aside / SECRET).is_file():
            shutil.move(aside / SECRET, home.secret)
        if not (aside / DATABASE).exists():
            raise LabError("the backup has no database", where=where, do="take another one.")
        database = Database(home.database_url)
        try:
            read_snapshot(aside / DATABASE, database)
            interrupted = close_running(database)
        finally:
            database.close()
    except OSError as problem:
        raise in_words(problem) from None
    files = [path for folder in (*FOLDERS, MODELS) for path in (home.root / folder).rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return Backup(told["runs"], told["votes"], len(files), size, told["made"], interrupted)


def manifest_of(snapshot: Path) -> dict[str, Any]:
    """What a backup with this database tells of itself."""
    return {"format": FORMAT, "lab": __version__, "schema": len(steps()), "made": time.time(), **_counted(snapshot)}


def _manifest(archive: tarfile.TarFile, file: Path) -> dict[str, Any]:
    try:
        first = archive.extractfile(MANIFEST)
    except KeyError:
        first = None
    return _checked(first.read() if first else b"", file)


def _checked(manifest: bytes, file: object) -> dict[str, Any]:
    """What a backup tells of itself; raises LabError where this lab can't read it."""
    try:
        told: dict[str, Any] = json.loads(manifest)
    except ValueError:
        told = {}
    if told.get("format") != FORMAT or told.get("schema", 0) > len(steps()):
        do = "update Parrot Lab." if told else "name a file that `lab backup` wrote."
        raise LabError("that is no backup that this lab can read", where=file, do=do)
    return told


def _counted(snapshot: Path) -> dict[str, int]:
    with sqlite_file(snapshot, only_read=True) as connection:
        asked = {"runs": "SELECT count(*) FROM runs", "votes": "SELECT count(*) FROM feedback WHERE kind = 'vote'"}
        found = {name: int(connection.execute(query).fetchone()[0]) for name, query in asked.items()}
    connection.close()
    return found


def _files(home: Home, checkpoints: bool, models: bool) -> Iterator[tuple[Path, str]]:
    """All files that go along, with their names in the backup."""
    for folder in (*FOLDERS, *([MODELS] if models else ())):
        for path in sorted((home.root / folder).rglob("*")):
            name = path.relative_to(home.root)
            if path.is_file() and (checkpoints or not any(CHECKPOINTS.fullmatch(part) for part in name.parts)):
                yield path, name.as_posix()


def _add_file(archive: tarfile.TarFile, path: Path, name: str) -> int | None:
    """Add a file as long as it is now, though it may grow; None where it has gone."""
    try:
        with path.open("rb") as source:
            info = archive.gettarinfo(arcname=name, fileobj=source)
            info.size = os.fstat(source.fileno()).st_size
            info.type = tarfile.REGTYPE  # files that runs share are written out
            archive.addfile(info, _Padded(source, info.size))
            return info.size
    except FileNotFoundError:
        return None


class _Padded(io.RawIOBase):
    """A file that gives exactly so many bytes, though another process cuts it meanwhile."""

    def __init__(self, source: Any, size: int):
        self._source, self._left = source, size

    def read(self, count: int = -1) -> bytes:
        wanted = self._left if count < 0 else min(count, self._left)
        found: bytes = self._source.read(wanted)
        self._left -= wanted
        return found + b"\0" * (wanted - len(found))


def _add_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mtime = len(data), int(time.time())
    archive.addfile(info, io.BytesIO(data))


def _folder_for(file: Path) -> Path:
    folder = file.absolute().parent
    if not folder.is_dir():
        raise LabError("there is no such folder", where=folder, do="make it, or name another one.")
    return folder
