"""Taking feedback out of the page, to a file or to the Hub, and bringing a file in: endpoints around `lab.feedback`."""

import base64
import tempfile
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from lab.api import Lab
from lab.data.bad_rows import SHOWN
from lab.data.files import read_path
from lab.errors import DataError
from lab.feedback import export, import_table, push
from lab.feedback.exporting import WHOLE, kinds_of
from lab.feedback.importing import read_ratings
from lab.feedback.rows import FORMATS
from lab.feedback.tally import tally_of
from lab.limits import EXPORTED_RATINGS
from lab.ui.component import Request, endpoint
from lab.ui.notes import note_words
from lab.ui.uploads import Uploaded, received

ENDINGS = {"jsonl": "application/x-ndjson", "parquet": "application/octet-stream"}


class Wanted(Request):
    """Which rows to take out (for SFT, DPO, KTO; or everything of a kind), and how they are written."""

    format: str = Field(max_length=20)
    ending: Literal["jsonl", "parquet"] = "jsonl"


class Sent(Request):
    """Which rows to put on the Hub, in which data set."""

    format: str = Field(max_length=20)
    repo: str = Field(max_length=200)
    public: bool = False


class Given(Uploaded):
    """A file to bring in, and what to do with wrong rows."""

    skip_bad: bool = False


class FeedbackFiles:
    """The endpoints."""

    def __init__(self, lab: Lab):
        self._store = lab.store

    @endpoint(Wanted)
    def export(self, asked: Wanted) -> dict[str, Any]:
        """A file's name, kind and content (base64: it is carried as JSON)."""
        self._check_size(asked.format)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"feedback-{asked.format}.{asked.ending}"
            rows = export(self._store, asked.format, file)
            content = base64.b64encode(file.read_bytes()).decode("ascii")
        return {"name": file.name, "type": ENDINGS[asked.ending], "rows": rows, "content": content}

    def _check_size(self, format: str) -> None:
        """Raise DataError where there is more feedback than the page carries: it all lies in memory on its way."""
        if format not in (*FORMATS, *WHOLE):
            return
        with tally_of(self._store).look() as tally:
            count = sum(one.count for one in tally.counts() if one.kind in kinds_of(format))
        if count > EXPORTED_RATINGS:
            raise DataError(f"there are {count:,} votes, thumbs and edits for it, and the page carries "
                            f"{EXPORTED_RATINGS:,} at most",
                            do=f"`lab feedback export --format {format} -o FILE` writes them all.")  # fmt: skip

    @endpoint(Sent)
    def push(self, asked: Sent) -> dict[str, Any]:
        """Put rows on the Hub, in the name of whoever runs the lab: only its owner may."""
        return {"rows": push(self._store, asked.format, asked.repo, private=not asked.public)}

    @endpoint(Given)
    def import_file(self, asked: Given) -> dict[str, Any]:
        """Keep a file's ratings, all or none unless wrong rows may be left out; without `new` nothing was kept."""
        file = received(asked)
        table, rater = read_path(file).train, f"file {file.name}"[:100]
        found, kept = read_ratings(table, rater, self._store), {}
        if asked.skip_bad or not found.faults:
            found, new = import_table(self._store, table, rater, skip_bad=True)
            kept = {"new": new}
        return kept | {
            "kind": found.kind, "ratings": len(found.ratings), "rows": table.total,
            "notes": list(map(note_words, found.notes)),
            "wrong": found.wrong, "faults": list(map(str, found.faults[:SHOWN])),
        }  # fmt: skip
