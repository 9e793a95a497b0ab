from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.actions.importing import look_at, plan_import
from desktop.actions.mapping import Wanted, forget_choice, keep_choice, kept_choices, mapping_lines
from desktop.actions.undoing import undo_operation
from desktop.errors import AppError
from desktop.store.database import Ledger
from tests.builders import a_workbook

ROWS = [["登记表"], ["机器号", "设备", "谁用", "备注"], ["001", "台式", "张三", "好"]]
UNITS = [["单位名称"], ["甲局"]]
AS_COMPUTERS = {"机器号": "资产编号", "B": "类型", "谁用": "使用人", "D": "不读"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return a_workbook(tmp_path / "表.xlsx", {"一": ROWS})


def wanted(columns: Mapping[str, str] = AS_COMPUTERS, kind: str = "计算机", row: int | None = 2) -> Wanted:
    return Wanted("", kind, row, columns)


def test_a_kept_choice_reads_this_and_every_sheet_like_it(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    assert "没有认出来" in "".join(mapping_lines(ledger, path))
    keep_choice(ledger, path, wanted())
    lines = list(mapping_lines(ledger, path))
    assert lines[0] == "「一」表读作「计算机」，表头在第 2 行，按保存的对应："
    assert lines[1:] == [
        "  A 列「机器号」→ 计算机·资产编号",
        "  B 列「设备」→ 计算机·类型",
        "  C 列「谁用」→ 计算机·使用人",
        "  D 列「备注」→ 不读",
    ]
    other = a_workbook(tmp_path / "别的.xlsx", {"单位": UNITS, "甲": [["甲局的"], [], *ROWS[1:]]})
    plan = plan_import(ledger, look_at([other], choices=kept_choices(ledger)))
    assert [step.values[1:6] for step in plan.of("computer")] == [("001", None, "张三", None, None)]


def test_what_is_not_said_stays_as_it_is_understood(ledger: Ledger, tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "表.xlsx", {"计算机": [["资产编号", "类型", "谁用"], ["1", "台式", "张三"]]})
    keep_choice(ledger, path, Wanted(columns={"谁用": "使用人"}))
    assert list(mapping_lines(ledger, path))[1:] == [
        "  A 列「资产编号」→ 计算机·资产编号",
        "  B 列「类型」→ 计算机·类型",
        "  C 列「谁用」→ 计算机·使用人",
    ]


def test_a_choice_can_be_undone_and_forgotten(ledger: Ledger, path: Path) -> None:
    number = keep_choice(ledger, path, wanted())
    undo_operation(ledger, number)
    assert kept_choices(ledger) == {}
    keep_choice(ledger, path, wanted())
    keep_choice(ledger, path, wanted({**AS_COMPUTERS, "D": "存放地点"}))
    forget_choice(ledger, path, "一")
    assert kept_choices(ledger) == {}
    with pytest.raises(AppError, match="没有保存过"):
        forget_choice(ledger, path, "一")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (wanted(kind="飞机"), "没有「飞机」这种表"),
        (wanted(kind=""), "不知道这是哪种表"),
        (wanted(row=None), "不知道表头在哪一行"),
        (wanted(row=0), "第 0 行没有内容"),
        (wanted(row=99), "第 99 行没有内容"),
        (wanted({"没有": "类型"}), "表头中没有「没有」栏"),
        (wanted({"B": "翅膀"}), "「计算机」表没有「翅膀」栏"),
        (wanted({"A": "资产编号"}), "没有一列是「类型」"),
        (wanted({"A": "类型", "B": "类型"}), "A 列、B 列都对应「类型」"),
        (Wanted("没有"), "没有「没有」表"),
    ],
)
def test_what_cannot_be_is_refused(ledger: Ledger, path: Path, asked: Wanted, said: str) -> None:
    with pytest.raises(AppError) as caught:
        keep_choice(ledger, path, asked)
    assert said in caught.value.message
    assert caught.value.remedy
    assert kept_choices(ledger) == {}


def test_a_heading_that_stands_twice_is_named_by_its_letter(ledger: Ledger, tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "表.xlsx", {"一": [["设备", "设备", "号"], ["台式", "好", "1"]]})
    with pytest.raises(AppError, match="A 列、B 列"):
        keep_choice(ledger, path, wanted({"设备": "类型"}, row=1))
    keep_choice(ledger, path, wanted({"a": "类型", "B": "备注", "号": "资产编号"}, row=1))


def test_one_sheet_of_several_is_shown(ledger: Ledger, tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "表.xlsx", {"单位": UNITS, "一": ROWS})
    assert [line[:4] for line in mapping_lines(ledger, path, "单位")] == ["「单位」", "  A "]
    with pytest.raises(AppError, match="「单位」、「一」"):
        list(mapping_lines(ledger, path, "二"))


def test_hidden_sheets_and_files_of_several_are_told(ledger: Ledger, tmp_path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["甲"])
    workbook.create_sheet("藏").sheet_state = "hidden"
    workbook.create_sheet("又").append(["乙"])
    workbook.save(tmp_path / "表.xlsx")
    assert "「藏」表是隐藏的，不读取。" in list(mapping_lines(ledger, tmp_path / "表.xlsx"))
    with pytest.raises(AppError, match="有几张表"):
        keep_choice(ledger, tmp_path / "表.xlsx", wanted())


def test_ticks_are_told_and_stay_with_a_kept_choice(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [["资产编号", "软件名称", "正版", "非正版"], ["1", "WPS", "", "√"]]
    path = a_workbook(tmp_path / "表.xlsx", {"安装": rows})
    ticks = ["  C 列「正版」→ 安装·是否正版", "  D 列「非正版」→ 安装·是否正版"]
    assert list(mapping_lines(ledger, path))[3:] == ticks
    keep_choice(ledger, path, Wanted())
    assert list(mapping_lines(ledger, path))[3:] == ticks
