"""Reads .xlsx and .csv files into sheets of raw cells, whole or not at all. Knows no columns."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.intake.cells import Cell
from desktop.intake.package import examine, strange
from desktop.intake.sheet_xml import Position
from desktop.intake.unreadable import unreadable

_MOST_BYTES = 300_000_000
_MOST_ROWS = 1_100_000
_MOST_COLUMNS = 1_000
_MOST_CELLS = 30_000_000
_MOST_SHEETS = 200
_LINES_TRIED = 20

Merged = tuple[Position, Position]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it lies in the file: its name, its cells, row by row from the first, its merged ranges.

    A range is given by its first and last cell, row and column counted from 0. Of a hidden sheet only the name is
    read.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[Merged] = ()
    is_hidden: bool = False


def read_workbook(path: Path) -> list[RawSheet]:
    """Return the sheets of a .xlsx or .csv file, the hidden ones without their cells.

    Raises AppError for a file that is missing, of another kind, protected, damaged or absurdly large.
    """
    if path.is_dir():
        raise unreadable(path, "这是一个文件夹。", "请指明其中的工作簿。")
    if not path.is_file():
        raise unreadable(path, "文件不存在。", "请检查路径。")
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise unreadable(
            path, f"不支持「{path.suffix or '无后缀'}」文件。", "请另存为 .xlsx 或 .csv 后再导入。"
        )
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise unreadable(path, "文件超过 300 MB。", "请拆成几个文件后再导入。")
        return [RawSheet(path.stem, _read_csv(path))] if suffix == ".csv" else _read_xlsx(path)
    except OSError as error:
        raise unreadable(path, "文件打不开。", "请在 WPS 或 Excel 中关闭这个文件后再试。") from error


def _read_xlsx(path: Path) -> list[RawSheet]:
    errors = examine(path)
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    sheets: list[RawSheet] = []
    left = _MOST_CELLS
    with _damage_named(path), CalamineWorkbook.from_path(path) as workbook:
        listed = [(m.name, m.visible == SheetVisibleEnum.Visible) for m in workbook.sheets_metadata]
        if len(listed) > _MOST_SHEETS:
            raise strange(path)
        for name, is_visible in listed:
            if not is_visible:
                sheets.append(RawSheet(name, [], is_hidden=True))
                continue
            sheet = workbook.get_sheet_by_name(name)
            last_row, last_column = sheet.end or (-1, -1)
            left -= (last_row + 1) * (last_column + 1)
            if last_row >= _MOST_ROWS or last_column >= _MOST_COLUMNS or left < 0:
                size = f"「{name}」表有 {last_row + 1} 行 {last_column + 1} 列，超出范围。"
                raise unreadable(path, size, "请删除表外的空行空列，或拆成几个文件后再导入。")
            rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            _put_errors(rows, errors.get(name, {}))
            sheets.append(RawSheet(name, rows, sheet.merged_cell_ranges or ()))
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
    return unreadable(path, "文件已损坏或不是真正的 .xlsx。", "请用 WPS 或 Excel 打开并另存一份。")


def _put_errors(rows: list[list[Any]], errors: Mapping[Position, str]) -> None:
    """Put the texts of formulas' errors, which the reader leaves empty, where they stand."""
    for (row, column), text in errors.items():
        if row < len(rows):
            rows[row].extend([None] * (column + 1 - len(rows[row])))
            rows[row][column] = text


class _Semicolons(csv.excel):
    delimiter = ";"


def _read_csv(path: Path) -> list[list[Cell]]:
    text = decoded(path.read_bytes(), path)
    reader = csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=True)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in reader:
            cells += len(row)
            if len(row) > _MOST_COLUMNS or len(rows) >= _MOST_ROWS or cells > _MOST_CELLS:
                raise unreadable(
                    path, f"第 {reader.line_num} 行起行列数超出范围。", "请拆成几个文件后再导入。"
                )
            rows.append([*row])
    except csv.Error as error:
        raise unreadable(
            path,
            f"第 {reader.line_num} 行不是规范的 CSV。",
            "请核对该行的引号，或用 WPS 或 Excel 另存为 .xlsx。",
        ) from error
    return rows


def _dialect(text: str) -> type[csv.Dialect]:
    """Return how cells are parted: by the mark that gives most of the first lines most cells."""
    lines = [line for line in text[:8192].splitlines() if line.strip()][:_LINES_TRIED]
    dialects = (csv.excel, csv.excel_tab, _Semicolons)
    cells = {dialect: sorted(len(row) for row in csv.reader(lines, dialect)) for dialect in dialects}
    return max(dialects, key=lambda dialect: cells[dialect][(len(lines) - 1) // 2] if lines else 0)


def decoded(content: bytes, path: Path) -> str:
    """Return the text of bytes in UTF-8, UTF-16 with its mark, or GB18030; raises AppError for others."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise unreadable(path, "文字编码无法识别。", "请另存为 .xlsx，或存为 UTF-8 编码的 CSV。")
