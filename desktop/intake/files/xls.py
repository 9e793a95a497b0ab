"""Measures an .xls (BIFF, also WPS's .et) before its cells are read: the reader takes memory for all they span.

The records are described in Microsoft's open specification [MS-XLS]; only those are looked at that place a cell,
announce texts, list sheets or lock the file.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import olefile

from desktop.errors import AppError
from desktop.intake.files.package import strange, too_large
from desktop.intake.files.raw import MOST_SHEETS, Position, Survey
from desktop.intake.files.unreadable import unreadable

MOST_CELLS = 5_000_000
"""How many cells all sheets may span: this reader takes some 70 bytes for each."""

# What a broken compound file raises.
_FAULTS = (
    OSError, struct.error, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, RecursionError,
    MemoryError,
)  # fmt: skip

_BOF, _EOF, _BOUND_SHEET, _LOCKED, _TEXTS = 0x0809, 0x0A, 0x85, 0x2F, 0xFC
_FORMULA, _ERROR_OR_TRUTH, _SEVERAL = 0x06, 0x0205, (0xBD,)
_CELLS = frozenset({0x0203, 0x027E, 0xFD, 0x0204, 0xD6, _ERROR_OR_TRUTH, _FORMULA, 0x0406, *_SEVERAL})
_FORMULAS = (_FORMULA, 0x0406)
_NEWEST = 0x0600
_STREAMS = ("Workbook", "Book")
_CODE_PAGE, _UTF_16, _DIMENSIONS = 0x42, 1200, 0x0200
_WHOLE_SHEET = 65_536 * 256
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_SHORTEST_TEXT = 3

Record = tuple[int, int, int, int]
"""Where a record begins, its kind, where its content begins and ends."""


def survey_xls(path: Path) -> Mapping[str, Survey]:
    """Return what was seen of each sheet, by its name.

    Raises AppError for a file that is protected, damaged, no workbook, or would take an absurd amount of memory.
    """
    stream = _stream(path)
    try:
        return _survey(stream, path)
    except (struct.error, IndexError) as error:
        raise _damaged(path) from error


def opened_xls(path: Path) -> IO[bytes]:
    """Return the file as the reader understands it: some programs name a code page where the texts are UTF-16.

    Raises AppError as `survey_xls` does.
    """
    content = path.read_bytes()
    stream = bytearray(_stream(path))
    page = next((begin for _, kind, begin, _ in _records(bytes(stream), 0) if kind == _CODE_PAGE), 0)
    is_newest = len(stream) > 6 and struct.unpack_from("<H", stream, 4)[0] == _NEWEST
    if page and is_newest and struct.unpack_from("<H", stream, page)[0] != _UTF_16:
        struct.pack_into("<H", stream, page, _UTF_16)
        buffer = io.BytesIO(content)
        with olefile.OleFileIO(buffer, write_mode=True) as file:
            file.write_stream(next(name for name in _STREAMS if file.exists(name)), bytes(stream))
            content = buffer.getvalue()
    return io.BytesIO(content)


def _refuse_circles(path: Path, file: Any) -> None:
    """Refuse a compound file in which a chain of sectors leads back into itself: the reader would never end."""
    file.loadminifat()
    starts = [file.first_dir_sector, file.first_mini_fat_sector]
    entries = [entry for entry in file.direntries if entry is not None]
    for entry in entries:
        table = file.minifat if entry.is_minifat else file.fat
        if _runs_in_a_circle(table, entry.isectStart):
            raise _damaged(path)
    sector, seen = file.first_difat_sector, 0
    while sector < len(file.fat):
        sector = struct.unpack("<I", file.getsect(sector)[-4:])[0]
        seen += 1
        if seen > len(file.fat):
            raise _damaged(path)
    if any(_runs_in_a_circle(file.fat, start) for start in starts):
        raise _damaged(path)


def _runs_in_a_circle(table: Sequence[int], sector: int) -> bool:
    """Return whether following a chain of sectors never ends."""
    for _ in range(len(table) + 1):
        if not sector < len(table):
            return False
        sector = table[sector]
    return True


def _stream(path: Path) -> bytes:
    """Return the records of the workbook inside the compound file."""
    try:
        with olefile.OleFileIO(path) as file:
            if file.exists("EncryptedPackage"):
                raise _locked(path)
            name = next((name for name in _STREAMS if file.exists(name)), "")
            if not name:
                raise unreadable(path, "这不是工作簿。", "请选择 Excel 或 WPS 表格文件。")
            _refuse_circles(path, file)
            content: bytes = file.openstream(name).read()
            return content
    except PermissionError:
        raise
    except _FAULTS as error:
        raise _damaged(path) from error


@dataclass
class _Extent:
    """How far the cells of a sheet reach, and which are in error."""

    height: int = 0
    width: int = 0
    errors: dict[Position, str] = field(default_factory=dict)


def _survey(stream: bytes, path: Path) -> Mapping[str, Survey]:
    if len(stream) < 8:
        raise _damaged(path)
    kind, _, version = struct.unpack_from("<HHH", stream)
    if kind != _BOF:
        raise unreadable(
            path, "文件是 Excel 95 以前的格式，或已损坏。", "请用 WPS 或 Excel 打开并另存为 .xlsx。"
        )
    sheets = _sheets(stream, path, is_newest=version == _NEWEST)
    extents = {offset: _extent(stream, offset, path) for offset in {offset for _, offset in sheets}}
    if sum(extents[offset].height * extents[offset].width for _, offset in sheets) > MOST_CELLS:
        raise too_large(path, [])
    return {name: Survey(extents[offset].errors) for name, offset in sheets}


def _sheets(stream: bytes, path: Path, *, is_newest: bool) -> list[tuple[str, int]]:
    """Return name and offset of every sheet that the workbook lists."""
    sheets: list[tuple[str, int]] = []
    for _, record, begin, end in _records(stream, 0):
        if record == _LOCKED:
            raise _locked(path)
        if record == _TEXTS and struct.unpack_from("<I", stream, begin + 4)[0] * _SHORTEST_TEXT > len(stream):
            raise strange(path)
        if record == _BOUND_SHEET:
            name = _sheet_name(stream[begin + 6 : end], is_newest=is_newest)
            sheets.append((name, struct.unpack_from("<I", stream, begin)[0]))
    if len(sheets) > MOST_SHEETS:
        raise strange(path)
    return sheets


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Yield the records of the part of the stream that begins here, without the parts inside it."""
    depth = 0
    unpack, length = struct.Struct("<HH").unpack_from, len(stream)
    while at + 4 <= length:
        kind, size = unpack(stream, at)
        begin = at + 4
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield at, kind, begin, begin + size
        at = begin + size


def _extent(stream: bytes, offset: int, path: Path) -> _Extent:
    """Return how far the cells of the sheet reach that begins at an offset; refuse one that begins with no sheet."""
    if struct.unpack_from("<H", stream, offset)[0] != _BOF:
        raise _damaged(path)
    extent = _Extent()
    height = width = 0
    place = struct.Struct("<HH").unpack_from
    for _, kind, begin, end in _records(stream, offset):
        if kind == _DIMENSIONS and _reserves_too_much(stream, begin):
            raise too_large(path, [])
        if kind not in _CELLS or end - begin < 6:
            continue
        row, column = place(stream, begin)
        if kind in _FORMULAS or kind == _ERROR_OR_TRUTH:
            error = _error_of(stream[begin:end], kind)
            if error:
                extent.errors[row, column] = error
        elif kind in _SEVERAL:
            column = struct.unpack_from("<H", stream, end - 2)[0]
        height, width = max(height, row + 1), max(width, column + 1)
    extent.height, extent.width = height, width
    return extent


def _reserves_too_much(stream: bytes, begin: int) -> bool:
    """Return whether a sheet announces more cells than it can have; the reader makes room for all of them."""
    first_row, last_row, first, last = struct.unpack_from("<IIHH", stream, begin)
    is_backward = first_row > last_row or first > last
    return bool(is_backward or (last_row - first_row) * (last - first) > _WHOLE_SHEET)


def _error_of(content: bytes, kind: int) -> str:
    """Return the error that a cell shows, empty for none."""
    if kind == _ERROR_OR_TRUTH:
        return _ERRORS.get(content[6], "#N/A") if len(content) >= 8 and content[7] else ""
    is_error = len(content) >= 14 and content[12:14] == b"\xff\xff" and content[6] == 2
    return _ERRORS.get(content[8], "#N/A") if is_error else ""


def _sheet_name(content: bytes, *, is_newest: bool) -> str:
    """Return a sheet's name from its length on."""
    length = content[0]
    if not is_newest:
        return content[1 : 1 + length].decode("gb18030", errors="replace")
    if content[1] & 1:
        return content[2 : 2 + 2 * length].decode("utf-16-le", errors="replace")
    return content[2 : 2 + length].decode("latin-1")


def _locked(path: Path) -> AppError:
    return unreadable(path, "文件有打开密码。", "请去掉密码后再导入。")


def _damaged(path: Path) -> AppError:
    return unreadable(path, "文件不完整或已损坏。", "请重新拷贝这个文件，或用 WPS、Excel 打开并另存一份。")
