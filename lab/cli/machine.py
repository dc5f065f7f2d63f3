"""The machine and the app: `lab doctor`, `lab serve`, and who may enter: `lab account`."""

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lab.cli.options import AsJson
from lab.cli.output import emit_json, print_table, say
from lab.errors import LabError
from lab.home import find_home

SIGNS = {"good": "✓", "limited": "!", "missing": "✗"}


def add_to(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(doctor)
    app.command()(account)
    app.command()(gc)


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen at. Other names that lead here, a proxy's, go into LAB_HOSTS.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.", min=0, max=65535)] = 7860,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    auth: Annotated[
        Path | None, typer.Option("--auth", metavar="FILE", help="Let in whom this file names; see `lab account`.")
    ] = None,
    password: Annotated[
        str | None, typer.Option("--password", help="Let in who knows this one, or LAB_PASSWORD: for a class.")
    ] = None,
    executor: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who carries out runs whose recipe does not say: warm, or LAB_EXECUTOR."),
    ] = None,
    mcp: Annotated[
        bool,
        typer.Option("--mcp", help="Be an MCP server too, with the calls of docs/api.md as tools; or LAB_MCP=1."),
    ] = False,
) -> None:
    """Open the app."""
    from lab.executors import check_executor
    from lab.executors.choice import SETTING
    from lab.ui.launch import launch
    from lab.visitors.accounts import Accounts, check_password, read_accounts

    if auth and password is not None:
        raise LabError("give one of them", where="--auth, --password", do="names with passwords, or one for all.")
    if executor is not None:
        check_executor(executor)
        os.environ[SETTING] = executor
    accounts = read_accounts(auth) if auth else None
    if password is not None:
        check_password(password)
        accounts = Accounts(password=password)
    launch(host=host, port=port, open_browser=open_browser, accounts=accounts, mcp=mcp)


def account(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The accounts, for `lab serve --auth FILE`.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose account.")],
    role: Annotated[str, typer.Option(help="member or owner.")] = "member",
    remove: Annotated[bool, typer.Option("--remove", help="Take the account out.")] = False,
) -> None:
    """Add somebody who may enter, or change their password; it is asked for, or read from standard input."""
    from lab.visitors.accounts import remove_account, set_account

    if remove:
        return remove_account(file, name)
    asked = sys.stdin.isatty()
    secret = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if asked else sys.stdin.readline()
    set_account(file, name, role, secret.rstrip("\r\n"))
    return say(f"{name} may enter as {role}.")


def doctor(as_json: AsJson = False) -> None:
    """Versions, device, memory, disk; what can't work here and why."""
    from lab.doctor import examine

    findings = examine(find_home())
    if as_json:
        emit_json([asdict(finding) for finding in findings])
    else:
        print_table("", ("", "about", ""), [(SIGNS[one.state], one.about, one.words) for one in findings])
    if any(one.state == "missing" for one in findings):
        raise typer.Exit(1)


def gc(
    yes: Annotated[bool, typer.Option("--yes", help="Remove it; without, it is only told what would go.")] = False,
    days: Annotated[
        float, typer.Option("--days", metavar="N", min=0, help="Checkpoints and unused uploads stay so many days.")
    ] = 14.0,
    to: Annotated[
        int | None,
        typer.Option("--to", metavar="MB", min=0, help="Have the lab take so much at most: old runs' weights go too."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What can go from the disk, in MB; never votes, never weights that a run needs. Shows, and with --yes removes."""
    from lab.disk import MEGABYTE, usage
    from lab.planning.tidying import plan_tidying, tidy
    from lab.store import Store

    with Store(home := find_home()) as store:
        wastes = plan_tidying(store, days, None if to is None else to * MEGABYTE)
        freed = tidy(store, wastes) if yes else 0
    after, would = usage(home).total, sum(one.bytes for one in wastes)
    if as_json:
        told = [
            {"kind": one.kind, "name": one.name, "run": one.run, "mb": round(one.bytes / MEGABYTE, 1)} for one in wastes
        ]
        sums = {"freed_mb": freed, "would_free_mb": would, "takes_mb": after}
        rounded = {name: round(count / MEGABYTE, 1) for name, count in sums.items()}
        return emit_json({"removed": yes, **rounded, "things": told})
    rows = [(one.kind, one.run or "", one.name, f"{one.bytes / MEGABYTE:,.1f}") for one in wastes]
    if rows:
        print_table("", ("what", "run", "name", "MB"), rows)
    if yes:
        print(f"{freed / MEGABYTE:,.1f} MB were freed; this lab takes {after / MEGABYTE:,.1f} MB now")
    else:
        more = " `lab gc --yes` removes it." if wastes else ""
        print(f"{would / MEGABYTE:,.1f} MB can go of the {after / MEGABYTE:,.1f} MB this lab takes.{more}")
    if to is not None and after > to * MEGABYTE and (yes or after - would > to * MEGABYTE):
        say(f"that is more than {to:,} MB still: what stays is needed, or is no run's weights. `lab doctor` says what.")
    return None
