"""One program at a time: a lock of the operating system on an open handle beside the ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from desktop.errors import AppError, reason_of


def _grab(handle: IO[bytes]) -> None:
    """Take the lock or raise OSError. It ends with the handle, also when the program is killed."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LedgerLock:
    """Holds the ledger for this program until `release`."""

    def __init__(self, ledger: Path) -> None:
        """Take the lock; raises AppError when the folder cannot be written or another program holds it."""
        path = ledger.with_name(ledger.name + ".lock")
        if path.exists() and not path.is_file():  # to open a pipe would wait for ever
            raise AppError(
                "LOCK",
                "不能使用台账",
                message=f"「{path}」不是普通文件。",
                remedy="请移走它，再试一次。",
            )
        try:
            self._handle = path.open("ab")
        except OSError as error:
            raise AppError(
                "READ-ONLY",
                "无法写入",
                message=f"「{ledger}」所在的文件夹不能写入（{reason_of(error)}）。",
                remedy="请把台账放到本机有写入权限的文件夹。",
            ) from error
        try:
            _grab(self._handle)
        except OSError as error:
            self._handle.close()
            raise AppError(
                "LOCKED",
                "台账被占用",
                message=f"另一个程序正在使用「{ledger}」。",
                remedy="请先关闭另一个窗口或命令，再试一次。",
            ) from error

    def release(self) -> None:
        """Give the ledger free."""
        self._handle.close()
