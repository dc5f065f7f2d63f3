"""Gradio's haste, taken away: two checks of its own start fail on a busy machine though nothing is wrong, and its
queue looks for events a thousand times a second.

It gives its server five seconds to start, and then the page three seconds to answer. Here the server has as long as it
takes while its thread lives (where the port is taken it ends at once); `launch` does not ask for the page. The page
asks its questions beside that queue, which may rest.
"""

import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradio.http_server import Server

START_SECONDS = 300.0
QUEUE_SECONDS = 0.2
"""How often Gradio's queue, which only calls of programs go through, looks for events; its own millisecond is some 5 %
of a core."""


def be_patient() -> None:
    """Change how Gradio's server waits for its own start, once for this process."""
    from gradio.http_server import Server

    Server.run_in_thread = _run_in_thread  # type: ignore[method-assign]
    _calm_queue()


def _run_in_thread(server: "Server") -> None:
    from gradio.exceptions import ServerFailedToStartError

    server.thread = threading.Thread(target=server.run, daemon=True)
    if server.reloader:
        server.watch_thread = threading.Thread(target=server.watch, daemon=True)
        server.watch_thread.start()
    server.thread.start()
    until = time.monotonic() + START_SECONDS
    while not server.started:
        if not server.thread.is_alive() or time.monotonic() > until:
            raise ServerFailedToStartError("The server did not start. Is the port taken?")
        time.sleep(0.01)


def _calm_queue() -> None:
    """Let Gradio's queue rest between two looks, once for this process."""
    from gradio.queueing import Queue

    make = Queue.__init__
    if getattr(make, "calm", False):
        return

    def make_calm(self: Queue, *arguments: Any, **named: Any) -> None:
        make(self, *arguments, **named)
        self.sleep_when_free = self.progress_update_sleep_when_free = QUEUE_SECONDS

    make_calm.calm = True  # type: ignore[attr-defined]
    Queue.__init__ = make_calm  # type: ignore[method-assign]
