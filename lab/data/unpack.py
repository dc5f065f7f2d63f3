"""Packed files: gzip, bzip2, xz and Zstandard, told by their first bytes; unpacked no further than a limit of bytes."""

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from lab.errors import DataError

PACKED = (".gz", ".bz2", ".xz", ".zst")
CHUNK = 2**20


def without_packing(name: str) -> str:
    """A file's name without the ending that its packing added: rows.jsonl for rows.jsonl.gz."""
    return name[: -len(Path(name).suffix)] if Path(name).suffix.lower() in PACKED else name


def unpack(data: bytes, where: str, most: int) -> bytes:
    """What is in `data` if it is packed, else `data` itself; raises DataError for more than `most` bytes."""
    found = next(((what, reader) for magic, (what, reader) in READERS.items() if data.startswith(magic)), None)
    if found is None:
        return data
    what, reader = found
    out = bytearray()
    try:
        with reader(data) as stream:
            while len(out) <= most and (chunk := stream.read(CHUNK)):
                out += chunk
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        raise DataError(f"this {what} file is broken or cut short", where=where, do="fetch or pack it again.") from None
    if len(out) > most:  # a few kilobytes can unpack to gigabytes: it is never unpacked further than this
        raise DataError(f"it unpacks to more than the {most // 2**20} MB that are read", where=where,
                        do="cut it, for instance with `head -n 100000`.")  # fmt: skip
    return bytes(out)


def files_in_zip(data: bytes, where: str, most: int) -> dict[str, Callable[[], bytes]]:
    """What is in a .zip: its files by their names, each with a way to read it; raises DataError for one that is broken
    or unpacks to more than `most` bytes. Nothing of it is written to disk."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        inside = [one for one in archive.infolist() if not one.is_dir() and not _is_hidden(one.filename)]
    except (zipfile.BadZipFile, OSError, ValueError):
        raise DataError("this .zip is broken or cut short", where=where, do="pack it again.") from None
    if sum(one.file_size for one in inside) > most:
        raise DataError(f"it unpacks to more than the {most // 2**20} MB that are read", where=where,
                        do="put fewer or smaller pictures in it.")  # fmt: skip
    names = [one.filename.replace("\\", "/") for one in inside]
    first = names[0].partition("/")[0] + "/" if names else ""
    shared = first if all(name.startswith(first) for name in names) else ""  # all in one folder
    return {name.removeprefix(shared): partial(_member, archive, one, where)
            for name, one in zip(names, inside, strict=True)}  # fmt: skip


def _member(archive: zipfile.ZipFile, one: zipfile.ZipInfo, where: str) -> bytes:
    """A file of an archive, which is no longer than the archive says."""
    try:
        with archive.open(one) as stream:
            return stream.read(one.file_size)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError):
        raise DataError(f"'{one.filename}' in this .zip can't be read", where=where,
                        do="pack it again, without a password.") from None  # fmt: skip


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _zstandard(data: bytes) -> Any:
    import pyarrow  # Python's own zstd module comes with 3.14; pyarrow is here for Parquet

    return pyarrow.CompressedInputStream(pyarrow.BufferReader(data), "zstd")


READERS: Mapping[bytes, tuple[str, Callable[[bytes], Any]]] = {
    b"\x1f\x8b": ("gzip", lambda data: gzip.GzipFile(fileobj=io.BytesIO(data))),
    b"BZh": ("bzip2", lambda data: bz2.BZ2File(io.BytesIO(data))),
    b"\xfd7zXZ\x00": ("xz", lambda data: lzma.LZMAFile(io.BytesIO(data))),  # noqa: SIM115 - the caller closes it
    b"\x28\xb5\x2f\xfd": ("Zstandard", _zstandard),
}
