"""Schema 4: the step at which a run forked from its parent."""

import sqlalchemy as sa


def upgrade(connection: sa.Connection) -> None:
    connection.execute(sa.text("ALTER TABLE runs ADD COLUMN forked_at INTEGER"))
