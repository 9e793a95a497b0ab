"""What people add to filled forms: one record for each form, campaign, unit or group, and period."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.core.report import Report, ReportKey, TypedCell
from desktop.core.subjects import natural_key
from desktop.store.database import Ledger

KEY_OF_REPORT = (
    "r.form, r.campaign_id, r.unit_id, ifnull(r.grp, ''), ifnull(r.period, ''), ifnull(r.licence_uid, '')"
)
"""The columns of a record of `report r` that make its key."""


def report_of(ledger: Ledger, key: ReportKey) -> Report:
    """Return what was added to a filled form; nothing where nothing was."""
    number = number_of(ledger, key)
    if number is None:
        return Report()
    cells = ledger.connection.execute(
        "SELECT cell, value, reason FROM report_cell WHERE report_id = ? ORDER BY id", (number,)
    )
    typed = {cell: TypedCell(value, reason) for cell, value, reason in cells}
    explained = ledger.connection.execute(
        "SELECT code, ifnull(cell, ''), text FROM explanation WHERE report_id = ? ORDER BY id", (number,)
    )
    paper = ledger.connection.execute("SELECT paper_reason FROM report WHERE id = ?", (number,)).fetchone()[0]
    return Report(typed, {(code, cell): text for code, cell, text in explained}, paper or "")


def all_reports(ledger: Ledger) -> list[tuple[ReportKey, Report]]:
    """Return every filled form to which something was added."""
    rows = ledger.connection.execute(f"SELECT {KEY_OF_REPORT} FROM report r ORDER BY id")
    keys = [ReportKey(*row) for row in rows.fetchall()]
    return [(key, report_of(ledger, key)) for key in keys]


def write_paper(ledger: Ledger, key: ReportKey, cells: Mapping[str, TypedCell], reason: str) -> int:
    """Let a filled form hold exactly what its paper says inside the running operation; return its record's number.

    Without a reason it follows the ledger again.
    """
    number = kept(ledger, key)
    ledger.connection.execute("UPDATE report SET paper_reason = ? WHERE id = ?", (reason or None, number))
    ledger.connection.execute("DELETE FROM report_cell WHERE report_id = ?", (number,))
    for cell, typed in cells.items():
        write_typed_cell(ledger, key, cell, typed)
    return number


def write_typed_cell(ledger: Ledger, key: ReportKey, cell: str, typed: TypedCell | None) -> None:
    """Keep what was typed into a cell inside the running operation; nothing takes it back."""
    number = kept(ledger, key)
    if typed is None:
        ledger.connection.execute("DELETE FROM report_cell WHERE report_id = ? AND cell = ?", (number, cell))
        return
    ledger.connection.execute(
        "INSERT INTO report_cell (uid, natural_key, report_id, cell, value, reason) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (natural_key) DO UPDATE SET value = excluded.value, reason = excluded.reason",
        (ledger.new_id(), natural_key(number, cell), number, cell, typed.value, typed.reason),
    )


def write_explanation(ledger: Ledger, key: ReportKey, finding: tuple[str, str], text: str) -> None:
    """Keep how a finding is explained inside the running operation; an empty text takes it back."""
    number, (code, cell) = kept(ledger, key), finding
    if not text:
        ledger.connection.execute(
            "DELETE FROM explanation WHERE report_id = ? AND code = ? AND ifnull(cell, '') = ?",
            (number, code, cell),
        )
        return
    ledger.connection.execute(
        "INSERT INTO explanation (uid, natural_key, report_id, code, cell, text) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (natural_key) DO UPDATE SET text = excluded.text",
        (ledger.new_id(), natural_key(number, code, cell), number, code, cell, text),
    )


def _key(key: ReportKey) -> str:
    return natural_key(key.form, key.campaign_id, key.unit_id, key.group, key.period, key.licence)


def key_of_report(ledger: Ledger, number: int) -> ReportKey:
    """Return what a filled form is known by, given the number of its record, which must be there."""
    row = ledger.connection.execute(
        f"SELECT {KEY_OF_REPORT} FROM report r WHERE r.id = ?", (number,)
    ).fetchone()
    return ReportKey(*row)


def number_of(ledger: Ledger, key: ReportKey) -> int | None:
    """Return the number of a filled form's record; nothing where none was made."""
    row = ledger.connection.execute("SELECT id FROM report WHERE natural_key = ?", (_key(key),)).fetchone()
    return None if row is None else int(row[0])


def kept(ledger: Ledger, key: ReportKey) -> int:
    """Return the number of a filled form's record, made inside the running operation if it is not there."""
    number = number_of(ledger, key)
    if number is not None:
        return number
    cursor = ledger.connection.execute(
        "INSERT INTO report (uid, natural_key, form, campaign_id, unit_id, grp, period, licence_uid)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(ledger.new_id(), _key(key)),
            *(key.form, key.campaign_id, key.unit_id, key.group, key.period, key.licence),
        ),
    )
    return int(cursor.lastrowid)
