from __future__ import annotations

from pathlib import Path

import openpyxl

from desktop.actions.importing import look_at
from desktop.core.findings import FindingClass
from desktop.intake.sheets import ReadSheet
from tests.builders import a_workbook
from tests.intake.looking import read


def fields(sheet: ReadSheet, *names: str) -> list[tuple[object, ...]]:
    """Return the row's number and these fields of every row."""
    at = sheet.spec.positions
    return [(number, *(row[at[name]] for name in names)) for number, row in sheet.rows]


def said(sheet: ReadSheet) -> list[str]:
    return [f"{finding.code} {finding.place}" for finding in sheet.findings]


def test_rows_have_the_numbers_a_person_sees() -> None:
    rows: list[list[object]] = [
        ["示例县计算机登记表"],
        [],
        ["类型", "资产编号"],
        ["台式", "A1"],
        [],
        ["便携", "A2"],
    ]
    sheet = read("计算机", rows)
    assert fields(sheet, "asset_no", "kind") == [(4, "A1", "台式"), (6, "A2", "便携")]
    assert sheet.rows[0][1][0] is None


def test_short_rows_and_columns_beyond_them_are_empty() -> None:
    sheet = read("计算机", [["类型", "资产编号", "状态"], ["台式"], ["便携", "A2", "在用", "多"]])
    assert fields(sheet, "kind", "asset_no", "state") == [(2, "台式", None, None), (3, "便携", "A2", "在用")]
    assert fields(read("计算机", [["类型", "状态"]]), "kind") == []


def test_a_row_with_a_bad_cell_is_refused_and_the_others_stay() -> None:
    sheet = read(
        "计算机", [["类型", "购置日期"], ["台式", "2023-02-30"], ["便携", "2023-02-28"], ["飞机", "昨天"]]
    )
    assert [number for number, _ in sheet.rows] == [3]
    assert sheet.refused == 2
    assert said(sheet) == [
        "I01 《表.xlsx》「计算机」表第 4 行「类型」栏",
        "I01 《表.xlsx》「计算机」表第 2 行「购置日期」栏",
        "I01 《表.xlsx》「计算机」表第 4 行「购置日期」栏",
    ]
    assert all(finding.level is FindingClass.A and finding.remedy for finding in sheet.findings)


def test_a_mark_for_none_where_something_is_needed_is_called_what_it_is() -> None:
    rows: list[list[object]] = [["资产编号", "软件名称"], ["A1", "无"], ["—", "WPS"], ["A1", ""]]
    assert [f"{f.text}{f.remedy}" for f in read("安装", rows).findings] == [
        "“无”或横线不是软件名称。没有安装的请删除该行；已经卸载的，请写明卸载的是哪个软件，并填写卸载日期。",
        "这一格写的是“无”或横线，而每行都要写明资产编号。请补填，或删除该行。",
        "这一格为空。请补填，或删除该行。",
    ]


def test_a_row_without_what_it_needs_is_refused() -> None:
    sheet = read(
        "安装", [["资产编号", "软件名称", "备注"], ["A1", None, "x"], ["", "", ""], [None, "WPS", None]]
    )
    assert (sheet.rows, sheet.refused) == ([], 2)
    assert said(sheet) == [
        "I02 《表.xlsx》「安装」表第 2 行「软件名称」栏",
        "I02 《表.xlsx》「安装」表第 4 行「资产编号」栏",
    ]


def test_columns_that_are_not_read_do_not_make_a_row() -> None:
    assert read("计算机", [["类型", "资产编号", "保修期"], [None, None, "三年"]]).rows == []


def test_both_headings_of_money_are_read_to_the_fen() -> None:
    yuan = read("许可", [["软件名称", "金额（元）"], ["WPS", 12345.67], ["WPS", "1,680.5"]])
    wan = read("许可", [["软件名称", "金额\n（万元）"], ["WPS", 1.234567], ["WPS", "0.16805"]])
    assert fields(yuan, "amount") == fields(wan, "amount") == [(2, 1_234_567), (3, 168_050)]


def test_truth_values_and_numbers_in_one_column_are_not_mixed_up() -> None:
    rows: list[list[object]] = [
        ["类型", "预装正版系统", "备注"],
        ["台式", 1.0, 1.0],
        ["台式", True, True],
        ["台式", 0, False],
        ["台式", False, 0],
    ]
    assert fields(read("计算机", rows), "preinstalled", "note") == [
        (2, 1, "1"),
        (3, 1, "是"),
        (4, 0, "否"),
        (5, 0, "0"),
    ]
    sheet = read("单位", [["单位名称", "编制人数"], ["甲", True], ["乙", 1.0], ["丙", 0]])
    assert fields(sheet, "staff_quota") == [(3, 1), (4, 0)]


def test_ditto_takes_over_what_stands_above() -> None:
    rows: list[list[object]] = [
        ["单位名称", "类型", "购置日期"],
        ["甲局", "台式", "2020-01-02"],
        ["同上", "同上", "〃"],
        ["乙局", "便携", ""],
        ["同上", "同上", "同上"],
    ]
    assert fields(read("计算机", rows), "unit", "kind", "purchased_on") == [
        (2, "甲局", "台式", "2020-01-02"),
        (3, "甲局", "台式", "2020-01-02"),
        (4, "乙局", "便携", None),
        (5, "乙局", "便携", "2020-01-02"),
    ]


def test_ditto_with_nothing_above_is_refused() -> None:
    sheet = read("计算机", [["单位名称", "类型"], ["同上", "台式"], ["甲局", "同上"]])
    assert fields(sheet, "unit", "kind") == [(3, "甲局", "台式")]
    assert [finding.sentence for finding in sheet.findings] == [
        "《表.xlsx》「计算机」表第 2 行「单位名称」栏：「同上」的上面没有内容。请填写内容。"
    ]


def test_sums_and_examples_are_passed_over_and_named() -> None:
    rows: list[list[object]] = [
        ["单位名称", "编制人数"],
        ["例：示例县公安局", 5],
        ["甲局", 3],
        ["合计", "约3"],
        ["单位名称", "编制人数"],
        ["填表人：张三", None],
    ]
    sheet = read("单位", rows)
    assert fields(sheet, "name") == [(3, "甲局")]
    assert sheet.refused == 0
    assert [(finding.level, finding.text) for finding in sheet.findings] == [
        (FindingClass.D, "第 2、4、5、6 行是合计、示例、填表说明、日期或重复的表头，没有读取。")
    ]


def test_of_many_rows_passed_over_the_first_are_named() -> None:
    sums: list[list[object]] = [["小计", 1]] * 30
    sheet = read("单位", [["单位名称", "编制人数"], *sums])
    assert "第 2、3、4、5、6、7、8、9、10、11 等 30 行" in sheet.findings[0].text


def merged_workbook(path: Path) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "许可"
    for row in (
        ["软件许可登记表"],
        ["单位名称", "软件名称", "软件编号", "套数", "金额（元）"],
        ["甲局", "WPS", "L1", 10, 300],
        [None, "麒麟", "L2", None, None],
        [None, "瑞星", "L3", None, None],
        [None, None, None, None, None],
        ["乙局", "WPS", "L4", 1, 30],
    ):
        sheet.append(row)
    for area in ("A1:E1", "A3:A6", "D3:D5", "E3:E5"):
        sheet.merge_cells(area)
    workbook.save(path)
    return path


def test_merged_names_hold_for_every_row_but_amounts_count_once(tmp_path: Path) -> None:
    (sheet,) = look_at([merged_workbook(tmp_path / "表.xlsx")]).sheets
    assert fields(sheet, "unit", "licence_no", "packs", "amount") == [
        (3, "甲局", "L1", 10, 30_000),
        (4, "甲局", "L2", None, None),
        (5, "甲局", "L3", None, None),
        (7, "乙局", "L4", 1, 3_000),
    ]
    assert not sheet.findings


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["类型", "备注"])
    workbook.worksheets[0].append(["台式", "=1+1"])
    workbook.worksheets[0]["B2"].data_type = "s"
    workbook.save(tmp_path / "表.xlsx")
    (sheet,) = look_at([tmp_path / "表.xlsx"]).sheets
    assert fields(sheet, "note") == [(2, "=1+1")]


def test_an_error_of_a_formula_refuses_its_row_only_where_it_is_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [["类型", "备注", "我的栏"], ["台式", "=1+1", None], ["便携", None, "=1+1"]]
    (sheet,) = look_at([a_workbook(tmp_path / "表.xlsx", {"计算机": rows})]).sheets
    assert fields(sheet, "kind") == [(3, "便携")]
    assert "公式" in sheet.findings[0].text


def test_two_columns_of_money_say_it_together() -> None:
    headings = ["软件名称", "金额（元）", "金额（万元）"]
    sheet = read(
        "许可", [headings, ["甲", None, 0.15], ["乙", 1500, 0.15], ["丙", 1500, 0.2], ["丁", 7, None]]
    )
    assert fields(sheet, "amount") == [(2, 1500_00), (3, 1500_00), (5, 7_00)]
    assert said(sheet) == ["I01 《表.xlsx》「许可」表第 4 行「金额（元）」栏"]
    assert "「金额（元）」栏与「金额（万元）」栏不一致" in sheet.findings[0].text


def test_months_without_a_day_are_said_once_for_each_column() -> None:
    headings = ["软件名称", "购买日期", "有效期至"]
    rows: list[list[object]] = [
        ["甲", "2019年5月", "2020年2月"],
        ["乙", "2019-06-02", "永久"],
        ["丙", 2019.6],
    ]
    sheet = read("许可", [list[object](headings), *rows])
    assert fields(sheet, "purchased_on") == [(2, "2019-05-01"), (3, "2019-06-02"), (4, "2019-06-01")]
    assert [(each.code, each.level.value, each.text) for each in sheet.findings if each.code == "I64"] == [
        ("I64", "C", "「2019年5月」没有写到日，按 2019-05-01 登记。同样的还有第 4 行，共 2 行。"),
        ("I64", "C", "「2020年2月」没有写到日，按 2020-02-29 登记。"),
    ]


def test_money_without_a_unit_is_taken_as_yuan_and_said() -> None:
    sheet = read("许可", [["软件名称", "金额", "单价"], ["甲", 12, None]])
    assert (fields(sheet, "amount"), said(sheet)) == ([(2, 12_00)], ["I41 《表.xlsx》「许可」表「金额」栏"])


def test_notes_below_a_table_are_passed_over_and_say_nothing_of_whose_it_is() -> None:
    rows: list[list[object]] = [
        ["资产编号", "类型"],
        ["1", "台式"],
        [],
        ["说明：", None],
        ["1. 本表一式两份，示例县甲局留存一份。"],
    ]
    sheet = read("计算机", [*rows, ["2. 涉密的不填。"], [None, "2024年6月30日"]])
    assert [(f.code, f.level, f.text.partition(" 行")[0]) for f in sheet.findings] == [
        ("I24", "D", "第 4、5、6、7")
    ]
    assert len(sheet.rows) == 1
    assert sheet.refused == 0
    assert "甲局" not in "".join(sheet.around.lines)
    (fault,) = read("计算机", [*rows[:2], ["3.台式", None]]).findings
    assert (fault.code, fault.level) == ("I02", "A")
