"""The units a question is about, as a temporary table that row queries join."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.store.database import Ledger


def load_scope(ledger: Ledger, scope: Mapping[int, str]) -> None:
    """Fill `temp.scope` with the units of a question and their groups, unless it holds them already."""
    if ledger.loaded_scope == scope and scope:
        return
    connection = ledger.connection
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS scope (unit_id INTEGER PRIMARY KEY, grp TEXT NOT NULL)"
    )
    connection.execute("DELETE FROM temp.scope")
    connection.executemany("INSERT INTO temp.scope (unit_id, grp) VALUES (?, ?)", scope.items())
    ledger.loaded_scope = dict(scope)
