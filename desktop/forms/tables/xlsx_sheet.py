"""Fills a worksheet with a sheet: texts, numbers, merges, borders, heights. Knows no file and no printer.

It loads openpyxl, which is slow: import this module where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desktop.forms.grid import Box, Sheet
from desktop.forms.tables.outlines import Outlines, Place, outlines_of
from desktop.forms.tables.xlsx_header import Run, header_runs
from desktop.forms.tables.xlsx_places import (
    CELL_PT,
    MARKER_PT,
    box_text,
    excel_width,
    row_heights,
    run_height,
    table_row,
)

_SONG = "宋体"
_CHINESE = 134
LONGEST_AS_TEXT = 255
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
NUMBER_ALIGNMENT = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
_UPRIGHT = Alignment(horizontal="center", vertical="center", text_rotation=255)


def _font(name: str, size_pt: float) -> Font:
    return Font(name=name, size=size_pt, charset=_CHINESE)


@dataclass(frozen=True)
class _Line:
    """A row of the worksheet above or below the table."""

    runs: Sequence[Run]
    font_name: str = _SONG
    size_pt: float = CELL_PT
    alignment: Alignment = LEFT


def fill_worksheet(worksheet: Worksheet, sheet: Sheet) -> None:
    """Write everything that is printed of the sheet, the table's first column in column A."""
    for column, width_mm in enumerate(sheet.columns_mm, start=1):
        worksheet.column_dimensions[get_column_letter(column)].width = excel_width(width_mm)
    worksheet.sheet_view.showGridLines = False
    for row, line in enumerate(_lines_above(sheet), start=1):
        _write_line(worksheet, row, line, sheet)
    _write_table(worksheet, sheet)
    for row, note in enumerate(sheet.notes, start=table_row(sheet) + len(sheet.rows)):
        _write_line(worksheet, row, _Line([_whole(sheet, note)]), sheet)


def _lines_above(sheet: Sheet) -> Iterator[_Line]:
    if sheet.marker:
        yield _Line([_whole(sheet, sheet.marker)], "黑体", MARKER_PT)
    yield _Line([_whole(sheet, sheet.title)], "方正小标宋简体", sheet.title_pt, CENTRE)
    for fields in sheet.header:
        yield _Line(header_runs(fields, sheet.columns_mm, CELL_PT))


def _whole(sheet: Sheet, text: str) -> Run:
    return Run(0, len(sheet.columns_mm) - 1, text)


def _write_line(worksheet: Worksheet, row: int, line: _Line, sheet: Sheet) -> None:
    font = _font(line.font_name, line.size_pt)
    for run in line.runs:
        cell = _merged(worksheet, (row, run.first + 1), (row, run.last + 1))
        _write_text(cell, run.text)
        cell.font, cell.alignment = font, line.alignment
    worksheet.row_dimensions[row].height = max(run_height(sheet, run, line.size_pt) for run in line.runs)


def _write_table(worksheet: Worksheet, sheet: Sheet) -> None:
    top = table_row(sheet)
    for row, height in enumerate(row_heights(sheet), start=top):
        worksheet.row_dimensions[row].height = height
    for box in sheet.all_boxes():
        _write_box(worksheet, box, sheet, top)
    outlines = outlines_of(sheet)
    size = (len(sheet.rows), len(sheet.columns_mm))
    for row in range(size[0]):
        for column in range(size[1]):
            worksheet.cell(top + row, column + 1).border = _border(outlines, (row, column), size)


def _write_box(worksheet: Worksheet, box: Box, sheet: Sheet, top: int) -> None:
    first = (top + box.row, box.column + 1)
    cell = _merged(worksheet, first, (first[0] + box.rows - 1, first[1] + box.columns - 1))
    cell.font = _font(_SONG, sheet.text_pt)
    if isinstance(box.value, Decimal):
        cell.value = box.value
        cell.number_format = number_format(box.value)
        cell.alignment = NUMBER_ALIGNMENT
        return
    _write_text(cell, box_text(sheet, box))
    cell.alignment = _UPRIGHT if box.is_upright else LEFT if box.aligns_left else CENTRE


def _merged(worksheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> Cell:
    if first != last:
        worksheet.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])
    return cast("Cell", worksheet.cell(*first))


def _write_text(cell: Cell, text: str) -> None:
    """Write text that stays text, whatever it looks like; an empty cell is left for what will be typed."""
    if not text:
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    # Excel 2007 shows longer text in a text cell as ####.
    if len(text) <= LONGEST_AS_TEXT:
        cell.number_format = "@"


def number_format(value: Decimal) -> str:
    """Return the format that shows a number with its own decimals."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"0.{'0' * decimals}" if decimals else "0"


def _border(outlines: Outlines, place: Place, size: tuple[int, int]) -> Border:
    """Return the border of a cell: thin lines, medium ones at the table's edge, none where boxes run on."""
    row, column = place
    across, down = outlines.across, outlines.down
    return Border(
        left=_side((row, column), down, is_outer=column == 0),
        right=_side((row, column + 1), down, is_outer=column + 1 == size[1]),
        top=_side((row, column), across, is_outer=row == 0),
        bottom=_side((row + 1, column), across, is_outer=row + 1 == size[0]),
    )


def _side(piece: Place, drawn: frozenset[Place], *, is_outer: bool) -> Side:
    if piece not in drawn:
        return Side()
    return Side("medium" if is_outer else "thin")
