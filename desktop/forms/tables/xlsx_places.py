"""Where the parts of a sheet stand on a worksheet, and how high its rows must be. Knows no workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from desktop.core.text import columns_of
from desktop.forms.grid import BandColumn, Box, Sheet
from desktop.forms.tables.outlines import grown
from desktop.forms.tables.xlsx_header import PADDING_MM, Run
from desktop.forms.text_fit import wrap

CELL_PT = 10.5
MARKER_PT = 16.0
_PT_PER_MM = 72 / 25.4
_LINE = 1.35
_BOX_PADDING_PT = 2.0
_RUN_PADDING_PT = 5.0


def excel_width(width_mm: float) -> float:
    """Return a column's width as Excel counts it: digits of 7 pixels and 5 pixels around them."""
    return round(max((width_mm / 25.4 * 96 - 5) / 7, 0.5), 2)


def points(millimetres: float) -> float:
    """Return millimetres in points, to a hundredth."""
    return round(millimetres * _PT_PER_MM, 2)


def table_row(sheet: Sheet) -> int:
    """Return the worksheet's row, counted from 1, on which the table begins."""
    return 2 + bool(sheet.marker) + len(sheet.header)


def last_row(sheet: Sheet) -> int:
    """Return the worksheet's last row, counted from 1."""
    return table_row(sheet) - 1 + len(sheet.rows) + len(sheet.notes)


def run_height(sheet: Sheet, run: Run, size_pt: float = CELL_PT) -> float:
    """Return the height in points that a text above or below the table needs."""
    lines = _lines(sheet, (run.first, run.last + 1), run.text, size_pt=size_pt)
    return round(len(lines) * size_pt * _LINE + _RUN_PADDING_PT, 2)


def box_text(sheet: Sheet, box: Box) -> str:
    """Return what is written in a box: of a heading, the lines into which it is broken.

    Spreadsheet programs break within words and let a line begin with a closing bracket. What comes from the ledger
    stays as it is.
    """
    return "\n".join(_box_lines(sheet, box)) if box.is_heading and not box.is_upright else box.text


def row_heights(sheet: Sheet) -> list[float]:
    """Return the heights of the table's rows in points: the form's, or more where a text needs it."""
    least = [points(row.height_mm) for row in sheet.rows]
    needs = [
        (box, round(len(_box_lines(sheet, box)) * sheet.text_pt * _LINE + _BOX_PADDING_PT, 2))
        for box in sheet.all_boxes()
        if box.text
    ]
    return grown(least, needs)


def band_height(sheet: Sheet, least_mm: float, said: Iterable[tuple[BandColumn, object, str]]) -> float:
    """Return the height in points of a line of a band: the form's, or more where a text needs it."""
    lines = 1
    for column, value, text in said:
        if text and not isinstance(value, Decimal):
            width = sum(sheet.columns_mm[column.column : column.column + column.columns]) - PADDING_MM
            if "\n" in text or _known_columns(text) > width * _PT_PER_MM / (sheet.text_pt / 2):
                places = (column.column, column.column + column.columns)
                lines = max(lines, len(_lines(sheet, places, text, size_pt=sheet.text_pt)))
    return max(points(least_mm), round(lines * sheet.text_pt * _LINE + _BOX_PADDING_PT, 2))


@lru_cache(maxsize=65536)
def _known_columns(text: str) -> int:
    """Return how many columns a text takes, of those that come again at once."""
    return columns_of(text)


def _box_lines(sheet: Sheet, box: Box) -> Sequence[str]:
    if box.is_upright:
        return box.text
    if isinstance(box.value, Decimal):
        return [box.text]
    columns = (box.column, box.column + box.columns)
    return _lines(sheet, columns, box.text, size_pt=sheet.text_pt, is_balanced=box.is_heading)


def _lines(
    sheet: Sheet,
    columns: tuple[int, int],
    text: str,
    *,
    size_pt: float = CELL_PT,
    is_balanced: bool = False,
) -> list[str]:
    half_widths = (sum(sheet.columns_mm[slice(*columns)]) - PADDING_MM) * _PT_PER_MM / (size_pt / 2)
    return wrap(text, half_widths, columns_of, is_balanced=is_balanced)
