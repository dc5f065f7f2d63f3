"""The errors a user may see: what was wrong, where, and what to do about it.

Every entry point (command line, web page) catches `LabError` and shows its text; nothing else should ever reach a user.
"""

import difflib
from collections.abc import Iterable


class LabError(Exception):
    """A problem the user can mend.

    `what` says what was wrong, `where` names the file, row or field, `do` the next step.
    """

    def __init__(self, what: str, *, where: object = None, do: str | None = None):
        self.what, self.where, self.do = what, None if where is None else str(where), do
        super().__init__(what)

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


def message_of(problem: BaseException) -> str:
    """One line of a problem for whoever reads; a traceback is for the log."""
    if isinstance(problem, LabError):
        return str(problem)
    if isinstance(problem, MemoryError) or "out of memory" in str(problem).lower():
        return "out of memory. Take a smaller batch_size or max_length, or a method that trains fewer weights."
    first = next((line.strip() for line in str(problem).splitlines() if line.strip()), "")
    return f"{type(problem).__name__}: {first}".rstrip(": ")


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Advice for a misspelt name: the nearest allowed one if any is near, and the list of what is allowed."""
    names = sorted(map(str, allowed))
    close = difflib.get_close_matches(str(word), names, n=1, cutoff=0.6)
    hint = f"did you mean '{close[0]}'? " if close else ""
    return f"{hint}allowed: {', '.join(names)}." if names else "nothing is allowed here."
