"""Layouts that would lose or shift columns are refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.importing import look_at, vocabulary
from desktop.core.findings import Place
from desktop.intake.files.raw import Merged, RawSheet
from desktop.intake.layout import second_row, unreadable
from desktop.intake.looking import Reader
from tests.builders import a_workbook

Rows = list[list[object]]
MERGED: list[Merged] = [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3))]
TOP: list[object] = ["资产编号", "类型", "操作系统", ""]


def fault(rows: Rows, merged: list[Merged] | None = None) -> str:
    sheet = RawSheet("Sheet1", rows, merged or [])
    maps = Reader(vocabulary()).maps_of(sheet)
    assert maps
    found = unreadable(sheet, maps, vocabulary(), Place("表.xlsx", "Sheet1"))
    return f"{found.code}{found.level.value} {found.text}" if found else ""


@pytest.mark.parametrize("merged", [None, MERGED, MERGED[2:]])
def test_a_second_row_of_headings_that_is_not_understood_is_refused(merged: list[Merged] | None) -> None:
    rows: Rows = [TOP, ["", "", "品牌", "许可情况"], ["1", "台式", "Windows 10", "是"]]
    assert (
        fault(rows, merged) == "I49A 表头像是有两行，其中「品牌」、「许可情况」没有认出来，整张表没有读取。"
    )


def test_of_two_groups_one_that_is_not_understood_refuses_the_sheet() -> None:
    rows: Rows = [
        ["资产编号", "类型", "操作系统", "", "办公软件", ""],
        ["", "", "名称", "是否正版", "品牌", "是否正版"],
        ["1", "台式", "Windows 10", "是", "WPS", "否"],
    ]
    assert fault(rows) == "I49A 表头像是有两行，其中「品牌」、「是否正版」没有认出来，整张表没有读取。"


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "Windows 10", "正版"],
        ["1", "台式", "统信", "正版"],
        ["", "", "统信", ""],
    ],
)
def test_a_row_of_records_is_no_second_row_of_headings(row: list[object]) -> None:
    assert second_row(RawSheet("表", [TOP, row], MERGED), 0) == []


def test_two_tables_side_by_side_are_refused() -> None:
    headings: list[object] = ["单位名称", "资产编号", "类型", "操作系统"]
    for row in ([*headings, *headings], [*headings, "备注", "", *headings]):
        assert fault([row, ["甲局", "1", "台式", "统信"] * 2]).startswith("I48A 像是两张表左右并排")
    people: list[object] = ["姓名", "手机", "", "姓名", "手机"]
    assert fault([people, ["张三", "1", "", "李四", "2"]]).startswith("I48A")


def test_a_sheet_that_is_refused_is_not_read(tmp_path: Path) -> None:
    rows: Rows = [["类型", "资产编号"] * 2, ["台式", "1", "便携", "2"]]
    look = look_at([a_workbook(tmp_path / "表.xlsx", {"计算机": rows})])
    assert [f.sentence.partition("：")[0] for f in look.findings] == ["《表.xlsx》「计算机」表第 1 行"]
    assert look.sheets == []
