"""Importing workbooks: look, plan, apply. Nothing is written before the whole plan is known."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from desktop.core.findings import Finding, FindingClass, Place
from desktop.core.plan import Plan
from desktop.core.product import Catalogue
from desktop.intake.catalogue import load_catalogue
from desktop.intake.planning.context import Context
from desktop.intake.planning.importing import plan_sheets
from desktop.intake.planning.unit_names import UnitNames
from desktop.intake.reading import read_sheet
from desktop.intake.recognise import SheetMap, is_named, nearest, recognise
from desktop.intake.sheet_specs import SheetSpec, load_sheet_specs
from desktop.intake.sheets import ReadSheet
from desktop.intake.workbook import read_workbook
from desktop.paths import resources
from desktop.store import settings
from desktop.store.backup import make_backup
from desktop.store.campaigns import all_campaigns
from desktop.store.database import Ledger
from desktop.store.operations import Act, operation
from desktop.store.records import StoredRecords, write_steps


@dataclass(frozen=True)
class Look:
    """What lies in the files: the sheets that were understood, findings on the rest, a hash of all bytes."""

    sheets: Sequence[ReadSheet]
    findings: Sequence[Finding]
    source_hash: str


@cache
def sheet_specs() -> tuple[SheetSpec, ...]:
    """Return the sheets that the program understands."""
    return load_sheet_specs(resources("intake", "sheets.toml"))


@cache
def catalogue() -> Catalogue:
    """Return the products known beforehand."""
    return load_catalogue(resources("catalogue", "products.toml"))


def look_at(paths: Sequence[Path]) -> Look:
    """Read the files completely and check every cell. Writes nothing. A file given twice is read once.

    Raises AppError for a file that cannot be read at all.
    """
    sheets: list[ReadSheet] = []
    findings: list[Finding] = []
    digest = hashlib.sha256()
    different = list({path.resolve(): path for path in paths}.values())
    for path, name in zip(different, _names_of(different), strict=True):
        digest.update(_hash_of(path))
        read, found = _look_at_file(path, name)
        sheets += read
        findings += found
    return Look(sheets, findings, digest.hexdigest())


def _names_of(paths: Sequence[Path]) -> Sequence[str]:
    """Return a name for each file that no other has: with its folder where two have the same."""
    names = Counter(path.name for path in paths)
    parents = Counter(path.parts[-2:] for path in paths)
    return [
        path.name
        if names[path.name] == 1
        else "/".join(path.parts[-2:])
        if parents[path.parts[-2:]] == 1
        else str(path)
        for path in paths
    ]


def _hash_of(path: Path) -> bytes:
    """Return the digest of a file's bytes; of one that cannot be opened, which reading will refuse, nothing."""
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return b""


def _look_at_file(path: Path, name: str) -> tuple[list[ReadSheet], list[Finding]]:
    sheets, findings, strange = [], [], []
    for raw in read_workbook(path):
        mapping = recognise(raw, sheet_specs())
        place = Place(name, raw.name)
        if raw.is_hidden:
            findings.append(_hidden(place))
        elif mapping is not None:
            sheets.append(read_sheet(name, raw, mapping))
            if mapping.unread:
                findings.append(_columns_unread(place, mapping.unread))
            findings += [_column_doubled(place, *pair) for pair in mapping.doubled]
        elif any(cell not in (None, "") for row in raw.rows for cell in row):
            strange.append((place, nearest(raw, sheet_specs())))
    findings += [
        _lacking(place, near)
        if near
        else _not_understood(place, is_grave=not sheets or _bears_a_known_name(place))
        for place, near in strange
    ]
    if not any(sheet.rows or sheet.findings for sheet in sheets) and not findings:
        findings.append(_nothing_there(Place(name)))
    return sheets, findings


def _nothing_there(place: Place) -> Finding:
    return Finding(
        "I23", FindingClass.C, "文件中没有可导入的内容。", "请核对是否选错了文件，或尚未填写。", place
    )


def _bears_a_known_name(place: Place) -> bool:
    return any(is_named(place.sheet, spec) for spec in sheet_specs())


def _not_understood(place: Place, *, is_grave: bool) -> Finding:
    """Return that a sheet was not understood: grave where its name promises records or the file holds nothing else."""
    known = "、".join(spec.name for spec in sheet_specs())
    return Finding(
        "I21",
        FindingClass.A if is_grave else FindingClass.C,
        "没有找到能识别的表头，整张表没有读取。",
        f"请把表名改为{known}之一，并核对表头；填表说明之类不需要导入的，不必理会。",
        place,
    )


def _hidden(place: Place) -> Finding:
    return Finding(
        "I40", FindingClass.C, "这张表是隐藏的，没有读取。", "如需导入，请取消隐藏后再导入。", place
    )


def _lacking(place: Place, near: SheetMap) -> Finding:
    """Return which columns a sheet lacks that is nearly understood."""
    listed = "、".join(f"「{heading}」" for heading in near.missing)
    return Finding(
        "I21",
        FindingClass.A,
        f"像是「{near.spec.name}」表，但缺少{listed}栏，整张表没有读取。",
        "请补上这一栏，或把它的表头改成这个名称。",
        replace(place, row=near.heading_row + 1),
    )


def _column_doubled(place: Place, heading: str, read: str) -> Finding:
    return Finding(
        "I22",
        FindingClass.D,
        f"「{heading}」栏与已读取的「{read}」栏是同一栏目，没有读取。"
        if heading != read
        else f"「{heading}」栏出现了两次，只读取了其中一栏。",
        "如需要，请只保留一栏。",
        place,
    )


def _columns_unread(place: Place, headings: Sequence[str]) -> Finding:
    listed = "、".join(f"「{heading}」" for heading in headings)
    return Finding(
        "I22", FindingClass.D, f"{listed}不是台账的栏目，没有读取。", "如需要，请改用台账的栏目名称。", place
    )


def plan_import(ledger: Ledger, look: Look) -> Plan:
    """Return what an import would do to the ledger. Writes nothing."""
    records = StoredRecords(ledger)
    context = Context(
        known=records,
        catalogue=catalogue(),
        new_id=ledger.new_id,
        campaign=all_campaigns(ledger)[0].uid,
        units=UnitNames(records.all_units(), settings.setting(ledger, settings.OWN_OFFICE)),
        today=ledger.today,
    )
    context.plan.findings.extend(look.findings)
    plan_sheets(look.sheets, context)
    return context.plan


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
