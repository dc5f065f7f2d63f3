"""Jobs of the small Hub: each is a process of this machine, with the environment and the secrets it is given alone."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KEPT = ("PATH", "PYTHONPATH", "HOME", "OMP_NUM_THREADS", "TOKENIZERS_PARALLELISM")


@dataclass
class FakeJob:
    """What was asked of a job, its process once it runs, and how it was ended by others."""

    asked: dict[str, Any]
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="job-")))
    process: "subprocess.Popen[bytes] | None" = None
    ended: str = ""

    @property
    def stage(self) -> str:
        if self.ended:
            return self.ended
        if self.process is None:
            return "SCHEDULING"
        code = self.process.poll()
        return "RUNNING" if code is None else "COMPLETED" if code == 0 else "ERROR"


class FakeJobs:
    """Those that were handed in, by id; `hold` leaves new ones waiting."""

    def __init__(self, hub: Any):
        self._hub, self.hold = hub, False
        self.all: dict[str, FakeJob] = {}

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, object]:
        """The answer to a request below /api/jobs."""
        parts = path.partition("?")[0].removeprefix("/api/jobs/").split("/")
        if method == "POST" and len(parts) == 1:
            return 200, self._start(parts[0], json.loads(body))
        job = self.all.get(parts[1])
        if job is None:
            return 404, {"error": "there is no such job"}
        if parts[2:] == ["cancel"]:
            self._end(job, "CANCELED")
        if parts[2:] == ["logs"]:
            file = job.folder / "out.txt"
            lines = file.read_text().splitlines() if file.exists() else []
            events = [{"data": line, "timestamp": "2026-01-01T00:00:00Z"} for line in ["===== Job started", *lines]]
            return 200, "".join(f"data: {json.dumps(event)}\n\n" for event in events).encode()
        return 200, self._info(parts[0], parts[1])

    def kill(self, job: str) -> None:
        """End a job as one whose time is up."""
        self._end(self.all[job], "CANCELED")

    def _start(self, owner: str, asked: dict[str, Any]) -> dict[str, Any]:
        name = f"{len(self.all) + 1:024x}"
        self.all[name] = job = FakeJob(asked)
        if not self.hold:
            own = {name: os.environ[name] for name in KEPT if name in os.environ}
            told = {"HF_ENDPOINT": self._hub.url, "LAB_HOME": str(job.folder / "lab"), "HF_HUB_DISABLE_XET": "1"}
            told |= {"HF_HUB_CACHE": str(job.folder / "cache")}
            command = [sys.executable if word == "python" else word for word in asked["command"]]
            with (job.folder / "out.txt").open("wb") as out:
                environment = own | told | asked["environment"] | asked.get("secrets", {})
                job.process = subprocess.Popen(command, stdout=out, stderr=out, env=environment, cwd=job.folder)
        return self._info(owner, name)

    def _end(self, job: FakeJob, stage: str) -> None:
        if job.process is not None:
            job.process.kill()
            job.process.wait()
        job.ended = stage

    def _info(self, owner: str, name: str) -> dict[str, Any]:
        job = self.all[name]
        told = {"id": name, "owner": {"id": "1", "name": owner, "type": "user"}, "flavor": job.asked["flavor"]}
        return told | {"status": {"stage": job.stage, "message": None}}
