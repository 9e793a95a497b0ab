"""Reads .xlsx and .csv files into sheets of raw cells, whole or not at all. Knows no columns."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import AppError
from desktop.intake.cells import Cell

_MOST_BYTES = 300_000_000
_MOST_UNPACKED = 2_000_000_000
_MOST_ROWS = 1_100_000
_MOST_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it lies in the file: its name and its cells, row by row from the first."""

    name: str
    rows: Sequence[Sequence[Cell]]


def read_workbook(path: Path) -> list[RawSheet]:
    """Return the sheets of a .xlsx or .csv file.

    Raises AppError for a file that is missing, of another kind, protected, damaged or absurdly large.
    """
    if not path.is_file():
        raise _unreadable(path, "文件不存在。", "请检查路径。")
    if path.stat().st_size > _MOST_BYTES:
        raise _unreadable(path, "文件超过 300 MB。", "请拆成几个文件后再导入。")
    if path.suffix.lower() == ".csv":
        return [RawSheet(path.stem, _read_csv(path))]
    if path.suffix.lower() == ".xlsx":
        return _read_xlsx(path)
    raise _unreadable(path, f"不支持「{path.suffix or '无后缀'}」文件。", "请另存为 .xlsx 或 .csv 后再导入。")


def _unreadable(path: Path, what: str, remedy: str) -> AppError:
    return AppError("UNREADABLE", "无法读取", message=f"《{path.name}》：{what}", remedy=remedy)


def _read_xlsx(path: Path) -> list[RawSheet]:
    _refuse_bad_package(path)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_path(path) as workbook:
            visible = [m.name for m in workbook.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
            return [
                RawSheet(name, _checked_size(path, name, workbook.get_sheet_by_name(name)))
                for name in visible
            ]
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(
            path, "文件已损坏或不是真正的 .xlsx。", "请用 WPS 或 Excel 打开并另存一份。"
        ) from error


def _checked_size(path: Path, name: str, sheet: object) -> list[list[Cell]]:
    height, width = sheet.height, sheet.width  # type: ignore[attr-defined]  # the class is not exported
    if height > _MOST_ROWS or width > _MOST_COLUMNS:
        raise _unreadable(
            path, f"「{name}」表有 {height} 行 {width} 列，超出范围。", "请删除表外的空行空列后再导入。"
        )
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    return rows


def _refuse_bad_package(path: Path) -> None:
    """Refuse what is no ZIP, is protected by a password, or would unpack to an absurd size."""
    with path.open("rb") as file:
        if file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise _unreadable(path, "文件有打开密码，或是旧的 .xls 格式。", "请去掉密码并另存为 .xlsx。")
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            names = [member.filename for member in members]
            unpacked = sum(member.file_size for member in members)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise _unreadable(
            path, "文件不完整或已损坏。", "请重新拷贝这个文件，或用 WPS、Excel 另存一份。"
        ) from error
    if unpacked > _MOST_UNPACKED or len(names) != len(set(names)):
        raise _unreadable(path, "文件内部结构异常，已拒绝。", "请用 WPS 或 Excel 打开并另存一份。")


def _read_csv(path: Path) -> list[list[Cell]]:
    text = decoded(path.read_bytes(), path)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=True)]
    except csv.Error as error:
        raise _unreadable(path, f"不是规范的 CSV（{error}）。", "请用 WPS 或 Excel 另存为 .xlsx。") from error


def _dialect(text: str) -> type[csv.Dialect]:
    head = text[:4096]
    return csv.excel_tab if head.count("\t") > head.count(",") else csv.excel


def decoded(content: bytes, path: Path) -> str:
    """Return the text of bytes in UTF-8 (with or without a mark) or GB18030; raises AppError for others."""
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
    raise _unreadable(path, "文字编码无法识别。", "请另存为 .xlsx，或存为 UTF-8 编码的 CSV。")
