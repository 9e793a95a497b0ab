"""Opens a ledger to be looked at: not one byte of it changes, and no file is left beside it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from desktop.errors import AppError, reason_of
from desktop.store.database import Clock, Ledger, NewId, address_of, connect
from desktop.store.faults import Connection, faults_of, file_faults_of
from desktop.store.locking import writers_kept_out
from desktop.store.migrations import SCHEMA, schema_of
from desktop.store.opening import behind_links, refuse_foreign_or_newer, refuse_what_is_no_ledger

_UNMERGED = ("-wal", "-journal")
"""Endings of the files beside a ledger in which a program that was cut short leaves what is not yet in it."""


@contextmanager
def opened_read_only(path: Path, clock: Clock, new_id: NewId) -> Iterator[Ledger]:
    """Open a ledger read-only for as long as it is looked at; what is temporary lives in memory.

    The database is told that the file never changes (`immutable`): only so can it be read from a read-only medium
    and without files of its own beside it. Therefore nobody may write meanwhile: a ledger that another program holds
    is refused, and while this one looks, none that writes can open it. Where that cannot be had, since there is no
    lock file and none may be made, a change during the look is noticed and said at its end.

    What a program that was cut short has left in a file beside the ledger belongs to it but can only be merged by
    writing: then a copy in the temporary folder is merged and read, and removed afterwards.

    Raises AppError for a file that is missing, held by another program, not a ledger, damaged, newer, or older:
    bringing it up to date would be writing.
    """
    path = behind_links(path)
    refuse_what_is_no_ledger(path)
    with (
        writers_kept_out(path),
        _unchanged(path),
        faults_of(path),
        _merged(path) as file,
        closing(connect(address_of(file, "mode=ro&immutable=1"), is_uri=True)) as connection,
    ):
        refuse_foreign_or_newer(connection, path)
        _refuse_unready(connection, path)
        yield Ledger(connection, path, clock, new_id, is_read_only=True)


def _refuse_unready(connection: Connection, path: Path) -> None:
    """Refuse a ledger that only writing could make ready: one of an older schema, one whose creation was cut short."""
    if schema_of(connection) < SCHEMA:
        raise AppError(
            "OLDER",
            "台账版本较旧",
            message=f"「{path}」由较早版本的程序建立，要先升级，只读方式不能升级，没有改动它。",
            remedy="请先去掉 --read-only 执行一次 history，升级前会自动备份；不能动原件的，请把它复制到别的文件夹再这样做。",
        )
    if connection.execute("SELECT 1 FROM operation").fetchone() is None:
        raise AppError(
            "UNFINISHED",
            "台账没有建立完",
            message=f"「{path}」在建立时中断了，还没有任何内容，没有改动它。",
            remedy="请先去掉 --read-only 执行一次 history，会自动补齐。",
        )


@contextmanager
def _unchanged(path: Path) -> Iterator[None]:
    """Raise AppError at the end when the ledger was changed meanwhile, also in place of what came of reading a torn one."""
    before = _state_of(path)
    try:
        yield
    except AppError as error:
        if _state_of(path) != before:
            raise _changed(path) from error
        raise
    if _state_of(path) != before:
        raise _changed(path)


def _state_of(path: Path) -> list[tuple[int, int] | None]:
    """Return size and time of change of the ledger's file and of those beside it that belong to it."""
    return [_size_and_time(_beside(path, ending)) for ending in ("", *_UNMERGED)]


def _size_and_time(path: Path) -> tuple[int, int] | None:
    with file_faults_of(path):
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        return found.st_size, found.st_mtime_ns


def _changed(path: Path) -> AppError:
    return AppError(
        "CHANGED",
        "台账被改动",
        message=f"查看期间另一个程序改动了「{path}」，以上结果可能前后不一致。",
        remedy="请关闭另一个程序，再执行一次。",
    )


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


@contextmanager
def _merged(path: Path) -> Iterator[Path]:
    """Yield a file that holds all of the ledger: itself, or a copy with what was left beside it, removed afterwards."""
    left = [ending for ending in _UNMERGED if (_size_and_time(_beside(path, ending)) or (0, 0))[0]]
    if not left:
        yield path
        return
    with _temporary_folder(path) as folder:
        copy = folder / "copy.db"
        with _copying(path):
            for ending in ("", *left):
                shutil.copyfile(_beside(path, ending), _beside(copy, ending))
        with closing(connect(copy)) as connection:  # the last one to close merges
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        yield copy


@contextmanager
def _temporary_folder(path: Path) -> Iterator[Path]:
    with _copying(path):
        folder = tempfile.TemporaryDirectory(prefix="zhengban-", ignore_cleanup_errors=True)
    with folder as name:
        yield Path(name)


@contextmanager
def _copying(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AppError(
            "COPY",
            "不能只读打开",
            message=f"「{path}」旁边有上次中断时没有并入的改动，要复制到临时文件夹才能查看，复制没有成功（{reason_of(error)}）。",
            remedy="请清理磁盘后再试；可以改动原件的，去掉 --read-only 执行一次 history，改动会并入台账。",
        ) from error
