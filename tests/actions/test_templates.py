"""Workbooks to be filled in: what they offer, and that the ledger's own records come back unchanged."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desktop.actions.changes import change_lines
from desktop.actions.importing import apply_import, look_at, plan_import
from desktop.actions.naming import unit_called
from desktop.actions.templates import write_blank_templates, write_filled_template
from desktop.core.plan import Act
from desktop.errors import AppError
from desktop.sample.county import make_county
from desktop.sample.material import Data
from desktop.sample.workbooks import write_workbooks
from desktop.store.database import Ledger
from tests.builders import Rows, imported
from tests.sample.conftest import data  # noqa: F401  # a fixture

FULL, BESIDE = "正版台账登记表.xlsx", "计算机及软件登记表.xlsx"


def sheet_of(path: Path, name: str) -> Worksheet:
    sheet = openpyxl.load_workbook(path)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    assert [path.name for path in write_blank_templates(tmp_path / "表")] == [FULL, BESIDE]
    return tmp_path / "表"


def test_words_are_offered_and_noted_and_the_uid_is_hidden(blank: Path) -> None:
    sheet = sheet_of(blank / FULL, "计算机")
    headings = [cell.value for cell in sheet[1]]
    letters = {heading: get_column_letter(place) for place, heading in enumerate(headings, start=1)}
    offered = {str(each.sqref).split(":")[0]: each for each in sheet.data_validations.dataValidation}
    assert offered[f"{letters['类型']}2"].formula1 == '"台式,便携,服务器"'
    assert offered[f"{letters['单位名称']}2"].formula1 == "单位!$A$2:$A$2000"
    assert "2023-05-08" in str(offered[f"{letters['购置日期']}2"].prompt)
    assert sheet.column_dimensions[letters["记录标识"]].hidden
    assert sheet.column_dimensions[letters["资产编号"]].number_format == "@"
    assert headings[-1] == "记录标识"
    comment = sheet[f"{letters['类型']}1"].comment
    assert comment is not None
    assert comment.text.startswith("必填。")


def test_blank_workbooks_hold_nothing_to_import(ledger: Ledger, blank: Path) -> None:
    look = look_at([blank / FULL, blank / BESIDE])
    assert [finding.code for finding in look.findings] == ["I23", "I23"]
    assert not plan_import(ledger, look).steps


def test_our_own_templates_are_replaced(blank: Path) -> None:
    (blank / "别的.txt").write_text("甲", encoding="utf-8")
    assert len(list(write_blank_templates(blank))) == 2
    assert (blank / "别的.txt").exists()


def test_a_filled_row_beside_its_software_is_taken_in(ledger: Ledger, blank: Path) -> None:
    workbook = openpyxl.load_workbook(blank / BESIDE)
    sheet = workbook["计算机及软件"]
    headings = [cell.value for cell in sheet[1]]
    row = dict.fromkeys(range(len(headings)), None) | {
        headings.index("资产编号"): "007",
        headings.index("类型"): "台式",
        headings.index("操作系统"): "Windows 10 专业版",
        headings.index("操作系统") + 1: "正版",
        headings.index("其他软件"): "WinRAR、AutoCAD 2010",
    }
    sheet.append([row[place] for place in range(len(headings))])
    workbook.save(blank / "填好.xlsx")
    units = openpyxl.Workbook()
    units.worksheets[0].title = "单位"
    for line in (["单位名称"], ["甲局"]):
        units.worksheets[0].append(line)
    units.save(blank / "单位.xlsx")
    plan = plan_import(ledger, look_at([blank / "填好.xlsx", blank / "单位.xlsx"]))
    assert plan.is_clean
    assert [plan.counts[name, Act.ADD] for name in ("computer", "installation")] == [1, 3]


def test_a_file_that_is_not_ours_is_not_replaced(blank: Path) -> None:
    workbook = openpyxl.load_workbook(blank / FULL)
    workbook.properties.lastModifiedBy = "张三"
    workbook.save(blank / FULL)
    with pytest.raises(AppError, match="不是本程序输出的"):
        list(write_blank_templates(blank))


@pytest.fixture
def county_ledger(ledger: Ledger, tmp_path: Path, data: Data) -> Ledger:  # noqa: F811
    workbooks = write_workbooks(make_county(data=data), tmp_path / "县")
    apply_import(ledger, plan_import(ledger, look_at(workbooks)), "导入")
    return ledger


def test_the_whole_county_comes_back_unchanged(county_ledger: Ledger, tmp_path: Path) -> None:
    path, left_out = write_filled_template(county_ledger, tmp_path)
    plan = plan_import(county_ledger, look_at([path]))
    assert left_out == 0
    assert plan.steps == []
    assert plan.counts["installation", Act.SAME] == 3000


def test_one_unit_comes_with_those_below_it(county_ledger: Ledger, tmp_path: Path) -> None:
    unit = unit_called(county_ledger, "示例县城关镇人民政府")
    path, _ = write_filled_template(county_ledger, tmp_path, unit=unit)
    assert path.name == "正版台账登记表-示例县城关镇人民政府.xlsx"
    names = {row[0].value for row in sheet_of(path, "计算机").iter_rows(min_row=2)}
    assert names == {"示例县城关镇人民政府"}


def changed(path: Path, sheet: str, change: Callable[[Worksheet], None]) -> Path:
    workbook = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    worksheet = workbook[sheet]
    assert isinstance(worksheet, Worksheet)
    change(worksheet)
    workbook.save(path)
    return path


@pytest.mark.parametrize(
    ("place", "subject"),
    [
        (("计算机", "资产编号"), "computer"),
        (("许可", "软件编号"), "licence"),
        (("人员", "姓名"), "person"),
        (("单位", "单位名称"), "unit"),
    ],
)
def test_a_record_is_known_again_though_its_name_is_corrected(
    county_ledger: Ledger, tmp_path: Path, place: tuple[str, str], subject: str
) -> None:
    path, _ = write_filled_template(county_ledger, tmp_path)
    sheet, heading = place

    def correct(worksheet: Worksheet) -> None:
        column = next(cell.column for cell in worksheet[1] if cell.value == heading)
        worksheet.cell(5, column, "改过的")

    plan = plan_import(county_ledger, look_at([changed(path, sheet, correct)]))
    (step,) = plan.of(subject)
    assert "改过的" in step.values
    assert step.before is not None
    assert "改过的" not in step.before


def test_what_was_allocated_moves_to_another_unit(ledger: Ledger, tmp_path: Path) -> None:
    head = ["单位名称", "软件编号", "软件名称", "许可数", "上级许可编号"]
    rows: Rows = [head, ["县办", "L1", "WPS Office 2019", 10, ""], ["甲镇", "J1", "WPS Office 2019", 4, "L1"]]
    imported(ledger, tmp_path, {"单位": [["单位名称"], ["县办"], ["甲镇"], ["乙镇"]], "许可": rows})
    path, _ = write_filled_template(ledger, tmp_path)

    def move(worksheet: Worksheet) -> None:
        (cell,) = (row[0] for row in worksheet.iter_rows(min_row=2) if row[0].value == "甲镇")
        cell.value = "乙镇"

    plan = plan_import(ledger, look_at([changed(path, "许可", move)]))
    assert list(change_lines(plan, ledger)) == ["「许可」表第 3 行，配发：单位名称 「甲镇」 → 「乙镇」。"]


def test_the_uid_of_another_ledger_is_passed_over(county_ledger: Ledger, tmp_path: Path) -> None:
    path, _ = write_filled_template(county_ledger, tmp_path)

    def spoil(worksheet: Worksheet) -> None:
        column = next(cell.column for cell in worksheet[1] if cell.value == "记录标识")
        worksheet.cell(2, column, "别处")

    plan = plan_import(county_ledger, look_at([changed(path, "计算机", spoil)]))
    assert plan.steps == []
    assert "I46" in [finding.code for finding in plan.findings]
