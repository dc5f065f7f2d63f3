"""Schema 7: whose a run is, where it is not the owner's."""

import sqlalchemy as sa


def upgrade(connection: sa.Connection) -> None:
    connection.execute(sa.text("ALTER TABLE runs ADD COLUMN visitor VARCHAR(60)"))
