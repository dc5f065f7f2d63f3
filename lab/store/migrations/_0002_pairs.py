"""Schema 2: pairs of answers that wait for votes."""

import sqlalchemy as sa

metadata = sa.MetaData()

# There already: the foreign keys name it.
sa.Table("answers", metadata, sa.Column("id", sa.String(32), primary_key=True))

pairs = sa.Table(
    "pairs", metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("match", sa.String(700), nullable=False),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("first", sa.String(32), sa.ForeignKey("answers.id"), nullable=False),
    sa.Column("second", sa.String(32), sa.ForeignKey("answers.id"), nullable=False),
    sa.Column("time", sa.Float, nullable=False),
    sa.Index("ix_pairs_match", "match"),
)  # fmt: skip


def upgrade(connection: sa.Connection) -> None:
    # The first step once made all tables of its program, so that some databases of schema 1 have this one.
    pairs.create(connection, checkfirst=True)
