"""Base models pulled from the form: begun, followed, stopped; whoever looks knows at once that one is here."""

from dataclasses import asdict
from typing import Any

from pydantic import Field

from lab.api import Lab
from lab.errors import ModelError
from lab.models import CATALOGUE
from lab.ui.component import Request, endpoint
from lab.ui.form_choices import is_here
from lab.ui.notes import note_words
from lab.visitors import current


class Nothing(Request):
    """An endpoint that needs no question."""


class Model(Request):
    """A base model of the catalogue."""

    model: str = Field(max_length=100)


class Pulling:
    """The endpoints."""

    def __init__(self, lab: Lab):
        self._home, self._pulls = lab.home, lab.pulls

    @endpoint(Model)
    def pull(self, asked: Model) -> dict[str, Any]:
        """Begin to fetch a model."""
        check_may_pull()
        self._pulls.start(asked.model)
        return self._told()

    @endpoint(Model)
    def stop_pull(self, asked: Model) -> dict[str, Any]:
        """Stop fetching it."""
        check_may_pull()
        self._pulls.stop(asked.model)
        return self._told()

    @endpoint(Nothing)
    def pulls(self, _asked: Nothing) -> dict[str, Any]:
        """What is on its way, how far, and which models are here."""
        return self._told()

    def _told(self) -> dict[str, Any]:
        here = [name for name in CATALOGUE if is_here(name, self._home)]
        pulls = {one.model: asdict(one) | {"words": note_words(one.words)} for one in self._pulls.all()}
        return {"pulls": pulls, "here": here}


def check_may_pull() -> None:
    """Raise ModelError for all but the lab's owner, whose disk it is."""
    if not current().owns_lab:
        raise ModelError("models are fetched by the lab's owner here", do="take one that is here.")
