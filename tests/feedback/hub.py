"""A Hub in this process, as far as its client needs one to make a data set and to commit files to it."""

import base64
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath

TOKEN = "hf_may_write"


class FakeHub:
    """What was made: data sets by name, with whether they are private, and their files."""

    def __init__(self):
        self.private: dict[str, bool] = {}
        self.files: dict[str, dict[str, bytes]] = {}
        self.large: dict[str, bytes] = {}
        self.url = ""

    def create(self, asked: dict) -> dict:
        name = f"{asked.get('organization') or 'me'}/{asked['name']}"
        self.private[name], self.files[name] = asked.get("visibility") == "private", {}
        return {"url": f"{self.url}/datasets/{name}", "id": name}

    def commit(self, name: str, lines: list[dict]) -> dict:
        for line in lines:
            if line["key"] == "file":
                self.files[name][line["value"]["path"]] = base64.b64decode(line["value"]["content"])
            elif line["key"] == "lfsFile":
                self.files[name][line["value"]["path"]] = self.large[line["value"]["oid"]]
        return {"commitUrl": f"{self.url}/datasets/{name}/commit/{SHA}", "commitOid": SHA, "success": True}

    def tree(self, name: str, folder: str, deep: bool) -> list[dict] | None:
        """What is in a folder, and below it if asked; None where there is no such folder."""
        files = {PurePosixPath(path): len(body) for path, body in self.files[name].items()}
        folders = {parent for path in files for parent in path.parents}
        if folder and PurePosixPath(folder) not in folders:
            return None
        here = [{"type": "file", "path": path, "size": size, "oid": SHA} for path, size in files.items()]
        here += [{"type": "directory", "path": path, "oid": SHA} for path in folders - {PurePosixPath()}]
        inside = [
            one for one in here if PurePosixPath(folder) in (one["path"].parents if deep else [one["path"].parent])
        ]
        return [one | {"path": str(one["path"])} for one in inside]


SHA = "0" * 40


@contextmanager
def fake_hub() -> Iterator[FakeHub]:
    """A Hub that listens on this machine; its client finds it by HF_ENDPOINT."""
    hub = FakeHub()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def _send(self, status: int, answer: object = None, **headers: str) -> None:
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def _known(self) -> str | None:
            found = re.match(r"/(?:api/)?datasets/([^/]+/[^/?]+)", self.path)
            return found[1] if found and found[1] in hub.files else None

        def do_GET(self) -> None:
            if (name := self._known()) is None:
                return self._send(404, {"error": "Repository not found"}, X_Error_Code="RepoNotFound")
            if "/tree/" in self.path:
                where, _, query = self.path.split("/tree/")[1].partition("?")
                listed = hub.tree(name, where.partition("/")[2], "recursive=true" in query.lower())
                if listed is None:
                    return self._send(404, {"error": "Entry not found"}, X_Error_Code="EntryNotFound")
                return self._send(200, listed)
            if "/resolve/" in self.path:
                body = hub.files[name].get(self.path.split("/resolve/")[1].split("/", 1)[1].split("?")[0])
                if body is None:
                    return self._send(404, {"error": "Entry not found"}, X_Error_Code="EntryNotFound")
                return self._send(200, body, ETag=f'"{hashlib.sha256(body).hexdigest()}"', X_Repo_Commit=SHA)
            siblings = [{"rfilename": path} for path in hub.files[name]]
            return self._send(200, {"id": name, "sha": SHA, "private": hub.private[name], "siblings": siblings})

        do_HEAD = do_GET

        def do_PUT(self) -> None:
            hub.large[self.path.rpartition("/")[2]] = self.rfile.read(int(self.headers["Content-Length"]))
            self._send(200, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                return self._send(401, {"error": "Invalid credentials"})
            if self.path.startswith("/api/repos/create"):
                return self._send(200, hub.create(json.loads(body)))
            if "/preupload/" in self.path:
                modes = [{"path": one["path"], "uploadMode": "lfs" if one["path"].endswith(".parquet") else "regular",
                          "shouldIgnore": False} for one in json.loads(body)["files"]]  # fmt: skip
                return self._send(200, {"files": modes})
            if self.path.endswith("/info/lfs/objects/batch"):
                objects = [one | {"actions": {"upload": {"href": f"{hub.url}/large/{one['oid']}"}}}
                           for one in json.loads(body)["objects"]]  # fmt: skip
                return self._send(200, {"transfer": "basic", "objects": objects})
            if "/commit/" in self.path:
                return self._send(200, hub.commit(self._known(), [json.loads(line) for line in body.splitlines()]))
            if self.path == "/api/validate-yaml":
                return self._send(200, {"errors": [], "warnings": []})
            if "/paths-info/" in self.path:
                return self._send(200, [])
            return self._send(404, {"error": self.path})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield hub
    server.shutdown()
    server.server_close()
