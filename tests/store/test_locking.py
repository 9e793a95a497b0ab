from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store.locking import LedgerLock, writers_kept_out
from tests.store.file_builders import held_by_another_program, refusal


def test_a_lock_keeps_others_out_until_it_is_released(tmp_path: Path) -> None:
    path = tmp_path / "台账.db"
    first = LedgerLock(path)
    assert refusal(lambda: LedgerLock(path), path).code == "LOCKED"
    first.release()
    second = LedgerLock(path)
    second.release()
    second.release()


def test_the_ledger_itself_is_neither_needed_nor_touched(tmp_path: Path) -> None:
    LedgerLock(tmp_path / "台账.db").release()
    assert [file.name for file in tmp_path.iterdir()] == ["台账.db.lock"]


def test_a_lock_file_left_over_does_not_lock(tmp_path: Path) -> None:
    (tmp_path / "台账.db.lock").write_bytes(b"left over")
    LedgerLock(tmp_path / "台账.db").release()
    assert (tmp_path / "台账.db.lock").read_bytes() == b"left over"


def test_two_ledgers_do_not_mind_each_other(tmp_path: Path) -> None:
    locks = [LedgerLock(tmp_path / name) for name in ("甲.db", "乙.db")]
    for lock in locks:
        lock.release()


def test_the_lock_of_a_program_that_was_killed_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "台账.db"
    with held_by_another_program(path) as program:
        assert refusal(lambda: LedgerLock(path), path).code == "LOCKED"
        program.kill()
        program.wait()
        LedgerLock(path).release()


@pytest.mark.parametrize("folder", ["没有", "文件"])
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, folder: str) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    path = tmp_path / folder / "台账.db"
    error = refusal(lambda: LedgerLock(path), path)
    assert error.code == "READ-ONLY"
    assert "写入权限" in error.remedy


def test_a_reader_makes_no_lock_file_and_writes_none(tmp_path: Path) -> None:
    path, lock = tmp_path / "台账.db", tmp_path / "台账.db.lock"
    with writers_kept_out(path):
        assert list(tmp_path.iterdir()) == []
    lock.write_bytes(b"left over")
    with writers_kept_out(path):
        assert refusal(lambda: LedgerLock(path), path).code == "LOCKED"
    LedgerLock(path).release()
    assert lock.read_bytes() == b"left over"


def test_a_lock_file_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    def read() -> None:
        with writers_kept_out(tmp_path / "台账.db"):
            raise AssertionError("a ledger that somebody may hold was opened")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(read, tmp_path / "台账.db").code == "LOCK"
