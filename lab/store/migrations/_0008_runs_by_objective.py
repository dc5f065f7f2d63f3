"""Schema 8: indexes to find the runs of an objective, and those that go out from a base, among many others."""

import sqlalchemy as sa

runs = sa.Table(
    "runs", sa.MetaData(),
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("position", sa.Integer),
    sa.Column("base", sa.String(300)),
    sa.Column("objective", sa.String(60)),
    sa.Column("stamp", sa.BigInteger),
)  # fmt: skip


def upgrade(connection: sa.Connection) -> None:
    along = (runs.c.position, runs.c.id, runs.c.stamp)
    sa.Index("runs_by_objective", runs.c.objective, *along).create(connection)
    sa.Index("runs_by_base", runs.c.base, *along).create(connection)
