"""Whatever lies in the place of a ledger: it opens, or a sentence says what it is and what to do."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import AppError
from desktop.store.backup import backups_folder
from desktop.store.database import APPLICATION_ID, Ledger
from desktop.store.documents import documents_folder
from desktop.store.migrations import SCHEMA, schema_of
from desktop.store.operations import operations
from tests.store.file_builders import by_sql, held_by_another_program, opened, refusal, said_of
from tests.store.record_builders import a_ledger_file, add, changed, records


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger's file, closed."""
    ledger = a_ledger_file(tmp_path)
    changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    ledger.close()
    return ledger.path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a ledger's file."""
    ledger = a_ledger_file(tmp_path_factory.mktemp("whole"))
    ledger.close()
    return ledger.path.read_bytes()


def test_a_ledger_closed_opens_with_all_it_held(path: Path) -> None:
    ledger = opened(path)
    assert [row[3] for row in records(ledger)["unit"]] == ["教育局"]
    assert [op.label for op in operations(ledger)] == ["建立台账", "单位"]
    assert ledger.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    ledger.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["台账.db", "台账.db.lock"]


def test_nothing_is_not_a_ledger(tmp_path: Path) -> None:
    for path in (tmp_path / "无.db", tmp_path / "无" / "台账.db"):
        assert refusal(lambda path=path: opened(path), path).code == "MISSING"  # type: ignore[misc]  # bound now
    assert refusal(lambda: opened(tmp_path), tmp_path).code == "NOT-A-LEDGER"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"SQLite",
        "台账\r\n".encode("gb18030") * 100,
        b"PK\x03\x04",
        b"\x00" * 8192,
        b"SQLite format 2\x00",
    ],
)
def test_another_kind_of_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(content)
    assert refusal(lambda: opened(path), path).code == "NOT-A-LEDGER"
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = by_sql(tmp_path / "浏览器.db", "CREATE TABLE unit (name TEXT); INSERT INTO unit VALUES ('x')")
    before = path.read_bytes()
    assert refusal(lambda: opened(path), path).code == "NOT-A-LEDGER"
    assert path.read_bytes() == before


def test_a_ledger_of_a_newer_program_is_refused_and_left_alone(path: Path) -> None:
    by_sql(path, f"PRAGMA user_version = {SCHEMA + 1}")
    before = path.read_bytes()
    error = refusal(lambda: opened(path), path)
    assert error.code == "NEWER"
    assert "新版本" in error.remedy
    assert path.read_bytes() == before


@pytest.mark.parametrize("part", [0.0005, 0.01, 0.3, 0.5, 0.99999])
def test_a_file_that_was_cut_off_is_damaged(tmp_path: Path, whole: bytes, part: float) -> None:
    path = tmp_path / "台账.db"
    path.write_bytes(whole[: int(len(whole) * part)])
    error = refusal(lambda: opened(path), path)
    assert error.code == "DAMAGED"
    assert "备份" in error.remedy


@settings(deadline=None, max_examples=60)
@given(place=st.integers(16, 4095), junk=st.binary(min_size=1, max_size=200))
def test_junk_in_the_head_of_the_file_never_ends_in_anything_but_a_sentence(
    whole: bytes, tmp_path_factory: pytest.TempPathFactory, place: int, junk: bytes
) -> None:
    path = tmp_path_factory.mktemp("junk") / "台账.db"
    path.write_bytes(whole[:place] + junk + whole[place + len(junk) :])
    error = said_of(lambda: opened(path).close())
    assert error is None or (path.name in error.message and error.remedy)
    shutil.rmtree(path.parent)


def test_a_ledger_is_open_in_one_program_at_a_time(path: Path) -> None:
    with held_by_another_program(path) as program:
        assert refusal(lambda: opened(path), path).code == "LOCKED"
        program.kill()
        program.wait()
        opened(path).close()


def half_files(path: Path) -> list[Path]:
    """Leave what killed programs leave: half a backup, half a document, and half its copy."""
    name, below = ".0123456789abcdef.partial", Path("ab")
    documents = backups_folder(path) / "证明材料", documents_folder(path)
    left = [backups_folder(path) / f"{name}-wal", *(folder / below / name for folder in documents)]
    for file in left:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"half")
    return left


def test_half_files_that_a_killed_program_left_go_when_the_ledger_is_opened(path: Path) -> None:
    left = half_files(path)
    elsewhere = path.with_name(left[1].name)
    elsewhere.write_bytes(b"somebody may be writing it")
    opened(path).close()
    assert not any(file.exists() for file in left)
    assert elsewhere.exists()


def test_half_files_of_a_program_that_is_running_stay(path: Path) -> None:
    left = half_files(path)
    with held_by_another_program(path):
        assert refusal(lambda: opened(path), path).code == "LOCKED"
        assert all(file.exists() for file in left)


def test_half_files_that_cannot_go_do_not_stop_anybody(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_: Path, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    left = half_files(path)
    monkeypatch.setattr(Path, "unlink", held)
    opened(path).close()
    assert all(file.exists() for file in left)


def test_a_ledger_is_opened_once_in_this_program_too(path: Path) -> None:
    ledger = opened(path)
    assert refusal(lambda: opened(path), path).code == "LOCKED"
    ledger.close()
    opened(path).close()


def test_through_a_link_it_is_the_same_ledger(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "桌面" / "快捷.db"
    link.parent.mkdir()
    link.symlink_to(path)
    with closing(opened(link)) as ledger:
        assert ledger.path == path.resolve()
        assert refusal(lambda: opened(path), path).code == "LOCKED"


def test_links_in_a_circle_lead_to_no_ledger(tmp_path: Path) -> None:
    link = tmp_path / "圈.db"
    link.symlink_to(link)
    assert refusal(lambda: opened(link), link).code in ("FILE", "MISSING")


def test_what_could_not_be_opened_is_given_free(path: Path) -> None:
    by_sql(path, "PRAGMA user_version = 99")
    for _ in range(2):
        assert refusal(lambda: opened(path), path).code == "NEWER"
    by_sql(path, f"PRAGMA user_version = {SCHEMA}")
    opened(path).close()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that cannot be read")
def test_a_file_that_cannot_be_read_is_refused() -> None:
    assert refusal(lambda: opened(Path("/proc/self/mem")), Path("mem")).code == "FILE"


def test_a_name_too_long_for_any_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 300 + ".db")
    assert refusal(lambda: opened(path), path).code == "FILE"


@pytest.mark.skipif(sys.platform == "win32", reason="a folder is read-only by other means there")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_ledger_in_a_read_only_folder_is_refused(path: Path) -> None:
    path.with_name("台账.db.lock").unlink()
    path.parent.chmod(0o500)
    try:
        assert refusal(lambda: opened(path), path).code == "READ-ONLY"
    finally:
        path.parent.chmod(0o700)


def an_old_file(tmp_path: Path) -> Path:
    """Return a ledger file that has not taken any step."""
    return by_sql(
        tmp_path / "旧.db", f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 0; VACUUM"
    )


def test_an_older_ledger_is_brought_up_to_date_after_a_backup(tmp_path: Path) -> None:
    path = an_old_file(tmp_path)
    ledger: Ledger = opened(path)
    assert schema_of(ledger.connection) == SCHEMA
    assert records(ledger)["unit"] == []
    ledger.close()
    assert [file.name for file in backups_folder(path).glob("*.db")] == ["20240630-120000-升级前.db"]


def test_an_older_ledger_that_cannot_be_backed_up_stays_as_it_is(tmp_path: Path) -> None:
    path = an_old_file(tmp_path)
    before = path.read_bytes()
    backups_folder(path).write_text("在路上", encoding="utf-8")
    with pytest.raises(AppError, match="备份失败"):
        opened(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [0, -1])
def test_a_head_that_contradicts_what_the_file_holds_is_damaged(path: Path, version: int) -> None:
    """A step is never taken over tables that are there already."""
    by_sql(path, f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    assert refusal(lambda: opened(path), path).code == "DAMAGED"
    assert path.read_bytes() == before


def test_a_file_of_some_schema_without_tables_is_damaged(tmp_path: Path) -> None:
    path = by_sql(an_old_file(tmp_path), f"PRAGMA user_version = {SCHEMA}")
    assert refusal(lambda: opened(path), path).code == "DAMAGED"


def test_a_head_of_ours_over_another_programs_tables_is_damaged(path: Path) -> None:
    by_sql(path, "DROP TABLE change; DROP TABLE operation;")
    assert refusal(lambda: opened(path), path).code == "DAMAGED"


def test_a_pipe_in_place_of_the_lock_is_told(path: Path) -> None:
    lock = path.with_name(path.name + ".lock")
    lock.unlink(missing_ok=True)
    os.mkfifo(lock)
    assert refusal(lambda: opened(path), path).code == "LOCK"
