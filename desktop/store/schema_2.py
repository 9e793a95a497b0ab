"""Step 2 of the ledger's schema: filled forms with what was typed into them, and why.

Never edited after release; what changes later is a step of its own.
"""

from __future__ import annotations

from sqlite_utils import Database

from desktop.store.schema_1 import create_table

_TABLES: dict[str, str] = {
    "report": "campaign>campaign form unit>unit grp period",
    "report_cell": "report>report cell value reason",
    "explanation": "report>report code cell text",
}


def step_2(db: Database) -> None:
    """Create the tables of filled forms."""
    for name, columns in _TABLES.items():
        create_table(db, name, columns)
    for name in ("report_cell", "explanation"):
        db.table(name).create_index(["report_id"])
