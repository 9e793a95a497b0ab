"""Step 1 of the ledger's schema: units, people, computers, products, licences, installations, journal.

Never edited after release; what changes later is a step of its own.
"""

from __future__ import annotations

from sqlite_utils import Database

_TABLES: dict[str, str] = {
    "setting": "key value",
    "unit": "name short_name former_names aliases parent>unit industry_parent>unit level category credit_code"
    " budget_code sort_order# staff_quota# staff_actual# staff_computing# reports_alone# counts_as_organ#"
    " in_scope# note",
    "person": "unit>unit name name_as_typed department post office_phone mobile fax email sort_order#",
    "responsibility": "person>person word",
    "computer": "unit>unit asset_no department user_name user_name_as_typed place kind model serial_no mac"
    " purchased_on in_use_from retired_on state preinstalled# note",
    "product": "name class origin vendor kind is_server# note",
    "licence": "unit>unit licence_no product>product edition source method licensee base>licence"
    " computer>computer proof note",
    "licence_key": "licence>licence key_text",
    "purchase": "licence>licence packs# seats# unit_price_fen# amount_fen# purchased_on valid_from valid_to"
    " contract_no supplier funding",
    "allocation": "licence>licence unit>unit licence_no packs# seats# amount_fen# allocated_on valid_from"
    " valid_to note",
    "installation": "computer>computer product>product edition licence>licence installed_on removed_on claim"
    " user_signed# backed_up# product_identifier key_text note",
    "document": "sha256 name kind size# subject subject_uid added_on note",
    "campaign": "name starts_on ends_on switches",
    "campaign_group": "campaign>campaign code caption sort_order#",
    "group_member": "campaign_group>campaign_group unit>unit",
    "campaign_text": "campaign>campaign form text_key text",
    "progress_fact": "campaign>campaign unit>unit kind happened_on evidence withdrawn_on withdrawn_reason",
}

_INDEXED = {
    "computer": ("unit_id",),
    "licence": ("unit_id", "product_id", "base_id"),
    "purchase": ("licence_id",),
    "allocation": ("licence_id", "unit_id"),
    "installation": ("computer_id", "licence_id"),
    "person": ("unit_id",),
    "progress_fact": ("unit_id",),
}


def step_1(db: Database) -> None:
    """Create every table of the first release."""
    for name, columns in _TABLES.items():
        create_table(db, name, columns)
    for name, indexed in _INDEXED.items():
        for column in indexed:
            db.table(name).create_index([column])
    _create_journal(db)


def create_table(db: Database, name: str, columns: str) -> None:
    """Create a table from words: `name` is text, `name#` a whole number, `name>table` a reference."""
    types: dict[str, type] = {"id": int, "uid": str, "natural_key": str}
    references = []
    for column in columns.split():
        field, _, target = column.partition(">")
        types[f"{field}_id" if target else field.rstrip("#")] = int if target or field.endswith("#") else str
        if target:
            references.append((f"{field}_id", target, "id"))
    table = db.table(name)
    table.create(types, pk="id", not_null={"uid", "natural_key"}, foreign_keys=references, strict=True)
    table.create_index(["uid"], unique=True)
    table.create_index(["natural_key"], unique=True)


def _create_journal(db: Database) -> None:
    """Create the operations and their lines; they journal the other tables and are not journalled."""
    operation = {
        "id": int,
        "uid": str,
        "at": str,
        "who": str,
        "kind": str,
        "label": str,
        "reason": str,
        "source_hash": str,
        "undoes": int,
        "previous_hash": str,
        "hash": str,
    }
    db.table("operation").create(operation, pk="id", not_null={"uid", "at", "kind", "label"}, strict=True)
    change = {"id": int, "operation_id": int, "subject": str, "row_id": int, "before": str}
    db.table("change").create(
        change,
        pk="id",
        not_null={"operation_id", "subject", "row_id"},
        foreign_keys=[("operation_id", "operation", "id")],
        strict=True,
    )
    db.table("change").create_index(["operation_id"])
    db.table("running").create({"id": int, "operation_id": int}, pk="id", strict=True)
