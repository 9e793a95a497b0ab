"""Sheets with one software on each row and its computer beside it, merged over its rows or written on each."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop.actions.importing import apply_import, look_at, plan_import
from desktop.core.plan import Act, Plan
from desktop.store.database import Ledger
from tests.builders import a_ledger, a_workbook
from tests.intake.planning.plans import acts, sentences

UNITS = {"单位": [["单位名称"], ["甲局"]]}
HEADINGS: list[object] = ["资产编号", "使用人", "类型", "软件名称", "是否正版"]
ROWS: list[list[object]] = [
    HEADINGS,
    ["J1", "刘", "台式", "Windows 10 专业版", "是"],
    ["", "", "", "WPS Office 2019 专业版", "是"],
    ["J2", "陈", "便携", "Windows 7 旗舰版", "否"],
    ["", "", "", "Office 2010", "否"],
]
REPEATED = [
    [ours or above for ours, above in zip(row, ROWS[max(1, at - 1)], strict=True)]
    for at, row in enumerate(ROWS)
]


def plan_of(ledger: Ledger, folder: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Plan:
    path = a_workbook(folder / "表.xlsx", {**UNITS, "Sheet1": rows})
    workbook = openpyxl.load_workbook(path)
    for cells in merged:
        workbook["Sheet1"].merge_cells(cells)
    workbook.save(path)
    return plan_import(ledger, look_at([path]))


@pytest.mark.parametrize("is_merged", [True, False])
def test_computers_are_registered_once_each_and_their_software_with_them(
    tmp_path: Path, *, is_merged: bool
) -> None:
    ledger = a_ledger()
    merged = tuple(f"{c}{top}:{c}{top + 1}" for c in "ABC" for top in (2, 4)) if is_merged else ()
    rows = ROWS if is_merged else REPEATED
    plan = plan_of(ledger, tmp_path, rows, merged)
    assert plan.is_clean, sentences(plan)
    assert (acts(plan, "computer"), acts(plan, "installation")) == ({"新增": 2}, {"新增": 4})
    apply_import(ledger, plan, "导入")
    assert not plan_import(ledger, look_at([tmp_path / "表.xlsx"])).steps
    query = (
        "SELECT c.asset_no, c.user_name, c.kind, p.name, i.claim FROM installation i"
        " JOIN computer c ON c.id = i.computer_id JOIN product p ON p.id = i.product_id ORDER BY i.id"
    )
    assert [tuple(row) for row in ledger.connection.execute(query)] == [
        ("J1", "刘", "台式", "Windows 10", "正版"),
        ("J1", "刘", "台式", "WPS Office", "正版"),
        ("J2", "陈", "便携", "Windows 7", "非正版"),
        ("J2", "陈", "便携", "Microsoft Office 2010", "非正版"),
    ]


def test_a_row_silent_about_its_computer_only_goes_on_with_its_software(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEADINGS, ROWS[1], ["J1", "", "", "WPS 2019", "是"]]
    plan = plan_of(a_ledger(), tmp_path, rows)
    assert plan.is_clean, sentences(plan)
    assert (acts(plan, "computer"), acts(plan, "installation")) == ({"新增": 1}, {"新增": 2})


def test_what_is_said_to_be_as_above_is_the_computer_above(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, [HEADINGS, ROWS[1], ["同上", "同上", "同上", "WPS 2019", "是"]])
    assert plan.is_clean, sentences(plan)
    assert (acts(plan, "computer"), acts(plan, "installation")) == ({"新增": 1}, {"新增": 2})


def test_rows_that_differ_about_one_computer_are_told(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, [HEADINGS, ROWS[1], ["J1", "王", "台式", "WPS 2019", "是"]])
    assert plan.counts["computer", Act.CONFLICT] == 1
    assert "「使用人」却不同" in sentences(plan)


def test_a_word_that_is_no_kind_is_refused_where_most_are(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, [*REPEATED, ["J3", "李", "台试", "WPS 2019", "是"]])
    assert "「台试」不在可填的内容之内" in sentences(plan)


def test_a_column_of_kinds_of_software_is_no_kind_of_computer(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["资产编号", "类型", "软件名称", "是否正版"],
        ["J1", "操作系统", "Windows 10 专业版", "是"],
        ["J1", "办公", "WPS 2019", "是"],
    ]
    look = look_at([a_workbook(tmp_path / "表.xlsx", {"Sheet1": rows})])
    assert [sheet.spec.subject for sheet in look.sheets] == ["installation"]
    assert [finding.code for finding in look.findings] == ["I22"]


@pytest.mark.parametrize(("name", "is_read"), [("Sheet1", True), ("计算机", False)])
def test_one_software_a_computer_is_a_list_unless_the_sheet_is_called_one_of_computers(
    tmp_path: Path, name: str, *, is_read: bool
) -> None:
    path = a_workbook(tmp_path / "表.xlsx", {name: [HEADINGS, ROWS[1], ROWS[3]]})
    subjects = [sheet.spec.subject for sheet in look_at([path]).sheets]
    assert subjects == (["installation", "computer"] if is_read else ["computer"])
    more = a_workbook(tmp_path / "又.xlsx", {name: REPEATED})
    assert [sheet.spec.subject for sheet in look_at([more]).sheets] == ["installation", "computer"]


def test_what_may_be_about_either_is_the_computers_left_of_the_software(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["资产编号", "类型", "序列号", "软件名称", "备注"],
        ["J1", "台式", "SN-1", "WPS 2019", "一"],
    ]
    software, computers = look_at([a_workbook(tmp_path / "表.xlsx", {"Sheet1": rows})]).sheets
    assert [(row.text("key_text"), row.text("note")) for row in software] == [("", "一")]
    assert [(row.text("serial_no"), row.text("note")) for row in computers] == [("SN-1", "")]


def test_a_computer_without_software_is_registered_all_the_same(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, [HEADINGS, ROWS[1], ["J2", "陈", "便携", "", ""], ["合计"]])
    assert plan.is_clean, sentences(plan)
    assert (acts(plan, "computer"), acts(plan, "installation")) == ({"新增": 2}, {"新增": 1})
    assert sentences(plan).count("第 4 行是合计") == 1
