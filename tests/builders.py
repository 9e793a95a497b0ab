"""Small real things that tests are made of: a ledger in memory, a workbook in a folder, a filled ledger."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl

from desktop.actions.importing import apply_import, look_at, plan_import
from desktop.actions.ledgers import prepare
from desktop.core.plan import Plan
from desktop.store.database import Ledger, in_memory

NOON = datetime.datetime(2024, 6, 30, 12, 0, tzinfo=datetime.UTC)
Rows = Sequence[Sequence[object]]
Sheets = Mapping[str, Rows]


def counting_ids() -> Callable[[], str]:
    """Return a maker of ids that are the same in every run."""
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):032x}"


def a_ledger(own_office: str = "") -> Ledger:
    """Return a new ledger in memory, on 2024-06-30, with its default campaign."""
    ledger = in_memory(lambda: NOON, counting_ids())
    ledger.who = "测试"
    prepare(ledger, own_office)
    return ledger


def a_workbook(path: Path, sheets: Sheets) -> Path:
    """Write a workbook of these sheets, each a list of rows, and return its path."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def planned(ledger: Ledger, folder: Path, sheets: Sheets) -> Plan:
    """Return what importing these sheets would do."""
    return plan_import(ledger, look_at([a_workbook(folder / "表.xlsx", sheets)]))


def imported(ledger: Ledger, folder: Path, sheets: Sheets) -> Plan:
    """Import these sheets, which must be without fault, and return the plan that was applied."""
    plan = planned(ledger, folder, sheets)
    assert plan.is_clean, [finding.sentence for finding in plan.findings]
    apply_import(ledger, plan, "表.xlsx")
    return plan
