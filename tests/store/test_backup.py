from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import AppError
from desktop.store import backup
from desktop.store.backup import backups_folder, make_backup, superfluous
from desktop.store.database import Ledger
from desktop.store.documents import Document, documents_folder, keep_document
from desktop.store.journal import broken_link
from desktop.store.operations import operation
from tests.builders import NOON
from tests.store.file_builders import opened
from tests.store.record_builders import A_CHANGE, a_ledger_file, add, changed, everything

TODAY = NOON.date()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(a_ledger_file(tmp_path)) as ledger:
        changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
        with operation(ledger, A_CHANGE):
            keep_document(ledger, b"proof", Document("授权书.pdf", "授权书"))
        yield ledger


def names(folder: Path) -> list[str]:
    """Return every file below a folder; a half file would be among them."""
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def test_a_backup_is_a_ledger_that_opens_with_everything_in_it(ledger: Ledger) -> None:
    path = make_backup(ledger, "导入前")
    assert path.name == "20240630-120000-导入前.db"
    with closing(opened(path)) as copy:
        assert everything(copy) == everything(ledger)
        assert broken_link(copy) is None


def test_a_backup_leaves_nothing_beside_itself_but_the_documents(ledger: Ledger) -> None:
    path = make_backup(ledger, "导入前")
    documents = [f"证明材料/{name}" for name in names(documents_folder(ledger.path))]
    assert names(path.parent) == sorted([path.name, *documents])
    (document,) = documents
    assert (path.parent / document).read_bytes() == b"proof"


def test_two_backups_of_one_second_are_both_kept(ledger: Ledger) -> None:
    first, second = make_backup(ledger, "导入前"), make_backup(ledger, "导入前")
    assert (first.name, second.name) == ("20240630-120000-导入前.db", "20240630-120000-导入前-1.db")
    assert first.exists()


def test_a_backup_shows_the_ledger_as_it_was(ledger: Ledger) -> None:
    before = everything(ledger)
    path = make_backup(ledger, "导入前")
    changed(ledger, "单位", lambda: add(ledger, "unit", name="公安局"))
    with closing(opened(path)) as copy:
        assert everything(copy) == before


def test_a_document_copied_before_is_not_copied_again(ledger: Ledger) -> None:
    path = make_backup(ledger, "一")
    (copy,) = (path.parent / "证明材料").glob("??/*")
    copy.write_bytes(b"older than the ledger's")
    make_backup(ledger, "二")
    assert copy.read_bytes() == b"older than the ledger's"


def test_half_a_document_left_by_a_power_cut_is_not_backed_up(ledger: Ledger) -> None:
    (document,) = documents_folder(ledger.path).glob("??/*")
    document.with_name("tmpabc.partial").write_bytes(b"pro")
    path = make_backup(ledger, "导入前")
    assert len(names(path.parent)) == 2


def failure(ledger: Ledger, label: str = "导入前") -> AppError:
    """Return why a backup failed; what was there before is all that is there, and the ledger is whole."""
    folder, before = backups_folder(ledger.path), everything(ledger)
    held = names(folder)
    with pytest.raises(AppError) as caught:
        make_backup(ledger, label)
    assert names(folder) == held
    assert everything(ledger) == before
    assert caught.value.remedy
    return caught.value


def test_a_file_in_the_way_of_the_folder_is_told(ledger: Ledger) -> None:
    backups_folder(ledger.path).write_text("在路上", encoding="utf-8")
    error = failure(ledger)
    assert error.code == "BACKUP"
    assert backups_folder(ledger.path).name in error.message


@contextmanager
def a_disk_that_takes_files_up_to(size: int) -> Iterator[None]:
    """Let the system refuse to write more than so many bytes into any file."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize("size", [0, 4096, 100_000])
def test_a_disk_that_fills_up_leaves_no_half_backup(ledger: Ledger, size: int) -> None:
    make_backup(ledger, "早先")
    with a_disk_that_takes_files_up_to(size):
        error = failure(ledger)
    assert "20240630-120000-导入前.db" in error.message
    make_backup(ledger, "导入前")


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_disk_that_fills_up_leaves_no_half_document(ledger: Ledger) -> None:
    with operation(ledger, A_CHANGE):
        keep_document(ledger, b"x" * 2_000_000, Document("大.pdf", "扫描件"))
    make_backup(ledger, "早先")
    (large,) = (
        path for path in (backups_folder(ledger.path) / "证明材料").glob("??/*") if path.stat().st_size > 9
    )
    large.unlink()
    with a_disk_that_takes_files_up_to(1_000_000):
        assert failure(ledger).code == "BACKUP"
    make_backup(ledger, "导入前")
    assert large.stat().st_size == 2_000_000


def test_a_copy_that_does_not_prove_whole_is_no_backup(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup._copy_database

    def copy_badly(ledger: Ledger, target: Path) -> None:
        copy(ledger, target)
        pages = target.read_bytes()
        middle = len(pages) // 8192 * 4096
        target.write_bytes(pages[:middle] + bytes(4096) + pages[middle + 4096 :])

    monkeypatch.setattr(backup, "_copy_database", copy_badly)
    error = failure(ledger)
    assert error.code == "BACKUP"
    assert "内容已损坏" in error.message


def test_a_copy_cut_off_is_no_backup(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        backup, "_copy_database", lambda _, target: target.write_bytes(b"SQLite format 3\0" * 9)
    )
    assert failure(ledger).code in {"DAMAGED", "NOT-A-LEDGER"}


def test_a_damaged_ledger_is_not_backed_up(tmp_path: Path) -> None:
    with closing(a_ledger_file(tmp_path)) as sound:
        changed(sound, "单位", lambda: [add(sound, "unit", name="局" * 900) for _ in range(20)])
        root = sound.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'unit'").fetchone()[
            0
        ]
    pages = sound.path.read_bytes()
    sound.path.write_bytes(pages[: (root - 1) * 4096] + bytes(4096) + pages[root * 4096 :])
    with closing(opened(sound.path)) as ledger:
        with pytest.raises(AppError) as caught:
            make_backup(ledger, "导入前")
        assert caught.value.remedy
        assert names(backups_folder(ledger.path)) == []


def test_old_backups_go_with_the_next_one_and_other_files_stay(ledger: Ledger) -> None:
    folder = backups_folder(ledger.path)
    folder.mkdir()
    own = [
        "我的台账.db",
        "20240230-120000-导入前.db",
        "20240601.db",
        "说明.txt",
        "20240601-120000-导入前.zip",
    ]
    for name in [*own, "20240629-080000-导入前.db", "20240629-090000-撤销前.db"]:
        (folder / name).write_bytes(b"")
    path = make_backup(ledger, "导入前")
    kept = [name for name in names(folder) if "证明材料/" not in name]
    assert kept == sorted([*own, "20240629-090000-撤销前.db", path.name])


def test_an_old_backup_that_cannot_go_does_not_stop_the_new_one(ledger: Ledger) -> None:
    folder = backups_folder(ledger.path)
    for name in ("20240629-080000-导入前.db", "20240629-090000-撤销前.db"):
        (folder / name).mkdir(parents=True)
    assert make_backup(ledger, "导入前").exists()


minutes = st.datetimes(NOON.replace(year=2022, tzinfo=None), NOON.replace(month=7, day=2, tzinfo=None))
histories = st.lists(minutes, max_size=60, unique_by=lambda time: time.replace(microsecond=0))


def named(time: datetime.datetime) -> Path:
    return Path(f"{time:%Y%m%d-%H%M%S}-导入前.db")


def day_of(path: Path) -> datetime.date:
    return datetime.date.fromisoformat(path.name[:8])


def week_of(day: datetime.date) -> tuple[int, ...]:
    """Return the week, which ends with the month: else the last of a month would go with the week's."""
    return (*day.isocalendar()[:2], day.month)


def newest(paths: set[Path], among: list[Path]) -> bool:
    return not among or max(among) in paths


@given(histories)
def test_kept_are_all_of_today_then_the_last_a_day_a_week_a_month(history: list[datetime.datetime]) -> None:
    every = [named(time) for time in history]
    kept = set(every) - set(superfluous(every, TODAY))
    ages = {path: (TODAY - day_of(path)).days for path in every}
    assert all(path in kept for path in every if ages[path] <= 0)
    for path in every:
        day, age = day_of(path), ages[path]
        if 0 < age <= 7:
            assert newest(kept, [other for other in every if day_of(other) == day])
        elif 7 < age <= 62:
            week = [o for o in every if 7 < ages[o] <= 62 and week_of(day_of(o)) == week_of(day)]
            assert newest(kept, week)
            assert len(kept & set(week)) == 1
        elif age > 62:
            month = [o for o in every if ages[o] > 62 and o.name[:6] == path.name[:6]]
            assert kept & set(month) == {max(month)}


@given(histories, st.integers(0, 400))
def test_thinning_again_another_day_never_loses_a_month(history: list[datetime.datetime], later: int) -> None:
    every = {named(time) for time in history}
    for day in (TODAY, TODAY + datetime.timedelta(later)):
        gone = set(superfluous(every, day))
        assert not superfluous(every - gone, day)
        every -= gone
    assert {path.name[:6] for path in every} == {f"{time:%Y%m}" for time in history}


def test_of_one_second_the_last_made_is_kept() -> None:
    every = [Path(f"20240620-120000-导入前{ending}.db") for ending in ("", *[f"-{n}" for n in range(1, 12)])]
    kept = set(every) - set(superfluous(every, TODAY))
    assert [path.name for path in kept] == ["20240620-120000-导入前-11.db"]


def test_an_index_that_contradicts_its_table_is_noticed_before_anything_is_written(ledger: Ledger) -> None:
    ledger.connection.execute("PRAGMA writable_schema = ON")
    ledger.connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, '(\"uid\")', '(\"name\")') WHERE name = 'idx_unit_uid'"
    )
    ledger.connection.execute("PRAGMA writable_schema = RESET")
    error = failure(ledger)
    assert "内容已损坏" in error.message
    assert "恢复" in error.remedy


def test_ledgers_of_one_stem_have_backups_of_their_own(tmp_path: Path) -> None:
    names = {backups_folder(tmp_path / name).name for name in ("台账.db", "台账.sqlite", "台账")}
    assert names == {"台账-备份", "台账.sqlite-备份"} | {"台账-备份"}
