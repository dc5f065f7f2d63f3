"""Schema 3: an index to find a run's curves by name, and their ends, without reading all points of the run."""

import sqlalchemy as sa

points = sa.Table(
    "points", sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run", sa.String(32)),
    sa.Column("name", sa.String(60)),
    sa.Column("step", sa.Integer),
)  # fmt: skip


def upgrade(connection: sa.Connection) -> None:
    sa.Index("points_by_curve", points.c.run, points.c.name, points.c.step, points.c.id).create(connection)
