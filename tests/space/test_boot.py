"""A staged Space starts as the Hub starts it: from its requirements alone, as nobody, its code read-only, at 7860."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from lab.home import Home
from lab.space import stage_space
from lab.space.requirements import FILE
from lab.store import Feedback, Store
from tests.browser.page import _free_port as free_port
from tests.browser.page import open_chromium, open_tab
from tests.hub import TOKEN, fake_hub

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("space")]
COLD_SECONDS = 30.0
NOBODY = 65534
INDEX = "download.pytorch.org"


@pytest.fixture(scope="module")
def place():
    """A folder that somebody else than us can look into."""
    folder = Path(tempfile.mkdtemp(prefix="lab-space-"))
    folder.chmod(0o755)
    yield folder
    for one in (folder, *folder.rglob("*")):
        if one.is_dir() and not one.is_symlink():
            one.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def python(place):
    """A new Python with what the staged requirements name, and nothing else."""
    with Store(Home(place / "maker")) as store:
        stage_space(place / "app", store)
    lines = (place / "app" / FILE).read_text().splitlines()
    try:
        socket.create_connection((INDEX, 443), 5).close()
    except OSError:  # its builds may lie in pip's other places
        lines = [line for line in lines if INDEX not in line]
    (place / "requirements.txt").write_text("\n".join(lines) + "\n")
    base = next(one for one in ("/usr/bin/python3.11", sys._base_executable) if Path(one).exists())
    subprocess.run([base, "-m", "venv", str(place / "venv")], check=True)
    pip = [str(place / "venv" / "bin" / "python"), "-m", "pip", "install", "-q", "-r", str(place / "requirements.txt")]
    subprocess.run(pip, check=True, timeout=3000)
    subprocess.run(["chmod", "-R", "a-w", str(place / "app")], check=True)
    subprocess.run(["chmod", "-R", "a+rX", str(place)], check=True)
    return place / "venv" / "bin" / "python"


class Space:
    """app.py as the Hub runs it, in a home directory of its own."""

    def __init__(self, place: Path, python: Path, port: int = 7860, **settings: str):
        with socket.socket() as free:  # somebody else's lab there would be taken for this one
            if free.connect_ex(("127.0.0.1", port)) == 0:
                pytest.skip(f"port {port} is taken")
        self.home = Path(tempfile.mkdtemp(dir=place, prefix="user-"))
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        if user:
            os.chown(self.home, NOBODY, NOBODY)
        environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "SPACE_ID": "me/parrot",
                       "SPACE_HOST": "127.0.0.1", "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}  # fmt: skip
        environment |= {"PORT": str(port)} if port != 7860 else {}
        self.address = f"http://127.0.0.1:{port}/"
        self.log = self.home / "log.txt"
        self.began = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(python), "app.py"], cwd=place / "app", env=environment | settings, stdout=log, stderr=log, **user
            )
        self.seconds = self._wait()

    def _wait(self) -> float:
        while time.monotonic() < self.began + 180:
            assert self.process.poll() is None, self.log.read_text()
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                with urllib.request.urlopen(self.address, timeout=5) as answer:
                    assert answer.status == 200 and b"Parrot Lab" in answer.read()
                assert self.process.poll() is None, self.log.read_text()
                return time.monotonic() - self.began
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(90)


def test_it_starts_within_half_a_minute_and_its_page_works(place, python):
    space = Space(place, python)
    try:
        print(f"the first page after {space.seconds:.1f} s")
        assert space.seconds < COLD_SECONDS
        with open_chromium() as browser:
            page = browser.new_page(locale="en-US")
            broken: list[str] = []
            page.on("pageerror", lambda error: broken.append(str(error)))
            page.goto("http://127.0.0.1:7860/", wait_until="domcontentloaded")
            page.wait_for_selector("[data-start]", timeout=120_000)
            there = page.locator("[data-duplicate]")
            there.wait_for(timeout=30_000)
            assert there.get_attribute("href") == "https://huggingface.co/spaces/me/parrot?duplicate=true"
            open_tab(page, "runs")
            page.wait_for_selector("#component-runs", timeout=60_000)
            assert not broken
    finally:
        assert space.end() == 0, space.log.read_text()
    assert (space.home / ".lab" / "lab.db").exists(), "the code's folder is read-only: it lives in the home directory"


def test_it_trains_though_the_lab_is_no_package_there(place, python):
    home = tempfile.mkdtemp(prefix="lab-trains-")
    environment = {
        "HOME": home,
        "LAB_HOME": home,
        "PATH": "/usr/bin:/bin",
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",
    }
    less = ("budget.steps=4", "evaluate.rows=4", "evaluate.answers=2")
    words = [word for change in less for word in ("--set", change)]
    command = [str(python), "-m", "lab.cli", "train", "recipes/first_steps.yaml", *words, "--json"]
    done = subprocess.run(command, cwd=place / "app", env=environment, capture_output=True, text=True, timeout=600)
    shutil.rmtree(home)
    assert done.returncode == 0, done.stderr
    assert {run["status"] for run in json.loads(done.stdout)} == {"done"}


def test_what_was_voted_in_the_last_seconds_is_there_after_a_restart(place, python):
    with fake_hub() as hub:
        settings = {"LAB_KEEP": "me/votes", "HF_ENDPOINT": hub.url, "HF_TOKEN": TOKEN, "HF_HUB_OFFLINE": "0",
                    "HF_HUB_DISABLE_XET": "1"}  # fmt: skip
        space = Space(place, python, free_port(), **settings)
        try:
            with Store(Home(space.home / ".lab")) as store:
                answer = store.ratings.keep_answer("nano", [{"role": "user", "content": "Hello?"}], "Hi.", {}, "f")
                store.ratings.rate(Feedback("thumb", answer.id, "ann", "good", answer.id))
        finally:
            assert space.end() == 0, space.log.read_text()
        repo = hub.repos["datasets/me/votes"]
        assert repo.private and "lab.db" in repo.files and json.loads(repo.files["lab-backup.json"])["format"] == 1
        assert TOKEN not in space.log.read_text()
        again = Space(place, python, free_port(), **settings)
        try:
            with Store(Home(again.home / ".lab")) as store:
                assert [one.rater for one in store.ratings.current("thumb")] == ["ann"]
        finally:
            again.end()
