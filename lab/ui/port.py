"""The port to listen at, looked at before anything starts: a taken one is told in a sentence, not after a minute."""

import errno
import socket

from lab.errors import LabError

NEXT = 50
"""Ports after a taken one that are tried to name a free one."""


def refuse_taken_port(host: str, port: int) -> None:
    """Raise LabError where nothing can be served at host:port; port 0 is whichever is free."""
    if not port:
        return
    problem = _problem(host, port)
    if problem is None:
        return
    where = f"{host}:{port}"
    if problem.errno == errno.EADDRINUSE:
        free = next((one for one in range(port + 1, min(port + NEXT, 65536)) if _problem(host, one) is None), 0)
        raise LabError(f"port {port} is taken: another program, perhaps a lab, listens there", where=where,
                       do=f"choose another, for instance `lab serve --port {free}`, or end that program.")  # fmt: skip
    if problem.errno in (errno.EACCES, errno.EPERM):
        raise LabError(f"port {port} may not be listened at", where=where,
                       do="choose one from 1024 on: `lab serve --port 7860`.")  # fmt: skip
    raise LabError(f"nothing can listen at {where} ({problem.strerror or problem})", where="--host",
                   do="give an address of this machine: 127.0.0.1, or 0.0.0.0 for all its networks.")  # fmt: skip


def _problem(host: str, port: int) -> OSError | None:
    """Why nothing can listen there; None where it can."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, _, _, _, address = found[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a lab that has just ended is no hindrance
            probe.bind(address)
    except OSError as problem:
        return problem
    return None
