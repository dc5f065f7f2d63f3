"""Whether runs may report to a tracker, and whether it is there: asked before anything is queued.

A tracker gets what is logged, the settings and the model's config. Keys and addresses come from the environment of
whoever started the lab, so only that person's own runs may report.
"""

import netrc
import os
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from urllib.parse import urlsplit

from lab.errors import RecipeError
from lab.home import is_shared
from lab.visitors import current

PACKAGES: Mapping[str, tuple[str, ...]] = {
    "trackio": ("trackio",), "tensorboard": ("tensorboard", "tensorboardX"), "wandb": ("wandb",), "mlflow": ("mlflow",),
}  # fmt: skip
"""By tracker the packages of which it needs one."""
WHERE = "report_to"
YES = ("1", "true", "yes", "on")


def check_trackers(names: Sequence[str]) -> None:
    """Raise RecipeError for a tracker that whoever asks may not report to, that is not installed, or that can't be
    reached as things are."""
    if names and not current().owns_lab:
        raise RecipeError("only the lab's owner can have runs report to a tracker", where=WHERE,
                          do="leave it out: the lab keeps all curves itself.")  # fmt: skip
    for name in names:
        if not any(find_spec(package) for package in PACKAGES[name]):
            raise RecipeError(f"the package `{PACKAGES[name][0]}` is not installed", where=WHERE,
                              do=f"install it: `pip install {PACKAGES[name][0]}`, or leave '{name}' out.")  # fmt: skip
        if reason := _closed(name):
            raise RecipeError(f"nothing can be reported to {name}: {reason[0]}", where=WHERE, do=reason[1])


def _closed(name: str) -> tuple[str, str] | None:
    """Why a tracker can't be told anything, and what to do; None where it can."""
    away = _is_away(name)
    if away and os.environ.get("HF_HUB_OFFLINE", "").lower() in YES:
        return f"HF_HUB_OFFLINE is set, and it is told over the network ({away})", "take that back, or report to files."
    if away and is_shared():  # see `lab.visitors.tokens.environment_of_children`
        return (f"others use this lab, and what trains gets no keys of its owner ({away})",
                "report to files, or train in a lab of your own.")  # fmt: skip
    if name == "wandb" and away and not _knows_wandb():
        return "nobody is logged in", "run `wandb login`, or set WANDB_MODE=offline to keep it in files."
    return None


def _is_away(name: str) -> str:
    """What says that a tracker is told over the network; nothing where it writes files of this machine."""
    if name == "wandb":
        return "" if os.environ.get("WANDB_MODE", "online") in ("offline", "dryrun", "disabled") else "WANDB_MODE"
    if name == "trackio":
        return next((one for one in ("TRACKIO_SPACE_ID", "TRACKIO_SERVER_URL") if os.environ.get(one)), "")
    if name == "mlflow":
        local = urlsplit(os.environ.get("MLFLOW_TRACKING_URI", "")).scheme in ("", "file", "sqlite")
        return "" if local else "MLFLOW_TRACKING_URI"
    return ""


def _knows_wandb() -> bool:
    """Whether wandb finds a key: in the environment, or in the file where it writes it at `wandb login`."""
    if os.environ.get("WANDB_API_KEY"):
        return True
    host = urlsplit(os.environ.get("WANDB_BASE_URL", "https://api.wandb.ai")).hostname or ""
    try:
        return netrc.netrc(os.environ.get("NETRC")).authenticators(host) is not None
    except (OSError, netrc.NetrcParseError):
        return False
