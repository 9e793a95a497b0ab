"""Brings a ledger's schema up to date, one numbered step a transaction. Steps are never edited after release."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.faults import Connection
from desktop.store.schema_1 import step_1
from desktop.store.schema_2 import step_2
from desktop.store.schema_3 import step_3
from desktop.store.triggers import remake_triggers

STEPS: tuple[Callable[..., None], ...] = (step_1, step_2, step_3)
SCHEMA = len(STEPS)


def schema_of(connection: Connection) -> int:
    """Return the number of the last step the ledger has taken."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: Connection) -> None:
    """Take the steps that are missing, each in one transaction, with foreign keys checked after each.

    sqlite-utils is imported here alone: it costs a tenth of a second at every start otherwise.
    """
    from sqlite_utils import Database

    connection.execute("PRAGMA foreign_keys = OFF")
    for number in range(schema_of(connection) + 1, SCHEMA + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            STEPS[number - 1](Database(connection))
            remake_triggers(connection)
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"step {number} leaves broken references: {broken[:3]}")
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    connection.execute("PRAGMA foreign_keys = ON")
