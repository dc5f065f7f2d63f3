"""A repository of the Hub: made if need be, checked to be ours to write, and filled from a folder.

An upload that was cut off goes on by the same call: what has arrived is not sent again.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lab.data.hub import check_name
from lab.errors import LabError
from lab.models.hub import LOG_IN, hub_refusal, reach_hub

Kind = Literal["model", "dataset", "space"]
TAG = "parrot-lab"
"""In the front matter of every card that the lab writes."""
WRITTEN_BY_ALL = (".gitattributes", "README.md")
"""What the Hub itself puts into a new repository."""


@dataclass(frozen=True)
class Pushed:
    """What lies on the Hub now, and where."""

    repo: str
    kind: Kind
    url: str
    private: bool
    files: int
    bytes: int


def push_folder(
    folder: Path, repo: str, kind: Kind, message: str, *, private: bool = True, over: bool = False,
    mirror: bool = False, **made_with: Any,
) -> Pushed:  # fmt: skip
    """Put a folder's files into the repository `repo` ('owner/name'), which is made if it is not there.

    With `mirror` the files that are there and not in the folder are removed. Raises LabError where nobody is logged in,
    for a name that is taken by what the lab did not write (unless `over` says to replace it), and where the Hub
    says no.
    """
    check_name(repo)
    with writing(repo) as client:
        there = look(client, repo, kind)
        if there is not None and not over and not _is_ours(client, repo, kind, there):
            raise LabError(f"there is a {kind} of that name already, which did not come from the lab", where=repo,
                           do="take another name, or replace its files with --replace.")  # fmt: skip
        if there is None:
            client.create_repo(repo, repo_type=kind, private=private, **made_with)
        client.upload_folder(
            repo_id=repo, folder_path=folder, repo_type=kind, commit_message=message,
            delete_patterns=["*"] if mirror else None,
        )  # fmt: skip
    files = [one for one in folder.rglob("*") if one.is_file()]
    hidden = private if there is None else bool(there.private)
    return Pushed(repo, kind, address(client, repo, kind), hidden, len(files), sum(one.stat().st_size for one in files))


@contextlib.contextmanager
def writing(repo: str) -> Iterator[Any]:
    """The Hub's client, logged in; what it raises is a LabError then."""
    import datasets
    import huggingface_hub.utils
    from huggingface_hub import HfApi, get_token

    huggingface_hub.utils.disable_progress_bars()
    datasets.disable_progress_bars()
    datasets.logging.set_verbosity_error()
    if not get_token():
        raise LabError("nobody is logged in to the Hub here", where=repo, do=LOG_IN)
    try:
        reach_hub()
        yield HfApi()
    except LabError:
        raise
    except KeyboardInterrupt:
        raise LabError("it was cut off", where=repo,
                       do="the same command goes on: what has arrived is not sent again.") from None  # fmt: skip
    except Exception as problem:  # network, rights, names: its client raises a dozen kinds, and Xet its own
        raise hub_refusal(problem, repo) from None


def look(client: Any, repo: str, kind: Kind) -> Any:
    """What the Hub tells of a repository; None where there is none."""
    from huggingface_hub.errors import RepositoryNotFoundError

    try:
        return client.repo_info(repo, repo_type=kind)
    except RepositoryNotFoundError as problem:
        if getattr(problem.response, "status_code", 404) == 401:  # so the Hub answers a token that it does not know
            raise
        return None


def address(client: Any, repo: str, kind: Kind) -> str:
    """Where a browser finds it."""
    folder = {"model": "", "dataset": "datasets/", "space": "spaces/"}[kind]
    return f"{client.endpoint}/{folder}{repo}"


def _is_ours(client: Any, repo: str, kind: Kind, there: Any) -> bool:
    """Whether a repository holds nothing yet, or a card that the lab wrote."""
    names = {one.rfilename for one in there.siblings or ()}
    if not names - set(WRITTEN_BY_ALL):
        return True
    if "README.md" not in names:
        return False
    card = Path(client.hf_hub_download(repo, "README.md", repo_type=kind))
    front = card.read_text(encoding="utf-8", errors="replace").split("\n---", 1)[0]
    return TAG in front
