from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desktop.actions.filling import Request, fill
from desktop.actions.outputs import refuse_bad_outputs
from desktop.actions.printing import ready_to_print
from desktop.errors import AppError
from tests.builders import a_ledger

KINDS = {"PDF": "表.pdf", "工作簿": "表.xlsx", "文本": "表.txt", "JSON": "表.json"}


@pytest.fixture
def outputs(tmp_path: Path) -> dict[str, Path]:
    """Write T02 in every kind."""
    printed = ready_to_print(fill(a_ledger(), Request("T02", as_of=datetime.date(2024, 6, 30))))
    paths = {kind: tmp_path / name for kind, name in KINDS.items()}
    printed.to_pdf(paths["PDF"])
    printed.to_xlsx(paths["工作簿"])
    printed.to_text(paths["文本"])
    printed.to_json(paths["JSON"], about={})
    return paths


def refused(outputs: dict[str, Path], ledger: Path) -> str:
    with pytest.raises(AppError) as caught:
        refuse_bad_outputs(outputs, ledger)
    assert caught.value.remedy
    return caught.value.message


def test_what_was_written_before_may_be_written_again(outputs: dict[str, Path], tmp_path: Path) -> None:
    refuse_bad_outputs(outputs, tmp_path / "台账.db")
    refuse_bad_outputs({kind: tmp_path / f"新{name}" for kind, name in KINDS.items()}, tmp_path / "台账.db")
    (tmp_path / "空").touch()
    refuse_bad_outputs({"PDF": tmp_path / "空"}, tmp_path / "台账.db")


@pytest.mark.parametrize("kind", KINDS)
def test_an_output_of_another_kind_stays(outputs: dict[str, Path], tmp_path: Path, kind: str) -> None:
    for other in set(KINDS) - {kind}:
        assert "不是本程序输出" in refused({kind: outputs[other]}, tmp_path / "台账.db")


@pytest.mark.parametrize("kind", KINDS)
def test_an_ending_of_another_kind_is_refused(tmp_path: Path, kind: str) -> None:
    for other in set(KINDS) - {kind}:
        path = tmp_path / "新" / KINDS[other].upper()
        assert f"是{other}的后缀，却要输出{kind}" in refused({kind: path}, tmp_path / "台账.db")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_somebody_stays(tmp_path: Path, kind: str) -> None:
    workbook = Workbook()
    workbook.save(tmp_path / "单位.xlsx")
    (tmp_path / "单位.csv").write_text("单位名称\n甲局\n", encoding="gb18030")
    for name in ("单位.xlsx", "单位.csv"):
        assert name in refused({kind: tmp_path / name}, tmp_path / "台账.db")


def test_a_workbook_that_somebody_worked_on_stays(outputs: dict[str, Path], tmp_path: Path) -> None:
    workbook = load_workbook(outputs["工作簿"])
    workbook.properties.lastModifiedBy = "张三"
    workbook.save(outputs["工作簿"])
    assert "不是本程序输出" in refused({"工作簿": outputs["工作簿"]}, tmp_path / "台账.db")


def test_a_folder_and_a_device_stay(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    for path in (tmp_path, tmp_path / "管道"):
        assert "文件夹或设备" in refused({"PDF": path}, tmp_path / "台账.db")


@pytest.mark.parametrize("name", ["台账.db", "台账.db-wal", "台账.db.lock"])
def test_the_ledger_stays(tmp_path: Path, name: str) -> None:
    assert "台账文件" in refused({"文本": tmp_path / name}, tmp_path / "台账.db")
    (tmp_path / "链接").symlink_to(tmp_path / name)
    assert "台账文件" in refused({"文本": tmp_path / "链接"}, tmp_path / "台账.db")


def test_two_outputs_are_two_files(tmp_path: Path) -> None:
    same = {"PDF": tmp_path / "表", "文本": tmp_path / "子" / ".." / "表"}
    assert "两种输出" in refused(same, tmp_path / "台账.db")


@pytest.mark.parametrize("name", ["长" * 200 + ".pdf", "a\0b.pdf"])
def test_a_name_that_cannot_be_one_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises((AppError, ValueError)):
        refuse_bad_outputs({"PDF": tmp_path / name}, tmp_path / "台账.db")


def test_a_circle_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "圈").symlink_to(tmp_path / "圈")
    assert "不能用作文件名" in refused({"PDF": tmp_path / "表.pdf"}, tmp_path / "圈")


def test_backups_stay_and_a_like_name_is_no_ledger(tmp_path: Path) -> None:
    assert "备份" in refused({"PDF": tmp_path / "台账-备份" / "表.pdf"}, tmp_path / "台账.db")
    refuse_bad_outputs({"PDF": tmp_path / "T02.pdf"}, tmp_path / "T02")


def test_a_broken_package_is_somebodys_file(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    assert "不是本程序输出" in refused({"工作簿": tmp_path / "表.xlsx"}, tmp_path / "台账.db")
