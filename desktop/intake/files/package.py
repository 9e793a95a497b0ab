"""Opens the ZIP that a workbook is: whole, open, and no larger than it says. Knows no cells."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.errors import AppError
from desktop.intake.files.unreadable import unreadable
from desktop.intake.files.xml import BadXmlError, Element, elements

_MOST_UNPACKED = 1_000_000_000
_LARGE_MEMBER, _LARGE_PACKAGE, _MOST_SQUEEZED = 10_000_000, 50_000_000, 100
_LARGEST_INDEX = 2_000_000
# What a broken or hostile ZIP raises: its own faults, those of each way of packing, a password (RuntimeError), a way
# of packing that is unknown (NotImplementedError), numbers and names that cannot be (the rest).
ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, NotImplementedError,
    RuntimeError, ValueError, OverflowError,
)  # fmt: skip


@contextmanager
def package_of(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a package; what a damaged one raises inside the block becomes the error that names the file.

    Raises AppError for what is no ZIP, is damaged, contradicts itself or would unpack to an absurd size. A locked
    file is not damaged: its PermissionError passes.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_contradictions(path, package.infolist())
            yield package
    except PermissionError:
        raise
    except (*ZIP_FAULTS, BadXmlError) as error:
        raise unreadable(
            path, "文件不完整或已损坏。", "请重新拷贝这个文件，或用 WPS、Excel 打开并另存一份。"
        ) from error


def _refuse_contradictions(path: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse a package that holds a name twice or would unpack to an absurd size."""
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    squeezed = any(
        m.file_size > _LARGE_MEMBER and m.file_size > _MOST_SQUEEZED * m.compress_size for m in members
    )
    packed = sum(member.compress_size for member in members)
    squeezed |= unpacked > _LARGE_PACKAGE and unpacked > _MOST_SQUEEZED * packed
    if unpacked > _MOST_UNPACKED or squeezed or len(names) != len(members):
        raise strange(path)


def strange(path: Path) -> AppError:
    """Return the error for a package that no spreadsheet program writes."""
    return unreadable(path, "文件内部结构异常，已拒绝。", "请用 WPS 或 Excel 打开并另存一份。")


def too_large(path: Path, sheets: Sequence[str]) -> AppError:
    """Return the error for sheets that span more than the program can take."""
    named = "".join(f"「{name}」" for name in sheets)
    return unreadable(path, f"{named}表的行列数超出范围。", "请删除表外的空行空列，或拆成几个文件后再导入。")


def index(package: zipfile.ZipFile, name: str) -> list[Element]:
    """Return the elements of a small member; none when it is missing or large."""
    if name not in package.namelist() or package.getinfo(name).file_size > _LARGEST_INDEX:
        return []
    with package.open(name) as file:
        return elements(file)
