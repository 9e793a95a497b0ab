"""Compares the schema of a ledger with what the program itself makes: tables, indexes, triggers and views."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache

from sqlcipher3 import dbapi2

from desktop.store.faults import Connection
from desktop.store.migrations import migrate

_OF_SQLITE = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")
"""Tables that SQLite makes for itself."""


@dataclass(frozen=True, slots=True)
class Unlike:
    """A part of the schema that is not as the program makes it: of which kind, its name, and what became of it."""

    kind: str
    name: str
    what: str


MISSING, ADDED, CHANGED = "missing", "added", "changed"


def unlike_schema(connection: Connection) -> list[Unlike]:
    """Return what is missing, added or changed in the schema of a ledger that is up to date; tables first.

    It is held against a new ledger that took the same steps, since a step leaves the same words wherever it is taken.
    """
    own, found = _own_schema(), _schema(connection)
    unlike = [Unlike(*key, MISSING) for key in own if key not in found]
    unlike += [Unlike(*key, ADDED) for key in found if key not in own]
    unlike += [Unlike(*key, CHANGED) for key, sql in own.items() if key in found and found[key] != sql]
    return sorted(unlike, key=lambda each: (each.kind != "table", each.kind, each.name))


@cache
def _own_schema() -> Mapping[tuple[str, str], str]:
    with closing(dbapi2.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        return _schema(connection)


def _schema(connection: Connection) -> Mapping[tuple[str, str], str]:
    """Return what the schema says of each of its parts, by kind and name; spaces do not count."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return {
        (kind, name): f"{table}: {' '.join((sql or '').split())}"
        for kind, name, table, sql in rows
        if not (kind == "table" and name in _OF_SQLITE)
    }


def is_left_running(connection: Connection) -> bool:
    """Return whether the ledger says that an operation is running, outside of one.

    An operation takes its mark away before it is kept, so that no crash can leave one: somebody else wrote it, and
    changes could be made in the name of an operation that is long past.
    """
    return connection.execute("SELECT 1 FROM running").fetchone() is not None
