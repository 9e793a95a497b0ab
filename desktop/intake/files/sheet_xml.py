"""Measures a sheet's XML before it is read: how far its cells reach, which hold a formula's error. Knows no ZIP.

The reader takes memory for the whole rectangle that the cells span, and for as many shared texts as are
announced; where the memory is not there the whole program ends. So both are measured first, by fast patterns over
the bytes and, where a sheet is not written in the usual way or seems too large, by a slow exact parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO

from desktop.intake.files.raw import UNCALCULATED, Position
from desktop.intake.files.xml import chunks, walk

_OVERLAP = 4096
_NARROW, _SHORT = 26, 99_999

_UNUSUAL = (re.compile(rb'<c(?! r="[A-Z]{1,3}\d)[\s/>][\s\S]{8}'), re.compile(rb":c[\s/>]"))
_WIDE = re.compile(rb'r="([A-Z]{2,9})')
_FAR = re.compile(rb'r="[A-Z]{1,9}(\d{6,19})')
_ANNOUNCED = re.compile(rb'uniqueCount\s{0,99}=\s{0,99}["\']\s{0,99}0*(\d{1,30})')
_LONG_TEXT = re.compile(rb"<[^<]{1000,}")  # from tag to tag: each byte is looked at once
_BEGINS_LONG = re.compile(rb"[^<]{1000,}")
_REFERENCE = re.compile(r"([A-Za-z]{1,9})(\d{1,19})")
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]{0,99} t="e"[^>]{0,99}>'
    rb"(?:<f[^>]{0,99}/>|<f[^>]{0,99}>[^<]{0,8192}</f>)?(?:<v>([^<]{1,20})</v>)?"
)
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"(?![^>]{0,99} t=")[^>]{0,99}>'
    rb"(?:<f[^>]{0,99}/>|<f[^>]{0,99}>[^<]{0,8192}</f>)(?:<v ?/>|<v></v>)?</c>"
)
_HIDDEN_ROW = re.compile(rb'<row r="(\d{1,7})"[^>]{0,400} hidden="(?:1|true)"')


class TooLargeError(Exception):
    """The cells of a sheet span more than the program can take."""


@dataclass
class Measure:
    """What a member of the package holds: at most how far cells reach, texts announced, cells in error.

    `longest` is the size of the longest text with its tag in bytes, if that is long, and `references` at most how many cells hold a
    shared text.

    `errors` gives the text of a formula's error by row and column, counted from 0, `hidden` the rows not shown.
    """

    rows: int = _SHORT
    columns: int = _NARROW
    announced: int = 0
    longest: int = 0
    references: int = 0
    is_sheet: bool = False
    is_usual: bool = True
    errors: dict[Position, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    @property
    def cells(self) -> int:
        """At most how many cells the sheet spans."""
        return self.rows * self.columns

    def take(self, piece: bytes) -> None:
        """Take in a piece of the XML."""
        self.is_sheet |= b"sheetData" in piece
        self.is_usual &= not any(pattern.search(piece) for pattern in _UNUSUAL)
        self.columns = max(self.columns, *map(_column_number, {*_WIDE.findall(piece), b"A"}))
        self.rows = max(self.rows, *map(int, {*_FAR.findall(piece), b"1"}))
        self.announced = max(self.announced, *map(int, {*_ANNOUNCED.findall(piece), b"0"}))
        begins = _BEGINS_LONG.match(piece)
        self.longest = max(
            self.longest, *map(len, [*_LONG_TEXT.findall(piece), begins[0] if begins else b""])
        )
        self.references += piece.count(b't="s"')
        if b't="e"' in piece:
            self.errors |= {_position(cell): text.decode() or "#N/A" for cell, text in _ERROR.findall(piece)}
        if b' hidden="' in piece:
            self.hidden.update(int(row) - 1 for row in _HIDDEN_ROW.findall(piece))
        if b"<f" in piece:
            self.errors |= {_position(cell): UNCALCULATED for cell in _UNCALCULATED.findall(piece)}


def measure(file: IO[bytes]) -> Measure:
    """Return the measure of a member, read through once."""
    measured = Measure()
    carried = b""
    for chunk in chunks(file):
        piece = carried + chunk
        measured.take(piece)
        carried = piece[-_OVERLAP:]
    return measured


def refuse_larger(file: IO[bytes], most_cells: int) -> None:
    """Measure a sheet exactly, cell by cell; cells that hold nothing but a style do not count.

    Raises TooLargeError when the others span more than `most_cells`, BadXmlError when the XML cannot be parsed.
    """
    walk(file, _ExactMeasure(most_cells).start)


@dataclass
class _ExactMeasure:
    """Follows rows and cells as the reader does: what has no reference stands next to the one before."""

    most_cells: int
    row: int = 0
    column: int = 0
    height: int = 0
    width: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
        local = tag.rpartition(":")[2]
        if local == "row":
            given = attributes.get("r", "")
            self.row = int(given[:19]) if given.isdecimal() else self.row + 1
            self.column = 0
        elif local == "c":
            self._next_cell(attributes.get("r", ""))
        elif local in ("v", "is"):
            self.height, self.width = max(self.height, self.row), max(self.width, self.column)
            if self.height * self.width > self.most_cells:
                raise TooLargeError

    def _next_cell(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        self.column = _column_number(match[1].encode()) if match else self.column + 1
        self.row = int(match[2]) if match else self.row


def _column_number(letters: bytes) -> int:
    """Return the number of a column, 1 for A."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _position(reference: bytes) -> Position:
    letters = reference.rstrip(b"0123456789")
    return int(reference[len(letters) :]) - 1, _column_number(letters) - 1
