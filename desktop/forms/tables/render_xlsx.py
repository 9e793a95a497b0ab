"""Renders a sheet as an XLSX workbook that prints like the official table."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from desktop.files import write_whole
from desktop.forms.grid import Sheet
from desktop.forms.tables.xlsx_places import last_row, table_row

if TYPE_CHECKING:
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet

MADE_BY = "正版台账"
"""Marks a workbook as ours."""

_A4 = 9
_MM_PER_INCH = 25.4
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_NO_DAY = datetime.date(2000, 1, 1)


def render_xlsx(sheet: Sheet, path: Path, *, dated: datetime.date | None = None) -> None:
    """Write the sheet as a workbook, whole or not at all. The same sheet gives the same cells.

    `dated` is kept as the day on which the workbook was made; without it, always the same day.
    Raises AppError when the file cannot be written.
    """
    write_whole(path, xlsx_bytes(sheet, dated=dated))


def xlsx_bytes(sheet: Sheet, *, dated: datetime.date | None = None) -> bytes:
    """Return the workbook."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    from desktop.forms.tables.xlsx_sheet import fill_worksheet
    from desktop.forms.tables.xlsx_stream import stream_worksheet

    if sheet.bands:
        workbook = Workbook(write_only=True)
        worksheet = workbook.create_sheet(_name(sheet))
        _set_up_printing(worksheet, sheet)
        stream_worksheet(worksheet, sheet)
    else:
        workbook = Workbook()
        worksheet = workbook.worksheets[0]
        worksheet.title = _name(sheet)
        fill_worksheet(worksheet, sheet)
        _set_up_printing(worksheet, sheet)
    properties = workbook.properties
    properties.creator, properties.title = MADE_BY, sheet.title
    properties.created = properties.modified = datetime.datetime.combine(dated or _NO_DAY, datetime.time())
    buffer = io.BytesIO()
    # `Workbook.save` would set the day of change to now.
    ExcelWriter(workbook, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED)).save()
    return buffer.getvalue()


def _name(sheet: Sheet) -> str:
    """Return the worksheet's name: the title as far as Excel allows."""
    plain = _NOT_IN_A_NAME.sub("_", " ".join(sheet.title.split())).strip("'")
    return plain[:_LONGEST_NAME] or sheet.code


def _set_up_printing(worksheet: Worksheet, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    page, setup = sheet.page, worksheet.page_setup
    setup.paperSize = _A4
    setup.orientation = "landscape" if page.is_landscape else "portrait"
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup.fitToWidth, setup.fitToHeight = 1, 1 if page.is_single else 0
    sides = (page.left_mm, page.right_mm, page.top_mm, page.bottom_mm, page.top_mm / 2, page.bottom_mm / 2)
    worksheet.page_margins = PageMargins(*(side / _MM_PER_INCH for side in sides))
    worksheet.print_options.horizontalCentered = True
    worksheet.print_area = f"A1:{get_column_letter(len(sheet.columns_mm))}{last_row(sheet)}"
    if not page.is_single:
        cast("HeaderFooterItem", worksheet.oddFooter).center.text = "第 &P 页 共 &N 页"
        _repeat_heads(worksheet, sheet)
    if sheet.imprint:
        cast("HeaderFooterItem", worksheet.oddFooter).right.text = "\n".join(sheet.imprint.lines)
    if sheet.watermark:
        cast("HeaderFooterItem", worksheet.oddHeader).center.text = sheet.watermark


def _repeat_heads(worksheet: Worksheet, sheet: Sheet) -> None:
    heads = [row for row, each in enumerate(sheet.rows, start=table_row(sheet)) if each.is_head]
    if heads:
        worksheet.print_title_rows = f"{heads[0]}:{heads[-1]}"
