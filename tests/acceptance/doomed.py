"""Runs of the program that are killed in the middle of their work: `python -m tests.acceptance.doomed`.

Reads lines of JSON, see `Wishes`, and says the exit code of each run, negative for a signal. The clock and the ids are
the same in every run, so that two runs over the same ledger leave the same rows, hashes included.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import os
import signal
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import python_calamine
import sqlite_utils
from sqlcipher3 import dbapi2

from desktop.actions import importing, ledgers
from desktop.cli.main import main
from desktop.store.documents import Document, keep_document
from desktop.store.operations import Act, operation

LOADED = (openpyxl, python_calamine, sqlite_utils)
"""What the program would load in the middle of its work."""
TODAY = datetime.datetime(2026, 7, 5, 12, 0, tzinfo=datetime.UTC)
STEPS_OF_SQLITE = 2000


@dataclass(frozen=True)
class Wishes:
    """What to do to the ledger in a folder, and when to die of it."""

    ledger: str
    words: list[str]
    """A command line without `--ledger`; or the name of one of `DEEDS`, which no command does yet."""
    die_after: float | None = None
    """Die after so many seconds of work."""
    die_at: int | None = None
    """Die at the event of this number."""
    most_bytes: int | None = None
    """Die when a file grows beyond, in the middle of what is being written…"""
    since: int = 0
    """…from the event of this number on."""
    listing: str = ""
    """Write every event with its second into this file."""

    @property
    def moment(self) -> str:
        if self.die_after is not None:
            return f"after {self.die_after:.4f} s"
        if self.die_at is not None:
            return f"at event {self.die_at}"
        return f"at byte {self.most_bytes} from event {self.since} on"


@dataclass
class Watch:
    """Counts the events of a run, and ends it when its number is up."""

    wishes: Wishes
    begun: float = field(default_factory=time.perf_counter)
    seen: list[tuple[str, float]] = field(default_factory=list)

    def event(self, name: str) -> None:
        number = len(self.seen)
        self.seen.append((name, time.perf_counter() - self.begun))
        if number == self.wishes.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == self.wishes.since and self.wishes.most_bytes is not None:
            limit_files(self.wishes.most_bytes)

    def statement(self, sql: str) -> None:
        self.event(f"before {' '.join(sql.split()[:3])}")

    def step(self) -> int:
        self.event("in a statement")
        return 0

    def file_event(self, name: str, given: tuple[Any, ...]) -> None:
        """Take note of what Python does to the files of the ledger; SQLite's own doings are not among it."""
        folder = os.path.dirname(self.wishes.ledger)  # noqa: PTH120  # a Path would be an event in an event
        if name in {"os.rename", "os.remove", "os.mkdir"} and str(given[0]).startswith(folder):
            self.event(f"before {name}")
        if name == "open" and given[1] not in {None, "r", "rb"} and str(given[0]).startswith(folder):
            self.event(f"before open {given[1]}")


def limit_files(size: int) -> None:
    """Let the system end this program, as by SIGKILL, at the first byte beyond this size of any file."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def watch_over(watch: Watch) -> None:
    """Have the watch told of every statement, of file operations, and of the ends of what matters."""
    fsync = os.fsync

    class Watched(dbapi2.Connection):  # type: ignore[misc]  # the library has no types
        def execute(self, sql: str, *values: Any) -> Any:
            result = super().execute(sql, *values)
            if sql.startswith(("BEGIN", "COMMIT")):
                watch.event(f"after {sql}")
            return result

        def backup(self, *given: Any, **named: Any) -> None:
            watch.event("before backup")
            super().backup(*given, **named)
            watch.event("after backup")

        def close(self) -> None:
            watch.event("before close")
            super().close()
            watch.event("after close")

    def connect(*given: Any, **named: Any) -> Any:
        connection = bare_connect(*given, **named, factory=Watched)
        connection.set_trace_callback(watch.statement)
        connection.set_progress_handler(watch.step, STEPS_OF_SQLITE)
        return connection

    def watched_fsync(descriptor: int) -> None:
        watch.event("before fsync")
        fsync(descriptor)

    bare_connect: Callable[..., Any] = dbapi2.connect
    dbapi2.connect = connect
    os.fsync = watched_fsync  # type: ignore[assignment]  # called with a descriptor only
    sys.addaudithook(watch.file_event)


def keep(ledger_path: Path, *contents: bytes) -> int:
    """Keep documents in one operation."""
    with ledgers.opened(ledger_path) as ledger, operation(ledger, Act("测试", "证明材料")):
        for content in contents:
            keep_document(ledger, content, Document("授权书.pdf", "授权书", "licence", "1"))
    return 0


DEEDS: dict[str, Callable[[Path], int]] = {
    "keep-one-document": lambda ledger: keep(ledger, b"1" * 300_000),
    "keep-two-documents": lambda ledger: keep(ledger, b"2" * 400_000, b"3" * 400_000),
}


def work(wishes: Wishes) -> int:
    if wishes.words[0] in DEEDS:
        return DEEDS[wishes.words[0]](Path(wishes.ledger))
    return main([*wishes.words, "--ledger", wishes.ledger])


def same_every_time(wishes: Wishes) -> None:
    """Set the clock, and count the ids on from a number that belongs to these words."""
    words = hashlib.sha256(json.dumps(wishes.words).encode()).hexdigest()
    numbers = itertools.count(int(words[:16], 16) << 64)
    ledgers.system_clock = lambda: TODAY
    ledgers.random_id = lambda: f"{next(numbers):032x}"
    ledgers.operator_name = lambda: "测试"
    # A workbook is a ZIP whose entries bear the time; the ledger keeps the hash of a frozen one.
    local = SimpleNamespace(time=time.time, localtime=lambda *_: TODAY.timetuple())
    zipfile.time = local  # type: ignore[attr-defined]  # what the module imports


def run(wishes: Wishes) -> int:
    """Do it, and return the exit code; what a person would be told goes nowhere."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # for the rest of this program
    same_every_time(wishes)
    watch = Watch(wishes)
    if wishes.listing or wishes.die_at is not None or wishes.most_bytes is not None:
        watch_over(watch)
    code = work(wishes)
    watch.event("end")
    if wishes.listing:
        Path(wishes.listing).write_text(json.dumps(watch.seen), encoding="utf-8")
    return code


def serve() -> None:
    """Do one wish after the other, each in a process of its own, so that loading is paid for once."""
    importing.vocabulary()
    importing.catalogue()
    for line in sys.stdin:
        wishes = Wishes(**json.loads(line))
        number = os.fork()
        if number == 0:
            code = 3
            try:
                code = run(wishes)
            finally:
                sys.stderr.flush()
                os._exit(code)
        if wishes.die_after is not None:
            time.sleep(wishes.die_after)
            os.kill(
                number, signal.SIGKILL
            )  # it may have ended, but its number is not given away before the wait
        print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)


if __name__ == "__main__":
    serve()
