"""Files that only take up space: given up one by one when the disk is full, so that what happened can be written down.

In pieces, since whoever else writes takes what is free: each piece is given up for one thing and used at once.
"""

import contextlib
import os
import shutil
from pathlib import Path

PIECES = 32
PIECE_BYTES = 128 * 2**10
ROOM = 8
"""Times its size that must be free before it is filled again."""


class Reserve:
    """Four megabytes of a home's disk, in a folder."""

    def __init__(self, folder: Path, pieces: int = PIECES, size: int = PIECE_BYTES):
        self._folder, self._pieces, self._size = folder, pieces, size

    def fill(self) -> None:
        """Take the space, where there is plenty."""
        with contextlib.suppress(OSError):
            lacking = [file for file in self._files() if not file.exists() or file.stat().st_size != self._size]
            if not lacking or shutil.disk_usage(self._folder.parent).free < ROOM * self._pieces * self._size:
                return
            self._folder.mkdir(exist_ok=True)
            for file in lacking:
                with file.open("wb") as out:
                    out.write(b"\1" * self._size)  # no hole: zeros would take nothing on some disks
                    out.flush()
                    os.fsync(out.fileno())

    def free(self) -> bool:
        """Give one piece up; False where none is left."""
        for file in self._files():
            with contextlib.suppress(OSError):
                file.unlink()
                return True
        return False

    def _files(self) -> list[Path]:
        return [self._folder / f"{number:02}" for number in range(self._pieces)]
