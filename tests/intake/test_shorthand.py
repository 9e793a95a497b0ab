from __future__ import annotations

import datetime
import time

import pytest

from desktop.intake.files.raw import Cell
from desktop.intake.shorthand import in_full, notes_below, rows_without_records, spans_below

HEADINGS = ("序号", "单位名称", "类型")


@pytest.mark.parametrize(
    "first",
    [
        "合计", "合 计：", "县直小计", "总计", "本页合计", "填表人：张三  审核人：李四", "填表人（签字）：", "单位负责人：王五", "联系电话：123",
        "填报日期：2024年6月30日", "注：只填在用的。", "备注: 无", "填表说明：\n一、……", "例", "（例）", "示例", "【填写示例】", "例：示例县公安局",
    ],
)  # fmt: skip
def test_sums_examples_and_asides_are_no_records(first: str) -> None:
    rows: list[list[Cell]] = [[first, None, 12.0], [None, "", first]]
    for row in rows:
        assert rows_without_records([["甲局"], row], HEADINGS) == {1}


@pytest.mark.parametrize(
    "first",
    ["示例县公安局", "例外单位", "会计事务中心", "填表人", "经办人", "负责人", "审计局", "注册会计师协会", "统计局", "合计划生育协会服务站办公室总", 7.0, None],
)  # fmt: skip
def test_what_only_looks_alike_is_a_record(first: Cell) -> None:
    assert not rows_without_records([[first, "甲"]], HEADINGS)


def test_only_the_first_thing_written_tells() -> None:
    assert not rows_without_records([["甲局", "合计"]], HEADINGS)


def test_headings_that_come_again_are_no_records() -> None:
    body: list[list[Cell]] = [
        ["序号", "单位名称", "类型"],
        ["序号", "单位名称", "台式"],
        ["序号", None, "单位名称", "类型"],
    ]
    assert rows_without_records(body, HEADINGS) == {0, 2}


@pytest.mark.parametrize(
    "note",
    [
        "1. 本表只填在用的计算机，报废的不填", "2、涉密计算机不填。", "（3）类型填台式或便携，一台一行。", "一、填报范围为县直各单位和乡镇", "① 报送时间为每年六月底以前",
        "本表由各单位填写。", "2024年6月30日", "2024 年 6 月 30 日", "2024-6-30", "二〇二四年六月三十日", "日期：2024年6月", "年  月  日",
        datetime.date(2024, 6, 30),
    ],
)  # fmt: skip
def test_notes_and_dates_below_the_last_record_are_no_records(note: Cell) -> None:
    body: list[list[Cell]] = [["1", "甲局", "台式"], [], [note], ["填表人：张三"], [None, note]]
    assert {*notes_below(body, {3}, [1, 2])} == {2, 4}
    assert not notes_below([*body, ["2", "甲局", "台式"]], {3}, [1, 2])


def test_of_what_stands_in_place_of_a_name_sentences_and_dates_are_notes() -> None:
    for cell, found in (
        ("1.示例县第一人民医院分院", set()),
        ("说明", set()),
        ("1. 只填独立单位。", {1}),
        ("2024.6.30", {1}),
    ):
        assert {*notes_below([["甲局", "县直"], [cell]], (), [0])} == found


@pytest.mark.parametrize("cell", ["ZC-003", "003", 3.0, "3.办公室电脑", "甲局", "1.5"])
def test_a_record_that_lacks_something_is_no_note(cell: Cell) -> None:
    assert not notes_below([["1", "甲局", "台式"], [cell]], (), [2])


def test_short_notes_are_known_beside_others() -> None:
    body: list[list[Cell]] = [["1", "台式"], ["填表说明"], ["1. 只填在用的，报废的不填"], ["2.涉密的不填"]]
    assert {*notes_below(body, (), [1])} == {1, 2, 3}
    assert not notes_below([body[0], body[3]], (), [1])


def test_a_hundred_thousand_rows_are_told_quickly() -> None:
    body = [[f"ZC{n}", "甲局", None] for n in range(100_000)]
    begun = time.monotonic()
    assert not rows_without_records(body, HEADINGS)
    assert time.monotonic() - begun < 2


def test_merged_cells_are_taken_over_downwards() -> None:
    body: list[list[Cell]] = [["甲局", 1], ["", 2], ["", 3], ["乙局", 4]]
    assert spans_below([((5, 0), (7, 0))], 5, body) == {0: {1: 0, 2: 0}}


def test_rows_that_hold_nothing_take_nothing_over() -> None:
    assert spans_below([((0, 0), (3, 0))], 0, [["甲局", 1], ["", None], ["", 2], []]) == {0: {2: 0}}


@pytest.mark.parametrize(
    "merged",
    [((0, 0), (9, 0)), ((5, 0), (5, 3)), ((90, 0), (99, 0))],
    ids=["from above the headings", "in one row", "below the last row"],
)
def test_other_merged_cells_say_nothing(merged: tuple[tuple[int, int], tuple[int, int]]) -> None:
    assert not any(spans_below([merged], 5, [["甲", 1], ["", 2]]).values())


def test_overlapping_ranges_take_each_row_once() -> None:
    body = [["甲", 1]] * 50_000
    begun = time.monotonic()
    spans = spans_below([((0, 0), (1_048_575, 0))] * 50_000 + [((9, 0), (20, 0))], 0, body)
    assert spans[0] == dict.fromkeys(range(1, 50_000), 0)
    assert time.monotonic() - begun < 2


def test_ditto_says_what_stands_above() -> None:
    assert list(in_full(["同上", "甲", "同上", "", "〃", "乙", "同 上"])) == [
        "同上",
        "甲",
        "甲",
        "",
        "甲",
        "乙",
        "乙",
    ]


def test_truth_values_are_words() -> None:
    assert list(in_full([True, False, 1.0, "同上"])) == ["是", "否", 1.0, 1.0]
