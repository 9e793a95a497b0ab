"""Files that are no good, and a program that holds a ledger."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.opening import open_ledger
from tests.builders import NOON, counting_ids

ROOT = Path(__file__).resolve().parents[2]
_HOLD = """
import sys
from pathlib import Path
from desktop.store.locking import LedgerLock
lock = LedgerLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def opened(path: Path) -> Ledger:
    """Open a ledger on 2024-06-30."""
    return open_ledger(path, lambda: NOON, counting_ids())


def refusal(act: Callable[[], object], path: Path) -> AppError:
    """Return the AppError that the act raises; it names the file and says what to do."""
    with pytest.raises(AppError) as caught:
        act()
    assert path.name in caught.value.message
    assert caught.value.remedy.endswith("。")
    return caught.value


def said_of(act: Callable[[], object]) -> AppError | None:
    """Return the AppError that the act raises, or nothing when it succeeds; anything else is a bug."""
    try:
        act()
    except AppError as error:
        return error
    return None


def by_sql(path: Path, sql: str) -> Path:
    """Change a database file as another program would, and return its path."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.executescript(sql)
    connection.close()
    return path


@contextmanager
def held_by_another_program(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Have another program hold the ledger meanwhile."""
    command = [sys.executable, "-c", _HOLD, str(path)]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and words
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        yield program
        program.kill()
