"""Sheets read without a file between, and what a ledger holds, for properties that need many of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.actions.importing import sheet_specs
from desktop.core.subjects import SUBJECTS
from desktop.intake.files.raw import RawSheet
from desktop.intake.looking import Look
from desktop.intake.reading import read_sheet
from desktop.intake.recognise import recognise
from desktop.intake.sheets import ReadSheet, SheetRow
from desktop.store.database import Ledger

Row = Mapping[str, object]
Files = Mapping[str, Mapping[str, Sequence[Row]]]
"""Rows by heading, by the sheet's name, by the file's name."""


def table(*rows: Row) -> list[list[object]]:
    """Return rows given by heading as a sheet has them: the headings, then the cells."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    return [list(headings), *([row.get(heading) for heading in headings] for row in rows)]


def read(name: str, rows: Sequence[Sequence[object]], file: str = "表.xlsx") -> ReadSheet:
    """Return a sheet as reading gives it."""
    raw = RawSheet(name, rows)
    mapping = recognise(raw, sheet_specs())
    assert mapping is not None
    return read_sheet(file, raw, mapping)


def a_row(number: int = 2) -> SheetRow:
    """Return a row, for tests that only ask where it stands."""
    return SheetRow(read("计算机", [["类型", "资产编号"]]), number, ())


def looked(files: Files) -> Look:
    """Return what looking at these files would give."""
    sheets = [
        read(name, table(*rows), file)
        for file, listed in files.items()
        for name, rows in listed.items()
        if rows
    ]
    return Look(sheets, [], "")


def held(ledger: Ledger) -> dict[str, list[Any]]:
    """Return what the ledger holds, each record as its values with references described, in an order of its own."""
    return {name: sorted(map(repr, _described(ledger, name).values())) for name in SUBJECTS}


def _described(ledger: Ledger, name: str) -> dict[int, tuple[object, ...]]:
    fields = SUBJECTS[name].fields
    columns = ", ".join(["id", *(field.column for field in fields)])
    others = {
        field.refers_to: _described(ledger, field.refers_to)
        for field in fields
        if field.refers_to not in ("", name, "campaign")
    }
    names = dict(ledger.connection.execute("SELECT id, name FROM unit").fetchall())
    numbers = dict(ledger.connection.execute("SELECT id, licence_no FROM licence").fetchall())
    others |= {"unit": names} if name == "unit" else {"licence": numbers} if name == "licence" else {}
    return {
        row[0]: tuple(
            others[field.refers_to].get(value) if field.refers_to in others else value
            for field, value in zip(fields, row[1:], strict=True)
        )
        for row in ledger.connection.execute(f"SELECT {columns} FROM {name}").fetchall()
    }
