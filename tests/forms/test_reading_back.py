from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from desktop.actions.filling import Request, blank_form, fill
from desktop.actions.naming import form_called
from desktop.actions.printing import ready_to_print
from desktop.forms.filled import FilledForm, is_printed
from desktop.forms.reading_back import Blank, ReadBack, read_back
from desktop.store.database import Ledger
from tests.builders import Sheets, imported

SHEETS: Sheets = {
    "单位": [["单位名称", "级别", "编制人数"], ["县局", "县直", 9], ["县供水公司", "县直", 5]],
    "人员": [
        ["单位名称", "姓名", "职责", "手机"],
        *(["县局", f"张{n}", "信息报送人、填表人", f"1390000000{n}"] for n in range(4)),
    ],
    "计算机": [
        ["单位名称", "资产编号", "类型"],
        *(["县局", f"00{n}", kind] for n, kind in enumerate(["台式", "便携", "台式", "服务器"])),
    ],
    "许可": [
        ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（元）"],
        ["县局", "W1", "WPS Office", "办公", "国内", 1, 5, 3000],
    ],
    "安装": [
        ["单位名称", "资产编号", "软件名称", "软件编号", "是否正版"],
        ["县局", "000", "WPS Office", "W1", "正版"],
        ["县局", "001", "WPS Office", "W1", "正版"],
        ["县局", "002", "Windows 10", "", "非正版"],
    ],
}


@pytest.fixture
def ledger(ledger: Ledger, tmp_path: Path) -> Ledger:
    imported(ledger, tmp_path, SHEETS)
    return ledger


def blank_of(code: str) -> Blank:
    return partial(blank_form, form_called(code), {})


def rows_of(form: FilledForm, path: Path, change: Callable[..., None] | None = None) -> list[list[object]]:
    """Return the rows of a form's workbook, after somebody changed it."""
    ready_to_print(form).to_xlsx(path)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    if change is not None:
        change(sheet)
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("code", ["T01", "T02", "T03", "T08", "T21", "T22", "L01", "M01"])
def test_what_a_workbook_shows_is_read_back(ledger: Ledger, tmp_path: Path, code: str) -> None:
    form = fill(ledger, Request(code))
    said = read_back(blank_of(code), rows_of(form, tmp_path / "表.xlsx"))
    assert said is not None
    assert said.misread == ()
    assert said.values == {
        cell.id: cell.text for cell in form.cells.values() if cell.text and is_printed(cell)
    }


def filled_in(code: str, path: Path, change: Callable[..., None]) -> ReadBack:
    said = read_back(blank_of(code), rows_of(blank_of(code)({}), path, change))
    assert said is not None
    return said


def test_a_blank_copy_is_filled_in_by_hand(tmp_path: Path) -> None:
    def fill_in(sheet: Worksheet) -> None:
        sheet["A3"] = "填表单位： 县 局（盖章）"
        sheet["E3"] = "填表人:李 四"
        sheet["M3"] = "填表时间：2024年7月5日"
        sheet["C12"] = " １ "
        sheet["D12"] = "1,200"
        sheet["F15"] = 3.5

    said = filled_in("T02", tmp_path / "表.xlsx", fill_in)
    assert said.values == {
        "表头.填表单位": "县 局",
        "表头.填表人": "李 四",
        "表头.填表时间": "2024年7月5日",
        "县级.进度.机关总数": "1",
        "县级.进度.计算机总数": "1200",
        "县级.国内.操作系统金额": "3.50",
    }


def test_what_is_no_number_is_named_by_its_place(tmp_path: Path) -> None:
    def fill_in(sheet: Worksheet) -> None:
        sheet["D12"] = "约30"

    said = filled_in("T02", tmp_path / "表.xlsx", fill_in)
    assert [(each.row, each.column) for each in said.misread] == [(12, 4)]
    assert said.misread[0].why.startswith("「约30」不是数")


def test_rows_may_be_put_in_and_moved_down(tmp_path: Path) -> None:
    def fill_in(sheet: Worksheet) -> None:
        for row in range(5, 11):
            sheet.cell(row, 1, "县局")
            sheet.cell(row, 3, f"张{row}")
        sheet.insert_rows(1, 2)

    said = filled_in("T01", tmp_path / "表.xlsx", fill_in)
    assert said.values["报送.6.姓名"] == "张10"
    assert "报送.7.姓名" not in said.values


def test_a_sentence_that_was_written_anew_is_named(tmp_path: Path) -> None:
    def fill_in(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value or "").startswith("总数："):
                    cell.value = "一共12台"

    said = filled_in("T03", tmp_path / "表.xlsx", fill_in)
    assert [each.why for each in said.misread] == [
        "应写成「总数：（数）台，其中台式（数）台，便携式（数）台」的样子。"
    ]


def test_another_table_is_not_taken_for_this_one(ledger: Ledger, tmp_path: Path) -> None:
    rows = rows_of(fill(ledger, Request("T02")), tmp_path / "表.xlsx")
    assert read_back(blank_of("T21"), rows) is None
    assert read_back(blank_of("T01"), rows) is None
    assert read_back(blank_of("T02"), []) is None
    assert read_back(blank_of("T02"), rows[:9]) is None
