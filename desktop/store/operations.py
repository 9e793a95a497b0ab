"""The operation (操作): who did what, when and why, as one transaction, chained by hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.faults import Connection, faults_of
from desktop.store.shape import is_left_running
from desktop.store.triggers import columns_of, image_of, journalled_tables


@dataclass(frozen=True, slots=True)
class Act:
    """What a person sets out to do: the kind and label of the operation, and why."""

    kind: str
    label: str
    reason: str = ""
    source_hash: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation (操作) as the journal holds it."""

    id: int
    uid: str
    at: str
    who: str
    kind: str
    label: str
    reason: str
    source_hash: str
    undoes: int | None
    previous_hash: str
    hash: str

    @property
    def heading(self) -> dict[str, object]:
        """What the hash covers besides the lines."""
        names = (
            "id",
            "uid",
            "at",
            "who",
            "kind",
            "label",
            "reason",
            "source_hash",
            "undoes",
            "previous_hash",
        )
        return {name: getattr(self, name) for name in names}


_COLUMNS = "id, uid, at, who, kind, label, reason, source_hash, undoes, previous_hash, hash"


def operations(ledger: Ledger) -> list[Operation]:
    """Return every operation, oldest first."""
    rows = ledger.connection.execute(f"SELECT {_COLUMNS} FROM operation ORDER BY id")
    return [Operation(*row) for row in rows]


def operation_numbered(ledger: Ledger, number: int) -> Operation | None:
    """Return the operation with this number, or nothing."""
    row = ledger.connection.execute(f"SELECT {_COLUMNS} FROM operation WHERE id = ?", (number,)).fetchone()
    return Operation(*row) if row else None


def chain_head(ledger: Ledger) -> str:
    """Return the hash of the newest operation; it stands for the whole history."""
    row = ledger.connection.execute("SELECT hash FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


@contextmanager
def operation(ledger: Ledger, act: Act) -> Iterator[int]:
    """Do everything inside as one operation: written whole and chained, or not at all.

    Yields the operation's number. Raises AppError for a ledger opened read-only, one that says that an operation is
    running already, a full disk and the like; the ledger is then as before.
    """
    ledger.refuse_if_read_only()
    connection = ledger.connection
    with faults_of(ledger.path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            number = _begin(ledger, act)
            yield number
            connection.execute("DELETE FROM running")
            _seal(connection, number)
            connection.execute("COMMIT")
            ledger.loaded_scope = {}  # who reports for whom may have changed
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            ledger.loaded_scope = {}  # a temporary table rolls back too
            raise


def _begin(ledger: Ledger, act: Act) -> int:
    if is_left_running(ledger.connection):
        raise AppError(
            "LEFT-RUNNING",
            "台账在程序之外被改动过",
            message=f"「{ledger.path}」中留有不是本程序写的“正在进行的操作”标记（running 表），没有写入任何内容。",
            remedy="请保留这份台账，用 journal verify 核对，从改动以前的备份恢复。",
        )
    head = chain_head(ledger)
    at = ledger.clock().isoformat(timespec="seconds")
    cursor = ledger.connection.execute(
        "INSERT INTO operation (uid, at, who, kind, label, reason, source_hash, undoes, previous_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (ledger.new_id(), at, ledger.who, act.kind, act.label, act.reason, act.source_hash, act.undoes, head),
    )
    number = int(cursor.lastrowid)
    ledger.connection.execute("INSERT INTO running (id, operation_id) VALUES (1, ?)", (number,))
    return number


def _seal(connection: Connection, number: int) -> None:
    """Write the operation's hash over its heading, its lines and what its records hold now."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM operation WHERE id = ?", (number,)).fetchone()
    images = {table: image_of(columns_of(connection, table), "t") for table in journalled_tables(connection)}
    op = Operation(*row)
    lines = lines_of(connection, op, images)
    sealed = digest_of(op, (line_text(line.subject, line.row_id, line.before, line.today) for line in lines))
    connection.execute("UPDATE operation SET hash = ? WHERE id = ?", (sealed, number))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an operation: a record, what it held before, and what it holds today."""

    subject: str
    row_id: int
    before: str | None
    today: str | None


def lines_of(connection: Connection, op: Operation, images: Mapping[str, str]) -> Iterator[Line]:
    """Yield an operation's lines subject by subject, in the order written.

    `images` are the SQL of a record's image by subject; raises KeyError for a subject that has none.
    """
    touched = connection.execute(
        "SELECT DISTINCT subject FROM change WHERE operation_id = ? ORDER BY subject", (op.id,)
    ).fetchall()
    for (subject,) in touched:
        rows = connection.execute(
            f"SELECT c.row_id, c.before, {images[subject]} FROM change c"
            f" LEFT JOIN {subject} t ON t.id = c.row_id"
            " WHERE c.operation_id = ? AND c.subject = ? ORDER BY c.id",
            (op.id, subject),
        )
        yield from (Line(subject, *row) for row in rows)


def digest_of(op: Operation, lines: Iterable[str]) -> str:
    """Return the hash over an operation's heading and its lines as text."""
    digest = hashlib.sha256(json.dumps(op.heading, ensure_ascii=False, sort_keys=True).encode())
    for line in lines:
        digest.update(line.encode())
    return digest.hexdigest()


def line_text(subject: str, row_id: int, before: str | None, after: str | None) -> str:
    """Return a journal line as the hash reads it; a record that was not there before has no image, not an empty one.

    A record that is gone has the image `{}`.
    """
    found = "" if before is None else f"={before}"
    return f"{subject}\x1f{row_id}\x1f{found}\x1f{after or '{}'}\x1e"
