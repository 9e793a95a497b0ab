"""Records put straight into a ledger, and ledgers compared row by row."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.actions.ledgers import prepare
from desktop.store.database import Ledger, create
from desktop.store.operations import Act, operation
from desktop.store.triggers import journalled_tables
from tests.builders import NOON, a_ledger, counting_ids

Rows = dict[str, list[tuple[object, ...]]]
A_CHANGE = Act("测试", "登记")

_TEMPLATE = a_ledger()
_UNIT = {
    "level": "县直",
    "category": "政府",
    "reports_alone": 1,
    "counts_as_organ": 1,
    "in_scope": 1,
}
_FILLED: dict[str, dict[str, object]] = {
    "unit": _UNIT,
    "computer": {"kind": "台式", "state": "在用"},
    "product": {"class": "办公", "origin": "国内", "kind": "商业"},
    "licence": {"source": "自行采购"},
}


def copy_of(ledger: Ledger) -> Ledger:
    """Return a copy in memory, free to be spoilt."""
    connection = dbapi2.connect(":memory:", isolation_level=None)
    ledger.connection.backup(connection)
    for pragma in ("foreign_keys = ON", "recursive_triggers = ON"):
        connection.execute(f"PRAGMA {pragma}")
    numbers = itertools.count(1_000_000)
    return Ledger(connection, Path(":memory:"), lambda: NOON, lambda: f"{next(numbers):032x}", who="测试")


def a_quick_ledger() -> Ledger:
    """Return a new ledger in memory with its default campaign, faster than by all steps."""
    return copy_of(_TEMPLATE)


def a_ledger_file(folder: Path, name: str = "台账.db") -> Ledger:
    """Return a new ledger in a file, open."""
    ledger = create(folder / name, lambda: NOON, counting_ids())
    prepare(ledger)
    return ledger


def add(ledger: Ledger, table: str, /, **values: object) -> int:
    """Add a record inside the running operation and return its number; a unit or the like is filled in."""
    uid = ledger.new_id()
    filled = {"uid": uid, "natural_key": uid, **_FILLED.get(table, {}), **values}
    marks = ", ".join("?" * len(filled))
    cursor = ledger.connection.execute(
        f"INSERT INTO {table} ({', '.join(filled)}) VALUES ({marks})", list(filled.values())
    )
    return int(cursor.lastrowid)


def changed(ledger: Ledger, label: str, change: Callable[[], object]) -> int:
    """Make a change as one operation and return its number."""
    with operation(ledger, Act("测试", label)) as number:
        change()
    return number


def renamed(ledger: Ledger, unit: int, name: str) -> int:
    """Rename a unit as one operation and return its number."""
    sql = "UPDATE unit SET name = ? WHERE id = ?"
    return changed(ledger, f"更名为{name}", lambda: ledger.connection.execute(sql, (name, unit)))


def records(ledger: Ledger) -> Rows:
    """Return every row of every journalled table."""
    return {table: _rows(ledger, table) for table in journalled_tables(ledger.connection)}


def everything(ledger: Ledger) -> Rows:
    """Return every row of the ledger, the journal's too."""
    return records(ledger) | {table: _rows(ledger, table) for table in ("operation", "change", "running")}


def _rows(ledger: Ledger, table: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = ledger.connection.execute(
        f"SELECT * FROM {table} ORDER BY id"
    ).fetchall()
    return rows
