"""In which unit of money a sheet's amounts are taken, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from desktop.actions.importing import sheet_specs
from desktop.intake.files.raw import Merged, RawSheet
from desktop.intake.reading import read_sheet
from desktop.intake.recognise import recognise
from desktop.intake.sheets import ReadSheet

FIRST = ["软件编号", "软件名称", "套数"]
HEADINGS, ROW = [*FIRST, "单价", "金额"], ["A1", "WPS 2019", 2, 1.5, 3]
Rows = Sequence[Sequence[object]]


def read(rows: Rows, merged: Sequence[Merged] = ()) -> ReadSheet:
    raw = RawSheet("许可", rows, merged)
    mapping = recognise(raw, sheet_specs())
    assert mapping is not None
    return read_sheet("表.xlsx", raw, mapping)


def amounts(sheet: ReadSheet) -> list[tuple[object, object]]:
    return [(row["unit_price"], row["amount"]) for row in sheet]


def said(sheet: ReadSheet) -> list[str]:
    return [f"{f.code}{f.level.value} {f.text}" for f in sheet.findings if f.code != "I24"]


@pytest.mark.parametrize("title", [[], [["县财政局软件清单"]]])
@pytest.mark.parametrize("group", ["采购金额（万元）", "金额 （单位：万元）"])
@pytest.mark.parametrize("is_merged", [True, False])
def test_the_unit_of_a_group_holds_for_what_stands_in_it(title: Rows, group: str, *, is_merged: bool) -> None:
    rows = [*title, [*FIRST, group, "", "备注"], ["", "", "", "单价", "总价", ""], [*ROW, ""]]
    at = len(title)
    sheet = read(rows, [((at, 3), (at, 4))] if is_merged else [])
    assert (amounts(sheet), said(sheet)) == ([(1_500_000, 3_000_000)], [])


def test_the_unit_above_a_single_column_holds_too() -> None:
    sheet = read([[*FIRST, "价格（元）", "费用（万元）"], ["", "", "", "单价", "金额"], ROW])
    assert (amounts(sheet), said(sheet)) == ([(150, 3_000_000)], [])


@pytest.mark.parametrize(
    ("note", "fen"),
    [
        (["金额单位：万元"], 3_000_000),
        (["", "", "", "", "（单位：万元）"], 3_000_000),
        (["", "", "", "单位：", "万元"], 3_000_000),
        (["单位：套、千元"], 300_000),
        (["单位：元"], 300),
    ],
)
@pytest.mark.parametrize("place", [1, 2, 4])
def test_a_line_beside_the_table_says_the_unit_of_headings_that_name_none(
    note: list[object], fen: int, place: int
) -> None:
    rows: list[list[object]] = [["软件清单"], [*HEADINGS], ROW, ["合计"]]
    rows.insert(place, note)
    sheet = read(rows)
    line = "".join(map(str, note))
    assert amounts(sheet) == [(fen // 2, fen)]
    assert said(sheet) == [f"I65D 「单价」、「金额」栏的表头没有写金额单位，按表外写的「{line}」计。"]
    assert sheet.around.unit == ""


def test_a_heading_that_names_its_unit_goes_first() -> None:
    sheet = read([["金额单位：万元"], [*FIRST, "单价（元）", "金额"], ROW])
    assert amounts(sheet) == [(150, 3_000_000)]
    assert said(sheet) == ["I65D 「金额」栏的表头没有写金额单位，按表外写的「金额单位：万元」计。"]
    whole = read([["金额单位：万元"], [*FIRST, "单价（元）", "金额（元）"], ROW])
    assert (amounts(whole), said(whole)) == ([(150, 300)], [])


def test_lines_that_differ_leave_the_unit_open() -> None:
    sheet = read([["单位：万元"], HEADINGS, ROW, ["金额单位：元"]])
    assert amounts(sheet) == []
    assert said(sheet) == ["I01A 「表外注明的单位（万元或元）」的金额单位不认识。"] * 2


def test_amounts_are_taken_as_yuan_only_where_nothing_says_otherwise() -> None:
    sheet = read([["软件清单"], ["填报单位：甲局"], HEADINGS, ROW])
    assert amounts(sheet) == [(150, 300)]
    assert said(sheet) == ["I41C 表头没有写金额单位，按元计。"] * 2
    assert said(read([["单位：万元"], HEADINGS, ROW[:3]])) == []


@pytest.mark.parametrize("note", [[], [["金额单位：元"]]])
def test_amounts_that_name_their_own_unit_need_none_in_the_heading(note: Rows) -> None:
    sheet = read(
        [*note, HEADINGS, ["A1", "WPS 2019", 2, "￥150元", "0.03万元"], ["A2", "WPS 2019", 2, "", 0]]
    )
    assert amounts(sheet) == [(15_000, 30_000), (None, 0)]
    assert said(sheet) == []
    mixed = read([*note, HEADINGS, ["A1", "WPS 2019", 2, "", "0.03万元"], ["A2", "WPS 2019", 2, "", 5]])
    assert [text[:4] for text in said(mixed)] == (["I65D"] if note else ["I41C"])


def test_a_currency_that_is_none_of_ours_is_refused() -> None:
    assert said(read([["金额单位：万美元"], HEADINGS, ROW])) == ["I01A 「（万美元）」的金额单位不认识。"] * 2


def test_a_group_of_groups_says_the_unit_past_a_word_alone_in_its_row() -> None:
    above: Rows = [["软件采购情况", "", "", "经费（万元）", ""], ["", "", "", "采购", ""]]
    sheet = read([["台账"], *above, HEADINGS, ROW])
    assert (amounts(sheet), said(sheet)) == ([(1_500_000, 3_000_000)], [])
