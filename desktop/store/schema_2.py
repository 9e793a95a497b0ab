"""Step 2 of the ledger's schema: filled forms with what was typed into them, issued forms, what became of them.

Never edited after release; what changes later is a step of its own.
"""

from __future__ import annotations

from sqlite_utils import Database

from desktop.store.schema_1 import create_table

_TABLES: dict[str, str] = {
    "report": "campaign>campaign form unit>unit grp period licence_uid paper_reason",
    "report_cell": "report>report cell value reason",
    "explanation": "report>report code cell text",
    "issued_form": "report>report number title year# serial# check_code as_of dated issued_at issued_by"
    " replaces>issued_form reason form_hash filled_hash rows_hash pdf_hash xlsx_hash chain_head",
    "form_event": "report>report issued_form>issued_form kind happened_on person copies# reason sha256",
}
_INDEXED = {
    "report_cell": ("report_id",),
    "explanation": ("report_id",),
    "issued_form": ("report_id", "check_code"),
    "form_event": ("report_id", "issued_form_id"),
}


def step_2(db: Database) -> None:
    """Create the tables of filled and issued forms."""
    for name, columns in _TABLES.items():
        create_table(db, name, columns)
    for name, indexed in _INDEXED.items():
        for column in indexed:
            db.table(name).create_index([column])
    _create_frozen(db)


def _create_frozen(db: Database) -> None:
    """Create where the parts of issued forms lie by their SHA-256, packed; nothing in it can be changed.

    It is not journalled: the journal holds the hashes.
    """
    frozen = db.table("frozen")
    frozen.create({"sha256": str, "packed": bytes}, pk="sha256", not_null={"packed"}, strict=True)
    for event in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER frozen_{event.lower()} BEFORE {event} ON frozen"
            " BEGIN SELECT RAISE(ABORT, 'frozen'); END"
        )
