"""The order of the queue: visitors take turns, and whoever queues a hundred runs delays nobody's first."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select

from lab.store.requests import FORK
from lab.store.schema import runs
from lab.store.shapes import Status


def ready(only: Iterable[str] | None = None) -> Select[Any]:
    """The ids of queued runs (of `only` these) that wait for nothing but their turn, in the order they get it.

    Visitors take turns: first is whoever has fewest runs running or before this one. The runs of one of them keep the
    order they were queued in, as all do where all are the owner's.
    """
    waits = runs.c.request.is_not_distinct_from(FORK)
    mine = func.coalesce(runs.c.visitor, "")
    beside = runs.alias()
    running = (
        select(func.count())
        .where(beside.c.status == Status.RUNNING, func.coalesce(beside.c.visitor, "") == mine)
        .scalar_subquery()
    )
    turn = (func.row_number().over(partition_by=mine, order_by=runs.c.position) + running).label("turn")
    wanted = select(runs.c.id, runs.c.position, turn).where(runs.c.status == Status.QUEUED, ~waits)
    found = (wanted if only is None else wanted.where(runs.c.id.in_(list(only)))).subquery()
    return select(found.c.id).order_by(found.c.turn, found.c.position)
