"""A bundle's zip file, opened by somebody who trusts nothing of it: names, links, lengths and hashes are checked before
a byte of it is believed, and never more is unpacked than the manifest says."""

import hashlib
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NoReturn

from pydantic import ValidationError

from lab.bundle.shape import FORMAT, KIND, MANIFEST, Manifest
from lab.errors import DataError, cut, shown
from lab.limits import BUNDLE_BYTES, BUNDLE_FILES, JSON_BYTES, MEGABYTE

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}(?:/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}){0,5}")
"""No path leads up, to the root, or to another drive; nothing is hidden."""
CHUNK = MEGABYTE
SMALL = MEGABYTE
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
OTHER = "ask for another copy of it."


class Archive:
    """An open bundle: its manifest, and its files one by one."""

    def __init__(self, file: Path, opened: zipfile.ZipFile):
        self._file, self._zip = file, opened
        self._entries = self._checked()
        self.manifest = self._read_manifest()
        self._check_files()

    def read(self, name: str) -> bytes:
        """A JSON file's bytes, which are what the manifest says; raises DataError."""
        told = self.manifest.files.get(name)
        if told is None:
            self.refuse(f"it has no {name}")
        if told.bytes > JSON_BYTES:
            self.refuse(f"{name} has {told.bytes:,} bytes, and {JSON_BYTES:,} are read")
        return b"".join(self._chunks(name))

    def unpack(self, name: str, place: Path) -> None:
        """Write a file to `place`, as long as its hash is what the manifest says; raises DataError."""
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as out:
            for chunk in self._chunks(name):
                out.write(chunk)

    def names(self, begin: str) -> list[str]:
        """The files whose names begin so."""
        return [name for name in self.manifest.files if name.startswith(begin)]

    def refuse(self, what: str, do: str = OTHER) -> NoReturn:
        raise DataError(what, where=self._file.name, do=do)

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        """The entries by name; raises DataError for what a bundle never has."""
        entries = self._zip.infolist()
        if len(entries) > BUNDLE_FILES:
            self.refuse(f"it has {len(entries):,} files, and at most {BUNDLE_FILES:,} are read")
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
            if not NAME.fullmatch(name):
                self.refuse(f"it has a file called {shown(name)}")
            if kind not in (0, stat.S_IFREG):
                self.refuse(f"{name} is no plain file")
            if name in found:
                self.refuse(f"{name} is in it twice")
            if entry.flag_bits & 0x1 or entry.compress_type not in PLAIN:
                self.refuse(f"{name} is encrypted, or packed in a way that is not read")
            found[name] = entry
        if (total := sum(entry.file_size for entry in entries)) > BUNDLE_BYTES:
            self.refuse(f"it unpacks to {total:,} bytes, and at most {BUNDLE_BYTES:,} are read")
        return found

    def _read_manifest(self) -> Manifest:
        entry = self._entries.get(MANIFEST)
        if entry is None:
            self.refuse("it is no bundle: it has no manifest.json", "name a file that `lab export --as bundle` wrote.")
        if entry.file_size > 16 * SMALL:
            self.refuse("its manifest is too long")
        raw = b"".join(_pieces(self._zip, entry))
        try:
            manifest = Manifest.model_validate_json(raw)
        except ValidationError as problem:
            self.refuse(f"its manifest can't be read: {in_short(problem)}")
        if manifest.format > FORMAT:
            self.refuse(f"it is a bundle of format {manifest.format}, and this lab reads format {FORMAT}",
                        "update Parrot Lab.")  # fmt: skip
        if manifest.kind != KIND:
            self.refuse("it is no comparison")
        return manifest

    def _check_files(self) -> None:
        """The manifest and the entries tell of the same files."""
        told, there = set(self.manifest.files), set(self._entries) - {MANIFEST}
        if odd := sorted(told ^ there):
            self.refuse(f"{shown(odd[0])} is {'only in its manifest' if odd[0] in told else 'not in its manifest'}")
        for name, told_of in self.manifest.files.items():
            if self._entries[name].file_size != told_of.bytes:
                self.refuse(f"{name} has {self._entries[name].file_size:,} bytes and not {told_of.bytes:,}")

    def _chunks(self, name: str) -> Iterator[bytes]:
        told, hashed, size = self.manifest.files[name], hashlib.sha256(), 0
        for chunk in _pieces(self._zip, self._entries[name]):
            hashed.update(chunk)
            size += len(chunk)
            yield chunk
        if size != told.bytes or hashed.hexdigest() != told.sha256:
            self.refuse(f"{name} is not what its manifest says it is")


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """A bundle, checked as far as one can without reading its files; raises DataError for what is none."""
    try:
        with zipfile.ZipFile(file) as inside:
            yield Archive(file, inside)
    except FileNotFoundError:
        raise DataError(
            "there is no such file", where=file, do="name a file that `lab export --as bundle` wrote."
        ) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, UnicodeDecodeError) as problem:
        reason = cut(str(problem) or type(problem).__name__, 200)
        raise DataError(f"that is no whole bundle ({reason})", where=file.name, do=OTHER) from None


def in_short(problem: ValidationError) -> str:
    """The first thing that is wrong with some JSON: where, and what."""
    first = problem.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return cut(f"{place}: {first['msg']}" if place else str(first["msg"]), 300)


def _pieces(inside: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A file's bytes, at most as many as its entry says, whatever it really unpacks to."""
    import zlib

    left = entry.file_size
    try:
        with inside.open(entry) as source:
            yield from _at_most(source, left)
    except (zlib.error, zipfile.BadZipFile, EOFError) as problem:
        raise zipfile.BadZipFile(f"{entry.filename}: {problem}") from None


def _at_most(source: IO[bytes], left: int) -> Iterator[bytes]:
    while left > 0 and (chunk := source.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
    if source.read(1):
        raise zipfile.BadZipFile("it is longer than it says")
