"""Old workbooks (BIFF8 in a compound file) written record by record, so that a test can spoil one of them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF

Cells = Sequence[Sequence[object]]


class Error:
    """A cell that shows a formula's error, by its code in the file."""

    def __init__(self, code: int, *, is_formula: bool = False) -> None:
        self.code = code
        self.is_formula = is_formula


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def beginning(kind: int, version: int = 0x0600) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))


END = record(0x0A)


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def a_cell(row: int, column: int, value: object) -> bytes:
    if isinstance(value, Error):
        place = struct.pack("<HHH", row, column, 0)
        if value.is_formula:
            result = struct.pack("<BBBBBBH", 2, 0, value.code, 0, 0, 0, 0xFFFF)
            return record(0x06, place + result + struct.pack("<HIH", 0, 0, 0))
        return record(0x0205, place + bytes([value.code, 1]))
    if isinstance(value, bool):
        return record(0x0205, struct.pack("<HHHBB", row, column, 0, value, 0))
    if isinstance(value, int | float):
        return number(row, column, value)
    text = str(value)
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def a_sheet(rows: Cells, merged: Sequence[tuple[int, int, int, int]] = (), extra: bytes = b"") -> bytes:
    """Return the records of a sheet; `merged` gives first row, last row, first column, last column."""
    cells = b"".join(
        a_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None
    )
    ranges = b"".join(struct.pack("<HHHH", *each) for each in merged)
    return beginning(0x10) + cells + record(0xE5, struct.pack("<H", len(merged)) + ranges) + extra + END


def records_of(sheets: Mapping[str, bytes], *, hidden: Sequence[str] = (), extra: bytes = b"") -> bytes:
    """Return the whole stream of a workbook; `extra` stands among the records that are about all sheets."""
    listed = {
        name: struct.pack("<BBBB", name in hidden, 0, len(name), 1) + name.encode("utf-16-le")
        for name in sheets
    }
    length = len(beginning(5) + extra + END) + sum(
        len(record(0x85, bytes(4) + each)) for each in listed.values()
    )
    index = b""
    for name, content in sheets.items():
        index += record(0x85, struct.pack("<I", length) + listed[name])
        length += len(content)
    return beginning(5) + extra + index + END + b"".join(sheets.values())


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """Return a compound file that holds one stream of at most 60,000 bytes."""
    padded = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(padded) // _SECTOR
    chain = [_FAT, _END, *range(3, count + 2), _END]
    assert len(chain) <= _SECTOR // 4
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, 1, 0, 4096, _END, 0, _END, 0, 0, *[_FREE] * 108,
    )  # fmt: skip
    entries = _entry("Root Entry", (5, 1), _END, 0) + _entry(name, (2, _FREE), 2, max(len(stream), 4096))
    return header + table + entries.ljust(_SECTOR, b"\0") + padded


def _entry(name: str, what: tuple[int, int], start: int, size: int) -> bytes:
    kind, child = what
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ", text, len(text), kind, 1, _FREE, _FREE, child, b"", 0, 0, 0, start, size
    )


def an_xls(path: Path, sheets: Mapping[str, Cells]) -> Path:
    """Write an old workbook."""
    path.write_bytes(compound(records_of({name: a_sheet(rows) for name, rows in sheets.items()})))
    return path
