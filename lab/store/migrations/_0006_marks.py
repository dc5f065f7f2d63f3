"""Schema 6: what people keep with runs: tags, a note, a star, and whether a run is archived."""

import sqlalchemy as sa

tables = sa.MetaData()
sa.Table("runs", tables, sa.Column("id", sa.String(32), primary_key=True))
marks = sa.Table(
    "marks", tables,
    sa.Column("run", sa.String(32), sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("tags", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("starred", sa.Boolean, nullable=False),
    sa.Column("archived", sa.Boolean, nullable=False),
)  # fmt: skip


def upgrade(connection: sa.Connection) -> None:
    marks.create(connection)
