"""Files that users upload: checked whole before they are kept, under a name made of their content.

A recipe names an upload `upload:<name>`, as `save_upload` returns it; nothing is ever overwritten.
"""

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from lab.data.files import parse_file, read_bytes
from lab.data.formats import ColumnsError, to_standard
from lab.data.sources import UPLOAD
from lab.data.unpack import without_packing
from lab.home import Home
from lab.limits import CHECKING, UPLOAD_BYTES
from lab.sandbox import guarded
from lab.visitors import current


def save_upload(
    path: Path, home: Home, columns: Mapping[str, str] | None = None, skip_bad: bool = False, unnamed: bool = False
) -> str:
    """Keep a user's file, if every row of it is good, and return the name for a recipe: `upload:<name>`.

    `columns` gives the file's names for ours where they can't be guessed. With `skip_bad` a file with bad rows is kept
    too, as it is: whoever loads it has to skip them again. With `unnamed` so is one whose columns don't tell by their
    names which is what: whoever loads it has to say it. Raises DataError; then nothing is kept.
    """
    path = Path(path)
    data = read_bytes(path, UPLOAD_BYTES)
    guarded(_check, path, columns, skip_bad, unnamed, where=path.name, limits=CHECKING)
    name = _safe_name(path.name, data)
    _write_once(home.uploads_of(current().mark) / name, data)
    return f"{UPLOAD}{name}"


def _check(path: Path, columns: Mapping[str, str] | None, skip_bad: bool, unnamed: bool) -> None:
    """Raises DataError unless all of a file can be learned from."""
    parts = parse_file(read_bytes(path, UPLOAD_BYTES), path.name, most=UPLOAD_BYTES)
    for table in (parts.train, parts.held_out):
        if table is not None:
            with contextlib.suppress(*([ColumnsError] if unnamed else [])):
                to_standard(table, columns, skip_bad=skip_bad)


def uploads(home: Home) -> list[str]:
    """The names of all uploads of who is served now, the newest first."""
    files = [file for file in home.uploads_of(current().mark).iterdir() if not file.name.startswith(".")]
    return [f"{UPLOAD}{file.name}" for file in sorted(files, key=lambda file: -file.stat().st_mtime)]


def _safe_name(name: str, data: bytes) -> str:
    """What is harmless of the file's own name, and eight digits of its content's hash."""
    bare = Path(without_packing(name))
    stem = re.sub(r"[^\w-]+", "_", bare.stem).strip("_")[:60] or "data"
    ending = f"{bare.suffix}{name[len(str(bare)) :]}".lower()
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:8]}{ending}"


def _write_once(target: Path, data: bytes) -> None:
    """Write the whole file or nothing: beside its place first, then moved there in one step."""
    if target.exists():
        return
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".upload-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)
