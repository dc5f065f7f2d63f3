"""Opens the app: the lab behind it (store, supervisor, client), the page, and a clean end on Ctrl-C or SIGTERM."""

import contextlib
import logging
import os
import signal
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from lab import logs
from lab.errors import LabError
from lab.home import PROJECT, Home, find_home, is_shared
from lab.limits import UPLOAD_BYTES, check_settings
from lab.ui.gate import embedding_sites
from lab.ui.port import refuse_taken_port

if TYPE_CHECKING:  # gradio is imported only once the environment is set
    import gradio as gr
    from starlette.routing import Route

    from lab.api import Lab
    from lab.space.lasting import Keeper
    from lab.visitors.accounts import Accounts

logger = logging.getLogger(__name__)
QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}


def launch(
    home: Home | None = None, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False,
    accounts: "Accounts | None" = None, mcp: bool = False,
) -> None:  # fmt: skip
    """Serve the app until it is told to end; running runs then leave a checkpoint. With `accounts` one has to enter;
    with `mcp` (or LAB_MCP=1) the calls of programs are tools of an MCP server too.

    Raises LabError where the environment or the accounts are not as they should be.
    """
    try:
        check_settings()
    except ValueError as problem:
        raise LabError(str(problem), do="see docs/limits.md.") from None
    embedding_sites()
    mcp = mcp or wants_mcp()
    if mcp and find_spec("mcp") is None:
        raise LabError("the package `mcp` is not installed", where="--mcp",
                       do="pip install 'mcp>=1.21,<2', or leave it out.")  # fmt: skip
    accounts = accounts or accounts_of_environment()
    if accounts:
        os.environ["LAB_SHARED"] = "1"  # the processes that train and answer are to know
    refuse_taken_port(host, port)
    logs.set_up()
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)  # before gradio is imported: it asks its makers' server at import
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with lasting(home or find_home()) as keeper, open_lab(keeper.home) as lab:
        page = serve(lab, host, port, open_browser, accounts, mcp)
        print(_greeting(lab.home, host), flush=True)
        ended.wait()
        keeper.keep(database_only=True)  # votes are safe before the runs are waited for
        page.close(verbose=False)


@contextlib.contextmanager
def lasting(home: Home) -> Iterator["Keeper"]:
    """The lab's files as they were kept, where its disk forgets and LAB_KEEP says where they are; and, on a Space, the
    runs that came with it. What has changed is kept from now on, and all of it in the end. Raises LabError."""
    from lab.space.lasting import keeper_of
    from lab.space.shown import FOLDER, take_in_shown
    from lab.store import Store

    keeper = keeper_of(home)
    if found := keeper.restore():
        logger.info("%s runs and %s votes came back from %s", found.runs, found.votes, keeper.name)
    with Store(home) as store:
        take_in_shown(PROJECT / FOLDER, store)
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.stop()


@contextlib.contextmanager
def open_lab(home: Home) -> Iterator["Lab"]:
    """A lab with its supervisor running; closed with it. On ZeroGPU runs are carried out in slices."""
    from lab.api import Lab
    from lab.executors.elsewhere import Elsewhere
    from lab.executors.processes.supervisor import Supervisor
    from lab.executors.zero import ZeroGpu, on_zero_gpu, preload
    from lab.sandbox import warm_up
    from lab.serving.client import InferenceClient
    from lab.store import Store

    supervisor = (ZeroGpu if on_zero_gpu() else Supervisor)(home).start()
    if on_zero_gpu():
        threading.Thread(target=preload, name="preload", daemon=True).start()
    client = InferenceClient(home, supervisor.server)
    warm_up()
    with Store(home) as store:
        elsewhere = Elsewhere(home, store)
        elsewhere.wake()
        try:
            yield Lab(home, store, supervisor, client, elsewhere)
        finally:
            client.close()
            supervisor.stop()
            elsewhere.stop()


def accounts_of_environment() -> "Accounts | None":
    """The accounts that LAB_AUTH (a file) or LAB_PASSWORD name; raises LabError."""
    from lab.visitors.accounts import Accounts, check_password, read_accounts

    if file := os.environ.get("LAB_AUTH"):
        return read_accounts(Path(file).expanduser())
    if password := os.environ.get("LAB_PASSWORD"):
        check_password(password)
        return Accounts(password=password)
    return None


def wants_mcp() -> bool:
    """Whether the environment switches the MCP server on."""
    return os.environ.get("LAB_MCP", "").strip().lower() in ("1", "true", "yes", "on")


def _greeting(home: Home, host: str) -> str:
    """Who is who in this lab, for whoever starts it."""
    from lab.visitors.keys import owner_key

    if is_shared():
        said = "LAB_OWNER_KEY" if os.environ.get("LAB_OWNER_KEY") else owner_key(home)
        return f"* Others use this lab as visitors or members. Its owner enters at /enter with the key: {said}"
    if host not in ("127.0.0.1", "localhost", "::1"):
        return ("* Whoever reaches this lab can do everything in it. For others: --password or --auth FILE, or "
                "LAB_PUBLIC=1 (see SECURITY.md).")  # fmt: skip
    return ""


def serve(
    lab: "Lab", host: str, port: int, open_browser: bool = False, accounts: "Accounts | None" = None,
    mcp: bool = False,
) -> "gr.Blocks":  # fmt: skip
    """The page, answering at host:port; returns at once."""
    from starlette.middleware import Middleware

    from lab.ui import theme, upkeep
    from lab.ui.entrance import Entrance
    from lab.ui.gate import Gate
    from lab.ui.language import translations
    from lab.ui.page import build
    from lab.ui.patience import be_patient

    be_patient()
    upkeep.begin(lab)
    page = build(lab)
    middleware = [Middleware(Gate), Middleware(Entrance, home=lab.home, accounts=accounts)]
    page.launch(
        server_name=host, server_port=port or None, inbrowser=open_browser, prevent_thread_lock=True, quiet=False,
        share=False, ssr_mode=False, enable_monitoring=False, run_history=False, footer_links=[],
        max_file_size=UPLOAD_BYTES, show_error=False, theme=theme.theme(), css=theme.css(), head=theme.head(),
        js=theme.on_load(), i18n=translations(), pwa=False, mcp_server=mcp,
        app_kwargs={"routes": routes_of(lab), "middleware": middleware},
        _frontend=False,
    )  # fmt: skip
    return page


def routes_of(lab: "Lab") -> "list[Route]":
    """What the lab answers beside Gradio. Who may ask for it is decided in `lab.ui.entrance`."""
    from lab.ui.giving import Giving
    from lab.ui.look import Look
    from lab.ui.operating import Operating
    from lab.ui.scripts import scripts
    from lab.ui.take_home import TakeHome

    made = (*TakeHome(lab).routes(), *Giving(lab).routes())
    return [*scripts().routes(), *Look(lab).routes(), *Operating(lab).routes(), *made]
