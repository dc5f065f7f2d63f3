"""`lab cluster`: the machines that runs for `executor: ray` are carried out on, and the runs that are there."""

from dataclasses import asdict

import typer

from lab.cli.options import AsJson
from lab.cli.output import emit_json, print_table, say, size
from lab.home import find_home


def add_to(app: typer.Typer) -> None:
    app.command()(cluster)


def cluster(as_json: AsJson = False) -> None:
    """The nodes of the Ray cluster (LAB_RAY_ADDRESS), what they have, and which runs are for it."""
    from lab.executors.choice import executor_of
    from lab.executors.cluster.connection import address, join, leave, nodes
    from lab.executors.ray import CARD, check
    from lab.store import Status, Store

    home = find_home()
    try:
        found = nodes()
        free = join().available_resources()
        check(home)
    finally:
        leave()
    with Store(home) as store:
        runs = store.runs.all(statuses=[Status.RUNNING, Status.QUEUED])
    mine = [run for run in runs if executor_of(run) == CARD.id]
    if as_json:
        told = [{"id": run.id, "name": run.name, "status": run.status, "step": run.step} for run in mine]
        open_ones = {"cpus": free.get("CPU", 0.0), "memory": int(free.get("memory", 0)), "gpus": free.get("GPU", 0.0)}
        return emit_json(
            {"address": address(), "nodes": [asdict(one) for one in found], "free": open_ones, "runs": told}
        )
    rows = [
        (one.id[:8], one.name, one.address, "head" if one.head else "" if one.alive else "lost", f"{one.cpus:g}",
         size(one.memory), f"{one.gpus:g} {one.gpu_kind or ''}".strip() if one.gpus else "–")
        for one in found
    ]  # fmt: skip
    print_table("", ("node", "machine", "address", "", "CPUs", "memory", "GPUs"), rows)
    print(f"free: {free.get('CPU', 0):g} CPUs, {size(free.get('memory', 0))}, {free.get('GPU', 0):g} GPUs")
    for run in mine:
        print(f"{run.id} {run.name}: {run.status}, step {run.step}/{run.total_steps}")
    if not mine:
        say("no run waits for it or is carried out on it")
    return None
