"""Writes a file so that it is there whole or not at all. Knows no format."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

from desktop.errors import AppError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, replacing an older one. Raises AppError when that is refused; the older file then stays."""
    try:
        _replace(path, content)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _replace(path: Path, content: bytes) -> None:
    # `tempfile` would make a file that colleagues cannot read in a shared folder.
    partial = path.parent / f".{secrets.token_hex(8)}.partial"
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


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
    return AppError(
        "CANNOT-WRITE",
        "无法写入",
        message=f"没有写成「{path}」。",
        remedy="如果文件正在 Excel 或 WPS 中打开，请先关闭；也可能没有写入权限，请换一个文件名或位置。",
    )
