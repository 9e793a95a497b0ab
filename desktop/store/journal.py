"""Proves the audit trail (操作日志): that no operation, no line and no record was changed behind its back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop.store.database import Ledger
from desktop.store.operations import Operation, digest_of, line_text, lines_of, operations
from desktop.store.triggers import columns_of, image_of, journalled_tables

Key = tuple[str, int]

NO_OPERATION = Operation(0, "", "", "", "", "（不属于任何操作的记录）", "", "", None, "", "")
"""Stands for records and lines that no operation accounts for."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an operation did to a record: what it held before and after, None where it was not there."""

    subject: str
    row_id: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


def changes(ledger: Ledger) -> Iterator[tuple[Operation, list[Change]]]:
    """Yield every operation with what it did, the newest first, whether or not the hashes fit."""
    images = {
        table: image_of(columns_of(ledger.connection, table), "t")
        for table in journalled_tables(ledger.connection)
    }
    found_by_later: dict[Key, str | None] = {}
    for op in reversed(operations(ledger)):
        done = []
        first_before: dict[Key, str | None] = {}
        for line in lines_of(ledger.connection, op, images):
            key = (line.subject, line.row_id)
            first_before.setdefault(key, line.before)
        for key, before in first_before.items():
            after = found_by_later[key] if key in found_by_later else _today(ledger, key, images)
            done.append(Change(*key, _image(before), _image(after)))
        found_by_later.update(first_before)
        yield op, done


_NAMED_BY = {
    "unit": "name",
    "product": "name",
    "person": "name",
    "campaign": "name",
    "computer": "asset_no",
    "licence": "licence_no",
}


def name_today(ledger: Ledger, table: str, row_id: int) -> str:
    """Return what a record goes by today; empty for one that has no name or is gone."""
    if table not in _NAMED_BY:
        return ""
    row = ledger.connection.execute(
        f"SELECT {_NAMED_BY[table]} FROM {table} WHERE id = ?", (row_id,)
    ).fetchone()
    return str(row[0] or "") if row else ""


def _today(ledger: Ledger, key: Key, images: Mapping[str, str]) -> str | None:
    subject, row_id = key
    row = ledger.connection.execute(
        f"SELECT {images[subject]} FROM {subject} t WHERE t.id = ?", (row_id,)
    ).fetchone()
    return None if row is None else str(row[0])


def _image(text: str | None) -> Mapping[str, object] | None:
    if text is None:
        return None
    image: dict[str, object] = json.loads(text)
    return image or None


def broken_link(ledger: Ledger) -> Operation | None:
    """Return the newest operation whose hash does not fit, or nothing when the whole chain holds.

    Walks back from today's records: what an operation left is what the next later one found, so the
    before-images suffice and after-images need not be kept. Returns `NO_OPERATION` when every hash fits but a
    record or a line belongs to none.
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
        if _hash_walking_back(ledger, op, images, found_by_later) != op.hash:
            return op
        following = op
    if following is not None and following.previous_hash:
        return following
    return NO_OPERATION if _has_strays(ledger, images, found_by_later) else None


def _has_strays(ledger: Ledger, tables: Iterable[str], before_all: Mapping[Key, str | None]) -> bool:
    """Return whether a line has no operation, or a record was there without an operation that added it."""
    lines = "SELECT 1 FROM change WHERE operation_id NOT IN (SELECT id FROM operation)"
    if ledger.connection.execute(lines).fetchone() or any(before_all.values()):
        return True
    return any(
        (table, row_id) not in before_all
        for table in tables
        for (row_id,) in ledger.connection.execute(f"SELECT id FROM {table}")
    )


def _hash_walking_back(
    ledger: Ledger, op: Operation, images: Mapping[str, str], found_by_later: dict[Key, str | None]
) -> str:
    """Return the hash that `op` should have, and note in `found_by_later` what the records held before it."""
    first_before: dict[Key, str | None] = {}
    texts = []
    try:
        for line in lines_of(ledger.connection, op, images):
            key = (line.subject, line.row_id)
            texts.append(line_text(*key, line.before, found_by_later.get(key, line.today)))
            first_before.setdefault(key, line.before)
    except KeyError:  # a line of a table that no ledger has
        return ""
    found_by_later.update(first_before)
    return digest_of(op, texts)
