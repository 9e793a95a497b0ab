"""A ledger that is looked at stays as it is to the byte, wherever it lies and whatever was left beside it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.store.backup import make_backup
from desktop.store.database import APPLICATION_ID, Ledger, create
from desktop.store.migrations import SCHEMA
from desktop.store.operations import Act, operation
from desktop.store.read_only import opened_read_only
from desktop.store.scopes import load_scope
from tests.builders import NOON, counting_ids
from tests.store.file_builders import by_sql, held_by_another_program, opened, refusal
from tests.store.record_builders import a_ledger_file, add, changed

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def state_of(folder: Path) -> dict[str, tuple[str, int]]:
    """Return digest and time of change of everything in a folder."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mtime_ns,
        )
        for path in [folder, *folder.rglob("*")]
    }


def names_in(path: Path) -> list[str]:
    """Look at a ledger as a form does, with a temporary table, and return the names of its units."""
    with opened_read_only(path, lambda: NOON, counting_ids()) as ledger:
        load_scope(ledger, {1: "县级"})
        assert ledger.connection.execute("SELECT grp FROM temp.scope").fetchall() == [("县级",)]
        return [name for (name,) in ledger.connection.execute("SELECT name FROM unit ORDER BY id")]


def look(path: Path) -> None:
    names_in(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger's file, closed, in a folder of its own, as an auditor gets it: without a lock file."""
    folder = tmp_path / "审计 100%#1?"
    folder.mkdir()
    ledger = a_ledger_file(folder)
    changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    ledger.close()
    ledger.path.with_name("台账.db.lock").unlink()
    return ledger.path


@pytest.fixture
def cut_short(path: Path, tmp_path: Path) -> Path:
    """A ledger whose last change still lies beside it, as a program that was killed leaves it."""
    left = tmp_path / "中断"
    left.mkdir()
    with closing(opened(path)) as ledger:
        changed(ledger, "单位", lambda: add(ledger, "unit", name="财政局"))
        for name in ("台账.db", "台账.db-wal"):
            shutil.copyfile(path.with_name(name), left / name)
    return left / "台账.db"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of temporary files, which must be empty in the end."""
    folder = tmp_path / "临时"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


def test_looking_changes_nothing_and_leaves_nothing(path: Path) -> None:
    before = state_of(path.parent)
    assert names_in(path) == ["教育局"]
    assert state_of(path.parent) == before


def test_the_path_is_the_ledgers_own_also_through_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "快捷.db"
    link.symlink_to(path)
    with opened_read_only(link, lambda: NOON, counting_ids()) as ledger:
        assert (ledger.path, ledger.is_read_only) == (path.resolve(), True)


def test_a_file_that_may_not_be_written_is_read(path: Path) -> None:
    path.chmod(0o444)
    before = state_of(path.parent)
    assert names_in(path) == ["教育局"]
    assert state_of(path.parent) == before


@pytest.mark.skipif(sys.platform == "win32", reason="a folder is read-only by other means there")
@pytest.mark.skipif(IS_ROOT, reason="nothing is read-only to root")
@pytest.mark.parametrize("what", ["path", "cut_short"])
def test_a_ledger_in_a_read_only_folder_is_read(
    what: str, request: pytest.FixtureRequest, temporary: Path
) -> None:
    path: Path = request.getfixturevalue(what)
    path.chmod(0o444)
    path.parent.chmod(0o500)
    before = state_of(path.parent)
    try:
        assert names_in(path)[0] == "教育局"
        assert state_of(path.parent) == before
    finally:
        path.parent.chmod(0o700)


def test_what_was_left_beside_it_is_read_from_a_copy(cut_short: Path, temporary: Path) -> None:
    before = state_of(cut_short.parent)
    assert names_in(cut_short) == ["教育局", "财政局"]
    assert state_of(cut_short.parent) == before


def test_an_empty_file_beside_it_is_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.with_name("台账.db-wal").touch()
    monkeypatch.setattr(tempfile, "tempdir", "/没有")
    before = state_of(path.parent)
    assert names_in(path) == ["教育局"]
    assert state_of(path.parent) == before


def test_no_room_for_the_copy_is_told(cut_short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(cut_short.parent / "没有"))
    error = refusal(lambda: look(cut_short), cut_short)
    assert error.code == "COPY"
    assert "--read-only" in error.remedy


def test_a_full_disk_while_copying_is_told_and_no_copy_stays(
    cut_short: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:100])
        raise OSError(28, "no space")

    monkeypatch.setattr(shutil, "copyfile", no_room)
    assert "磁盘已满" in refusal(lambda: look(cut_short), cut_short).message


def test_nothing_can_be_changed(path: Path) -> None:
    before = state_of(path.parent)
    with opened_read_only(path, lambda: NOON, counting_ids()) as ledger:
        with (
            pytest.raises(AppError, match="台账以只读方式打开，不能改动"),
            operation(ledger, Act("测", "试")),
        ):
            pass
        with pytest.raises(AppError, match="不能改动"):
            make_backup(ledger, "试")
    with (
        pytest.raises(AppError, match="没有写入权限"),
        opened_read_only(path, lambda: NOON, counting_ids()) as ledger,
    ):
        ledger.connection.execute("DELETE FROM unit")
    assert state_of(path.parent) == before


def test_a_ledger_that_another_program_holds_is_refused(path: Path) -> None:
    with held_by_another_program(path):
        assert refusal(lambda: look(path), path).code == "LOCKED"


def test_while_one_looks_others_may_look_but_nobody_may_write(path: Path) -> None:
    lock = path.with_name("台账.db.lock")
    lock.touch()
    with opened_read_only(path, lambda: NOON, counting_ids()):
        if sys.platform != "win32":
            assert names_in(path) == ["教育局"]
        assert refusal(lambda: opened(path), path).code == "LOCKED"
    opened(path).close()
    assert lock.read_bytes() == b""


def test_a_change_meanwhile_is_noticed_where_nobody_could_be_kept_out(path: Path) -> None:
    def look_and_change() -> None:
        with (
            opened_read_only(path, lambda: NOON, counting_ids()),
            closing(opened(path)) as other,
        ):
            changed(other, "单位", lambda: add(other, "unit", name="财政局"))

    assert refusal(look_and_change, path).code == "CHANGED"


def test_what_a_change_meanwhile_leads_to_is_put_down_to_it(path: Path) -> None:
    def look_and_tear() -> None:
        with opened_read_only(path, lambda: NOON, counting_ids()):
            path.write_bytes(path.read_bytes()[:5000])
            raise AppError("DAMAGED", "台账文件损坏", message="", remedy="")

    assert refusal(look_and_tear, path).code == "CHANGED"


def test_a_fault_of_its_own_stays_what_it_is(path: Path) -> None:
    with (
        pytest.raises(AppError, match="没有"),
        opened_read_only(path, lambda: NOON, counting_ids()),
    ):
        raise AppError("NO", "没有", message="", remedy="")


def test_a_pipe_in_place_of_the_lock_is_told(path: Path) -> None:
    os.mkfifo(path.with_name("台账.db.lock"))
    assert refusal(lambda: look(path), path).code == "LOCK"


def test_an_older_ledger_says_how_to_bring_it_up_to_date(tmp_path: Path) -> None:
    head = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 0; VACUUM"
    path = by_sql(tmp_path / "旧.db", head)
    before = state_of(tmp_path)
    error = refusal(lambda: look(path), path)
    assert (error.code, "history" in error.remedy) == ("OLDER", True)
    assert state_of(tmp_path) == before


def test_a_ledger_of_an_earlier_schema_is_not_migrated(path: Path) -> None:
    by_sql(path, f"PRAGMA user_version = {SCHEMA - 1}")
    before = state_of(path.parent)
    assert refusal(lambda: look(path), path).code == "OLDER"
    assert state_of(path.parent) == before


def test_a_newer_ledger_is_refused(path: Path) -> None:
    by_sql(path, f"PRAGMA user_version = {SCHEMA + 1}")
    assert refusal(lambda: look(path), path).code == "NEWER"


def test_a_ledger_whose_creation_was_cut_short_is_told(tmp_path: Path) -> None:
    made: Ledger = create(tmp_path / "甲.db", lambda: NOON, counting_ids())
    made.close()
    before = state_of(tmp_path)
    assert refusal(lambda: look(made.path), made.path).code == "UNFINISHED"
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x00" * 8192])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "台账.db"
    path.write_bytes(content)
    assert refusal(lambda: look(path), path).code == "NOT-A-LEDGER"
    assert refusal(lambda: look(tmp_path / "无.db"), tmp_path / "无.db").code == "MISSING"
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_ledger_is_told(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    assert refusal(lambda: look(path), path).code == "DAMAGED"
