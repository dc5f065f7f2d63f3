"""The page of `?show=…`: a comparison, a run or several to look at, and nothing to change; light enough to be embedded.

It is our own scripts without Gradio. What it asks goes to READERS alone, by GET: endpoints that read, each with its
decision in `lab.ui.doors`, so that everybody sees here what they see in the lab and no more.
"""

import asyncio
import functools
import json
import re
from collections.abc import Callable
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Match, Route

from lab.api import Lab
from lab.errors import LabError
from lab.evaluate.selection import Selection
from lab.model_ref import RUN_ID
from lab.ui import theme
from lab.ui.example import Example
from lab.ui.exports import Exports
from lab.ui.gate import embedding_sites
from lab.ui.recipe_words import names
from lab.ui.run_details import RunDetails
from lab.ui.run_view import MOST_SHOWN, RunView, Shown, found_runs
from lab.ui.scripts import as_data, scripts
from lab.words import languages

ADDRESS, ASKED = "look", "show"
FIRST = "look.js"
SHOWN = re.compile(rf"{RUN_ID}(,{RUN_ID}){{0,{MOST_SHOWN - 1}}}")
"""What may be asked for: an id, or several with commas between."""
READERS = ("watch", "moved", "settings", "pictures", "versus", "sweep", "pooled", "export")
LONGEST = 40_000
"""Letters of a question."""
PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
{head}
<style>{css}</style></head>
<body class="look"><div class="lab-component" id="look"></div>
<script type="application/json" id="lab-look">{data}</script>
<script type="module">import("./{script}").then((look) => look.begin());</script>
</body></html>
"""


class LookRoute(Route):
    """Answers the lab's own address where it asks to show something; else the page in tabs does."""

    def matches(self, scope: Any) -> tuple[Match, Any]:
        asked = re.search(rb"(^|&)show=", scope.get("query_string", b"")) is not None
        return super().matches(scope) if asked else (Match.NONE, {})


class Look:
    """The page and what it reads."""

    def __init__(self, lab: Lab):
        self._store, self._example = lab.store, Example(lab.store)
        rooms = (RunView(lab.store, self._example), RunDetails(lab.store, self._example),
                 Exports(lab.store, self._example))  # fmt: skip
        self._readers: dict[str, Callable[[Any], Any]] = {
            name: getattr(room, name) for room in rooms for name in READERS if hasattr(room, name)
        }

    def routes(self) -> list[Route]:
        """Where they are answered; to stand before the page's own routes."""
        return [
            LookRoute("/", self.page, methods=["GET"]),
            Route(f"/{ADDRESS}/{{name}}", self.read, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """The page of what is asked for; with a sentence on it, and 404, where there is none."""
        shown = request.query_params[ASKED]
        title = await asyncio.to_thread(self._title, shown)
        data = {"show": shown[:80], "what": _what(shown), "title": title, "problem": title is None,
                "readers": READERS, "open": bool(embedding_sites())}  # fmt: skip
        lang = request.query_params.get("lang", "en")
        html = PAGE.format(
            lang=lang if lang in languages() else "en",
            title=escape(names(lang).get(title, title) + " · Parrot Lab" if title else "Parrot Lab"),
            head=theme.head(FIRST), css=theme.css(), data=as_data(data), script=scripts().address(FIRST),
        )  # fmt: skip
        return HTMLResponse(html, 200 if title is not None else 404, {"cache-control": "no-store"})

    async def read(self, request: Request) -> Response:
        """What one of the readers answers."""
        reader = self._readers.get(request.path_params["name"])
        asked = request.query_params.get("asked", "{}")
        if reader is None or len(asked) > LONGEST:
            return JSONResponse({"detail": "There is nothing here."}, 404)
        try:
            question = json.loads(asked)
        except ValueError:
            return JSONResponse({"detail": "The question is no JSON."}, 400)
        return JSONResponse(await asyncio.to_thread(functools.partial(reader, question)))

    def _title(self, shown: str) -> str | None:
        """What the comparison is called; None where nobody who asks may see one of that name."""
        if not SHOWN.fullmatch(shown):
            return None
        asked = Shown.model_validate(_what(shown))
        try:
            found: Selection = found_runs(self._example.store_for(asked.named), asked)
        except LabError:
            return None
        return found.runs[0].recipe_name


def _what(shown: str) -> dict[str, Any]:
    """What is shown, as the endpoints are asked for it."""
    several = shown.split(",")
    return {"runs": several} if len(several) > 1 else {"comparison": shown}
