"""Keeps a lab from one start to the next where its own disk forgets, as a Space's does.

When it starts, an empty lab is filled with what was kept. While it runs, whatever has changed is kept once a minute;
when it is told to end, votes first, and all else once the runs have left their checkpoints. `huggingface_hub`'s
CommitScheduler is not used: it knows neither deletions nor that somebody else may write there, and would send a
database while it is written to.
"""

import logging
import os
import shutil
import threading
from pathlib import Path

from lab.errors import LabError
from lab.home import Home
from lab.space.kept import Kept, kept_by, lab_id
from lab.space.places import Place, place_of_environment
from lab.store import Store
from lab.store.backup import DATABASE, Backup, restore_folder

logger = logging.getLogger(__name__)
SECONDS = 60.0
"""Between two looks for what has changed."""
ASIDE = "keeping.part"


class Keeper:
    """Keeps one home at one place; without one it does nothing."""

    def __init__(self, home: Home, place: Place | None, seconds: float = SECONDS):
        self.home, self.place = home, place
        self._kept, self._seconds = Kept(home), seconds
        self._one_at_a_time = threading.Lock()
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._live, name="keeper", daemon=True)
        self.problem = ""
        """Why the last try to keep it failed; empty where it did not."""

    @property
    def name(self) -> str:
        """Where it is kept."""
        return self.place.name if self.place else ""

    def restore(self) -> Backup | None:
        """Fill an empty home with what was kept; None where there is nothing, or a lab already. Raises LabError: a lab
        that can't get at its votes must not start without them and write over them."""
        if self.place is None:
            return None
        aside = self.home.root / f"{ASIDE}-in"
        shutil.rmtree(aside, ignore_errors=True)
        try:
            told = self.place.open()
            if (self.home.root / DATABASE).exists():
                self._check_same(told, self.place.name)
                return None
            if told is None:
                return None
            self.place.fetch(aside)
            found = restore_folder(aside, self.home, self.place.name)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        with Store(self.home) as store:
            self._kept.knows(store)
        return found

    def _check_same(self, told: bytes | None, name: str) -> None:
        """Raise LabError where another lab is kept there, which this one would write over."""
        if told is not None and kept_by(told) not in ("", lab_id(self.home)):
            raise LabError("another lab is kept there", where=name,
                           do="name another place in LAB_KEEP, or start with an empty LAB_HOME.")  # fmt: skip

    def start(self) -> None:
        if self.place:
            self._thread.start()

    def stop(self) -> None:
        """Keep all there is, for the last time."""
        self._leaving.set()
        if self._thread.is_alive():
            self._thread.join()
        self.keep()

    def keep(self, database_only: bool = False) -> bool:
        """Keep what has changed, or of that the database alone; False where that failed, which is logged."""
        if self.place is None:
            return True
        with self._one_at_a_time:
            aside = self.home.root / ASIDE
            try:
                with Store(self.home) as store:
                    changes = self._kept.changes(store, aside, database_only)
                    if changes:
                        self.place.put(changes)
                    self._kept.done(changes, database_only)
            except (LabError, OSError) as problem:
                if str(problem) != self.problem:
                    logger.error("what is new in this lab could not be kept: %s", problem)
                self.problem = str(problem)
                return False
            finally:
                shutil.rmtree(aside, ignore_errors=True)
            self.problem = ""
            return True

    def _live(self) -> None:
        while not self._leaving.wait(self._seconds):
            self.keep()


def keeper_of(home: Home) -> Keeper:
    """What keeps this home, where the environment says where. Raises LabError."""
    place = place_of_environment()
    if place is None:
        return Keeper(home, None)
    if os.environ.get("LAB_DATABASE_URL"):
        raise LabError("a lab on PostgreSQL lasts by itself", where="LAB_KEEP", do="unset one of the two.")
    if Path(place.name) == home.root:
        raise LabError("that is the lab's own folder", where="LAB_KEEP", do="name another one.")
    return Keeper(home, place)
