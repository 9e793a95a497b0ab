"""Measures a .xlsx before its cells are read, and finds the formulas in error, which the reader leaves empty."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.intake.files.package import index, package_of, strange, too_large
from desktop.intake.files.raw import MOST_CELLS, Survey
from desktop.intake.files.sheet_xml import Measure, TooLargeError, measure, refuse_larger
from desktop.intake.files.xml import walk

_MOST_CHARACTERS = 100_000_000


def survey_xlsx(path: Path) -> Mapping[str, Survey]:
    """Return what was seen of each sheet, by its name.

    Raises AppError for a package that is damaged, contradicts itself, or would take an absurd amount of memory.
    """
    with package_of(path) as package:
        sheets = _sheet_names(package)
        seen: dict[str, Survey] = {}
        longest = references = 0
        for member in package.infolist():
            names = sheets.get(member.filename, [])
            measured = _measured(package, member, path, names)
            seen |= dict.fromkeys(names, Survey(measured.errors, hidden=measured.hidden))
            longest = max(longest, measured.longest)
            references += measured.references
        if longest * references > _MOST_CHARACTERS and _characters(package, sheets) > _MOST_CHARACTERS:
            raise strange(path)
        return seen


def _characters(package: zipfile.ZipFile, sheets: Mapping[str, Sequence[str]]) -> int:
    """Return how many characters the cells hold that share a text, each counted as often as it is used."""
    lengths: list[int] = []
    for name in package.namelist():
        if name.endswith("sharedStrings.xml"):
            lengths += _lengths(package, name)
    return sum(lengths[number] for name in sheets for number in _used(package, name) if number < len(lengths))


def _lengths(package: zipfile.ZipFile, name: str) -> list[int]:
    lengths: list[int] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        del attributes
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    with package.open(name) as file:
        walk(file, start, None, text)
    return lengths


def _used(package: zipfile.ZipFile, name: str) -> list[int]:
    """Return the numbers of the shared texts that a sheet's cells hold."""
    used: list[int] = []
    is_shared = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal is_shared
        if tag.rpartition(":")[2] == "c":
            is_shared = attributes.get("t") == "s"

    def text(text: str) -> None:
        if is_shared and text.strip().isdecimal():
            used.append(int(text[:9]))

    if name in package.namelist():
        with package.open(name) as file:
            walk(file, start, None, text)
    return used


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
