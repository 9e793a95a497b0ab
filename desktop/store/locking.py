"""One program at a time: a lock of the operating system on an open handle beside the ledger."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from desktop.errors import AppError, reason_of


def _grab(handle: IO[bytes], *, is_shared: bool = False) -> None:
    """Take the lock or raise OSError. It ends with the handle, also when the program is killed.

    Where the system has no shared lock, a shared one keeps everybody out.
    """
    handle.seek(0, os.SEEK_END)  # one system locks the bytes from here on
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, (fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


def _lock_file(ledger: Path) -> Path:
    """Return where the lock of a ledger lies. Raises AppError when something else lies there."""
    path = ledger.with_name(ledger.name + ".lock")
    if path.exists() and not path.is_file():  # to open a pipe would wait for ever
        raise AppError(
            "LOCK",
            "不能使用台账",
            message=f"「{path}」不是普通文件。",
            remedy="请移走它，再试一次。",
        )
    return path


def _held_by_another(ledger: Path) -> AppError:
    return AppError(
        "LOCKED",
        "台账被占用",
        message=f"另一个程序正在使用「{ledger}」。",
        remedy="请先关闭另一个窗口或命令，再试一次。",
    )


@contextmanager
def writers_kept_out(ledger: Path) -> Iterator[None]:
    """Keep programs that write out of the ledger meanwhile, without writing anything; other readers may come in.

    Where there is no lock file none is made: nobody holds the ledger then, but somebody may come to.
    Raises AppError when another program holds it, or the lock file cannot be opened so that nobody can say.
    """
    path = _lock_file(ledger)
    try:
        handle = path.open("rb")
    except FileNotFoundError:
        yield
        return
    except OSError as error:
        raise AppError(
            "LOCK",
            "不能使用台账",
            message=f"「{path}」打不开（{reason_of(error)}），不知道另一个程序是否正在使用台账。",
            remedy="请把台账文件复制到别的文件夹再打开。",
        ) from error
    with handle:
        try:
            _grab(handle, is_shared=True)
        except OSError as error:
            raise _held_by_another(ledger) from error
        yield


class LedgerLock:
    """Holds the ledger for this program until `release`."""

    def __init__(self, ledger: Path) -> None:
        """Take the lock; raises AppError when the folder cannot be written or another program holds it."""
        path = _lock_file(ledger)
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
            raise _held_by_another(ledger) from error

    def release(self) -> None:
        """Give the ledger free."""
        self._handle.close()
