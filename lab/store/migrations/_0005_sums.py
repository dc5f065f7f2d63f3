"""Schema 5: what pairs of answers add up to, by match; marks of changed runs; indexes to read both by."""

import sqlalchemy as sa

matches = sa.Table(
    "matches", sa.MetaData(),
    sa.Column("name", sa.String(700), primary_key=True),
    sa.Column("pairs", sa.Integer, nullable=False),
    sa.Column("same", sa.Integer, nullable=False),
    sa.Column("began", sa.Float, nullable=False),
    sa.Column("front", sa.Integer, nullable=False),
)  # fmt: skip

COLUMNS = (
    "ALTER TABLE pairs ADD COLUMN same BOOLEAN",
    "ALTER TABLE runs ADD COLUMN stamp BIGINT",
    "UPDATE runs SET stamp = position",
)
INDEXES = (
    "CREATE INDEX pairs_by_place ON pairs (match, place, id)",
    "CREATE INDEX runs_by_place ON runs (position, id, stamp, status)",
    "CREATE INDEX runs_by_comparison ON runs (comparison, created, position, id, stamp)",
)
SAME = """UPDATE pairs SET same = (
    (SELECT text FROM answers WHERE answers.id = pairs.first) =
    (SELECT text FROM answers WHERE answers.id = pairs.second))
"""
SUMS = """INSERT INTO matches (name, pairs, same, began, front)
    SELECT match, count(*), sum(CASE WHEN same THEN 1 ELSE 0 END), min(time), min(place) FROM pairs GROUP BY match
"""


def upgrade(connection: sa.Connection) -> None:
    matches.create(connection)
    for statement in (*COLUMNS, SAME, SUMS, *INDEXES):
        connection.execute(sa.text(statement))
