from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.files import sweep, whole_file, write_whole


def refused(path: Path) -> AppError:
    with pytest.raises(AppError) as caught:
        write_whole(path, b"new")
    assert caught.value.remedy
    return caught.value


def test_a_file_replaces_an_older_one_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "表.xlsx", b"old")
    write_whole(tmp_path / "表.xlsx", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("表.xlsx", b"new")]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    error = refused(tmp_path / "没有" / "表.xlsx")
    assert error.code == "NO-FOLDER"
    assert str(tmp_path / "没有") in error.message


def test_a_full_disk_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "表.xlsx").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refused(tmp_path / "表.xlsx").code == "DISK-FULL"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("表.xlsx", b"old")]


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").mkdir()
    error = refused(tmp_path / "表.xlsx")
    assert error.code == "NOT-A-FILE"
    assert str(tmp_path / "表.xlsx") in error.message
    assert [path.name for path in tmp_path.iterdir()] == ["表.xlsx"]


def test_a_device_is_left_alone(tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    assert refused(pipe).code == "NOT-A-FILE"
    assert [path.name for path in tmp_path.iterdir()] == ["管道"]


def test_a_file_open_in_another_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_: Path, __: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    error = refused(tmp_path / "表.xlsx")
    assert error.code == "CANNOT-WRITE"
    assert "关闭" in error.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "甲"

    def write(content: bytes, *, fails: bool) -> None:
        with whole_file(target) as partial:
            partial.write_bytes(content)
            if fails:
                raise ZeroDivisionError

    for content, fails in ((b"half", True), (b"whole", False), (b"half", True)):
        if fails:
            with pytest.raises(ZeroDivisionError):
                write(content, fails=True)
        else:
            write(content, fails=False)
    assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("甲", b"whole")]


def test_what_a_killed_program_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    left = [f".0123456789abcdef.partial{ending}" for ending in ("", "-journal", "-wal", "-shm")]
    others = ["我的.partial", ".甲.partial", ".0123456789abcdef.partial.txt", ".0123456789abcdef.db"]
    for folder in (tmp_path, tmp_path / "下" / "层"):
        folder.mkdir(parents=True, exist_ok=True)
        for name in [*left, *others]:
            (folder / name).write_bytes(b"")
    (tmp_path / ".fedcba9876543210.partial").mkdir()
    sweep(tmp_path)
    files = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert files == sorted(others * 2)
    sweep(tmp_path / "没有")
