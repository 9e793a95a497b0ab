"""Writes files so that they are there whole or not at all. Knows no format."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from desktop.errors import AppError

_PARTIAL = ".partial"
_LEFT_BEHIND = re.compile(rf"\.[0-9a-f]{{16}}\{_PARTIAL}(-journal|-wal|-shm)?")


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Yield an empty file to write to. It becomes `target` when all went well and goes away otherwise.

    Raises OSError as the system does, also for a target that is no plain file: a folder, a device.
    """
    if target.exists() and not target.is_file():
        raise OSError(errno.EISDIR, "not a plain file", str(target))
    # `tempfile` would make a file that colleagues cannot read in a shared folder.
    partial = target.parent / f".{secrets.token_hex(8)}{_PARTIAL}"
    try:
        partial.open("xb").close()
        yield partial
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what `whole_file` and a database in it left below a folder when the program was killed.

    Only for who knows that nobody is writing there. What cannot be removed stays until the next time.
    """
    for path in folder.rglob(f".*{_PARTIAL}*"):
        if _LEFT_BEHIND.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write into, which replaces an older one when all went well.

    Raises AppError when that is refused; the older file then stays.
    """
    try:
        with whole_file(path) as partial, partial.open("wb") as file:
            yield file
    except OSError as error:
        raise _cannot_write(path, error) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, replacing an older one. Raises AppError when that is refused; the older file then stays."""
    with written_whole(path) as file:
        file.write(content)


def _cannot_write(path: Path, error: OSError) -> AppError:
    if error.errno == errno.ENOSPC:
        return AppError(
            "DISK-FULL", "磁盘已满", message=f"没有写成「{path}」。", remedy="请清理磁盘，或换一个位置保存。"
        )
    if isinstance(error, FileNotFoundError):
        return AppError(
            "NO-FOLDER",
            "没有这个文件夹",
            message=f"「{path.parent}」不存在。",
            remedy="请先建立文件夹，或换一个位置保存。",
        )
    if error.errno == errno.EISDIR:
        return AppError(
            "NOT-A-FILE",
            "无法写入",
            message=f"「{path}」是文件夹或设备，不是普通文件。",
            remedy="请换一个文件名。",
        )
    return AppError(
        "CANNOT-WRITE",
        "无法写入",
        message=f"没有写成「{path}」。",
        remedy="如果文件正在 Excel 或 WPS 中打开，请先关闭；也可能没有写入权限，请换一个文件名或位置。",
    )
