"""Whatever the disk or the database refuses is a sentence with what to do and exit code 2; the lab goes on after."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time

import pytest

from lab import cli
from lab.errors import DISK_FULL, DiskFullError, LabError, StoreError, in_words, message_of
from lab.executors.endings import death
from lab.executors.processes.supervisor import Supervisor
from lab.home import PROJECT, Home
from lab.store import Store, database
from lab.store.reserve import Reserve

BROKEN = {
    "home is a file": ("a file where the lab's folder is to be", lambda home: home.write_text("x")),
    "home is in a file": ("a file where", lambda home: home.parent.write_text("x")),
    "junk": ("not a database", lambda home: made(home).joinpath("lab.db").write_bytes(os.urandom(8192))),
    "damaged": ("damaged", lambda home: damage(made(home) / "lab.db")),
    "another program's": ("another program", lambda home: foreign(made(home) / "lab.db", "CREATE TABLE songs (a)")),
    "changed": ("lacks what every database", lambda home: change(made(home))),
    "a folder": ("can't be opened", lambda home: made(home).joinpath("lab.db").mkdir()),
}  # fmt: skip


def made(home):
    home.mkdir()
    return home


def foreign(file, statement):
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()


def change(home):
    Store(Home(home)).close()
    foreign(home / "lab.db", "DROP TABLE runs")


def damage(file):
    """A real database, with junk over all but its first page."""
    Store(Home(file.parent)).close()
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


def ask(monkeypatch, capsys, *words):
    """What `lab` says and how it ends."""
    monkeypatch.setattr(sys, "argv", ["lab", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    told = capsys.readouterr()
    return left.value.code, told.out, told.err


@pytest.mark.parametrize("what", BROKEN)
def test_a_home_that_is_broken_is_a_sentence(what, tmp_path, monkeypatch, capsys):
    said, spoil = BROKEN[what]
    home = tmp_path / "home" / "inner" if "is in" in what else tmp_path / "home"
    spoil(home)
    monkeypatch.setenv("LAB_HOME", str(home))
    code, out, err = ask(monkeypatch, capsys, "runs", "--json")
    assert code == 2 and said in json.loads(out)["error"]
    assert err.startswith("error: ") and "LAB_HOME" in err and "Traceback" not in err


def test_a_database_that_is_not_there_is_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LAB_HOME", str(tmp_path))
    monkeypatch.setenv("LAB_DATABASE_URL", "postgresql+psycopg://somebody:secret@127.0.0.1:1/lab")
    code, _, err = ask(monkeypatch, capsys, "runs")
    assert code == 2 and "can't be reached" in err and "LAB_DATABASE_URL" in err and "secret" not in err


def test_a_database_that_another_process_holds_is_a_sentence(home, monkeypatch):
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
    with Store(home) as store:
        other = sqlite3.connect(home.root / "lab.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked: another process"):
            store.baselines.put("key", 1)
        other.execute("ROLLBACK")
        store.baselines.put("key", 2)
        assert store.baselines.get("key") == 2
        other.close()


FULL = """
import os, sys
from dataclasses import replace
from pathlib import Path
from lab.errors import DiskFullError
from lab.home import Home
from lab.store import Run, Status, Store
from lab.store.reserve import Reserve
from tests.test_store import make_run

home = Home(Path(sys.argv[1]) / "home")
with Store(home) as store:
    run = make_run().id
    store.runs.queue([replace(make_run(), id=run)])
    assert store.runs.claim("here").id == run
    reserve = Reserve(home.reserve, pieces=8)
    reserve.fill()
    assert len(list(home.reserve.iterdir())) == 8
    filler = (home.root / "filler").open("wb")
    try:
        while True:
            filler.write(b"x" * 4096); filler.flush()
    except OSError:
        pass
    try:
        for number in range(10_000):
            store.baselines.put(f"key {number}", "x" * 5000)
        sys.exit("it was never full")
    except DiskFullError as problem:
        print(problem)
    assert store.runs.end(run, Status.FAILED, "no space is left on the disk.")
    assert store.runs.get(run).status == Status.FAILED
    left = len(list(home.reserve.iterdir()))
    assert left < 8
    (home.root / "filler").unlink(); filler.close()
    store.baselines.put("after", 1)
    assert store.baselines.get("after") == 1
    reserve.fill()
    assert len(list(home.reserve.iterdir())) == 8 > left
print("went on")
"""


def small_disk(folder, code):
    """Run Python with a disk of 20 MB at `folder`, in a namespace of its own; skipped where that is not allowed."""
    way = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
    if (
        not shutil.which("unshare")
        or subprocess.run([*way, "mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True).returncode
    ):
        pytest.skip("no disk of one's own may be mounted here")
    script = 'mount -t tmpfs -o size=20m tmpfs "$1" && exec "$2" -c "$3" "$1"'
    command = [*way, "sh", "-c", script, "sh", folder, sys.executable, code]
    return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, timeout=120)


def test_on_a_full_disk_a_run_is_still_closed_and_when_there_is_space_the_lab_goes_on(tmp_path):
    done = small_disk(str(tmp_path), FULL)
    assert done.returncode == 0, done.stderr
    assert DISK_FULL in done.stdout and "goes on by itself" in done.stdout and "went on" in done.stdout


def test_a_disk_that_is_read_only_is_a_sentence(tmp_path):
    code = """
import subprocess, sys, os
from pathlib import Path
from lab.home import Home
from lab.store import Store
root = sys.argv[1]
Store(Home(Path(root) / "home")).close()
subprocess.run(["mount", "-o", "remount,ro", root], check=True)
os.environ["LAB_HOME"] = root + "/home"
sys.argv = ["lab", "train", "recipes/first_steps.yaml"]
from lab.cli import main
main()
"""
    done = small_disk(str(tmp_path), code)
    assert done.returncode == 2, done.stderr
    assert "read-only" in done.stderr and "LAB_HOME" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(("problem", "said"), [
    (OSError(errno.ENOSPC, "No space left on device", "x"), DISK_FULL),
    (RuntimeError("Error while serializing: I/O error: No space left on device (os error 28)"), DISK_FULL),
    (RuntimeError("PytorchStreamWriter failed writing file data/0: file write failed"), DISK_FULL),
    (MemoryError(), "out of memory"),
    (RuntimeError("[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory"), "out of memory"),
    (RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"), "out of memory"),
    (OSError(errno.ENOMEM, "Cannot allocate memory"), "out of memory"),
    (PermissionError(errno.EACCES, "Permission denied", "/x/y"), "/x/y: you have no right"),
    (OSError(errno.EROFS, "Read-only file system", "/x"), "read-only"),
])  # fmt: skip
def test_what_ends_a_run_is_said_in_words(problem, said):
    told = message_of(problem)
    assert said in told and "Error" not in told and told.endswith(".")


def test_a_worker_that_the_system_killed_says_what_to_do():
    assert "perhaps because memory ran out" in death(0, 9) and "batch_size" in death(0, 9)


def test_a_full_disk_has_an_error_of_its_own():
    assert isinstance(in_words(OSError(errno.ENOSPC, "x")), DiskFullError) and issubclass(DiskFullError, LabError)


def test_the_reserve_is_only_taken_where_there_is_plenty(tmp_path, monkeypatch):
    reserve = Reserve(tmp_path / "reserve", 2, 500)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10_000, 5_000, 5_000))
    reserve.fill()
    assert not (tmp_path / "reserve").exists() and not reserve.free()
    monkeypatch.undo()
    reserve.fill()
    assert [file.stat().st_size for file in (tmp_path / "reserve").iterdir()] == [500, 500]
    assert [reserve.free() for _ in range(3)] == [True, True, False]


def test_a_supervisor_whose_database_is_away_tries_again(home, caplog):
    """It lives on, says what is wrong once, and supervises when the database is there."""
    (home.root / "lab.db").mkdir()
    watching = Supervisor(home)
    watching.server.start = lambda: None
    watching.start()
    until = time.monotonic() + 30
    while not caplog.records and time.monotonic() < until:
        time.sleep(0.05)
    (home.root / "lab.db").rmdir()
    while not watching.supervising and time.monotonic() < until:
        time.sleep(0.05)
    assert watching.supervising
    watching.stop()
    assert [record.message.count("can't be opened") for record in caplog.records] == [1]
