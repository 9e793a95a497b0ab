"""Measures a .xlsx before its cells are read, and finds the formulas in error, which the reader leaves empty."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from desktop.intake.files.package import index, package_of, strange, too_large
from desktop.intake.files.raw import MOST_CELLS, Survey
from desktop.intake.files.sheet_xml import Measure, TooLargeError, measure, refuse_larger


def survey_xlsx(path: Path) -> Mapping[str, Survey]:
    """Return what was seen of each sheet, by its name.

    Raises AppError for a package that is damaged, contradicts itself, or would take an absurd amount of memory.
    """
    with package_of(path) as package:
        sheets = _sheet_names(package)
        seen: dict[str, Survey] = {}
        for member in package.infolist():
            names = sheets.get(member.filename, [])
            measured = _measured(package, member, path, names)
            seen |= dict.fromkeys(names, Survey(measured.errors))
        return seen


def _measured(package: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, names: list[str]) -> Measure:
    """Return the measure of a member; refuse a sheet that spans too much and texts that cannot all be there."""
    with package.open(member) as file:
        measured = measure(file)
    if measured.announced > member.file_size:
        raise strange(path)
    if measured.is_sheet and not (measured.is_usual and measured.cells <= MOST_CELLS):
        try:
            with package.open(member) as file:
                refuse_larger(file, MOST_CELLS)
        except TooLargeError as error:
            raise too_large(path, names) from error
    return measured


def _sheet_names(package: zipfile.ZipFile) -> dict[str, list[str]]:
    """Return the names of the sheets whose cells a member holds, as far as the workbook's index says."""
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for _, attributes in index(package, "xl/_rels/workbook.xml.rels")
    }
    names: dict[str, list[str]] = {}
    for tag, attributes in index(package, "xl/workbook.xml"):
        if tag.rpartition(":")[2] == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            member = "xl/" + targets.get(relation, "").removeprefix("/xl/")
            names.setdefault(member, []).append(attributes.get("name", ""))
    return names
