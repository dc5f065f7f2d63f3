"""The disk on the page: what takes what, a warning before it is full; and tidying up by itself while the app is served.

By itself goes only what browsers sent and nothing kept. Weights of old runs go where LAB_DISK_MB says how much the lab
may take, and then only those that nobody needs; votes never do.
"""

import logging
import os
import threading
import time
from typing import Any

from lab.api import Lab
from lab.disk import NEARLY, Usage, quota, usage
from lab.errors import LabError
from lab.planning.tidying import plan_tidying, received, tidy
from lab.store import Store
from lab.ui.component import Request, component, endpoint, endpoints_of

logger = logging.getLogger(__name__)
EVERY_SECONDS = 300.0
LOOK_SECONDS = 60.0
"""For so long the page is told what was found at the last look."""


class Nothing(Request):
    """An endpoint that needs no question."""


class Disk:
    """The endpoint: what takes what."""

    def __init__(self, lab: Lab):
        self._home = lab.home
        self._lock = threading.Lock()
        self._seen: tuple[float, Usage] | None = None

    @endpoint(Nothing)
    def disk(self, _asked: Nothing) -> dict[str, Any]:
        """Bytes by what they are for, in all, free, allowed; whether it is time to tidy up."""
        with self._lock:
            if self._seen is None or time.monotonic() - self._seen[0] > LOOK_SECONDS:
                self._seen = (time.monotonic(), usage(self._home))
            found = self._seen[1]
        return {
            "kinds": {kind: count for kind, count in found.bytes.items() if count}, "total": found.total,
            "free": found.free, "quota": found.quota, "nearly": found.nearly_full,
        }  # fmt: skip


def build_notice(lab: Lab) -> None:
    """The place at the top of the page for a warning."""
    component("notice", endpoints_of(Disk(lab), "disk"))


def build_table(lab: Lab) -> None:
    """What takes the disk, below the runs."""
    component("disk", endpoints_of(Disk(lab), "disk"))


def begin(lab: Lab) -> None:
    """Have browsers' files come into the lab's own folder, empty it, and tidy up every few minutes from now on."""
    os.environ["GRADIO_TEMP_DIR"] = str(lab.home.received)
    tidy(lab.store, received(lab.store, time.time(), seconds=0.0))  # a lab that was killed left them
    threading.Thread(target=_live, args=(lab,), name="upkeep", daemon=True).start()


def _live(lab: Lab) -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        try:
            with Store(lab.home) as store:
                keep_up(store)
        except (LabError, OSError) as problem:
            logger.warning("the disk could not be tidied up: %s", problem)


def keep_up(store: Store) -> int:
    """Remove what browsers sent an hour ago, and more where the lab takes more than it may; returns the freed bytes."""
    freed = tidy(store, received(store, time.time()))
    if quota() and usage(store.home).total > quota():
        freed += tidy(store, wastes := plan_tidying(store, most=round(NEARLY * quota())))
        logger.warning("the lab takes more than LAB_DISK_MB allows: %s things were removed", len(wastes))
    return freed
