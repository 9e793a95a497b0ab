from __future__ import annotations

import datetime
from contextlib import closing
from pathlib import Path

import pytest

from desktop.actions.ledgers import prepare
from desktop.errors import AppError
from desktop.store import database
from desktop.store.database import APPLICATION_ID, create, held_lock, in_memory, reading_copy
from desktop.store.faults import Connection, DatabaseFault
from desktop.store.migrations import SCHEMA, schema_of
from tests.builders import NOON, counting_ids
from tests.store.file_builders import held_by_another_program, refusal
from tests.store.record_builders import a_ledger_file, add, changed, records


def created(path: Path) -> database.Ledger:
    return create(path, lambda: NOON, counting_ids())


def pragma(ledger: database.Ledger, name: str) -> object:
    return ledger.connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_ledger_is_marked_as_one_and_survives_a_power_cut(tmp_path: Path) -> None:
    ledger = created(tmp_path / "台账.db")
    assert pragma(ledger, "application_id") == APPLICATION_ID
    assert schema_of(ledger.connection) == SCHEMA
    assert pragma(ledger, "journal_mode") == "wal"
    assert pragma(ledger, "synchronous") == 2
    assert pragma(ledger, "foreign_keys") == 1
    assert pragma(ledger, "recursive_triggers") == 1
    ledger.close()


def test_a_closed_ledger_is_one_file_and_free(tmp_path: Path) -> None:
    ledger = a_ledger_file(tmp_path)
    with pytest.raises(AppError, match="台账被占用"), held_lock(ledger.path):
        pass
    ledger.close()
    ledger.close()
    assert {file.suffix for file in tmp_path.iterdir()} == {".db", ".lock"}
    with held_lock(ledger.path) as lock:
        lock.release()


def test_the_clock_tells_the_day(tmp_path: Path) -> None:
    ledger = in_memory(lambda: NOON, counting_ids())
    assert ledger.today == datetime.date(2024, 6, 30)
    ledger.close()


def test_a_ledger_in_memory_has_everything_but_a_file() -> None:
    ledger = in_memory(lambda: NOON, counting_ids())
    assert schema_of(ledger.connection) == SCHEMA
    assert not any(records(ledger).values())
    assert not ledger.path.exists()
    ledger.close()


@pytest.mark.parametrize("content", [b"", b"anything"])
def test_what_is_there_already_is_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "台账.db"
    path.write_bytes(content)
    assert refusal(lambda: created(path), path).code == "EXISTS"
    assert path.read_bytes() == content
    assert refusal(lambda: created(tmp_path), tmp_path).code == "EXISTS"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    for folder in (tmp_path / "没有", tmp_path / "文件", Path("/proc")):
        path = folder / "台账.db"
        assert refusal(lambda path=path: created(path), path).code == "READ-ONLY"  # type: ignore[misc]  # bound now
        assert not path.exists()


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{'长' * 300}.db"
    assert refusal(lambda: created(path), path).code == "FILE"


def test_a_ledger_that_another_program_is_just_creating_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "台账.db"
    with held_by_another_program(path):
        assert refusal(lambda: created(path), path).code == "LOCKED"
    assert not path.exists()


def test_a_ledger_that_could_not_be_made_leaves_nothing_and_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect_to_a_small_disk(path: Path) -> Connection:
        connection = original(path)
        connection.execute("PRAGMA max_page_count = 4")
        return connection

    original, path = database.connect, tmp_path / "台账.db"
    monkeypatch.setattr(database, "connect", connect_to_a_small_disk)
    assert refusal(lambda: created(path), path).code == "DISK-FULL"
    assert [file.name for file in tmp_path.iterdir()] == ["台账.db.lock"]
    monkeypatch.undo()
    created(path).close()


def test_a_ledger_has_its_name_only_when_it_is_furnished(tmp_path: Path) -> None:
    path = tmp_path / "台账.db"

    def furnish(ledger: database.Ledger) -> None:
        assert not path.exists()
        prepare(ledger)

    ledger = create(path, lambda: NOON, counting_ids(), furnish)
    assert [len(rows) for table, rows in records(ledger).items() if rows] == [1]
    ledger.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["台账.db", "台账.db.lock"]


def test_a_ledger_that_could_not_be_furnished_leaves_nothing(tmp_path: Path) -> None:
    def furnish(_: database.Ledger) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create(tmp_path / "台账.db", lambda: NOON, counting_ids(), furnish)
    assert [file.name for file in tmp_path.iterdir()] == ["台账.db.lock"]


def test_what_a_killed_program_left_of_a_new_ledger_is_in_nobodys_way(tmp_path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        (tmp_path / f".台账.db.new{ending}").write_bytes(b"half")
    created(tmp_path / "台账.db").close()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["台账.db", "台账.db.lock"]


def test_a_lock_is_given_free_when_what_follows_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), held_lock(tmp_path / "台账.db"):
        raise ZeroDivisionError
    with held_lock(tmp_path / "台账.db") as lock:
        lock.release()


def test_a_reading_copy_sees_what_was_kept_and_changes_nothing(tmp_path: Path) -> None:
    ledger = a_ledger_file(tmp_path, "台 账#1.db")
    with closing(ledger), closing(reading_copy(ledger)) as copy:
        changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
        assert [row[3] for row in records(copy)["unit"]] == ["教育局"]
        with pytest.raises(AppError, match="只读"):
            changed(copy, "单位", lambda: add(copy, "unit", name="财政局"))
        with pytest.raises(DatabaseFault):
            copy.connection.execute("DELETE FROM unit")
