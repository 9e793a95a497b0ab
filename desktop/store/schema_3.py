"""Step 3 of the ledger's schema: what became of units, and where the originals of documents are filed.

Never edited after release; what changes later is a step of its own.
"""

from __future__ import annotations

from sqlite_utils import Database

from desktop.store.schema_1 import create_table


def step_3(db: Database) -> None:
    """Create the succession of units (更名、合并、拆分); give documents 归档号, 保管期限 and the place of the original."""
    create_table(db, "unit_succession", "from_unit>unit to_unit>unit kind happened_on note")
    for column in ("from_unit_id", "to_unit_id"):
        db.table("unit_succession").create_index([column])
    for column in ("archive_no", "retention", "original_at"):
        db.table("document").add_column(column, str)
    db.table("document").create_index(["subject_uid"])
