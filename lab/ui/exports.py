"""What leaves the page as a file: the table of the runs that are seen, their curves, a report."""

from functools import partial
from typing import Any, Literal

from pydantic import Field

from lab.errors import RunError
from lab.evaluate.selection import told_apart
from lab.replay.page import replay_html
from lab.report import curves_svg, report_html, result_table, written
from lab.store import Store
from lab.ui.component import Request, endpoint
from lab.ui.example import Example
from lab.ui.notes import note_words
from lab.ui.recipe_words import names
from lab.words import language_of

MOST_RUNS = 1000
ENDINGS = {"csv": "csv", "markdown": "md", "latex": "tex", "svg": "svg", "html": "html", "replay": "html"}


class Export(Request):
    """Some runs, all of one store, and what is to be made of them."""

    runs: tuple[str, ...] = Field(min_length=1, max_length=MOST_RUNS)
    kind: Literal["csv", "markdown", "latex", "svg", "html", "replay"]
    together: bool = True
    curve: str = Field("loss", max_length=60)
    language: str = Field("en", max_length=20)


class Exports:
    """The endpoint."""

    def __init__(self, store: Store, example: Example | None = None):
        self._store, self._example = store, example

    @endpoint(Export)
    def export(self, asked: Export) -> dict[str, Any]:
        """A text to be saved, and how its file's name ends."""
        store = self._example.store_for(asked.runs[0]) if self._example else self._store
        found = told_apart(list(store.runs.some(asked.runs).values()))
        if not found:
            raise RunError("these runs are no longer there", do="reload the page.")
        language = language_of(asked.language)
        called = names(language)
        if asked.kind == "html":
            text = report_html(found, store, language, called, say=partial(_note, language=language))
        elif asked.kind == "replay":
            text = replay_html(found, store, language=language)
        elif asked.kind == "svg":
            text = curves_svg(found, store, asked.curve, language, called)
        else:
            text = written(result_table(found, together=asked.together), asked.kind, language, called)
        return {"text": text, "ending": ENDINGS[asked.kind]}


def _note(note: str, language: str) -> str:
    """What a run notes, in a language that has words for it."""
    said = note_words(note)
    return said.get(language, note)
