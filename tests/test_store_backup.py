"""A lab in one file: consistent while others write, whole after a kill, refused where it would harm."""

import io
import os
import signal
import subprocess
import sys
import tarfile
import time
from dataclasses import replace

import pytest

from lab.errors import LabError
from lab.home import PROJECT, Home
from lab.store import Status, Store
from lab.store.backup import restore_backup, write_backup
from lab.store.pairs import new_answer, new_pair
from lab.store.snapshot import check_snapshot
from lab.visitors.keys import secret_of
from tests.test_store import make_run

WRITER = """
import sys
from pathlib import Path
from lab.home import Home
from lab.store import Feedback, Store
with Store(Home(Path(sys.argv[1]))) as store:
    pairs = store.pairs.waiting("browser-writer", "base:nano|run00aa", 500)
    for number, pair in enumerate(pairs):
        store.ratings.rate(Feedback("vote", pair.id, "browser-writer", "left", pair.first.id, pair.second.id))
        print(number, flush=True)
"""


@pytest.fixture
def full(store):
    """Three runs, one of them running, with files; five hundred pairs that wait for votes."""
    named = ("done", "goes", "waits")
    store.runs.queue([replace(make_run(name), id=f"{name}aa00", recipe=f"# {name}\n") for name in named])
    for name in named[:2]:
        store.runs.claim("here", [f"{name}aa00"])
        folder = store.home.run(f"{name}aa00").root
        (folder / "stage-0-checkpoints" / "checkpoint-2").mkdir(parents=True)
        (folder / "stage-0-checkpoints" / "checkpoint-2" / "model").write_bytes(b"c" * 5000)
        (folder / "stage-0").mkdir()
        (folder / "stage-0" / "adapter.safetensors").write_bytes(name.encode() * 1000)
        (folder / "log.txt").write_text("step 1\n")
    store.runs.end("doneaa00", Status.DONE)
    store.curves.write("doneaa00", 1, {"loss": 2.0})
    (store.home.uploads / "dishes.jsonl").write_text("{}\n")
    asked = [{"role": "user", "content": "?"}]
    store.pairs.keep([
        new_pair("prompts", new_answer("base:nano", asked, f"A {number}", {}, ""),
                 new_answer("run00aa", asked, f"B {number}", {}, ""))
        for number in range(500)
    ])  # fmt: skip
    return store


def test_a_backup_made_while_votes_come_in_is_restored_after_a_kill(full, tmp_path):
    command = [sys.executable, "-c", WRITER, str(full.home.root)]
    writer = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    for _ in range(20):
        writer.stdout.readline()
    acknowledged = full.ratings.count("vote")
    file = tmp_path / "lab.tar.gz"
    made = write_backup(full, file)
    meanwhile = full.ratings.count("vote")
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    assert 20 <= acknowledged <= made.votes <= meanwhile and made.runs == 3
    home = Home(tmp_path / "elsewhere")
    found = restore_backup(file, home)
    check_snapshot(home.root / "lab.db")
    with Store(home) as restored:
        votes = [(one.subject, one.id) for one in full.ratings.history()][: made.votes]
        assert [(one.subject, one.id) for one in restored.ratings.history()] == votes
        assert [(run.name, run.status) for run in restored.runs.all()] == [
            ("done", Status.DONE), ("goes", Status.INTERRUPTED), ("waits", Status.QUEUED),
        ]  # fmt: skip
        assert "when the backup was made" in restored.runs.get("goesaa00").error and found.interrupted == 1
        assert restored.curves.curve("doneaa00", "loss") == [(1, 2.0)]
        restored.curves.write("doneaa00", 2, {"loss": 1.0})  # counting goes on
        assert len(restored.pairs.votes()) == made.votes
        assert restored.pairs.counts() == full.pairs.counts()
    weights = home.run("doneaa00").root / "stage-0" / "adapter.safetensors"
    assert weights.read_bytes() == b"done" * 1000 and (home.uploads / "dishes.jsonl").exists()
    assert not (home.run("goesaa00").root / "stage-0-checkpoints").exists()
    assert not list(home.root.glob("*.part")) and not list(tmp_path.glob("*.part"))


def test_checkpoints_come_along_where_they_are_asked_for(full, tmp_path):
    write_backup(full, tmp_path / "lab.tar", checkpoints=True)
    restore_backup(tmp_path / "lab.tar", home := Home(tmp_path / "elsewhere"))
    checkpoint = home.run("goesaa00").root / "stage-0-checkpoints" / "checkpoint-2" / "model"
    assert checkpoint.read_bytes() == b"c" * 5000


def test_nothing_is_restored_over_a_lab(full, tmp_path):
    write_backup(full, tmp_path / "lab.tar")
    before = (full.home.root / "lab.db").stat().st_size
    with pytest.raises(LabError, match="there is a lab already"):
        restore_backup(tmp_path / "lab.tar", full.home)
    assert (full.home.root / "lab.db").stat().st_size == before


def test_what_is_no_whole_backup_is_refused_in_words(full, tmp_path):
    write_backup(full, tmp_path / "lab.tar")
    whole = (tmp_path / "lab.tar").read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.tar").write_text("no archive")
    with tarfile.open(tmp_path / "other.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("a"), io.BytesIO())
    for number, name in enumerate(("cut.tar", "text.tar", "other.tar")):
        home = Home(tmp_path / f"home{number}")
        with pytest.raises(LabError, match="backup"):
            restore_backup(tmp_path / name, home)
        assert not (home.root / "lab.db").exists()
    restore_backup(tmp_path / "lab.tar", Home(tmp_path / "home0"))  # what was begun can be done again


def test_no_path_leads_out_of_the_home(full, tmp_path):
    write_backup(full, tmp_path / "lab.tar")
    with tarfile.open(tmp_path / "lab.tar", "a") as archive:
        info = tarfile.TarInfo("runs/../../outside")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    with pytest.raises(LabError):
        restore_backup(tmp_path / "lab.tar", Home(tmp_path / "deep" / "home"))
    assert not (tmp_path / "deep" / "outside").exists()


def test_a_log_that_grows_meanwhile_is_kept_as_long_as_it_was(full, tmp_path, monkeypatch):
    from lab.store import backup

    log = full.home.run("doneaa00").log
    add = backup._Padded.read

    def growing(self, count=-1):
        with log.open("a") as out:
            out.write("more\n")
        return add(self, count)

    monkeypatch.setattr(backup._Padded, "read", growing)
    write_backup(full, tmp_path / "lab.tar")
    restore_backup(tmp_path / "lab.tar", home := Home(tmp_path / "elsewhere"))
    assert home.run("doneaa00").log.read_text().startswith("step 1\n")


def test_a_backup_says_when_it_was_made(full, tmp_path):
    made = write_backup(full, tmp_path / "lab.tar")
    assert abs(made.made - time.time()) < 60 and made.files == 5


def test_visitors_of_a_restored_lab_are_who_they_were_and_their_files_are_there(full, tmp_path):
    kept = secret_of(full.home)
    (full.home.uploads_of("browser-aaaa") / "mine.csv").write_text("a,b")
    write_backup(full, tmp_path / "lab.tar")
    again = Home(tmp_path / "again")
    restore_backup(tmp_path / "lab.tar", again)
    assert secret_of(again) == kept and again.secret.stat().st_mode & 0o077 == 0
    assert (again.uploads_of("browser-aaaa") / "mine.csv").read_text() == "a,b"
