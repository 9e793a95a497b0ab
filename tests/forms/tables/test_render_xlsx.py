from __future__ import annotations

import datetime
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from desktop.errors import AppError
from desktop.forms.grid import Box, Sheet
from desktop.forms.tables.render_xlsx import render_xlsx
from tests.forms.sheet_builders import (
    DATED,
    FACTORY,
    a_county,
    a_sheet,
    blank_sheet,
    filled_sheet,
    sheet_of_reporters,
)


def reopened(sheet: Sheet, folder: Path) -> Worksheet:
    path = folder / "印.xlsx"
    render_xlsx(sheet, path)
    return openpyxl.load_workbook(path).worksheets[0]


def test_a_filled_form_comes_back_with_its_numbers(tmp_path: Path) -> None:
    worksheet = reopened(filled_sheet(a_county(tmp_path), "T02"), tmp_path)
    amount, count, foreign = worksheet["F17"], worksheet["D17"], worksheet["O17"]
    assert (amount.value, amount.data_type, amount.number_format) == (3.2, "n", "0.00")
    assert (count.value, type(count.value), count.number_format) == (3, int, "0")
    assert (foreign.value, foreign.number_format) == (5, "0.00")


def test_several_products_stand_one_below_the_other(tmp_path: Path) -> None:
    worksheet = reopened(filled_sheet(a_county(tmp_path), "T03", FACTORY), tmp_path)
    assert [worksheet[name].value for name in ("A8", "B8", "C8", "B9", "C9", "D8", "D9")] == [
        "操作系统软件",
        "Windows 7",
        2,
        "银河麒麟桌面操作系统V10",
        1,
        "Windows XP",
        None,
    ]


@pytest.mark.parametrize(("count", "rows"), [(0, 2), (2, 2), (300, 300)])
def test_a_list_of_people_is_as_long_as_it_must_be(count: int, rows: int, tmp_path: Path) -> None:
    worksheet = reopened(sheet_of_reporters(tmp_path, count), tmp_path)
    assert worksheet.max_row == 4 + rows
    assert worksheet.print_area == f"'软件正版化工作信息报送人员统计表'!$A$1:$H${4 + rows}"
    if count:
        last = worksheet.cell(4 + count, 5)
        assert (last.value, last.data_type) == (f"0914-{count - 1:07}", "s")


def test_the_file_holds_no_formula(tmp_path: Path) -> None:
    worksheet = reopened(a_sheet(Box(0, 0, 1, 1, "=1+1", "=1+1", "x")), tmp_path)
    assert (worksheet["A2"].value, worksheet["A2"].data_type) == ("=1+1", "s")
    with zipfile.ZipFile(tmp_path / "印.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def footer_of(worksheet: Worksheet) -> str | None:
    assert worksheet.oddFooter is not None
    return worksheet.oddFooter.center.text


@pytest.mark.parametrize(
    ("form", "printing"),
    [
        ("T01", ("landscape", 0, "$4:$4", "第 &P 页 共 &N 页")),
        ("T02", ("landscape", 1, None, None)),
        ("T03", ("portrait", 0, "$6:$7", "第 &P 页 共 &N 页")),
    ],
)
def test_a_form_prints_on_its_paper(form: str, printing: tuple[object, ...], tmp_path: Path) -> None:
    worksheet = reopened(blank_sheet(form), tmp_path)
    setup = worksheet.page_setup
    assert (setup.paperSize, setup.fitToWidth) == (9, 1)
    repeated = worksheet.print_title_rows
    assert (setup.orientation, setup.fitToHeight, repeated, footer_of(worksheet)) == printing
    assert worksheet.sheet_properties.pageSetUpPr == PageSetupProperties(fitToPage=True)
    assert worksheet.print_options.horizontalCentered


def test_margins_are_those_of_the_form(tmp_path: Path) -> None:
    margins = reopened(blank_sheet("T02"), tmp_path).page_margins
    sides = (margins.left, margins.right, margins.top, margins.bottom)
    assert [round(side * 25.4, 3) for side in sides] == [20, 20, 25, 18]


def test_a_flowing_form_without_heads_repeats_none(tmp_path: Path) -> None:
    worksheet = reopened(a_sheet(Box(0, 0, 1, 1, "甲")), tmp_path)
    assert worksheet.print_title_rows is None
    assert footer_of(worksheet) == "第 &P 页 共 &N 页"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("软件[正版]:情况*统计?/表\\", "软件_正版__情况_统计__表_"),
        ("情况" * 20, "情况" * 15 + "情"),
        ("'情况\n统计表'", "情况 统计表"),
        ("", "X01"),
    ],
)
def test_the_worksheet_is_named_by_the_title_as_far_as_excel_allows(
    title: str, name: str, tmp_path: Path
) -> None:
    sheet = replace(a_sheet(Box(0, 0, 1, 1, "甲")), title=title)
    assert reopened(sheet, tmp_path).title == name


def test_the_same_sheet_gives_the_same_content(tmp_path: Path) -> None:
    sheet = filled_sheet(a_county(tmp_path), "T02")
    contents = []
    for name in ("一.xlsx", "二.xlsx"):
        render_xlsx(sheet, tmp_path / name, dated=DATED)
        with zipfile.ZipFile(tmp_path / name) as archive:
            contents.append({entry: archive.read(entry) for entry in archive.namelist()})
    assert contents[0] == contents[1]


@pytest.mark.parametrize(("dated", "year"), [(DATED, 2024), (None, 2000)])
def test_the_workbook_tells_who_made_it_and_not_the_hour(
    dated: datetime.date | None, year: int, tmp_path: Path
) -> None:
    render_xlsx(blank_sheet("T01"), tmp_path / "印.xlsx", dated=dated)
    properties = openpyxl.load_workbook(tmp_path / "印.xlsx").properties
    assert properties.creator == "正版台账"
    assert properties.created == properties.modified
    assert (properties.created.year, properties.created.hour) == (year, 0)


def test_a_folder_that_is_not_there_is_an_error_a_person_understands(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="没有这个文件夹"):
        render_xlsx(blank_sheet("T01"), tmp_path / "没有" / "印.xlsx")
