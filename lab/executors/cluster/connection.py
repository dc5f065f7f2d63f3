"""The way to an existing Ray cluster: its address, joining it as a driver, whether the lab can work with its nodes.

Ray must run on the lab's own machine too, as the cluster's head or as a node that joined it, if only with no CPUs.
"""

import logging
import os
import socket
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from sqlalchemy.engine import make_url

from lab.errors import RunError
from lab.executors.cluster.resources import Node, node_of
from lab.home import Home

ADDRESS, WEIGHTS = "LAB_RAY_ADDRESS", "LAB_WEIGHTS"
WHERE = "executor ray"
PROBE_SECONDS = 3.0
LOOPBACK = (None, "", "localhost", "127.0.0.1", "::1")
_joining = threading.Lock()


def address() -> str:
    """Where the cluster is: LAB_RAY_ADDRESS, else Ray's own RAY_ADDRESS, else the one that runs on this machine."""
    return os.environ.get(ADDRESS) or os.environ.get("RAY_ADDRESS") or "auto"


def join() -> Any:
    """The module `ray`, connected to the cluster; raises RunError where it is not installed or no cluster answers."""
    if find_spec("ray") is None:
        raise RunError(
            "the package `ray` is not installed", where=WHERE, do="install it: `pip install 'parrot-lab[ray]'`."
        )
    import ray

    with _joining:
        if not ray.is_initialized():
            _probe(where := address())
            try:
                ray.init(
                    where, log_to_driver=False, logging_level=logging.ERROR, configure_logging=False, namespace="lab"
                )
            except (ConnectionError, RuntimeError, ValueError) as problem:
                said = " ".join(str(problem).split())[:200].rstrip(".")
                raise RunError(f"no Ray cluster can be joined at '{where}': {said}", where=ADDRESS,
                               do="`ray start --head` starts one, `ray start --address=HOST:6379 --num-cpus=0` has "
                                  "this machine join one.") from None  # fmt: skip
    return ray


def leave() -> None:
    """Be no driver of the cluster any more; what it still carries out for us ends."""
    import ray

    with _joining:
        if ray.is_initialized():
            ray.shutdown()


def nodes() -> list[Node]:
    """The cluster's nodes, living first; raises RunError as `join` does."""
    found = [node_of(entry) for entry in join().nodes()]
    return sorted(found, key=lambda node: (not node.alive, not node.head, node.name, node.id))


def check_reachable(home: Home, found: Sequence[Node]) -> None:
    """Raise RunError where nodes on other machines can't open the lab's database."""
    away = [node for node in found if node.alive and node.name != socket.gethostname()]
    if not away:
        return
    url = make_url(home.database_url)
    do = "set LAB_DATABASE_URL=postgresql+psycopg://… with a name that all nodes know."
    if url.get_backend_name() == "sqlite":
        raise RunError(
            f"the lab's database is a file of this machine (SQLite), and {away[0].name} is another one",
            where="LAB_DATABASE_URL", do=do,
        )  # fmt: skip
    if url.host in LOOPBACK:
        raise RunError(f"the database is at '{url.host or 'localhost'}', which is another one on {away[0].name}",
                       where="LAB_DATABASE_URL", do=do)  # fmt: skip


def _probe(where: str) -> None:
    """Raise RunError where nobody answers at an address with a port: Ray itself would try for a minute."""
    host, _, port = where.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), PROBE_SECONDS).close()
    except OSError as problem:
        why, do = problem.strerror or "it takes too long", "`ray status` on its head says whether it runs."
        raise RunError(f"no Ray cluster answers at '{where}' ({why})", where=ADDRESS, do=do) from None
