"""Finds the PostgreSQL that its tests serve from; `python -m tests.postgres` installs one where there is none.

Where there is none the tests are skipped, and a line at the end of all tests says so. With LAB_NEEDS_POSTGRES=1 (as in
the workflow) they fail instead.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/pgsql/bin")
MISSING = "PostgreSQL is not installed: its tests are SKIPPED. `python -m tests.postgres` installs it where it may."
START_SECONDS = 30.0


def find_postgres() -> Path | None:
    """The folder of initdb and postgres: on the PATH, or where Debian, Fedora and Homebrew keep them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [folder for place in PLACES for folder in sorted(Path("/").glob(place.lstrip("/")), reverse=True)]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def install_postgres() -> Path | None:
    """The Debian package, where we may install one; the server it starts by itself is not used."""
    if (found := find_postgres()) is None and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"]
        subprocess.run(install, check=False, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
        found = find_postgres()
    return found


class PostgresServer:
    """A server of our own in a folder, on a port of its own."""

    def __init__(self, folder: Path):
        self._programs = find_postgres()
        if self._programs is None:
            raise FileNotFoundError(MISSING)
        self.folder, self.port = folder, _free_port()
        self._as_user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
        folder.mkdir()
        if self._as_user:
            shutil.chown(folder, "nobody")
        made = self._run("initdb", "-D", str(folder / "data"), "-U", "lab", "--auth=trust", "--no-locale", "-E", "UTF8")
        if made.returncode:
            raise RuntimeError(f"initdb does not work here: {made.stderr.strip()[-200:]}")
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://lab@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        command = [*self._as_user, str(self._programs / "postgres"), "-D", str(self.folder / "data"),
                   "-p", str(self.port), "-k", str(self.folder), "-h", "127.0.0.1"]  # fmt: skip
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp")
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._run("pg_isready", "-h", "127.0.0.1", "-p", str(self.port)).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL does not start")

    def stop(self) -> None:
        """End it as an operator would, without waiting for those who are connected."""
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        """End it as a cut cable would."""
        self._signal(signal.SIGKILL)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _signal(self, number: int) -> None:
        try:
            pid = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
            os.kill(pid, number)
        except (OSError, ValueError, IndexError):
            pass
        self._process.wait(30)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess:
        command = [*self._as_user, str(self._programs / program), *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd="/tmp")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    found = install_postgres()
    print(f"Tests of PostgreSQL use {found}" if found else MISSING)
