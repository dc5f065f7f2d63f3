"""Where a lab is kept while its own disk forgets: a folder that lasts (a mounted bucket), or a private data set."""

import os
import shutil
from pathlib import Path
from typing import Any, Protocol

from lab.data.hub import HUB_ID, check_name
from lab.errors import LabError, in_words
from lab.home import is_bucket
from lab.hub.repos import look, writing
from lab.space.kept import Changes
from lab.store.backup import DATABASE, MANIFEST, PART

BUCKET = Path("/data")
FOLDER = "parrot-lab"
"""In a bucket."""


class Place(Protocol):
    """Keeps files by their names."""

    name: str

    def open(self) -> bytes | None:
        """What the lab that is kept there tells of itself (MANIFEST); None where none is. Raises LabError."""

    def fetch(self, folder: Path) -> None:
        """Put all that is kept into a new folder. Raises LabError."""

    def put(self, changes: Changes) -> None:
        """Write what has changed, the database last, or all at once. Raises LabError."""


class FolderPlace:
    """A folder, which may be slow and know no locks: files are only ever written whole."""

    def __init__(self, folder: Path):
        self._folder, self.name = folder, str(folder)

    def open(self) -> bytes | None:
        try:
            return (self._folder / MANIFEST).read_bytes() if (self._folder / DATABASE).is_file() else None
        except OSError as problem:
            raise in_words(problem) from None

    def fetch(self, folder: Path) -> None:
        try:
            shutil.copytree(self._folder, folder, ignore=shutil.ignore_patterns(f"*{PART}"))
        except (OSError, shutil.Error) as problem:
            raise LabError(
                f"what is kept there can't be read ({problem})", where=self.name, do="see that it is there."
            ) from None

    def put(self, changes: Changes) -> None:
        try:
            for name in sorted(changes.files, key=lambda name: name == DATABASE):
                target = self._folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(target.name + PART)
                shutil.copyfile(changes.files[name], part)
                part.replace(target)
            for name in changes.gone:
                (self._folder / name).unlink(missing_ok=True)
        except OSError as problem:
            raise in_words(problem) from None


class HubPlace:
    """A private data set; each change is one commit on top of the last one that this lab saw."""

    def __init__(self, repo: str):
        check_name(repo)
        self.name, self._head = repo, ""

    def open(self) -> bytes | None:
        """Makes the data set where there is none."""
        with writing(self.name) as client:
            there = look(client, self.name, "dataset")
            if there is None:
                client.create_repo(self.name, repo_type="dataset", private=True)
                there = client.repo_info(self.name, repo_type="dataset")
            if not there.private:
                raise LabError("everybody can read that data set, and votes and runs of others are to be kept there",
                               where=f"LAB_KEEP={self.name}", do="make it private, or name another one.")  # fmt: skip
            self._head = there.sha or ""
            if DATABASE not in {one.rfilename for one in there.siblings or ()}:
                return None
            return Path(client.hf_hub_download(self.name, MANIFEST, repo_type="dataset")).read_bytes()

    def fetch(self, folder: Path) -> None:
        with writing(self.name) as client:
            client.snapshot_download(self.name, repo_type="dataset", revision=self._head or None, local_dir=folder)

    def put(self, changes: Changes) -> None:
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        work: list[Any] = [CommitOperationAdd(name, path) for name, path in changes.files.items()]
        work += [CommitOperationDelete(name, is_folder=False) for name in changes.gone]
        with writing(self.name) as client:
            made = client.create_commit(
                self.name, work, repo_type="dataset", commit_message=f"{len(work)} files of the lab",
                parent_commit=self._head or None,
            )  # fmt: skip
        self._head = made.oid


def place_of_environment() -> Place | None:
    """Where LAB_KEEP says, or on a Space the bucket at /data; None where nothing is said. Raises LabError."""
    told = os.environ.get("LAB_KEEP", "").strip()
    if told.startswith(("/", "~")):
        folder = Path(told).expanduser()
        if not folder.is_dir():
            raise LabError("there is no such folder", where=f"LAB_KEEP={told}", do="mount it, or name another one.")
        return FolderPlace(folder / FOLDER)
    if told:
        if not HUB_ID.fullmatch(told):
            raise LabError("that names neither a folder nor a data set", where=f"LAB_KEEP={told}",
                           do="write owner/name, or a path from /.")  # fmt: skip
        return HubPlace(told)
    if os.environ.get("SPACE_ID") and is_bucket(BUCKET) and os.access(BUCKET, os.W_OK):
        return FolderPlace(BUCKET / FOLDER)
    return None
