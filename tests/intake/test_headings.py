from __future__ import annotations

import pytest

from desktop.intake.files.raw import RawSheet
from desktop.intake.headings import (
    Headings,
    column_letters,
    heading_rows,
    labelled_unit,
    last_heading_row,
    words_above,
)

MERGED = [((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (0, 4))]


def second(rows: list[list[object]], merged: object = ()) -> Headings:
    return heading_rows(RawSheet("表", rows, merged))[1]  # type: ignore[arg-type]  # ranges as in a file


def test_words_merged_across_columns_are_their_group() -> None:
    rows: list[list[object]] = [
        ["单位", "操作系统", "", "办公软件", ""],
        ["", "名称", "版本", "名称", "版本"],
    ]
    found = second(rows, MERGED)
    assert found.texts == ("单位", "名称", "版本", "名称", "版本")
    assert found.groups == ("", "操作系统", "操作系统", "办公软件", "办公软件")


def test_a_copy_without_merged_cells_says_the_same() -> None:
    rows: list[list[object]] = [["单位", "操作系统", "", "办公软件"], ["", "名称", "版本", "名称", "版本"]]
    assert second(rows) == second([[*rows[0], ""], rows[1]], MERGED)


@pytest.mark.parametrize(
    "above",
    [["登记表", "", ""], ["填报单位：甲局", "", "日期：2024年"], ["", "", ""], ["填表人：", "甲", ""]],
)
def test_titles_and_lines_with_labels_are_no_groups(above: list[object]) -> None:
    assert second([above, ["单位", "名称", "版本"]]).groups == ("", "", "")


def test_words_above_a_single_column_are_no_group() -> None:
    found = second([["基本", "软件", "", "其他"], ["单位", "名称", "版本", "备注"]], [((0, 1), (0, 2))])
    assert found.groups == ("", "软件", "软件", "")


def test_headings_merged_downwards_reach_to_the_last_row() -> None:
    assert last_heading_row(1, [((1, 0), (3, 0)), ((1, 2), (2, 2)), ((4, 0), (9, 0))]) == 3
    assert last_heading_row(1, [((1, 0), (9, 0))]) == 1


@pytest.mark.parametrize(
    ("row", "unit"),
    [
        (["填报单位（盖章）：财政局", "填表日期：2024年"], "财政局"),
        (["单位名称：", "示例县财政局"], "示例县财政局"),
        (["单位：财政局  填表人：张三"], "财政局"),
        (["填表单位：财政局（盖章）"], "财政局"),
        (["单位：", "日期：2024"], ""),
        (["单位：万元"], ""),
        (["单位：套、万元", "填报单位：财政局"], "财政局"),
        (["计算机登记表"], ""),
        ([None, "使用单位: 城关镇人民政府 联系电话：12345"], "城关镇人民政府"),
    ],
)
def test_the_unit_named_above_is_found(row: list[object], unit: str) -> None:
    assert labelled_unit([["标题"], row]) == unit


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_a_column_is_called_by_its_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_the_words_above_a_column_are_those_of_headings_the_nearest_first() -> None:
    rows = [["标题"], ["编号", "费用（万元）", "", ""], ["", "单价", "金额", ""], ["", "一", "二", "三"]]
    sheet = RawSheet("表", rows, [((1, 1), (1, 3))])
    assert words_above(sheet, 3, 2) == ["金额", "费用（万元）"]
    assert words_above(sheet, 1, 2) == []
