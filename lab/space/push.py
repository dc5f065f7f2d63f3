"""Puts a staged folder on the Hub as a Space, or brings one up to date."""

from pathlib import Path

from lab.data.hub import check_name
from lab.errors import LabError
from lab.hub.repos import Pushed, push_folder, writing
from lab.space.stage import is_staged


def push_space(
    folder: Path, repo: str, *, private: bool = False, keep: str | None = None, over: bool = False
) -> Pushed:
    """Make `repo` ('owner/name') the Space that lies staged in `folder`: files that the folder has no more go.

    `keep` names a data set of the Hub where votes and runs are kept over restarts: it becomes the Space's variable
    LAB_KEEP. The token that may write it is a secret, which its owner sets on the Space's page. Raises LabError.
    """
    if not is_staged(folder):
        raise LabError(
            "that is no folder that was staged", where=folder, do=f"make it with `lab space stage {folder}`."
        )
    if keep is not None:
        check_name(keep)
    sent = push_folder(
        folder, repo, "space", "Parrot Lab, by `lab space push`", private=private, over=over, mirror=True,
        space_sdk=_sdk(folder),
    )  # fmt: skip
    if keep is not None:
        with writing(repo) as client:
            client.add_space_variable(repo, "LAB_KEEP", keep)
    return sent


def _sdk(folder: Path) -> str:
    """What the Space is: `static` for a recording (`lab.replay`), else `gradio`."""
    front = (folder / "README.md").read_text(encoding="utf-8").partition("\n---")[0]
    return "static" if "\nsdk: static" in front else "gradio"
