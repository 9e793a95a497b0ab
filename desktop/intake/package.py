"""Looks into the package (ZIP) of a .xlsx before its cells are read: whole, open, and no larger than it says.

Knows no cells and no columns.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.errors import AppError
from desktop.intake.sheet_xml import (
    BadXmlError,
    Element,
    Measure,
    Position,
    TooLargeError,
    elements,
    measure,
    refuse_larger,
)
from desktop.intake.unreadable import unreadable

_MOST_UNPACKED = 1_000_000_000
_LARGE_MEMBER, _MOST_SQUEEZED = 10_000_000, 100
_MOST_CELLS = 30_000_000
_LARGEST_INDEX = 2_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a broken or hostile ZIP raises: its own faults, those of each way of packing, a password (RuntimeError), a way
# of packing that is unknown (NotImplementedError), numbers and names that cannot be (the rest).
ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, NotImplementedError,
    RuntimeError, ValueError, OverflowError,
)  # fmt: skip

Errors = Mapping[str, Mapping[Position, str]]


def examine(path: Path) -> Errors:
    """Return the texts of formulas' errors by the sheet's name and the cell's place, counted from 0.

    Raises AppError for what is no ZIP, is protected by a password, damaged, contradicts itself, or would take
    an absurd amount of memory.
    """
    with _faults_named(path):
        with path.open("rb") as file:
            if file.read(len(_OLE)) == _OLE:
                raise unreadable(path, "文件有打开密码，或是旧的 .xls 格式。", "请去掉密码并另存为 .xlsx。")
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            _refuse_contradictions(path, members)
            sheets = _sheet_names(package)
            errors: dict[str, Mapping[Position, str]] = {}
            for member in members:
                names = sheets.get(member.filename, ())
                measured = _measured(package, member, path, names)
                errors |= dict.fromkeys(names, measured.errors)
            return errors


@contextmanager
def _faults_named(path: Path) -> Iterator[None]:
    """Turn what a damaged package raises into the error that names the file; a locked one is not damaged."""
    try:
        yield
    except PermissionError:
        raise
    except (*ZIP_FAULTS, BadXmlError) as error:
        raise unreadable(
            path, "文件不完整或已损坏。", "请重新拷贝这个文件，或用 WPS、Excel 打开并另存一份。"
        ) from error


def _refuse_contradictions(path: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse a package that holds a name twice or would unpack to an absurd size."""
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    squeezed = any(
        m.file_size > _LARGE_MEMBER and m.file_size > _MOST_SQUEEZED * m.compress_size for m in members
    )
    if unpacked > _MOST_UNPACKED or squeezed or len(names) != len(members):
        raise strange(path)


def strange(path: Path) -> AppError:
    """Return the error for a package that no spreadsheet program writes."""
    return unreadable(path, "文件内部结构异常，已拒绝。", "请用 WPS 或 Excel 打开并另存一份。")


def _measured(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, names: Collection[str]
) -> Measure:
    """Return the measure of a member; refuse a sheet that spans too much and texts that cannot all be there."""
    with package.open(member) as file:
        measured = measure(file)
    if measured.announced > member.file_size:
        raise strange(path)
    if measured.is_sheet and not (measured.is_usual and measured.cells <= _MOST_CELLS):
        try:
            with package.open(member) as file:
                refuse_larger(file, _MOST_CELLS)
        except TooLargeError as error:
            sheet = "".join(f"「{name}」" for name in names)
            remedy = "请删除表外的空行空列后再导入。"
            raise unreadable(path, f"{sheet}表的行列数超出范围。", remedy) from error
    return measured


def _sheet_names(package: zipfile.ZipFile) -> dict[str, list[str]]:
    """Return the names of the sheets whose cells a member holds, as far as the workbook's index says."""
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for _, attributes in _index(package, "xl/_rels/workbook.xml.rels")
    }
    names: dict[str, list[str]] = {}
    for tag, attributes in _index(package, "xl/workbook.xml"):
        if tag.rpartition(":")[2] == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            member = "xl/" + targets.get(relation, "").removeprefix("/xl/")
            names.setdefault(member, []).append(attributes.get("name", ""))
    return names


def _index(package: zipfile.ZipFile, name: str) -> list[Element]:
    """Return the elements of a small member; none when it is missing or large."""
    if name not in package.namelist() or package.getinfo(name).file_size > _LARGEST_INDEX:
        return []
    with package.open(name) as file:
        return elements(file)
