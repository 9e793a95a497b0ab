"""Kill the program at any moment: the ledger is the one before or the one after, and no half file lies about.

Three moments an action in a normal run, `ZHENGBAN_KILLS` of them where that is set. What is killed is listed in
`ACTIONS`; what no command does yet, in `tests/acceptance/doomed.py`.
"""

from __future__ import annotations

import datetime
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.paths import resources
from desktop.sample.county import load_data, make_county
from desktop.sample.workbooks import write_workbooks
from desktop.store.backup import backups_folder
from desktop.store.faults import DatabaseFault
from tests.acceptance.doomed import TODAY, Wishes
from tests.acceptance.wreck import LEDGER, Course, Inspector, Runs, bare_rows, copied, rows_when_opened, runs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")

KILLS = int(os.environ.get("ZHENGBAN_KILLS", "3"))
SCHEMA_1 = Path(__file__).resolve().parents[1] / "databases" / "schema_1.db"
DEAR = "县级机关/软件情况/国外/办公软件/金额（万元）"
INIT = ("init", "--office", "中共示例县委宣传部")


@dataclass(frozen=True)
class Action:
    """What is done to a ledger: which of those that `Yard.build` makes, and the words; a pattern stands for workbooks."""

    ledger: str
    words: tuple[str, ...]


ACTIONS = {
    "import": Action("units", ("import", "*")),
    "undo": Action("county", ("undo",)),
    "issuing": Action("explained county", ("issue", "T02")),
    "migration": Action("schema 1", ("history",)),
    "thinning of backups": Action("old backups", ("import", "02*")),
    "documents": Action("units", ("keep-two-documents",)),
}


@dataclass(frozen=True)
class Yard:
    """Where ledgers are built and wrecked: a folder for each by its name, and the practice county's workbooks."""

    root: Path
    program: Runs

    def build(self) -> None:
        """Build the ledgers that things are done to."""
        county = make_county(data=load_data(resources("sample", "county.toml")), units=60, computers=600)
        write_workbooks(county, self.root / "books")
        (self.root / "units").mkdir()
        for words in (INIT, ("import", "01*"), ("keep-one-document",)):
            self.done("units", words)
        copied(self.root / "units", self.root / "county")
        self.done("county", ("import", "*"))
        copied(self.root / "county", self.root / "explained county")
        self.done("explained county", ("justify", "T02", "V09", "专业软件，价格已核对", "--cell", DEAR))
        (self.root / "schema 1").mkdir()
        shutil.copy(SCHEMA_1, self.root / "schema 1" / LEDGER)
        backup = next(backups_folder(copied(self.root / "units", self.root / "old backups")).glob("*.db"))
        for days in range(1, 6):
            day = TODAY.date() - datetime.timedelta(days)
            for hour in ("09", "15"):
                shutil.copy(backup, backup.with_name(f"{day:%Y%m%d}-{hour}0000-导入前.db"))

    def done(self, name: str, words: Sequence[str]) -> Course:
        """Do it to a ledger, and return how that goes."""
        books = self.root / "books"
        found = [sorted(map(str, books.glob(word))) if "*" in word else [word] for word in words]
        return self.program.undisturbed(self.root / name / LEDGER, [word for each in found for word in each])


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    with runs() as program:
        yard = Yard(tmp_path_factory.mktemp("yard"), program)
        yard.build()
        yield yard


@dataclass
class Tally:
    """Counts what became of the ledgers of one action."""

    name: str
    begun: float
    states: Counter[str]
    faults: list[str]

    @classmethod
    def of(cls, name: str) -> Tally:
        return cls(name, time.perf_counter(), Counter(), [])

    def fault(self, moment: Wishes, error: Exception) -> None:
        self.faults.append(f"{moment.moment}: {str(error).splitlines()[0]}")

    def close(self) -> None:
        """Say the count, and fail if there was a fault."""
        taken = time.perf_counter() - self.begun
        print(f"\n{self.name}: {dict(self.states)}, {len(self.faults)} faults, {taken:.0f} s")
        assert not self.faults, "\n".join(self.faults)


@pytest.mark.parametrize("name", ACTIONS)
def test_a_ledger_is_whole_whenever_the_program_is_killed(name: str, yard: Yard) -> None:
    action, tally = ACTIONS[name], Tally.of(name)
    before = yard.root / action.ledger
    after = copied(before, yard.root / "after")
    course = yard.done("after", action.words)
    inspector = Inspector(before, after.parent)
    for moment in course.moments(KILLS, random.Random(name)):  # noqa: S311  # to be the same in every run
        wreck = copied(before, yard.root / "wreck")
        was_killed = yard.program.killed(wreck, moment)
        try:
            state = inspector.state_of(wreck)
            assert was_killed or state == "after", "ended and left the ledger as before"
            tally.states[state if was_killed else "ended first"] += 1
        except (AssertionError, DatabaseFault) as error:
            tally.fault(moment, error)
    tally.close()


def test_a_ledger_is_there_or_can_be_made_whenever_the_program_is_killed(yard: Yard) -> None:
    tally = Tally.of("init")
    folder = yard.root / "new"
    folder.mkdir()
    course = yard.done("new", INIT)
    whole = bare_rows(folder / LEDGER)
    for moment in course.moments(KILLS, random.Random("init")):  # noqa: S311  # to be the same in every run
        shutil.rmtree(folder)
        folder.mkdir()
        ledger = folder / LEDGER
        was_killed = yard.program.killed(ledger, moment)
        is_there = ledger.exists()
        try:
            if not is_there:
                yard.done("new", INIT)
            assert bare_rows(ledger) == rows_when_opened(ledger) == whole
            assert {path.name for path in folder.iterdir()} == {LEDGER, f"{LEDGER}.lock"}
            tally.states[("after" if is_there else "before") if was_killed else "ended first"] += 1
        except (AssertionError, DatabaseFault) as error:
            tally.fault(moment, error)
    tally.close()
