"""Whether the Hugging Face Hub can be asked at all: its client tries for half a minute before it says that it can't."""

import os
import socket
from urllib.parse import urlsplit
from urllib.request import getproxies

ANSWER_SECONDS = 4.0
"""How long the Hub may take to answer before it counts as out of reach."""


def reach_hub() -> str:
    """The Hub's host, which answers; raises ConnectionError at once where it does not, or is not to be asked."""
    from huggingface_hub import constants

    if os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "true", "yes", "on"):
        raise ConnectionError("HF_HUB_OFFLINE is set")
    where = urlsplit(constants.ENDPOINT)
    host = where.hostname or "huggingface.co"
    if where.scheme not in getproxies():  # behind a proxy only the client itself can tell
        try:
            socket.create_connection((host, where.port or 443), timeout=ANSWER_SECONDS).close()
        except OSError as problem:
            raise ConnectionError(f"{host} can't be reached ({problem})") from problem
    return host
