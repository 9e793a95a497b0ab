from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.intake.files.opendocument import survey_ods
from desktop.intake.files.raw import Survey
from desktop.intake.files.workbook import read_workbook
from tests.intake.files.raw_ods import a_cell, a_row, an_ods

EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'


def refused(path: Path) -> str:
    with pytest.raises(AppError) as caught:
        read_workbook(path)
    assert caught.value.remedy
    return caught.value.message


def test_cells_merged_ranges_and_errors_are_read(tmp_path: Path) -> None:
    rows = (
        a_row(a_cell("单位名称"), a_cell("数量"))
        + a_row(a_cell("甲局", 'table:number-rows-spanned="2"'), a_cell("#N/A", 'calcext:value-type="error"'))
        + a_row("<table:covered-table-cell/>", a_cell("3"))
    )
    (sheet,) = read_workbook(an_ods(tmp_path / "表.ods", rows))
    assert [[cell or None for cell in row] for row in sheet.rows] == [
        ["单位名称", "数量"],
        ["甲局", "#N/A"],
        [None, "3"],
    ]
    assert list(sheet.merged) == [((1, 0), (2, 0))]


def test_the_empty_rest_of_a_sheet_does_no_harm(tmp_path: Path) -> None:
    rest = a_row(EMPTY, attributes='table:number-rows-repeated="1048000"')
    path = an_ods(tmp_path / "表.ods", a_row(a_cell("甲"), EMPTY) + rest)
    assert survey_ods(path) == {"计算机": Survey({}, [])}
    assert read_workbook(path)[0].rows == [["甲"]]


@pytest.mark.parametrize(
    "rows",
    [
        a_row(a_cell("甲", 'table:number-columns-repeated="99999999999"')),
        a_row(
            a_cell("甲", 'table:number-columns-repeated="16384"'),
            attributes='table:number-rows-repeated="1000000"',
        ),
        a_row(EMPTY, a_cell("甲")) * 700,
        a_row(a_cell("x" * 10_000), attributes='table:number-rows-repeated="1000000"'),
        a_row(
            '<table:table-cell office:value-type="string"><text:p><text:s text:c="999999999"/></text:p></table:table-cell>'
        ),
        a_row(
            '<table:table-cell office:value="1" table:number-columns-repeated="1000"/>',
            attributes='table:number-rows-repeated="100000"',
        ),
        a_row(
            a_cell("甲", 'table:number-columns-repeated="+1000"'),
            attributes='table:number-rows-repeated="+100000"',
        ),
        a_row(
            a_cell("甲", 'table:number-columns-repeated="000000001000"'),
            attributes='table:number-rows-repeated="0000000100000"',
        ),
    ],
)
def test_cells_repeated_without_end_are_refused(tmp_path: Path, rows: str) -> None:
    assert "超出范围" in refused(an_ods(tmp_path / "弹.ods", rows))


def test_a_password_is_named(tmp_path: Path) -> None:
    path = an_ods(tmp_path / "密.ods", "", manifest="<manifest:encryption-data xmlns:manifest='x'/>")
    assert "密码" in refused(path)


@pytest.mark.parametrize("content", ["", "<a>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_damaged_document_is_refused(tmp_path: Path, content: str) -> None:
    path = an_ods(tmp_path / "坏.ods", "", content=content)
    assert "损坏" in refused(path)


def test_a_merged_range_with_an_empty_first_cell_is_told(tmp_path: Path) -> None:
    merged = '<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1"/>'
    (sheet,) = read_workbook(an_ods(tmp_path / "表.ods", a_row(merged, a_cell("甲")) + a_row(a_cell("乙"))))
    assert list(sheet.merged) == [((0, 0), (1, 0))]


def test_a_document_that_is_another_workbook_too_is_refused(tmp_path: Path) -> None:
    an_ods(tmp_path / "双.ods", a_row(a_cell("甲")))
    with zipfile.ZipFile(tmp_path / "双.ods", "a") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    assert "结构异常" in refused(tmp_path / "双.ods")


def test_two_tables_of_one_name_are_refused(tmp_path: Path) -> None:
    rows = a_row(a_cell("甲")) + '</table:table><table:table table:name="计算机">' + a_row(a_cell("乙"))
    assert "结构异常" in refused(an_ods(tmp_path / "双.ods", rows))
