from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.importing import look_at, plan_import
from desktop.core.subjects import SUBJECTS, Value
from desktop.intake.cells import Problem
from desktop.intake.ticks import tick_reader, ticked
from desktop.store.database import Ledger
from tests.builders import a_workbook

GROUPED: list[list[object]] = [
    ["资产编号", "类型", "操作系统", "", "", "办公软件", "", ""],
    ["", "", "名称", "正版", "非正版", "名称", "正版", "非正版"],
]
FLAT: list[list[object]] = [
    ["资产编号", "类型", "操作系统", "正版", "非正版", "办公软件", "正版", "非正版"],
]
UNDER_A_QUESTION: list[list[object]] = [
    ["资产编号", "类型", "操作系统", "是否正版", "", "办公软件", "是否正版", ""],
    ["", "", "", "正版", "非正版", "", "正版", "非正版"],
]


def imported(ledger: Ledger, folder: Path, sheet: str, rows: list[list[object]]) -> tuple[list[Value], str]:
    """Return the claims that importing a sheet would write, and what is said of it in class A and D."""
    sheets: dict[str, list[list[object]]] = {"单位": [["单位名称"], ["甲局"]], sheet: rows}
    if sheet == "安装":
        sheets["计算机"] = [["资产编号", "类型"], ["1", "台式"]]
    plan = plan_import(ledger, look_at([a_workbook(folder / "表.xlsx", sheets)]))
    claims = [step.values[SUBJECTS["installation"].positions["claim"]] for step in plan.of("installation")]
    return claims, "\n".join(f.sentence for f in plan.findings if f.level in ("A", "D") and f.code != "I45")


@pytest.mark.parametrize("headings", [GROUPED, FLAT, UNDER_A_QUESTION])
def test_a_tick_says_whether_the_software_left_of_it_is_genuine(
    ledger: Ledger, tmp_path: Path, headings: list[list[object]]
) -> None:
    rows: list[list[object]] = [
        ["1", "台式", "Windows 10", "√", "", "WPS", "", "√"],
        ["2", "台式", "Windows 10", "", "", "WPS", "×", "1"],
    ]
    claims, said = imported(ledger, tmp_path, "Sheet1", [*headings, *rows])
    assert (claims, said) == (["正版", "待核实", "非正版", "非正版"], "")


def test_two_ticks_are_refused(ledger: Ledger, tmp_path: Path) -> None:
    row: list[object] = ["1", "台式", "Windows 10", "√", "√", "WPS", "√", ""]
    claims, said = imported(ledger, tmp_path, "Sheet1", [*GROUPED, row])
    assert claims == ["正版"]
    assert "第 3 行「正版/非正版」栏：「正版」和「非正版」都打了勾。请核对，只在一栏打勾。" in said


def test_a_sheet_of_installations_may_have_ticks(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [["资产编号", "软件名称", "正版", "非正版"], ["1", "WPS", "", "√"]]
    assert imported(ledger, tmp_path, "安装", rows) == (["非正版"], "")


def test_one_column_says_yes_or_no(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["资产编号", "类型", "操作系统", "正版"],
        ["1", "台式", "Windows 10", "√"],
        ["2", "台式", "Windows 10", "×"],
    ]
    assert imported(ledger, tmp_path, "Sheet1", rows) == (["正版", "非正版"], "")


@pytest.mark.parametrize(
    "headings",
    [
        ["资产编号", "类型", "操作系统", "办公软件", "正版", "非正版"],
        ["资产编号", "类型", "正版", "非正版", "操作系统"],
        ["资产编号", "类型", "操作系统", "正版", "正版"],
    ],
)
def test_ticks_that_may_be_about_other_software_refuse_the_sheet(
    ledger: Ledger, tmp_path: Path, headings: list[object]
) -> None:
    claims, said = imported(ledger, tmp_path, "Sheet1", [headings, ["1", "台式"]])
    assert claims == []
    assert "分不清是哪个软件的，整张表没有读取。请移到所说软件的右边" in said


@pytest.mark.parametrize(("cell", "said"), [("√", "正版"), (True, "正版"), ("正版", "正版"), ("否", None)])
def test_a_tick_says_one_thing(cell: str, said: str | None) -> None:
    assert tick_reader("正版")(cell) == said


def test_what_is_no_tick_is_a_problem() -> None:
    trouble = tick_reader("正版")("Windows 7")
    assert isinstance(trouble, Problem)
    assert trouble.text == "「Windows 7」不是打勾，看不出是否正版。"
    assert ticked([[trouble, None], ["非正版", "非正版"]]) == [trouble, "非正版"]
