"""The owner's token for the Hub: used for nobody else, and taken from processes that work for others."""

import os
from collections.abc import MutableMapping

from lab.home import is_shared
from lab.visitors.visitor import current

NAMES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HUGGINGFACE_HUB_TOKEN", "LAB_OWNER_KEY", "LAB_PASSWORD",
         "OAUTH_CLIENT_SECRET", "WANDB_API_KEY", "MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_PASSWORD",
         "TRACKIO_SPACE_ID")  # fmt: skip
"""What is set in the environment for the web process alone, and opens something."""


def hub_token() -> bool | None:
    """What the Hub's client is to be given as its token: the owner's own (as it finds it), or none."""
    return None if current().owns_lab else False


def forget_token(environment: MutableMapping[str, str]) -> None:
    """Take the owner's token and keys out of an environment: neither it nor the file with it is found then."""
    for name in NAMES:
        environment.pop(name, None)
    environment["HF_TOKEN_PATH"] = os.devnull
    environment["HF_HUB_DISABLE_IMPLICIT_TOKEN"] = "1"


def environment_of_children() -> dict[str, str]:
    """What processes that train, answer and read files have of our environment: where others use the lab, none of its
    owner's keys."""
    environment = dict(os.environ)
    if is_shared():
        forget_token(environment)
    return environment
