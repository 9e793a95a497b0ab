"""Opens, creates and closes the ledger's file. Knows nothing of what the records mean."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.errors import AppError
from desktop.store.faults import Connection, faults_of, file_faults_of
from desktop.store.locking import LedgerLock
from desktop.store.migrations import migrate

APPLICATION_ID = 0x5A424C31

Clock = Callable[[], datetime.datetime]
NewId = Callable[[], str]


@dataclass
class Ledger:
    """An open ledger (台账): its connection, its file, and where time and ids come from."""

    connection: Connection
    path: Path
    clock: Clock
    new_id: NewId
    who: str = ""
    lock: LedgerLock | None = None
    loaded_scope: dict[int, str] = field(default_factory=dict)
    is_read_only: bool = False

    @property
    def today(self) -> datetime.date:
        """The day the clock shows."""
        return self.clock().date()

    def refuse_if_read_only(self) -> None:
        """Raise AppError for a ledger that was opened to be looked at only."""
        if self.is_read_only:
            raise read_only_refusal()

    def close(self) -> None:
        """Close the file and give it free for other programs."""
        self.connection.close()
        if self.lock is not None:
            self.lock.release()


def read_only_refusal() -> AppError:
    """Return what a person is told who wants to change a ledger that is only looked at."""
    return AppError(
        "LOOKING-ONLY",
        "没有改动",
        message="台账以只读方式打开，不能改动。",
        remedy="确要改动的，请去掉 --read-only 再执行一次。",
    )


def connect(path: Path | str, *, is_uri: bool = False) -> Connection:
    """Open a connection that keeps references, journals what REPLACE drops and survives a power cut."""
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, uri=is_uri)
    pragmas = ("foreign_keys = ON", "recursive_triggers = ON", "synchronous = FULL", "temp_store = MEMORY")
    for pragma in (*pragmas, "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def reading_copy(ledger: Ledger) -> Ledger:
    """Return another connection to an open ledger's file that cannot change it, with its clock and no lock of its own."""
    copy = replace(ledger, connection=connect(address_of(ledger.path, "mode=ro"), is_uri=True))
    return replace(copy, lock=None, loaded_scope={}, is_read_only=True)


def address_of(path: Path, how: str) -> str:
    """Return a file as the database's address of it, to be opened in the way that `how` says."""
    name = path.absolute().as_posix()
    for mark in "%?#":
        name = name.replace(mark, f"%{ord(mark):02x}")
    return f"file://{'' if name.startswith('/') else '/'}{name}?{how}"


def in_memory(clock: Clock, new_id: NewId) -> Ledger:
    """Return a new ledger that lives in memory only, for trials and tests."""
    connection = connect(":memory:")
    migrate(connection)
    return Ledger(connection, Path(":memory:"), clock, new_id)


def create(
    path: Path, clock: Clock, new_id: NewId, furnish: Callable[[Ledger], None] = lambda _: None
) -> Ledger:
    """Create a ledger file with what `furnish` gives it, and return it open.

    It is made under a hidden name and gets its own when it is whole; what a killed program left under the hidden one
    goes. Raises AppError when something is already there or the folder cannot be written; no ledger is left then.
    """
    _refuse_what_is_there(path)
    unfinished = path.with_name(f".{path.name}.new")
    with held_lock(path) as lock, faults_of(path), file_faults_of(path):
        _refuse_what_is_there(path)  # it may just have come, before the lock
        try:
            _remove(unfinished)
            with closing(connect(unfinished)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                migrate(connection)
                furnish(Ledger(connection, unfinished, clock, new_id))
            unfinished.rename(path)
        except BaseException:
            _remove(unfinished)
            raise
        return Ledger(connect(path), path, clock, new_id, lock=lock)


def _refuse_what_is_there(path: Path) -> None:
    with file_faults_of(path):
        if path.exists():
            raise AppError(
                "EXISTS",
                "文件已存在",
                message=f"「{path}」已经存在，没有改动它。",
                remedy="请换一个文件名，或直接使用已有的台账。",
            )


def _remove(path: Path) -> None:
    """Remove a database with the files that SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


@contextmanager
def held_lock(path: Path) -> Iterator[LedgerLock]:
    """Hold the lock; give it free again when what follows fails."""
    lock = LedgerLock(path)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise
