"""The units a question is about, as a temporary table that row queries join."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.store.database import Ledger

# Who does not report on its own stands on the form of the nearest above that does, as far as that is asked about.
_REPORTERS = """
    UPDATE temp.scope SET reporter = (
        WITH RECURSIVE line (id, step) AS (
            SELECT unit_id, 0
            UNION ALL
            SELECT p.unit_id, l.step + 1 FROM line l JOIN unit u ON u.id = l.id
                JOIN temp.scope p ON p.unit_id = u.parent_id
            WHERE NOT u.reports_alone AND l.step < 100)
        SELECT id FROM line ORDER BY step DESC LIMIT 1)
"""


def load_scope(ledger: Ledger, scope: Mapping[int, str]) -> None:
    """Fill `temp.scope` with the units of a question, their groups and on whose form each stands, unless it is there."""
    if ledger.loaded_scope == scope and scope:
        return
    connection = ledger.connection
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS scope (unit_id INTEGER PRIMARY KEY, grp TEXT NOT NULL, reporter INTEGER)"
    )
    connection.execute("DELETE FROM temp.scope")
    connection.executemany("INSERT INTO temp.scope (unit_id, grp) VALUES (?, ?)", scope.items())
    connection.execute(_REPORTERS)
    ledger.loaded_scope = dict(scope)
