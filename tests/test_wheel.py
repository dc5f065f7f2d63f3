"""The wheel works by itself: made from the source archive, installed where no checkout is, used in an empty folder."""

import json
import os
import re
import site
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pytest

from lab.home import PROJECT

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("wheel")]


class Installed:
    """The lab installed from a wheel of its source archive, and an empty folder to use it from."""

    def __init__(self, root: Path):
        wheels, self.folder = root / "wheels", root / "empty"
        self.folder.mkdir()
        sources = root / "sources"
        _run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(sources), cwd=PROJECT)
        (source,) = sources.glob("parrot_lab-*.tar.gz")
        _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w",
             str(wheels), str(source), cwd=root)  # fmt: skip
        (self.wheel,) = wheels.glob("parrot_lab-*.whl")
        venv.create(root / "venv", with_pip=False, symlinks=True)
        self.bin = root / "venv" / "bin"
        self.site = next((root / "venv").glob("lib/python*/site-packages"))
        _run(sys.executable, "-m", "pip", f"--python={self.bin / 'python'}", "install", "-q", "--no-deps", "--no-index",
             str(self.wheel), cwd=root)  # fmt: skip
        # The dependencies are lent by the running environment; a plain line of a .pth runs none of its .pth files, so
        # that the checkout, which may be installed there for editing, stays out.
        (self.site / "dependencies.pth").write_text("".join(f"{path}\n" for path in site.getsitepackages()))
        left_out = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LAB_DATABASE_URL", "LAB_PUBLIC")
        self.environment = {name: value for name, value in os.environ.items() if name not in left_out}
        self.environment["LAB_HOME"] = str(self.folder / "home")

    def lab(self, *words: str) -> str:
        return _run(str(self.bin / "lab"), *words, cwd=self.folder, env=self.environment)

    def start(self, *words: str) -> subprocess.Popen:
        with (self.folder / "log.txt").open("w") as log:
            return subprocess.Popen(
                [str(self.bin / "lab"), *words], cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )


def _run(*command: str, **settings) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return Installed(tmp_path_factory.mktemp("wheel"))


def test_nothing_of_the_checkout_is_used(installed):
    show = "import lab.home, sys, json; print(json.dumps([lab.__file__, str(lab.home.ASSETS), *sys.path]))"
    file, assets, *path = json.loads(
        _run(str(installed.bin / "python"), "-c", show, cwd=installed.folder, env=installed.environment)
    )
    assert Path(file).is_relative_to(installed.site) and Path(assets) == installed.site / "lab" / "_assets"
    assert str(PROJECT) not in path


def test_it_tells_type_checkers_that_it_has_types(installed):
    assert (installed.site / "lab" / "py.typed").is_file()


def test_its_recipes_are_listed_printed_and_checked(installed):
    listed = json.loads(installed.lab("recipes", "--json"))
    here = json.loads(_run(sys.executable, "-m", "lab.cli", "recipes", "--json", cwd=PROJECT))
    assert [recipe["name"] for recipe in listed] == [recipe["name"] for recipe in here] and len(listed) > 60
    assert all(Path(recipe["path"]).is_relative_to(installed.site) for recipe in listed)
    assert "LoRA" in installed.lab("recipes", "recipes/peft/all.yaml")
    assert json.loads(installed.lab("leaderboard", "--json"))["scores"]
    for path in ("recipes/first_steps.yaml", listed[-1]["path"], "recipes/peft/dora.yaml"):
        assert json.loads(installed.lab("check", path, "--json"))


def test_it_trains(installed):
    changes = ("budget.steps=4", "evaluate.rows=8", "evaluate.answers=4")
    words = [word for change in changes for word in ("--set", change)]
    runs = json.loads(installed.lab("train", "recipes/first_steps.yaml", *words, "--executor", "inline", "--json"))
    assert [run["status"] for run in runs] == ["done"] * 4
    assert (installed.folder / "home" / "lab.db").exists()


def test_it_serves_the_page_with_its_scripts_styles_and_words(installed):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = installed.start("serve", "--port", str(port))
    try:
        page = _page(f"{address}/", process, installed.folder / "log.txt")
        linked = {
            link for link in re.findall(r'(?:src|href)="([^"]+)"', page) if not link.startswith(("http", "data:"))
        }
        linked |= set(re.findall(r"scripts/[0-9a-f]+/[\w/.-]+\.js", page))
        served = page + "".join(_get(f"{address}/{link.lstrip('./')}") for link in sorted(linked))
    finally:
        process.terminate()
        process.wait(timeout=60)
    for sign in ("--lab-ground", "uPlot", "鹦鹉"):
        assert sign in served, sign


def _get(address: str) -> str:
    """What is answered with 200."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert answer.status == 200, address
        return answer.read().decode(errors="replace")


def _page(address: str, process: subprocess.Popen, log: Path, seconds: float = 120) -> str:
    """The page, as soon as it answers with 200."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            return _get(address)
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())
