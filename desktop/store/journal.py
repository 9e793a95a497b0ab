"""Proves the audit trail (操作日志): that no operation, no line and no record was changed behind its back."""

from __future__ import annotations

import hashlib
import json

from desktop.store.database import Ledger
from desktop.store.operations import Operation, line_text, operations
from desktop.store.triggers import columns_of, image_of, journalled_tables

Key = tuple[str, int]


def broken_link(ledger: Ledger) -> Operation | None:
    """Return the newest operation whose hash does not fit, or nothing when the whole chain holds.

    Walks back from today's records: what an operation left is what the next later one found, so the
    before-images suffice and after-images need not be kept.
    """
    images = {
        table: image_of(columns_of(ledger.connection, table), "t")
        for table in journalled_tables(ledger.connection)
    }
    found_by_later: dict[Key, str | None] = {}
    following: Operation | None = None
    for op in reversed(operations(ledger)):
        if following is not None and following.previous_hash != op.hash:
            return following
        if _hash_walking_back(ledger, op, (images, found_by_later)) != op.hash:
            return op
        following = op
    return following if following is not None and following.previous_hash else None


def _hash_walking_back(
    ledger: Ledger, op: Operation, state: tuple[dict[str, str], dict[Key, str | None]]
) -> str:
    """Return the hash that `op` should have, and note in the state what the records held before it."""
    images, found_by_later = state
    digest = hashlib.sha256(json.dumps(op.heading, ensure_ascii=False, sort_keys=True).encode())
    first_before: dict[Key, str | None] = {}
    for subject in sorted(_touched(ledger, op)):
        for row_id, before, live in ledger.connection.execute(
            f"SELECT c.row_id, c.before, {images[subject]} FROM change c"
            f" LEFT JOIN {subject} t ON t.id = c.row_id"
            " WHERE c.operation_id = ? AND c.subject = ? ORDER BY c.id",
            (op.id, subject),
        ):
            after = found_by_later.get((subject, row_id), live)
            digest.update(line_text(subject, row_id, before, after).encode())
            first_before.setdefault((subject, row_id), before)
    found_by_later.update(first_before)
    return digest.hexdigest()


def _touched(ledger: Ledger, op: Operation) -> list[str]:
    rows = ledger.connection.execute(
        "SELECT DISTINCT subject FROM change WHERE operation_id = ?", (op.id,)
    ).fetchall()
    return [subject for (subject,) in rows]
