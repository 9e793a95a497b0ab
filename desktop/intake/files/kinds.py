"""Tells by its content what kind of file one is; a suffix is often wrong. Reads no cells."""

from __future__ import annotations

import re
from enum import Enum, auto
from pathlib import Path

from desktop.intake.files.package import package_of, strange
from desktop.intake.files.unreadable import unreadable

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html"}
_TEXTS = {".csv", ".tsv", ".txt"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST = 4096
_OTHERS = (
    (b"%PDF", "PDF 文件"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"MZ", "程序"),
)
_TABLE_2003 = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|table|meta|head|body|div|style)\b", re.IGNORECASE)
_SAVE = "请用 WPS 或 Excel 打开并另存为 .xlsx。"


class Kind(Enum):
    """The kinds of file that are read."""

    XLSX = auto()
    XLS = auto()
    ODS = auto()
    PAGE = auto()
    TEXT = auto()


def kind_of(path: Path) -> Kind:
    """Return what a file is. Raises AppError, with what it is instead, for one that is no table."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise unreadable(
            path, f"不支持「{path.suffix or '无后缀'}」文件。", "请另存为 .xlsx 或 .csv 后再导入。"
        )
    with path.open("rb") as file:
        first = file.read(_FIRST)
    if first.startswith(b"PK"):
        return _kind_of_package(path)
    if first.startswith(_OLE):
        return Kind.XLS
    for sign, what in _OTHERS:
        if first.startswith(sign):
            raise unreadable(path, f"这是{what}，不是表格。", "请选择原来的表格文件。")
    plain = first.replace(b"\x00", b"")
    if _TABLE_2003.search(plain):
        raise unreadable(path, "这是 XML 表格（2003）格式。", _SAVE)
    if _PAGE.search(plain):
        return Kind.PAGE
    if suffix in _TEXTS or b"\t" in plain or b"," in plain:
        return Kind.TEXT
    raise unreadable(path, "文件已损坏，或不是真正的工作簿。", _SAVE)


def _kind_of_package(path: Path) -> Kind:
    with package_of(path) as package:
        names = set(package.namelist())
        if "mimetype" in names and package.getinfo("mimetype").file_size < _FIRST:
            if b"spreadsheet" in package.read("mimetype"):
                if "[Content_Types].xml" in names:
                    raise strange(path)  # two workbooks in one: the reader might take the other
                return Kind.ODS
            raise unreadable(path, "这不是工作簿。", "请选择 Excel 或 WPS 表格文件。")
    if "xl/workbook.bin" in names:
        raise unreadable(path, "这是 .xlsb（二进制工作簿）。", _SAVE)
    if any(name.startswith("word/") for name in names):
        raise unreadable(path, "这是 Word 文档。", "请把其中的表格复制到工作簿，存为 .xlsx。")
    if "[Content_Types].xml" not in names:
        raise unreadable(path, "这是压缩包，或工作簿已损坏。", "请解压后选择其中的工作簿。")
    return Kind.XLSX
