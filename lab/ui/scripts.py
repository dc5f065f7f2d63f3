"""The page's scripts as the app serves them: the ES modules of assets/js, and uPlot from its package as one more.

Their address holds a hash of all they say, so browsers keep them for good and never mix two versions. They are read
once, and only what was read is served: no path of a request ever reaches the disk.
"""

import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lab.home import ASSETS

ADDRESS = "scripts"
FIRST = "main.js"
CHART_LIBRARY = "vendor/uplot.js"
FOR_GOOD = "public, max-age=31536000, immutable"
IMPORT = re.compile(r'^(?P<before>(?:import|export) (?:[^"\n;]*? from )?|\} from )"(?P<path>\.{1,2}/[^"]+)"', re.M)
"""A line in which a module names another one."""


@dataclass(frozen=True)
class Scripts:
    """Every module by its path, and the hash of them all."""

    modules: dict[str, bytes]
    hash: str

    def address(self, path: str = FIRST) -> str:
        """Where the page finds a module, from the page's own address."""
        return f"{ADDRESS}/{self.hash}/{path}"

    def preloads(self, first: str = FIRST) -> str:
        """Tags that have the browser fetch all that a module needs at once, instead of one import after the other."""
        return "\n".join(f'<link rel="modulepreload" href="{self.address(path)}">' for path in self.needed(first))

    def needed(self, first: str = FIRST) -> list[str]:
        """A module and all that it imports, however far down, by their paths."""
        found, left = {first: None}, [first]
        while left:
            path = left.pop()
            new = [one for one in imports_of(path, self.modules[path].decode()) if one not in found]
            found |= dict.fromkeys(new)
            left += new
        return sorted(found)

    async def serve(self, request: Request) -> Response:
        """A module; 404 for anything else."""
        found = self.modules.get(request.path_params["path"])
        if found is None or request.path_params["hash"] != self.hash:
            return Response("there is no such script", status_code=404)
        return Response(found, media_type="text/javascript", headers={"Cache-Control": FOR_GOOD})

    def routes(self) -> list[Route]:
        """The one route of the scripts."""
        return [Route(f"/{ADDRESS}/{{hash}}/{{path:path}}", self.serve, methods=["GET"])]


def imports_of(path: str, text: str) -> list[str]:
    """The modules that one names in its lines, by their paths."""
    return [beside(path, found["path"]) for found in IMPORT.finditer(text)]


def beside(path: str, named: str) -> str:
    """The path of a module that the module at `path` names as './…' or '../…'."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), named))


@cache
def scripts() -> Scripts:
    """The scripts as they are in assets/js now."""
    root = ASSETS / "js"
    modules = {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*.js"))}
    library = (files("uplot") / "static" / "uPlot.iife.js").read_bytes()
    modules[CHART_LIBRARY] = library + b"\nexport default uPlot;\n"
    said = hashlib.sha256(b"\0".join(path.encode() + b"\0" + body for path, body in modules.items()))
    return Scripts(modules, said.hexdigest()[:16])


def as_data(said: Any) -> str:
    """JSON that may stand in a script of a page."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
