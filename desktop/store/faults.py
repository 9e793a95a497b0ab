"""The faults of database and files, and the sentence a person gets for each. Catch the database's only here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from desktop.errors import AppError, reason_of

Connection = Any
DatabaseFault: type[Exception] = dbapi2.Error
IntegrityFault: type[Exception] = dbapi2.IntegrityError

_SENTENCES = (
    ("disk is full", "DISK-FULL", "磁盘已满", "磁盘空间不足，未写入任何内容。", "请清理磁盘后再试。"),
    (
        "readonly",
        "READ-ONLY",
        "无法写入",
        "没有写入权限，未写入任何内容。",
        "请换到有写入权限的文件夹，或请管理员放开权限。",
    ),
    (
        "unable to open",
        "CANNOT-OPEN",
        "无法打开",
        "文件无法打开或建立。",
        "请检查文件夹是否存在、是否有写入权限。",
    ),
    ("locked", "LOCKED", "台账被占用", "另一个程序正在使用这个台账。", "请关闭另一个程序后再试。"),
    (
        "not a database",
        "NOT-A-LEDGER",
        "不是台账文件",
        "该文件不是正版台账的数据文件。",
        "请选择正版台账建立的文件。",
    ),
    (
        "malformed|unsupported file format",
        "DAMAGED",
        "台账文件损坏",
        "文件内容不完整或已损坏。",
        "请从备份恢复，损坏的文件请原样保留。",
    ),
    (
        "no such table|no such column",
        "ALTERED",
        "台账的结构不对",
        "缺少数据表或栏目，台账在程序之外被改动过。",
        "请用 journal verify 查看，从改动以前的备份恢复，这份台账请原样保留。",
    ),
    (
        "disk i/o error",
        "DISK-ERROR",
        "磁盘读写出错",
        "磁盘读写出错，未写入任何内容。",
        "请检查磁盘，必要时从备份恢复。",
    ),
)


def translated_fault(error: Exception, path: Path | str) -> AppError | None:
    """Return the error a person gets for a fault of the world, or nothing for a fault of the program."""
    said = str(error).lower()
    for signs, code, title, message, remedy in _SENTENCES:
        if any(sign in said for sign in signs.split("|")):
            return AppError(code, title, message=f"「{path}」：{message}", remedy=remedy)
    return None


@contextmanager
def file_faults_of(path: Path | str) -> Iterator[None]:
    """Turn a fault of the file system into an AppError naming `path`."""
    try:
        yield
    except OSError as error:
        raise AppError(
            "FILE",
            "文件不能读写",
            message=f"「{path}」：{reason_of(error)}。",
            remedy="请检查磁盘空间、文件名和读写权限。",
        ) from error


@contextmanager
def faults_of(path: Path | str) -> Iterator[None]:
    """Turn a database fault that a person can do something about into an AppError naming `path`."""
    try:
        yield
    except dbapi2.Error as error:
        translated = translated_fault(error, path)
        if translated is None:
            raise
        raise translated from error
