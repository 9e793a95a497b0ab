"""Opens an existing ledger: refuses what is none, damaged or newer, and brings an older one up to date."""

from __future__ import annotations

import errno
from pathlib import Path

from desktop.errors import AppError
from desktop.store.backup import clear_away, make_backup
from desktop.store.database import APPLICATION_ID, Clock, Ledger, NewId, connect, held_lock
from desktop.store.faults import Connection, faults_of, file_faults_of
from desktop.store.migrations import SCHEMA, migrate, schema_of

_MAGIC = b"SQLite format 3\x00"


def open_ledger(path: Path, clock: Clock, new_id: NewId) -> Ledger:
    """Open a ledger file, bringing an older schema up to date after a backup.

    Through a link it is the file behind it that is held and backed up. What a killed program left half written in the
    ledger's folders goes. Raises AppError for a file that is missing, held by another program, not a ledger, damaged
    or newer.
    """
    path = behind_links(path)
    refuse_what_is_no_ledger(path)
    with held_lock(path) as lock, faults_of(path):
        connection = connect(path)
        try:
            refuse_foreign_or_newer(connection, path)
            clear_away(path)
            ledger = Ledger(connection, path, clock, new_id, lock=lock)
            _bring_up_to_date(ledger)
        except BaseException:
            connection.close()
            raise
        return ledger


def behind_links(path: Path) -> Path:
    """Return the file behind links. Raises AppError for links that lead nowhere."""
    with file_faults_of(path):
        try:
            return path.resolve()
        except RuntimeError as error:  # a circle of links, before Python 3.13
            raise OSError(errno.ELOOP, "links in a circle") from error


def refuse_what_is_no_ledger(path: Path) -> None:
    """Raise AppError for what is missing, no file, or by its first bytes no database."""
    with file_faults_of(path):
        if path.exists() and not path.is_file():
            raise AppError(
                "NOT-A-LEDGER",
                "不是台账文件",
                message=f"「{path}」是文件夹或设备。",
                remedy="请指明台账文件。",
            )
        if not path.is_file():
            raise AppError(
                "MISSING",
                "找不到台账",
                message=f"「{path}」不存在。",
                remedy="请检查路径，或先用 init 建立台账。",
            )
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise _not_a_ledger(path)


def _not_a_ledger(path: Path) -> AppError:
    return AppError(
        "NOT-A-LEDGER",
        "不是台账文件",
        message=f"「{path}」不是正版台账的数据文件，没有改动它。",
        remedy="请选择正版台账建立的文件。",
    )


def refuse_foreign_or_newer(connection: Connection, path: Path) -> None:
    """Refuse a file whose head says that it is not ours, is newer, or contradicts what it holds."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise _not_a_ledger(path)
    schema = schema_of(connection)
    is_ours = (
        connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'operation'").fetchone() is not None
    )
    is_empty = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    if schema < 0 or (schema == 0) is not is_empty or (0 < schema <= SCHEMA and not is_ours):
        raise AppError(
            "DAMAGED",
            "台账文件损坏",
            message=f"「{path}」：文件开头的内容已损坏，没有改动它。",
            remedy="请从备份恢复，损坏的文件请原样保留。",
        )
    if schema > SCHEMA:
        raise AppError(
            "NEWER",
            "台账版本较新",
            message=f"「{path}」由更新版本的程序建立，没有改动它。",
            remedy="请安装新版本的正版台账后再打开。",
        )


def _bring_up_to_date(ledger: Ledger) -> None:
    if schema_of(ledger.connection) < SCHEMA:
        make_backup(ledger, "升级前")
        migrate(ledger.connection)
