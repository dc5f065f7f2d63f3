"""The errors a user may see: what was wrong, where, and what to do about it.

Every entry point (command line, web page) catches `LabError` and shows its text; nothing else should ever reach a user.
"""

import difflib
import errno
import re
import reprlib
from collections.abc import Callable, Iterable
from typing import Any

from lab.limits import DIGITS, SHOWN

MOST_LETTERS = 3_000
"""Of each part of a problem's text: names and values from outside may be of any length."""


class LabError(Exception):
    """A problem the user can mend.

    `what` says what was wrong, `where` names the file, row or field, `do` the next step.
    """

    def __init__(self, what: str, *, where: object = None, do: str | None = None):
        self.what, self.do = _told(what), None if do is None else _told(do)
        self.where = None if where is None else _told(str(where))
        super().__init__(self.what)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Errors travel between processes, whatever their subclasses are made of."""
        return _restored, (type(self), self.args, self.__dict__)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.do[0].upper()}{self.do[1:]}" if self.do else ""
        return f"{place}{self.what.rstrip('.')}.{advice}".rstrip()


class RecipeError(LabError):
    """A recipe, or an argument that changes one, is wrong."""


class CardError(LabError):
    """The file of a method, an objective, a data set, a rater or an executor is broken."""


class DataError(LabError):
    """A data set is missing, broken, or not of the kind the objective needs."""


class ModelError(LabError):
    """A base model can't be found, loaded or used."""


class RunError(LabError):
    """A run is unknown, in the wrong state, or failed."""


def _told(text: str) -> str:
    """A text as it can be shown: not endless, and no half letters, which no terminal and no page takes."""
    short = cut(text, MOST_LETTERS)
    return short if short.isascii() else short.encode("utf-8", "replace").decode()


def _restored(kind: type[LabError], arguments: tuple[Any, ...], fields: dict[str, Any]) -> LabError:
    problem = kind.__new__(kind, *arguments)
    problem.__dict__.update(fields)
    return problem


class _Short(reprlib.Repr):
    """A value's text without ever writing all of a long one; a whole number of many digits is told by their count."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = SHOWN
        self.maxlevel, self.maxdict, self.maxlist = 3, 6, 8

    def repr_int(self, x: int, level: int) -> str:
        return repr(x) if x.bit_length() <= 3 * DIGITS else f"a number of {x.bit_length() * 3 // 10:,} digits"

    def repr1(self, x: Any, level: int) -> str:
        if isinstance(x, float | bool) or x is None:
            return repr(x)
        return super().repr1(x, level)


def shown(value: object) -> str:
    """A value as a message repeats it: at most some eighty letters."""
    return cut(_Short().repr(value), SHOWN)


def cut(text: str, most: int) -> str:
    """A text, and no more of it than that."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


class StoreError(LabError):
    """The database, or the disk it is on, refuses."""


class DiskFullError(StoreError):
    """There is no space left."""


DISK_FULL = "no space is left on the disk"
WORDS_OF_ERRNO = {
    errno.ENOSPC: (DISK_FULL, "free some; the lab then goes on by itself."),
    errno.EDQUOT: ("your share of the disk is used up", "free some; the lab then goes on by itself."),
    errno.EFBIG: ("a file may not grow that large here", "raise the limit (`ulimit -f`), or save less."),
    errno.EROFS: ("the disk is read-only", "mount it for writing, or set another LAB_HOME."),
    errno.EACCES: ("you have no right to that", "change the rights of the file or folder, or set another LAB_HOME."),
    errno.EPERM: ("you have no right to that", "change the rights of the file or folder, or set another LAB_HOME."),
    errno.EMFILE: ("too many files are open", "raise the limit (`ulimit -n`)."),
    errno.ENFILE: ("too many files are open on this machine", "close some programs."),
    errno.EIO: ("the disk does not do what it is told", "see that it is there, and try again."),
    errno.ENOTDIR: ("there is a file where a folder is expected", "move it away, or set another LAB_HOME."),
    errno.EISDIR: ("there is a folder where a file is expected", "give a file's name."),
    errno.ENOENT: ("there is no such file or folder", "check the path."),
    errno.ENAMETOOLONG: ("the file's name is too long", "give a shorter one."),
    errno.EADDRINUSE: ("another program listens at that address", "give another port (`--port`)."),
    errno.ENOMEM: ("out of memory", "take a smaller batch_size or max_length, or a method that trains fewer weights."),
}
FULL = re.compile(r"no space left|errno 28|os error 28|disk quota exceeded|file write failed|unexpected pos \d+", re.I)
"""How libraries say that a disk is full: safetensors, and PyTorch, which does not know why a write failed."""
NO_MEMORY = re.compile(r"out of memory|(can't|cannot|could not) allocate memory|not enough memory|alloc_cpu", re.I)


def in_words(problem: OSError) -> LabError:
    """What the system refuses, in words."""
    what, do = WORDS_OF_ERRNO.get(problem.errno or 0, (problem.strerror or str(problem) or "it can't be done", None))
    kind = DiskFullError if problem.errno in (errno.ENOSPC, errno.EDQUOT) else LabError
    return kind(what, where=problem.filename, do=do)


def message_of(problem: BaseException) -> str:
    """One line of a problem for whoever reads; a traceback is for the log."""
    if isinstance(problem, LabError):
        return str(problem)
    if isinstance(problem, MemoryError) or NO_MEMORY.search(str(problem)):
        return "out of memory. Take a smaller batch_size or max_length, or a method that trains fewer weights."
    if FULL.search(str(problem)):
        return "no space is left on the disk. Free some; what was saved before is kept."
    if isinstance(problem, OSError) and problem.errno in WORDS_OF_ERRNO:
        return str(in_words(problem))
    first = next((line.strip() for line in str(problem).splitlines() if line.strip()), "")
    return f"{type(problem).__name__}: {first}".rstrip(": ")


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Advice for a misspelt name: the nearest allowed one if any is near, and the list of what is allowed."""
    names = sorted(map(str, allowed))
    close = difflib.get_close_matches(str(word)[:MOST_LETTERS], names, n=1, cutoff=0.6)
    hint = f"did you mean '{close[0]}'? " if close else ""
    return f"{hint}allowed: {', '.join(names)}." if names else "nothing is allowed here."
