"""Workbooks to be filled in: the sheets the program understands, with drop-downs and notes. Knows no ledger.

They use only what WPS, Excel and LibreOffice share: lists, input notes, comments, hidden columns, text formats.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from desktop.core.text import columns_of
from desktop.intake.sheet_specs import ColumnSpec, SheetSpec
from desktop.intake.spellings import SPELLINGS

if TYPE_CHECKING:
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet

INSTRUCTIONS = "填写说明"
_ROWS_READY = 2000
_MADE_ON = datetime.datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook is not dated by the day it is written
_TEXT, _DATE, _WHOLE, _MONEY = "@", "yyyy-mm-dd", "0", "0.00"
_FORMATS = {
    "code": _TEXT, "credit_code": _TEXT, "phone": _TEXT, "date": _DATE, "validity": _DATE, "done": _DATE,
    "integer": _WHOLE, "money": _MONEY,
}  # fmt: skip
_NOTES = {
    "date": "日期，如 2023-05-08；不知道的留空。",
    "validity": "最后一天，如 2025-12-31；没有期限的填“永久”。",
    "done": "完成日期，如 2024-03-15；不知道日期的填“是”，没有完成的填“否”。",
    "integer": "不小于 0 的整数，不要写“约”“若干”。",
    "money": "金额，单位为元。",
    "yes_no": "填“是”或“否”。",
    "names": "有几个的，用顿号隔开。",
    "responsibilities": "有几项的，用顿号隔开。",
    "code": "照原编号填写，前面的 0 不要省略。",
    "phone": "号码完整填写，不要写成科学计数。",
}
_LONGEST_LIST = 255
_WIDEST, _NARROWEST = 40, 10
_BLUE, _RED, _GREY = "1F3864", "C00000", "D9E2F3"

Row = Mapping[str, object]
"""Values by the field of their column: text, whole number, date, or an amount in 元 as Decimal."""


def template(sheets: Sequence[tuple[SheetSpec, Sequence[Row]]], lines: Sequence[str]) -> bytes:
    """Return a workbook with one sheet for each specification and the rows it already has, instructions first.

    The column of a record's uid is hidden: it lets a row be known again whatever else is changed in it.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook()
    _write_lines(workbook.worksheets[0], lines)
    names = [spec.name for spec, _ in sheets]
    for spec, rows in sheets:
        _fill(workbook.create_sheet(spec.name), spec, rows, has_units="单位" in names)
    properties = workbook.properties
    properties.creator, properties.title = "正版台账", "正版台账登记表"
    properties.created = properties.modified = _MADE_ON
    buffer = io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED)).save()
    return buffer.getvalue()


def _write_lines(worksheet: Worksheet, lines: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font

    worksheet.title = INSTRUCTIONS
    worksheet.column_dimensions["A"].width = 90
    for number, line in enumerate(lines, start=1):
        cell = worksheet.cell(number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(name="宋体", size=16 if number == 1 else 12, bold=number == 1)
        worksheet.row_dimensions[number].height = 26 if number == 1 else 18 * -(-columns_of(line) // 78)


def _fill(worksheet: Worksheet, spec: SheetSpec, rows: Sequence[Row], *, has_units: bool) -> None:
    columns = _shown(spec)
    for place, column in enumerate(columns, start=1):
        _head(worksheet, place, column)
        _offer(worksheet, place, column, spec, has_units=has_units)
    for number, row in enumerate(rows, start=2):
        for place, column in enumerate(columns, start=1):
            value = row.get(column.field)
            if value not in (None, ""):
                cell = worksheet.cell(number, place, cast("Any", _written(value)))
                cell.number_format = _FORMATS.get(column.kind, "General")
    worksheet.freeze_panes = "B2"
    setup = worksheet.page_setup
    setup.paperSize, setup.orientation, setup.fitToHeight = 9, "landscape", 0
    properties = worksheet.sheet_properties.pageSetUpPr
    if properties is not None:
        properties.fitToPage = True
    worksheet.print_title_rows = "1:1"
    cast("HeaderFooterItem", worksheet.oddFooter).center.text = "第 &P 页 共 &N 页"


def _shown(spec: SheetSpec) -> list[ColumnSpec]:
    """Return the columns in their order, the one of the uid last."""
    return sorted(spec.columns, key=lambda column: column.field == "uid")


def _head(worksheet: Worksheet, place: int, column: ColumnSpec) -> None:
    """Write the heading of a column, and the format its cells have before anything stands in them."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    heading = f"{column.heading}（元）" if column.kind == "money" else column.heading
    cell = worksheet.cell(1, place, heading)
    cell.font = Font(name="黑体", size=11, bold=True, color=_RED if column.required else _BLUE)
    cell.fill = PatternFill("solid", fgColor=_GREY)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    line = Side("thin")
    cell.border = Border(left=line, right=line, top=line, bottom=line)
    note = ("必填。" if column.required else "") + _note(column)
    if note:
        cell.comment = Comment(note, "正版台账", height=80, width=240)
    letter = get_column_letter(place)
    dimension = worksheet.column_dimensions[letter]
    dimension.width = _width(column, heading)
    dimension.number_format = _FORMATS.get(column.kind, "General")
    dimension.hidden = column.field == "uid"
    worksheet.row_dimensions[1].height = 32


def _width(column: ColumnSpec, heading: str) -> float:
    wide = {"name": 28, "names": 24, "text": 20, "statement": 20, "code": 18, "credit_code": 22, "phone": 16}
    return min(max(columns_of(heading) + 4, wide.get(column.kind, _NARROWEST)), _WIDEST)


def _offer(worksheet: Worksheet, place: int, column: ColumnSpec, spec: SheetSpec, *, has_units: bool) -> None:
    """Give the cells of a column their list to choose from and the note that shows while one is filled in."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = ",".join(_choices(column))
    names_unit = has_units and column.field in ("unit", "parent", "industry_parent")
    if names_unit:
        validation = DataValidation("list", formula1=f"单位!$A$2:$A${_ROWS_READY}", showErrorMessage=False)
    elif choices and len(choices) <= _LONGEST_LIST:
        validation = DataValidation("list", formula1=f'"{choices}"', showErrorMessage=True)
        validation.error, validation.errorTitle = "请从列表中选择。", column.heading
    elif column.kind == "integer":
        validation = DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
        validation.error, validation.errorTitle = "请填写不小于 0 的整数。", column.heading
    else:
        validation = DataValidation(showErrorMessage=False)
    note = _note(column)
    if not (choices or names_unit or note or column.kind == "integer"):
        return
    validation.allow_blank, validation.showInputMessage = True, bool(note)
    validation.prompt, validation.promptTitle = note or None, column.heading[:30] if note else None
    letter = get_column_letter(place)
    worksheet.add_data_validation(validation)
    validation.add(f"{letter}2:{letter}{_ROWS_READY}")
    del spec


def _choices(column: ColumnSpec) -> Iterator[str]:
    if column.kind == "yes_no":
        yield from ("是", "否")
    elif column.kind in SPELLINGS:
        yield from (word.value for word in SPELLINGS[column.kind][0])


def _note(column: ColumnSpec) -> str:
    return column.note or _NOTES.get(column.kind, "")


def _written(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return value
