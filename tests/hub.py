"""A small Hub on this machine, as far as its client needs one to make repositories, to commit to them and to read them.

Its client finds it by HF_ENDPOINT, or in this process by `at_this_hub`. Files come as LFS (HF_HUB_DISABLE_XET=1) or
over Xet, of whose storage it takes what it is sent without looking into it.
"""

import base64
import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from urllib.parse import unquote

from tests.hub_jobs import FakeJobs

TOKEN, READER = "hf_may_write", "hf_may_read"
LARGE = (".parquet", ".safetensors", ".db")
FIRST = "0" * 40


@dataclass
class Repo:
    """A repository: whether it is private, its files, the hash of each commit, its Space's variables."""

    private: bool
    files: dict[str, bytes] = field(default_factory=dict)
    commits: list[str] = field(default_factory=lambda: [FIRST])
    variables: dict[str, str] = field(default_factory=dict)
    asked: dict[str, object] = field(default_factory=dict)


class FakeHub:
    """What was made, by kind (models, datasets, spaces) and name."""

    def __init__(self) -> None:
        self.repos: dict[str, Repo] = {}
        self.large: dict[str, bytes] = {}
        self.xorbs: list[bytes] = []
        self.asked: list[str] = []
        self.refuse: dict[str, int] = {}
        """Answers of requests whose path holds a text, once each: to be interrupted by."""
        self.url = ""
        self.jobs = FakeJobs(self)

    @property
    def private(self) -> dict[str, bool]:
        return {name.partition("/")[2]: repo.private for name, repo in self.repos.items()}

    @property
    def files(self) -> dict[str, dict[str, bytes]]:
        return {name.partition("/")[2]: repo.files for name, repo in self.repos.items()}

    def create(self, asked: dict) -> tuple[int, dict]:
        kind = asked.get("type", "model") + "s"
        name = f"{asked.get('organization') or 'me'}/{asked['name']}"
        if f"{kind}/{name}" in self.repos:
            return 409, {"error": "You already created this repo", "url": f"{self.url}/{name}"}
        self.repos[f"{kind}/{name}"] = Repo(asked.get("visibility") == "private", asked=asked)
        folder = "" if kind == "models" else f"{kind}/"
        return 200, {"url": f"{self.url}/{folder}{name}", "id": name, "name": name}

    def commit(self, name: str, lines: list[dict]) -> tuple[int, dict]:
        repo = self.repos[name]
        parent = lines[0]["value"].get("parentCommit")
        if parent and parent != repo.commits[-1]:
            return 412, {"error": "A commit has happened since. Please refresh and try again."}
        for line in lines[1:]:
            value = line["value"]
            if line["key"] == "file":
                repo.files[value["path"]] = base64.b64decode(value["content"])
            elif line["key"] == "lfsFile":
                repo.files[value["path"]] = self.large.get(value["oid"], b"over xet")
            elif line["key"] == "deletedFile":
                del repo.files[value["path"]]
        oid = hashlib.sha1(f"{name} {len(repo.commits)}".encode()).hexdigest()
        repo.commits.append(oid)
        return 200, {"commitUrl": f"{self.url}/{name}/commit/{oid}", "commitOid": oid, "success": True}

    def tree(self, name: str, folder: str, deep: bool) -> list[dict] | None:
        """What is in a folder, and below it if asked; None where there is no such folder."""
        files = {PurePosixPath(path): len(body) for path, body in self.repos[name].files.items()}
        folders = {parent for path in files for parent in path.parents}
        if folder and PurePosixPath(folder) not in folders:
            return None
        here = [{"type": "file", "path": path, "size": size, "oid": FIRST} for path, size in files.items()]
        here += [{"type": "directory", "path": path, "oid": FIRST} for path in folders - {PurePosixPath()}]
        inside = [
            one for one in here if PurePosixPath(folder) in (one["path"].parents if deep else [one["path"].parent])
        ]
        return [one | {"path": str(one["path"])} for one in inside]

    def info(self, name: str) -> dict:
        repo = self.repos[name]
        siblings = [{"rfilename": path} for path in repo.files]
        return {"id": name.partition("/")[2], "sha": repo.commits[-1], "private": repo.private, "siblings": siblings}


@contextmanager
def fake_hub() -> Iterator[FakeHub]:
    """A Hub that listens on this machine."""
    hub = FakeHub()

    class Handler(_Handler):
        pass

    Handler.hub = hub
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield hub
    server.shutdown()
    server.server_close()


@contextmanager
def at_this_hub(hub: FakeHub, monkeypatch, cache, token: str | None = TOKEN, xet: bool = False) -> Iterator[None]:
    """The client in this process talks to this Hub, under this login."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", hub.url)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", hub.url + "/{repo_id}/resolve/{revision}/{filename}")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", not xet)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(cache))
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(cache / "no-token"))
    if token is None:
        monkeypatch.delenv("HF_TOKEN", raising=False)
    else:
        monkeypatch.setenv("HF_TOKEN", token)
    yield


class _Handler(BaseHTTPRequestHandler):
    hub: FakeHub

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
        """The repository that is asked for, as kind/owner/name."""
        found = re.match(r"/(?:api/)?(?:(models|datasets|spaces)/)?([^/?]+/[^/?]+)", self.path)
        name = f"{found[1] or 'models'}/{found[2].removesuffix('.git')}" if found else ""
        return name if name in self.hub.repos else None

    def _is_refused(self) -> bool:
        self.hub.asked.append(f"{self.command} {self.path}")
        for part in [part for part in self.hub.refuse if part in self.path]:
            self._send(self.hub.refuse.pop(part), {"error": "not now"})
            return True
        return False

    def _is_of_jobs(self, body: bytes = b"") -> bool:
        """Answer what is asked of accounts and jobs; False for the rest."""
        if self.path.startswith("/api/whoami"):
            self._send(200, {"name": "me", "type": "user"})
        elif self.path.startswith("/api/jobs/"):
            self._send(*self.hub.jobs.answer(self.command, self.path, body))
        else:
            return False
        return True

    def do_GET(self) -> None:
        if self._is_refused() or self._is_of_jobs():
            return None
        if (name := self._known()) is None:
            return self._send(404, {"error": "Repository not found"}, X_Error_Code="RepoNotFound")
        if "/xet-write-token/" in self.path:
            told = {"accessToken": "xet", "exp": int(time.time()) + 3600, "casUrl": f"{self.hub.url}/cas"}
            return self._send(200, told, X_Xet_Cas_Url=told["casUrl"], X_Xet_Access_Token="xet",
                              X_Xet_Token_Expiration=str(told["exp"]))  # fmt: skip
        if "/tree/" in self.path:
            where, _, query = self.path.split("/tree/")[1].partition("?")
            where = unquote(where)
            listed = self.hub.tree(name, where.partition("/")[2], "recursive=true" in query.lower())
            if listed is None:
                return self._send(404, {"error": "Entry not found"}, X_Error_Code="EntryNotFound")
            return self._send(200, listed)
        if "/resolve/" in self.path:
            body = self.hub.repos[name].files.get(self.path.split("/resolve/")[1].split("/", 1)[1].split("?")[0])
            if body is None:
                return self._send(404, {"error": "Entry not found"}, X_Error_Code="EntryNotFound")
            etag = f'"{hashlib.sha256(body).hexdigest()}"'
            return self._send(200, body, ETag=etag, X_Repo_Commit=self.hub.repos[name].commits[-1])
        return self._send(200, self.hub.info(name))

    do_HEAD = do_GET

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._is_refused():
            self.hub.large[self.path.rpartition("/")[2]] = body
            self._send(200, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self._is_refused():
            return None
        if self.path.startswith("/cas/v2/") or b'"checksum"' in body[:200]:  # newer ways, which it need not offer
            return self._send(404, {})
        if self.path.startswith("/cas/"):
            self.hub.xorbs.append(body)
            return self._send(200, {"was_inserted": True, "result": 1})
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in (TOKEN, READER):
            return self._send(401, {"error": "Invalid credentials"})
        if token == READER:
            return self._send(403, {"error": "you may not write here"})
        if self._is_of_jobs(body):
            return None
        return self._write(body)

    def _write(self, body: bytes) -> None:
        if self.path.startswith("/api/repos/create"):
            return self._send(*self.hub.create(json.loads(body)))
        if self.path == "/api/validate-yaml":
            return self._send(200, {"errors": [], "warnings": []})
        if (name := self._known()) is None:
            return self._send(404, {"error": self.path}, X_Error_Code="RepoNotFound")
        if "/preupload/" in self.path:
            modes = [{"path": one["path"], "uploadMode": "lfs" if one["path"].endswith(LARGE) else "regular",
                      "shouldIgnore": False} for one in json.loads(body)["files"]]  # fmt: skip
            return self._send(200, {"files": modes})
        if self.path.endswith("/info/lfs/objects/batch"):
            objects = [one | {"actions": {"upload": {"href": f"{self.hub.url}/large/{one['oid']}"}}}
                       for one in json.loads(body)["objects"] if one["oid"] not in self.hub.large]  # fmt: skip
            return self._send(200, {"transfer": "basic", "objects": objects})
        if "/commit/" in self.path:
            return self._send(*self.hub.commit(name, [json.loads(line) for line in body.splitlines()]))
        if self.path.endswith("/variables"):
            told = json.loads(body)
            self.hub.repos[name].variables[told["key"]] = told["value"]
            return self._send(200, {one: {"value": value} for one, value in self.hub.repos[name].variables.items()})
        return self._send(200, [])  # paths-info
