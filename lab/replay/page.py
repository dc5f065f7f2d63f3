"""A recording as one HTML file: scripts, styles, words and data are in it, and it loads nothing, from a folder either.

Modules of a file can't be imported by their paths (a page of a folder has no origin), so each stands in the page's
import map under its name, as a `data:` address, and names others by theirs.
"""

import base64
import re
from collections.abc import Sequence
from html import escape

from lab.errors import RunError
from lab.limits import MEGABYTE
from lab.replay.recording import MOST_POINTS, recordings_of
from lab.store import Run, Store
from lab.ui import theme
from lab.ui.recipe_words import names
from lab.ui.scripts import IMPORT, as_data, beside, scripts
from lab.words import ENGLISH

FIRST = "replay.js"
ROOM = "lab/"
"""Begins the name of a module in the import map."""
MOST_BYTES = 12 * MEGABYTE
"""A page larger than this takes seconds to open on a phone."""
COARSER = (MOST_POINTS, 120, 50)
"""Points of a line that are tried, one after the other, until the page is small enough."""
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="generator" content="Parrot Lab: a recording of real runs">
{dressing}
<style>{css}</style>
<script type="importmap">{modules}</script></head>
<body class="look"><div class="lab-component" id="look"></div>
<script type="application/json" id="lab-recording">{data}</script>
<script type="module">import {{begin}} from "{first}"; begin();</script>
</body></html>
"""


def replay_html(runs: Sequence[Run], store: Store, title: str = "", language: str | None = None) -> str:
    """The page that plays these runs, a comparison after the other where they are of several. It speaks the browser's
    language where none is named.

    Raises RunError for runs that are not over, and where the page would be larger than MOST_BYTES.
    """
    spoken = language or ENGLISH
    for points in COARSER:
        recordings = recordings_of(runs, store, points)
        first = recordings[0]["watched"]["title"]
        html = PAGE.format(
            lang=spoken, title=escape(title or f"{names(spoken).get(first, first)} · Parrot Lab"),
            policy=POLICY, dressing=theme.dressing(), css=theme.css(), modules=import_map(),
            data=as_data({"title": title, "language": language, "recordings": recordings}), first=ROOM + FIRST,
        )  # fmt: skip
        if (size := len(html.encode())) <= MOST_BYTES:
            return html
    raise RunError(f"the recording of {len(runs)} runs would have {size / MEGABYTE:.0f} MB, and at most "
                   f"{MOST_BYTES // MEGABYTE} MB are written", where="RUN", do="name fewer runs.")  # fmt: skip


def import_map() -> str:
    """All modules that the page needs, by their names."""
    known = scripts()
    modules = {ROOM + path: _address(path, known.modules[path].decode()) for path in known.needed(FIRST)}
    return as_data({"imports": modules})


def _address(path: str, text: str) -> str:
    """A module as a `data:` address, with the modules it names called as the import map calls them."""

    def named(found: re.Match[str]) -> str:
        return f'{found["before"]}"{ROOM}{beside(path, found["path"])}"'

    return "data:text/javascript;base64," + base64.b64encode(IMPORT.sub(named, text).encode()).decode()
