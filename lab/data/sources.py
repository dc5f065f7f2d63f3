"""Where the rows of a data set that did not come with the lab are: an upload, a path, a Hub id; read as they are.

Whoever is not the lab's owner has their own uploads and the Hub: a path would let them read the machine's files. What
they name is judged by its letters, so that nothing tells which files are there.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from lab.data.files import is_data_file, read_path
from lab.data.hub import HUB_ID, read_hub
from lab.data.types import Parts, Table
from lab.errors import DataError, nearest
from lab.home import Home, path_there
from lab.recipe import DataChoice
from lab.visitors import current

UPLOAD = "upload:"
UPLOAD_NAME = re.compile(r"[\w-][\w.-]{0,120}")


@dataclass(frozen=True)
class Sources:
    """The tables of all files of a choice: those to learn from, and those held out, where the data has some of its own.

    `told` says where the held-out rows are from.
    """

    train: list[Table]
    held_out: list[Table]
    told: tuple[str, ...] = ()


def read_sources(choice: DataChoice, home: Home, known: list[str]) -> Sources:
    """The rows of a choice's files as they are; `known` are names that could be meant. Raises DataError."""
    parts = [_read(choice, home, known), *(_read_file(name, home) for name in choice.files)]
    notes = tuple(dict.fromkeys(note for part in parts for note in part.train.notes))
    train = [part.train for part in parts]
    own = [part.held_out for part in parts if part.held_out]
    if choice.held_out_file is None:
        return Sources(train, own, (*notes, "Held out: the data set's own split.") if own else notes)
    told = [f"Held out: {_bare(choice.held_out_file)}."]
    if own:
        told.append("The held-out rows that the data has of its own are not used.")
    return Sources(train, [_read_file(choice.held_out_file, home).train], (*notes, *told))


def is_file(name: str) -> bool:
    """Whether a name means an upload or a path that is there."""
    return name.startswith(UPLOAD) or (current().owns_lab and path_there(name) is not None)


def is_hub_name(name: str) -> bool:
    """Whether a name can be nothing but a Hub id."""
    return bool(HUB_ID.fullmatch(name)) and not is_data_file(Path(name).name)


def check_open(choice: DataChoice, known: Collection[str] = ()) -> None:
    """Raise DataError for data that is not open to who is served now, there or not; `known` are those built in."""
    if current().owns_lab:
        return
    name = choice.name
    if not (name in known or name.startswith(UPLOAD) or is_hub_name(name)):
        raise _closed(name)
    for more in (*choice.files, choice.held_out_file):
        if more is not None and not more.startswith(UPLOAD):
            raise _closed(more)


def _read(choice: DataChoice, home: Home, known: list[str]) -> Parts:
    """The rows of what a choice names first."""
    name = choice.name
    if name.startswith(UPLOAD):
        return _without_subset(choice, read_path(_upload_path(name, home), choice.split))
    check_open(choice)
    if not current().owns_lab:
        return read_hub(choice)
    path = path_there(name) or Path(name)
    if path_there(path):
        return _without_subset(choice, read_path(path, choice.split))
    if is_data_file(path.name) or name.startswith((".", "/", "~")):
        raise _missing(name)
    if HUB_ID.fullmatch(name):
        return read_hub(choice)
    do = f"{nearest(name, known)} Or give a file, or a Hub id (owner/name)."
    raise DataError(f"there is no data set '{name}'", where="data", do=do)


def _read_file(name: str, home: Home) -> Parts:
    """The rows of one more file, or of the held-out one."""
    if name.startswith(UPLOAD):
        return read_path(_upload_path(name, home))
    if not current().owns_lab:
        raise _closed(name)
    path = path_there(name) or Path(name)
    if not path_there(path):
        raise _missing(name)
    return read_path(path)


def _closed(name: str) -> DataError:
    return DataError(f"'{name}' is not open here", where="data", do="upload the file, and take its name.")


def _missing(name: str) -> DataError:
    return DataError("there is no such file", where=name, do=f"it was looked for in {Path.cwd()}; check the path.")


def _bare(name: str) -> str:
    return Path(name.removeprefix(UPLOAD)).name


def _upload_path(name: str, home: Home) -> Path:
    """The file an `upload:` name means; no path can be smuggled in."""
    bare = name.removeprefix(UPLOAD)
    if not UPLOAD_NAME.fullmatch(bare):
        raise DataError(f"'{name}' is not an upload's name", where="data", do="upload the file, and take its name.")
    path = home.uploads_of(current().mark) / bare
    if not path.is_file():
        raise DataError(f"there is no upload '{bare}'", where="data", do="upload the file again.")
    return path


def _without_subset(choice: DataChoice, parts: Parts) -> Parts:
    if choice.subset:
        raise DataError(
            "a file has no subset", where="data.subset", do="leave it out; `split` names a file of a folder."
        )
    return parts
