"""The page's scripts as the app serves them: the ES modules of assets/js, and uPlot from its package as one more.

Their address holds a hash of all they say, so browsers keep them for good and never mix two versions. They are read
once, and only what was read is served: no path of a request ever reaches the disk.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lab.home import ASSETS

ADDRESS = "scripts"
FIRST = "main.js"
CHART_LIBRARY = "vendor/uplot.js"
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Scripts:
    """Every module by its path, and the hash of them all."""

    modules: dict[str, bytes]
    hash: str

    def address(self, path: str = FIRST) -> str:
        """Where the page finds a module, from the page's own address."""
        return f"{ADDRESS}/{self.hash}/{path}"

    def preloads(self) -> str:
        """Tags that have the browser fetch all modules at once, instead of one import after the other."""
        return "\n".join(f'<link rel="modulepreload" href="{self.address(path)}">' for path in self.modules)

    async def serve(self, request: Request) -> Response:
        """A module; 404 for anything else."""
        found = self.modules.get(request.path_params["path"])
        if found is None or request.path_params["hash"] != self.hash:
            return Response("there is no such script", status_code=404)
        return Response(found, media_type="text/javascript", headers={"Cache-Control": FOR_GOOD})

    def routes(self) -> list[Route]:
        """The one route of the scripts."""
        return [Route(f"/{ADDRESS}/{{hash}}/{{path:path}}", self.serve, methods=["GET"])]


@cache
def scripts() -> Scripts:
    """The scripts as they are in assets/js now."""
    root = ASSETS / "js"
    modules = {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*.js"))}
    library = (files("uplot") / "static" / "uPlot.iife.js").read_bytes()
    modules[CHART_LIBRARY] = library + b"\nexport default uPlot;\n"
    said = hashlib.sha256(b"\0".join(path.encode() + b"\0" + body for path, body in modules.items()))
    return Scripts(modules, said.hexdigest()[:16])
