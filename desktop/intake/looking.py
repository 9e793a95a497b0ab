"""Looks at whole files: every sheet read and checked, what could not be understood said. Writes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.core.findings import Finding, Place
from desktop.intake import sheet_findings
from desktop.intake.files.workbook import read_workbook
from desktop.intake.reading import read_sheet
from desktop.intake.recognise import SheetMap, is_named, nearest, recognise
from desktop.intake.sheet_specs import SheetSpec
from desktop.intake.sheets import ReadSheet


@dataclass(frozen=True)
class Look:
    """What lies in the files: the sheets that were understood, findings on the rest, a hash of all bytes."""

    sheets: Sequence[ReadSheet]
    findings: Sequence[Finding]
    source_hash: str


def look_at_files(paths: Sequence[Path], specs: Sequence[SheetSpec]) -> Look:
    """Read the files completely and check every cell. A file given twice is read once.

    Raises AppError for a file that cannot be read at all.
    """
    sheets: list[ReadSheet] = []
    findings: list[Finding] = []
    digest = hashlib.sha256()
    different = list({path.resolve(): path for path in paths}.values())
    for path, name in zip(different, _names_of(different), strict=True):
        digest.update(_hash_of(path))
        read, found = _look_at_file(path, name, specs)
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


def _look_at_file(path: Path, name: str, specs: Sequence[SheetSpec]) -> tuple[list[ReadSheet], list[Finding]]:
    sheets: list[ReadSheet] = []
    findings: list[Finding] = []
    strange: list[tuple[Place, SheetMap | None]] = []
    for raw in read_workbook(path):
        mapping = recognise(raw, specs)
        place = Place(name, raw.name)
        if raw.is_hidden:
            findings.append(sheet_findings.hidden(place))
        elif mapping is not None:
            sheets.append(read_sheet(name, raw, mapping))
            findings += _columns_passed_over(place, mapping)
        elif any(cell not in (None, "") for row in raw.rows for cell in row):
            strange.append((place, nearest(raw, specs)))
    for place, near in strange:
        is_grave = not sheets or any(is_named(place.sheet, spec) for spec in specs)
        findings.append(
            sheet_findings.lacking(place, near)
            if near
            else sheet_findings.not_understood(place, [spec.name for spec in specs], is_grave=is_grave)
        )
    if not any(sheet.rows or sheet.findings for sheet in sheets) and not findings:
        findings.append(sheet_findings.nothing_there(Place(name)))
    return sheets, findings


def _columns_passed_over(place: Place, mapping: SheetMap) -> list[Finding]:
    unread = [sheet_findings.columns_unread(place, mapping.unread)] if mapping.unread else []
    return unread + [sheet_findings.column_doubled(place, *pair) for pair in mapping.doubled]
