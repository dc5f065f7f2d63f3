"""Whether the Hugging Face Hub can be asked at all (its client tries for half a minute before it says that it can't),
and what it means when it refuses to be written to."""

import errno
import os
import socket
from urllib.parse import urlsplit
from urllib.request import getproxies

from lab.errors import LabError

ANSWER_SECONDS = 4.0
"""How long the Hub may take to answer before it counts as out of reach."""
LOG_IN = "log in with `hf auth login`, or set HF_TOKEN."


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


def hub_refusal(problem: Exception, repo: str, kind: type[LabError] = LabError) -> LabError:
    """Our words for what the Hub's client says when `repo` is to be written; no token is ever part of them."""
    from huggingface_hub.errors import LocalTokenNotFoundError

    said = " ".join(str(problem).split())
    status = getattr(getattr(problem, "response", None), "status_code", None)
    if isinstance(problem, ConnectionError) or type(problem).__name__ in UNREACHED:
        return kind(
            f"the Hub can't be reached: {said[:300]}", where=repo, do="go online and try again; what is there stays."
        )
    if getattr(problem, "errno", None) == errno.ENOSPC:
        return kind("there is no room on this disk to prepare it", where=repo, do="make room, and try again.")
    if status == 401 or isinstance(problem, LocalTokenNotFoundError):
        return kind("the Hub does not know who you are", where=repo, do=LOG_IN)
    if status == 402:
        return kind(
            "the Hub wants to be paid for that", where=repo, do="see what your account includes, on its page there."
        )
    if status == 403:
        return kind("your token may not write there", where=repo, do="take one with the right to write.")
    if status == 404:
        return kind("there is no such place on the Hub, or it is hidden from you", where=repo, do="check the name.")
    if status in (409, 412):
        return kind("somebody else changed it meanwhile", where=repo, do="look at what is there, and try again.")
    if status == 413:
        return kind("it is larger than the Hub takes", where=repo, do="push less of it.")
    if status == 429:
        return kind("the Hub has had enough requests of yours for now", where=repo, do="try again in some minutes.")
    if status is not None and status >= 500:
        return kind(
            f"the Hub is not well ({status})",
            where=repo,
            do="try again later: what is there already is not sent again.",
        )
    return kind(f"the Hub refused it ({type(problem).__name__}: {said[:300]})", where=repo,
                do="look at its name and at your rights there.")  # fmt: skip


UNREACHED = ("ConnectError", "ConnectTimeout", "ReadTimeout", "WriteTimeout", "RemoteProtocolError", "ReadError",
             "WriteError", "OfflineModeIsEnabled", "LocalEntryNotFoundError")  # fmt: skip
"""How the client's kinds of problems are called that are of the network."""
