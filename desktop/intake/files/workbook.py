"""Reads a file into sheets of raw cells, whole or not at all. Knows no columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.intake.files.delimited import read_delimited
from desktop.intake.files.kinds import Kind, kind_of
from desktop.intake.files.opendocument import survey_ods
from desktop.intake.files.package import strange
from desktop.intake.files.pages import read_page
from desktop.intake.files.raw import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    Position,
    RawSheet,
    Survey,
)
from desktop.intake.files.unreadable import unreadable
from desktop.intake.files.xls import survey_xls
from desktop.intake.files.xlsx import survey_xlsx

_SURVEYS = {Kind.XLSX: survey_xlsx, Kind.XLS: survey_xls, Kind.ODS: survey_ods}


def read_workbook(path: Path) -> list[RawSheet]:
    """Return the sheets of a file, the hidden ones without their cells.

    Raises AppError for a file that is missing, of another kind, protected, damaged or absurdly large.
    """
    if path.is_dir():
        raise unreadable(path, "这是一个文件夹。", "请指明其中的工作簿。")
    if not path.is_file():
        raise unreadable(path, "文件不存在。", "请检查路径。")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise unreadable(path, "文件超过 300 MB。", "请拆成几个文件后再导入。")
        kind = kind_of(path)
        if kind is Kind.TEXT:
            return [read_delimited(path)]
        return read_page(path) if kind is Kind.PAGE else _read_cells(path, _SURVEYS[kind](path))
    except OSError as error:
        raise unreadable(path, "文件打不开。", "请在 WPS 或 Excel 中关闭这个文件后再试。") from error


def _read_cells(path: Path, surveys: Mapping[str, Survey]) -> list[RawSheet]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    sheets: list[RawSheet] = []
    left = MOST_CELLS
    with _damage_named(path), path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
        listed = [(m.name, m.visible == SheetVisibleEnum.Visible) for m in workbook.sheets_metadata]
        if len(listed) > MOST_SHEETS:
            raise strange(path)
        for name, is_visible in listed:
            if not is_visible:
                sheets.append(RawSheet(name, [], is_hidden=True))
                continue
            sheet = workbook.get_sheet_by_name(name)
            last_row, last_column = sheet.end or (-1, -1)
            left -= (last_row + 1) * (last_column + 1)
            if last_row >= MOST_ROWS or last_column >= MOST_COLUMNS or left < 0:
                size = f"「{name}」表有 {last_row + 1} 行 {last_column + 1} 列，超出范围。"
                raise unreadable(path, size, "请删除表外的空行空列，或拆成几个文件后再导入。")
            rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            survey = surveys.get(name, Survey())
            _put_errors(rows, survey.errors)
            sheets.append(RawSheet(name, rows, sheet.merged_cell_ranges or survey.merged))
    return sheets


@contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    """Turn what the reader raises into the error that names the file, its panics included."""
    from python_calamine import CalamineError

    try:
        yield
    except (CalamineError, ValueError, ArithmeticError) as error:
        raise _damaged(path) from error
    except BaseException as error:
        # A panic of the compiled reader is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(path) from error


def _damaged(path: Path) -> Exception:
    return unreadable(path, "文件已损坏或不是真正的工作簿。", "请用 WPS 或 Excel 打开并另存一份。")


def _put_errors(rows: list[list[Any]], errors: Mapping[Position, str]) -> None:
    """Put the texts of formulas' errors, which the reader leaves empty, where they stand."""
    for (row, column), text in errors.items():
        if row < len(rows):
            rows[row].extend([None] * (column + 1 - len(rows[row])))
            rows[row][column] = text
