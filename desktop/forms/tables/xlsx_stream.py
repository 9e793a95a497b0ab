"""Writes a sheet with bands row by row, so that a ledger of any length takes no more memory than its file.

What stands around the bands, and how their first and last lines look, is taken from a small sheet written as usual.
It loads openpyxl, which is slow: import this module where it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from desktop.forms.grid import Band, Box, Sheet
from desktop.forms.tables.xlsx_places import band_height, table_row
from desktop.forms.tables.xlsx_sheet import (
    CENTRE,
    LEFT,
    LONGEST_AS_TEXT,
    NUMBER_ALIGNMENT,
    fill_worksheet,
    number_format,
)

_SHOWN = 2
"""How many lines of a band stand in the small sheet: the first, which all but the last look like, and the last."""


def stream_worksheet(worksheet: Any, sheet: Sheet) -> None:
    """Write everything that is printed of a sheet into a worksheet that is written row by row."""
    small = _small(sheet)
    model = Workbook().worksheets[0]
    fill_worksheet(model, small)
    worksheet.sheet_view.showGridLines = False
    for letter, dimension in model.column_dimensions.items():
        worksheet.column_dimensions[letter].width = dimension.width
    rows = _Rows(worksheet, model)
    bands = {band.row: band for band in sheet.bands}
    top = table_row(sheet)
    for number in range(1, top):
        rows.copy(number)
    row, at = 0, top
    while row < len(sheet.rows):
        band = bands.get(row)
        if band is None:
            rows.copy(at)
            row, at = row + 1, at + 1
        else:
            rows.stream(band, sheet, at)
            row, at = row + band.lines, at + min(band.lines, _SHOWN)
    for number in range(at, model.max_row + 1):
        rows.copy(number)
    rows.merge()


def _small(sheet: Sheet) -> Sheet:
    """Return the sheet with only the first and the last line of every band, as boxes."""
    left_out = {row for band in sheet.bands for row in range(band.row + 1, band.row + band.lines - 1)}
    place: dict[int, int] = {}
    for row in range(len(sheet.rows)):
        if row not in left_out:
            place[row] = len(place)
    rows = tuple(sheet.rows[row] for row in place)
    lines = [(band, line) for band in sheet.bands for line in sorted({1, band.lines})]
    boxes = [*sheet.boxes, *(box for band, line in lines for box in band.boxes(line))]
    return replace(sheet, rows=rows, boxes=tuple(_moved(box, place) for box in boxes), bands=())


def _moved(box: Box, place: Mapping[int, int]) -> Box:
    rows = [place[row] for row in range(box.row, box.row + box.rows) if row in place]
    return replace(box, row=rows[0], rows=len(rows))


@dataclass(frozen=True, slots=True)
class _Look:
    """How the cells of a column look: empty, with a text, and with a number by its format."""

    empty: Any
    text: Any
    numbers: dict[str, Any]


class _Rows:
    """The rows written so far, and the merged ranges of the model on their way to where they belong."""

    def __init__(self, worksheet: Any, model: Worksheet) -> None:
        self._worksheet = worksheet
        self._model = model
        self._written = 0
        self._places: dict[int, int] = {}

    def copy(self, number: int) -> None:
        """Write a row of the model as it is."""
        self._written += 1
        self._places[number] = self._written
        self._set_height(self._model.row_dimensions[number].height)
        self._worksheet.append([self._copied(cell, cell.value) for cell in self._model[number]])

    def stream(self, band: Band, sheet: Sheet, at: int) -> None:
        """Write every line of a band; the model shows its first and its last line from row `at` on."""
        looks = self._looks(at, band)
        least = sheet.rows[band.row].height_mm
        for line in range(1, band.lines + 1):
            if line == band.lines and band.lines > 1:
                looks = self._looks(at + 1, band)
            self._written += 1
            said = list(band.said(line))
            self._set_height(band_height(sheet, least, said))
            cells: list[Any] = [self._copied(look.empty, None) for look in looks]
            for column, value, text in said:
                cells[column.column] = self._cell(looks[column.column], value, text)
                if column.columns > 1:
                    self._merge(self._written, column.column, column.columns)
            self._worksheet.append(cells)

    def merge(self) -> None:
        """Merge what the model merges, on the rows where it was written."""
        for merged in self._model.merged_cells.ranges:
            if merged.min_row in self._places and merged.max_row in self._places:
                first, last = self._places[merged.min_row], self._places[merged.max_row]
                self._worksheet.merged_cells.add(CellRange(None, merged.min_col, first, merged.max_col, last))

    def _merge(self, row: int, column: int, columns: int) -> None:
        self._worksheet.merged_cells.add(CellRange(None, column + 1, row, column + columns, row))

    def _set_height(self, height: float | None) -> None:
        self._worksheet.row_dimensions[self._written].height = height

    def _looks(self, number: int, band: Band) -> list[_Look]:
        """Return how the cells of a line look, by that of the model's row; what stands in it does not matter."""
        looks = []
        lefts = {column.column: column.aligns_left for column in band.columns}
        for column, cell in enumerate(self._model[number]):
            empty = self._copied(cell, None)
            empty.number_format, empty.alignment = "General", LEFT if lefts.get(column) else CENTRE
            text = self._copied(empty, None)
            text.number_format = "@"
            looks.append(_Look(empty, text, {}))
        return looks

    def _copied(self, cell: Any, value: Any) -> Any:
        """Return a cell that looks like another, with a value of its own."""
        made: Any = WriteOnlyCell(self._worksheet, value)
        if cell.parent is self._worksheet:
            made._style = copy(cell._style)  # noqa: SLF001  # openpyxl's own way to copy a look within a workbook
            return made
        for part in ("font", "border", "alignment", "number_format"):
            setattr(made, part, copy(getattr(cell, part)))
        if isinstance(value, str):
            made.data_type = "s"
        return made

    def _cell(self, look: _Look, value: object, text: str) -> Any:
        if isinstance(value, Decimal):
            shown = number_format(value)
            if shown not in look.numbers:
                look.numbers[shown] = model = self._copied(look.empty, None)
                model.number_format, model.alignment = shown, NUMBER_ALIGNMENT
            return self._copied(look.numbers[shown], value)
        plain = ILLEGAL_CHARACTERS_RE.sub("", text)
        if not plain:
            return self._copied(look.empty, None)
        cell = self._copied(look.text if len(plain) <= LONGEST_AS_TEXT else look.empty, plain)
        cell.data_type = "s"
        return cell
