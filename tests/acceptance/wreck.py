"""Kills runs of the program and looks at what they leave."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.errors import AppError
from desktop.store.backup import backups_folder, superfluous
from desktop.store.database import Ledger
from desktop.store.documents import documents_folder
from desktop.store.journal import broken_link
from desktop.store.opening import open_ledger
from tests.acceptance.doomed import TODAY, Wishes
from tests.builders import counting_ids
from tests.store.record_builders import Rows, everything

ROOT = Path(__file__).resolve().parents[2]
LEDGER = "台账.db"
KILLED = {-9, -25}
"""How a run ends by SIGKILL, and at the limit of what a file may hold."""
TURNS = ("BEGIN", "COMMIT", "os.rename", "fsync", "close", "backup")
"""What the events are called between which a ledger's fate turns."""


@dataclass(frozen=True)
class Course:
    """How a run goes that nobody disturbs."""

    words: list[str]
    events: list[tuple[str, float]]
    largest: int
    """The size to which its largest file grows."""

    def moments(self, count: int, chance: random.Random) -> Iterator[Wishes]:
        """Yield seeded moments: by turns at an event, after a time, and at a byte of what is written."""
        ends = self.events[-1][1]
        writes = next(second for name, second in self.events if "open" in name or "mkdir" in name)
        events = self._events_in_order(chance)
        begins = [number for number, (name, _) in enumerate(self.events) if self._is_turn(name)]
        for number in range(count):
            if number % 3 == 0:
                yield Wishes("", self.words, die_at=next(events))
            elif number % 3 == 1:
                size = int(chance.uniform(0, self.largest * 1.02))
                yield Wishes("", self.words, most_bytes=size, since=chance.choice(begins))
            else:
                yield Wishes("", self.words, die_after=chance.uniform(chance.choice([0.0, writes]), ends))

    def _events_in_order(self, chance: random.Random) -> Iterator[int]:
        """Yield the turns first, then those that come seldom, then any."""
        often = Counter(name for name, _ in self.events)
        turns = [number for number, (name, _) in enumerate(self.events) if self._is_turn(name)]
        seldom = [number for number, (name, _) in enumerate(self.events) if often[name] <= 3]
        chance.shuffle(turns)
        chance.shuffle(seldom)
        yield from dict.fromkeys(turns + seldom)
        while True:
            yield chance.randrange(len(self.events))

    @staticmethod
    def _is_turn(name: str) -> bool:
        return any(turn in name for turn in TURNS)


class Runs:
    """Runs of the program, one after the other."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def undisturbed(self, ledger: Path, words: Sequence[str]) -> Course:
        """Do it to the ledger and return how it went."""
        listing = ledger.parent.with_name("listing")
        code = self._done(Wishes(str(ledger), list(words), listing=str(listing)))
        assert code == 0, f"{words[0]} is refused"
        events = [(name, second) for name, second in json.loads(listing.read_text(encoding="utf-8"))]
        largest = max(path.stat().st_size for path in ledger.parent.rglob("*") if path.is_file())
        return Course(list(words), events, largest)

    def killed(self, ledger: Path, moment: Wishes) -> bool:
        """Do it to the ledger, kill it at the moment; return whether it was still there to be killed."""
        code = self._done(replace(moment, ledger=str(ledger)))
        assert code in {0, *KILLED}
        return code != 0

    def _done(self, wishes: Wishes) -> int:
        """Have it done, and return the exit code."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        print(json.dumps(asdict(wishes)), file=self._program.stdin, flush=True)
        return int(self._program.stdout.readline())


@contextmanager
def runs() -> Iterator[Runs]:
    """Load the program once for many runs."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.acceptance.doomed"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        yield Runs(program)


def bare_rows(path: Path) -> Rows:
    """Return every row of a file as SQLite finds it, after proving the file sound."""
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path.name
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == [], path.name
        ledger = Ledger(connection, path, lambda: TODAY, counting_ids())
        assert broken_link(ledger) is None, f"{path.name}: the journal is broken"
        return everything(ledger)


def rows_when_opened(path: Path) -> Rows:
    """Return every row of a ledger as the program opens it."""
    with closing(open_ledger(path, lambda: TODAY, counting_ids())) as ledger:
        assert broken_link(ledger) is None, "the journal is broken"
        return everything(ledger)


def copied(folder: Path, target: Path) -> Path:
    """Copy a ledger's folder, and return the ledger in the copy."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    return target / LEDGER


class Inspector:
    """Knows a ledger before and after, and says which of them a wreck is."""

    def __init__(self, before: Path, after: Path) -> None:
        self._files = {
            path.relative_to(before): path.read_bytes() for path in before.rglob("*") if path.is_file()
        }
        self._states = {}
        for state, folder in (("before", before), ("after", after)):
            bare = bare_rows(copied(folder, folder.with_name("bare")))
            opened = rows_when_opened(copied(folder, folder.with_name("opened")))
            self._states[state] = bare, opened
        assert self._states["before"][0] != self._states["after"][0]

    def state_of(self, ledger: Path) -> str:
        """Return `before` or `after`; raise AssertionError for what is neither, or for half a file."""
        folder = ledger.parent
        bare = bare_rows(copied(folder, folder.with_name("bare")))
        try:
            opened = rows_when_opened(ledger)
        except AppError as error:
            raise AssertionError(f"does not open: {error}") from error
        self._inspect_backups(backups_folder(ledger))
        for folder in (documents_folder(ledger), backups_folder(ledger) / "证明材料"):
            _inspect_documents(folder)
        others = {path.name for path in ledger.parent.iterdir()}
        others -= {LEDGER, f"{LEDGER}.lock", backups_folder(ledger).name, documents_folder(ledger).name}
        assert not others, f"lies about: {others}"
        for state, rows in self._states.items():
            if rows == (bare, opened):
                return state
        raise AssertionError("neither the ledger before nor the one after")

    def _inspect_backups(self, folder: Path) -> None:
        """A backup is one that was there, or holds the ledger before; none is gone that was to be kept."""
        there = {path for path in folder.glob("*") if path.name != "证明材料"}
        for path in there:
            assert path.suffix == ".db", f"lies about: {path}"
            if self._files.get(path.relative_to(folder.parent)) != path.read_bytes():
                copy = Path(shutil.copy(path, folder.parent.with_name("backup.db")))
                assert bare_rows(copy) == self._states["before"][0], f"{path} is no backup"
        old = {folder.parent / path for path in self._files if path.parent.name == folder.name}
        assert old - set(superfluous(old | there, TODAY.date())) <= there, "a backup is gone"


def _inspect_documents(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            assert path.relative_to(folder) == Path(digest[:2], digest), f"lies about: {path}"
