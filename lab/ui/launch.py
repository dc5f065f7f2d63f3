"""Opens the app: the lab behind it (store, supervisor, client), the page, and a clean end on Ctrl-C or SIGTERM."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lab.home import Home, find_home

if TYPE_CHECKING:  # gradio is imported only once the environment is set
    import gradio as gr

    from lab.api import Lab

QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}
LARGEST_UPLOAD = "50mb"


def launch(home: Home | None = None, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False) -> None:
    """Serve the app until it is told to end; running runs then leave a checkpoint."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)  # before gradio is imported: it asks its makers' server at import
    with open_lab(home or find_home()) as lab:
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        page = serve(lab, host, port, open_browser)
        ended.wait()
        page.close(verbose=False)


@contextlib.contextmanager
def open_lab(home: Home) -> Iterator["Lab"]:
    """A lab with its supervisor running; closed with it."""
    from lab.api import Lab
    from lab.executors.processes.supervisor import Supervisor
    from lab.serving.client import InferenceClient
    from lab.store import Store

    supervisor = Supervisor(home).start()
    client = InferenceClient(home, supervisor.server)
    with Store(home) as store:
        try:
            yield Lab(home, store, supervisor, client)
        finally:
            client.close()
            supervisor.stop()


def serve(lab: "Lab", host: str, port: int, open_browser: bool = False) -> "gr.Blocks":
    """The page, answering at host:port; returns at once."""
    from lab.ui import theme
    from lab.ui.language import translations
    from lab.ui.page import build
    from lab.ui.scripts import scripts

    page = build(lab)
    page.launch(
        server_name=host, server_port=port or None, inbrowser=open_browser, prevent_thread_lock=True, quiet=False,
        share=False, ssr_mode=False, enable_monitoring=False, run_history=False, footer_links=[],
        max_file_size=LARGEST_UPLOAD, show_error=False, theme=theme.theme(), css=theme.css(), head=theme.head(),
        js=theme.on_load(), i18n=translations(), pwa=False, mcp_server=False,
        app_kwargs={"routes": scripts().routes()},
    )  # fmt: skip
    return page
