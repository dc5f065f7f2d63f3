"""What the Runs tab can do with runs that are there: mark, rename, delete several at once, tell recipes apart."""

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from lab.api import Lab
from lab.planning.removal import Kept
from lab.ui.component import ONE_RUN, Request, endpoint

MOST = 1000
Id = Annotated[str, Field(pattern=ONE_RUN)]
"""Of a run or of a comparison."""
Tag = Annotated[str, Field(max_length=100)]


class Ids(Request):
    """Some runs and comparisons."""

    ids: tuple[Id, ...] = Field(min_length=1, max_length=MOST)


class Marked(Ids):
    """What is to be changed of them; None for what stays."""

    add: tuple[Tag, ...] = Field((), max_length=50)
    remove: tuple[Tag, ...] = Field((), max_length=50)
    note: str | None = Field(None, max_length=20_000)
    starred: bool | None = None
    archived: bool | None = None


class Named(Request):
    """A run or a comparison, and the name it is to have."""

    id: Id
    name: str = Field(max_length=1000)


class Two(Request):
    """Two runs or comparisons."""

    first: Id
    second: Id


class Keeping:
    """The endpoints."""

    def __init__(self, lab: Lab):
        self._lab = lab

    @endpoint(Marked)
    def mark(self, asked: Marked) -> dict[str, Any]:
        """Change tags, note, star and place in the archive."""
        self._lab.mark(*asked.ids, **asked.model_dump(exclude={"ids"}))
        return {}

    @endpoint(Named)
    def rename(self, asked: Named) -> dict[str, Any]:
        """Give a run's variant or a comparison another name."""
        self._lab.rename(asked.id, asked.name)
        return {}

    @endpoint(Ids)
    def removal(self, asked: Ids) -> dict[str, Any]:
        """What deleting them would delete, and what stays."""
        what = self._lab.removal(*asked.ids)
        return {"runs": [run.id for run in what.goes], "bytes": what.bytes, "stays": list(map(_told, what.stays))}

    @endpoint(Ids)
    def remove(self, asked: Ids) -> dict[str, Any]:
        """Delete those that can be deleted."""
        gone = self._lab.delete_all(*asked.ids)
        return {"runs": [run.id for run in gone.goes], "bytes": gone.bytes, "stays": list(map(_told, gone.stays))}

    @endpoint(Two)
    def diff(self, asked: Two) -> dict[str, Any]:
        """In which fields their recipes differ."""
        return {"differences": [asdict(one) for one in self._lab.diff(asked.first, asked.second)]}


def _told(kept: Kept) -> dict[str, Any]:
    """A run that stays: its name, how far it is, and the names of those that build on it."""
    return {"name": kept.run.name, "status": kept.run.status.value, "heirs": [heir.name for heir in kept.heirs[:5]]}
