"""What stands in the way of taking an operation back: each question is answered with the operation to name."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.store.faults import Connection


def taken_back_by(connection: Connection, number: int) -> int | None:
    """Return the undo of an operation that holds, that is, was not itself taken back."""
    undoing = connection.execute("SELECT id FROM operation WHERE undoes = ? ORDER BY id", (number,))
    holding = (undo for (undo,) in undoing.fetchall() if taken_back_by(connection, undo) is None)
    return next(holding, None)


def touched_later_by(connection: Connection, number: int) -> int | None:
    """Return the newest operation that touched a record of this one after it, and of which something is left."""
    later = connection.execute(
        "SELECT DISTINCT operation_id FROM change WHERE operation_id > ?1"
        " AND (subject, row_id) IN (SELECT subject, row_id FROM change WHERE operation_id = ?1)"
        " ORDER BY operation_id DESC",
        (number,),
    ).fetchall()
    return next((op for (op,) in later if not _cancels_out(connection, op, number)), None)


def _cancels_out(connection: Connection, later: int, since: int) -> bool:
    """Return whether an operation was taken back, or itself takes back one made after `since`."""
    (undoes,) = connection.execute("SELECT undoes FROM operation WHERE id = ?", (later,)).fetchone()
    return (undoes or 0) > since or taken_back_by(connection, later) is not None


def left_dangling_by(connection: Connection, undoing: int) -> int | None:
    """Return an operation that made a record refer to one that `undoing`, now running, has taken away.

    Nothing when every reference holds. References must be unchecked until then (`foreign_keys = OFF`).
    """
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if dangling is None:
        return None
    table, row_id, parent, key = dangling
    columns = {row[0]: row[3] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
    above = connection.execute(f"SELECT {columns[key]} FROM {table} WHERE id = ?", (row_id,)).fetchone()[0]
    return max(_last_touch(connection, record, undoing) for record in ((table, row_id), (parent, above)))


def is_used(connection: Connection, subject: str, row_id: int) -> bool:
    """Return whether a record of the ledger refers to this one."""
    references = connection.execute(
        'SELECT m.name, f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f'
        " WHERE m.type = 'table' AND f.\"table\" = ?",
        (subject,),
    ).fetchall()
    queries = (f"SELECT 1 FROM {table} WHERE {column} = ?" for table, column in references)
    return any(connection.execute(query, (row_id,)).fetchone() for query in queries)


def named_again_by(connection: Connection, subject: str, image: Mapping[str, object]) -> int:
    """Return the operation that gave another record the natural key or uid of this image."""
    (row_id,) = connection.execute(
        f"SELECT id FROM {subject} WHERE id <> ? AND (natural_key = ? OR uid = ?)",
        (image["id"], image["natural_key"], image["uid"]),
    ).fetchone()
    return _last_touch(connection, (subject, row_id))


def _last_touch(connection: Connection, record: tuple[str, int], before: int | None = None) -> int:
    """Return the newest operation, older than `before`, with a line for the record; 0 when there is none."""
    newest = connection.execute(
        "SELECT ifnull(max(operation_id), 0) FROM change WHERE subject = ? AND row_id = ?"
        " AND (?3 IS NULL OR operation_id < ?3)",
        (*record, before),
    ).fetchone()[0]
    return int(newest)
