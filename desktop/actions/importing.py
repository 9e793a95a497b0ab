"""Importing workbooks: look, plan, apply. Nothing is written before the whole plan is known."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from desktop.actions.naming import campaign_called
from desktop.core.plan import Plan
from desktop.core.product import Catalogue
from desktop.intake.catalogue import load_catalogue
from desktop.intake.choices import Choices
from desktop.intake.looking import Look, Reader, look_at_files
from desktop.intake.planning.context import Context
from desktop.intake.planning.importing import plan_sheets
from desktop.intake.planning.unit_names import UnitNames
from desktop.intake.sheet_specs import SheetSpec, Vocabulary, load_vocabulary
from desktop.paths import resources
from desktop.store.backup import make_backup
from desktop.store.database import Ledger
from desktop.store.operations import Act, operation
from desktop.store.records import StoredRecords, write_steps


@cache
def vocabulary() -> Vocabulary:
    """Return what the program understands of sheets."""
    return load_vocabulary(resources("intake", "sheets.toml"))


def sheet_specs() -> tuple[SheetSpec, ...]:
    """Return the sheets that the program understands."""
    return vocabulary().specs


@cache
def catalogue() -> Catalogue:
    """Return the products known beforehand."""
    return load_catalogue(resources("catalogue", "products.toml"))


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let Python look for no cycles meanwhile: an import makes hundreds of thousands of plain values and none of them.

    The collector takes a fifth of the time of a large import otherwise.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@without_collecting()
def look_at(paths: Sequence[Path], *, choices: Choices | None = None, unit: str = "") -> Look:
    """Read the files completely and check every cell. Writes nothing. A file given twice is read once.

    `choices` are what was said of sheets with certain headings; `unit` is whose a sheet is that names none.
    Raises AppError for a file that cannot be read at all.
    """
    return replace(look_at_files(paths, Reader(vocabulary(), choices or {})), unit=unit)


@without_collecting()
def plan_import(ledger: Ledger, look: Look, *, campaign: str = "") -> Plan:
    """Return what an import would do to the ledger, progress going to a campaign. Writes nothing.

    Raises AppError for a campaign that is not there.
    """
    records = StoredRecords(ledger)
    context = Context(
        known=records,
        catalogue=catalogue(),
        new_id=ledger.new_id,
        campaign=campaign_called(ledger, campaign).uid,
        units=UnitNames(records.all_units()),
        today=ledger.today,
        unit_asked=look.unit,
    )
    context.plan.findings.extend(look.findings)
    plan_sheets(look.sheets, context)
    return context.plan


@without_collecting()
def apply_import(ledger: Ledger, plan: Plan, label: str, *, source_hash: str = "") -> int | None:
    """Write a plan as one operation, after a backup; return its number, or nothing when nothing changes.

    Raises AppError when the disk is full and the like; the ledger is then as before.
    """
    if not plan.steps:
        return None
    if ledger.path.is_file():
        make_backup(ledger, "导入前")
    with operation(ledger, Act("导入", label, source_hash=source_hash)) as number:
        write_steps(ledger, plan.steps)
    return number
