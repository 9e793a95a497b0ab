"""Triggers that write a journal line with the before-image for every change of a record.

They make it impossible to change the ledger outside an operation: without a running one a line has no
operation, and the change fails.
"""

from __future__ import annotations

from desktop.store.faults import Connection

_NOT_JOURNALLED = {"operation", "change", "running", "frozen"}


def journalled_tables(connection: Connection) -> list[str]:
    """Return the tables whose changes are journalled."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [name for (name,) in rows if name not in _NOT_JOURNALLED]


def columns_of(connection: Connection, table: str) -> list[str]:
    """Return a table's columns in order."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def image_of(columns: list[str], row: str) -> str:
    """Return the SQL of a row's image: a JSON object of its columns that hold something.

    Empty columns are left out, so that an image stays true when a later step adds a column.
    """
    pairs = ", ".join(f"'{column}', {row}.{column}" for column in sorted(columns))
    return f"json_patch('{{}}', json_object({pairs}))"


def remake_triggers(connection: Connection) -> None:
    """Make the triggers of every journalled table anew, for the columns it has now."""
    for table in journalled_tables(connection):
        old = image_of(columns_of(connection, table), "OLD")
        for event, row, before in (("INSERT", "NEW", "NULL"), ("UPDATE", "OLD", old), ("DELETE", "OLD", old)):
            name = f"journal_{table}_{event.lower()}"
            connection.execute(f"DROP TRIGGER IF EXISTS {name}")
            connection.execute(
                f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN"
                " INSERT INTO change (operation_id, subject, row_id, before)"
                f" VALUES ((SELECT operation_id FROM running), '{table}', {row}.id, {before}); END"
            )
