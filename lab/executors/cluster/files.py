"""A run's files where nodes don't share the lab's folder: copies in a place that all reach, by fsspec (`s3://`, `hf://`,
a shared folder).

A folder's list of files is written last and read first, so that a checkpoint which was being copied when a node died is
never taken for a whole one.
"""

import contextlib
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lab.errors import RunError
from lab.home import Home

logger = logging.getLogger(__name__)
LIST = "files.json"
LOG = "log.txt"
SETTLED_SECONDS = 1.0
"""A checkpoint is whole once nothing in it was written for so long."""
STATE = "trainer_state.json"
LOOK_SECONDS = 2.0
Marks = dict[str, tuple[int, int]]


class Place:
    """A folder anywhere, by its URL; raises LabError for what fsspec can't reach."""

    def __init__(self, url: str):
        import fsspec

        self.url = url.rstrip("/")
        try:
            self._system, self._root = fsspec.core.url_to_fs(self.url)
        except (ImportError, ValueError, OSError) as problem:
            raise RunError(f"'{url}' can't be reached: {problem}", where="LAB_WEIGHTS",
                           do="give s3://…, hf://…, or a folder that all nodes share.") from None  # fmt: skip

    def check(self) -> None:
        """Raise RunError where nothing can be written."""
        try:
            self.write("lab.txt", b"Runs of a Parrot Lab.\n")
        except Exception as problem:  # each file system has exceptions of its own
            raise RunError(f"nothing can be written to '{self.url}': {problem}", where="LAB_WEIGHTS") from None

    def write(self, name: str, data: bytes) -> None:
        self._system.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)
        self._system.pipe_file(self._path(name), data)

    def read(self, name: str) -> bytes | None:
        """A file's content; None where there is none."""
        self._system.invalidate_cache()
        try:
            found: bytes = self._system.cat_file(self._path(name))
        except FileNotFoundError:
            return None
        return found

    def push(self, file: Path, name: str) -> None:
        self._system.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)
        self._system.put_file(str(file), self._path(name))

    def pull(self, name: str, file: Path) -> None:
        """Fetch a file; what is half there is never seen under its name."""
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.part")
        self._system.get_file(self._path(name), str(part))
        part.replace(file)

    def remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"


class Copies:
    """The copy of one folder of a home, under the same name below the place."""

    def __init__(self, place: Any, home: Home, name: str):
        self._place, self._folder, self._name = place, home.root / name, name
        self._sent: Marks = {}

    def send(self, *, whole: bool = True) -> None:
        """Copy what has changed since, the list of all files last; what is no more is removed there. With `whole` false
        checkpoints that may still be written are left for later."""
        found = _marks(self._folder, whole)
        changed = [name for name, mark in found.items() if self._sent.get(name) != mark]
        if not changed and found.keys() == self._sent.keys():
            return
        for name in changed:
            self._place.push(self._folder / name, f"{self._name}/{name}")
        before = self._listed()
        self._place.write(f"{self._name}/{LIST}", json.dumps(sorted(found)).encode())
        for name in before - found.keys():
            self._place.remove(f"{self._name}/{name}")
        self._sent = found

    def bring(self) -> None:
        """Have the folder as it is there; files that are not listed there go."""
        listed = self._listed()
        for name in listed:
            self._place.pull(f"{self._name}/{name}", self._folder / name)
        for name in _marks(self._folder, True).keys() - listed if listed else ():
            (self._folder / name).unlink(missing_ok=True)
        for folder in sorted((one for one in self._folder.rglob("*") if one.is_dir()), reverse=True):
            with contextlib.suppress(OSError):  # it is not empty
                folder.rmdir()
        self._sent = _marks(self._folder, True)

    def bring_log(self) -> None:
        """The run's log as it is now, if there is one there."""
        if (text := self._place.read(f"{self._name}/{LOG}")) is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / LOG).write_bytes(text)

    def _listed(self) -> set[str]:
        text = self._place.read(f"{self._name}/{LIST}")
        return set(json.loads(text)) if text else set()


class RunFiles:
    """What a run reads and writes on a node that has a folder of its own."""

    def __init__(self, url: str, home: Home, run: str):
        self._place, self._home, self._run = Place(url), home, run
        self._own = Copies(self._place, home, f"runs/{run}")
        self._over = threading.Event()

    def bring(self) -> None:
        """Fetch the run's own folder, with its checkpoints, and all that it builds on."""
        needs = json.loads(self._place.read(f"needs/{self._run}.json") or b"[]")
        for name in needs:
            Copies(self._place, self._home, name).bring()
        self._own.bring()

    @contextlib.contextmanager
    def kept_up(self, outdated: Callable[[], bool]) -> Iterator[None]:
        """The run's log and its checkpoints are copied while it trains, and all it has left in the end; nothing more
        once this attempt is `outdated`, for another writes there."""
        thread = threading.Thread(target=self._keep_up, args=(outdated,), name="copies", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()
            if not outdated():
                self._own.send()

    def _keep_up(self, outdated: Callable[[], bool]) -> None:
        while not self._over.wait(LOOK_SECONDS) and not outdated():
            try:
                self._own.send(whole=False)
            except Exception as problem:  # a place that is away for a while, with exceptions of its own
                logger.warning("the copies of run %s wait: %s", self._run, problem)


def hand_over(place: Place, home: Home, run: str, needs: list[str]) -> None:
    """Copy what a run begins with, so that a node can `bring` it: its own folder and `needs`, folders of the home."""
    for name in needs:
        Copies(place, home, name).send()
    Copies(place, home, f"runs/{run}").send()
    place.write(f"needs/{run}.json", json.dumps(needs).encode())


def _marks(folder: Path, whole: bool) -> Marks:
    """The files of a folder with the time they were written and their size; without checkpoints that may not be whole,
    if asked."""
    found: Marks = {}
    for file in sorted(folder.rglob("*")):
        if file.name.endswith(".part") or file.name in (LIST, "heartbeat"):
            continue
        with contextlib.suppress(FileNotFoundError):
            if file.is_file():
                state = file.stat()
                found[file.relative_to(folder).as_posix()] = (state.st_mtime_ns, state.st_size)
    return found if whole else _settled(folder, found)


def _settled(folder: Path, found: Marks) -> Marks:
    """Without the checkpoints that were written to just now, or that have no state yet."""
    now, left = time.time_ns(), set[str]()
    by_checkpoint: dict[str, list[str]] = {}
    for name in found:
        if "-checkpoints/" in name:
            by_checkpoint.setdefault("/".join(name.split("/")[:2]), []).append(name)
    for checkpoint, names in by_checkpoint.items():
        newest = max(found[name][0] for name in names)
        if now - newest < SETTLED_SECONDS * 1e9 or f"{checkpoint}/{STATE}" not in found:
            left.update(names)
    return {name: mark for name, mark in found.items() if name not in left}
