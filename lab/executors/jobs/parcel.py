"""A run's files between a lab and its jobs elsewhere: a private data set of the Hub with a folder for each.

Each sending is one commit, so that what a job fetches is never half of a checkpoint.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lab.data.hub import check_name
from lab.errors import LabError, RunError
from lab.executors.folders import folders_read
from lab.home import Home
from lab.models import root_base
from lab.models.find import local_base
from lab.models.hub import LOG_IN, hub_refusal, reach_hub
from lab.recipe import parse_recipe, resolve
from lab.store import Run

NOT_SENT = ("heartbeat", "job.json", "log.txt")


@contextlib.contextmanager
def hub(where: str) -> Iterator[Any]:
    """The Hub's client, logged in; what it raises is a LabError then."""
    import huggingface_hub.utils
    from huggingface_hub import HfApi, get_token

    huggingface_hub.utils.disable_progress_bars()
    if not get_token():
        raise LabError("nobody is logged in to the Hub here", where=where, do=LOG_IN)
    try:
        reach_hub()
        yield HfApi()
    except LabError:
        raise
    except Exception as problem:  # network, rights, names: its client raises a dozen kinds
        raise hub_refusal(problem, where) from None


class Parcels:
    """The data set `repo` ('owner/name')."""

    def __init__(self, repo: str):
        check_name(repo)
        self.repo = repo

    def check(self) -> None:
        """Make the data set where there is none; raises LabError where everybody could read it."""
        with hub(self.repo) as client:
            client.create_repo(self.repo, repo_type="dataset", private=True, exist_ok=True)
            if not client.repo_info(self.repo, repo_type="dataset").private:
                raise LabError("everybody can read that data set, and what runs learn from is to be there",
                               where=f"LAB_JOBS_REPO={self.repo}", do="make it private, or take another.")  # fmt: skip

    def send(self, home: Home, name: str) -> None:
        """Have the folder `name` of a home there as it is here, in one commit."""
        folder = home.root / name
        if not any(folder.rglob("*")):
            return
        with hub(self.repo) as client:
            client.upload_folder(
                repo_id=self.repo, folder_path=folder, path_in_repo=name, repo_type="dataset", commit_message=name,
                ignore_patterns=[*NOT_SENT, "**/heartbeat"], delete_patterns=["*"],
            )  # fmt: skip

    def bring(self, home: Home, name: str) -> None:
        """Have the folder as it is there; what is not there goes. Nothing changes where it was never sent."""
        from huggingface_hub.errors import EntryNotFoundError

        with hub(self.repo) as client:
            try:
                listed = client.list_repo_tree(self.repo, name, recursive=True, repo_type="dataset")
                paths = [one.path for one in listed if hasattr(one, "size")]
            except EntryNotFoundError:
                return
            for path in paths:
                target = home.root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(f".{target.name}.part")
                shutil.copyfile(client.hf_hub_download(self.repo, path, repo_type="dataset"), part)
                part.replace(target)
        _remove_all_but(home.root / name, {home.root / path for path in paths})


def _remove_all_but(folder: Path, kept: set[Path]) -> None:
    for file in folder.rglob("*"):
        if file.is_file() and file not in kept and file.name not in NOT_SENT:
            file.unlink()
    for empty in sorted((one for one in folder.rglob("*") if one.is_dir()), reverse=True):
        with contextlib.suppress(OSError):  # it is not empty
            empty.rmdir()


def folders_for(run: Run, home: Home) -> list[str]:
    """What a run reads besides its own folder, by paths in the home. Raises RunError for what is named by a path."""
    base = root_base(run.base, home)
    named = [base, *(one.name for stage in resolve(parse_recipe(run.recipe))[0].stages for one in stage.data)]
    if paths := [name for name in named if name.startswith(("/", "~", "."))]:
        raise RunError(f"{paths[0]} lies on this machine, and the run on another one", where=f"run {run.id}",
                       do="upload the data, or take what is built in or on the Hub.")  # fmt: skip
    return folders_read(run, home, local_base(base, home))
