"""Reads a file into sheets of raw cells, whole or not at all. Knows no columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from desktop.intake.files.delimited import read_delimited
from desktop.intake.files.kinds import Kind, kind_of
from desktop.intake.files.opendocument import survey_ods
from desktop.intake.files.package import strange, too_large
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
from desktop.intake.files.xls import opened_xls, survey_xls
from desktop.intake.files.xlsx import survey_xlsx


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


_KINDS: Mapping[Kind, tuple[Callable[[Path], Mapping[str, Survey]], Callable[[Path], IO[bytes]]]] = {
    Kind.XLSX: (survey_xlsx, _opened),
    Kind.XLS: (survey_xls, opened_xls),
    Kind.ODS: (survey_ods, _opened),
}
"""How each kind is measured, and opened for the reader."""


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
        return read_page(path) if kind is Kind.PAGE else _read_cells(path, kind)
    except OSError as error:
        raise unreadable(path, "文件打不开。", "请在 WPS 或 Excel 中关闭这个文件后再试。") from error


def _read_cells(path: Path, kind: Kind) -> list[RawSheet]:
    survey_of, opened = _KINDS[kind]
    surveys = survey_of(path)
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    sheets: list[RawSheet] = []
    left = MOST_CELLS
    with _damage_named(path), opened(path) as file, CalamineWorkbook.from_filelike(file) as workbook:
        listed = [(m.name, m.visible == SheetVisibleEnum.Visible) for m in workbook.sheets_metadata]
        if len(listed) > MOST_SHEETS or len({name for name, _ in listed}) != len(listed):
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
            left -= _put_errors(rows, survey.errors)
            if left < 0:
                raise too_large(path, [name])
            sheets.append(
                RawSheet(name, rows, sheet.merged_cell_ranges or survey.merged, hidden_rows=survey.hidden)
            )
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


def _put_errors(rows: list[list[Any]], errors: Mapping[Position, str]) -> int:
    """Put the texts of formulas' errors, which the reader leaves out, where they stand; return how many cells more.

    They may stand beyond the last cell that was read. What lies absurdly far out is no cell of a table.
    """
    more = 0
    for (row, column), text in errors.items():
        if row < MOST_ROWS and column < MOST_COLUMNS and more <= MOST_CELLS:
            rows.extend([] for _ in range(row + 1 - len(rows)))
            lacking = column + 1 - len(rows[row])
            rows[row].extend([None] * lacking)
            more += max(lacking, 0)
            rows[row][column] = text
    return more
