from __future__ import annotations

from desktop.intake.sheets import Around
from desktop.intake.surroundings import around, heads


def test_a_label_and_what_stands_beside_it_are_one_line() -> None:
    found = around([["主送单位：", "", "甲局", "日期：", None]], [["乙局"], ["单位：", "丙局"]])
    assert found == Around(("主送单位：甲局", "日期：", "乙局", "单位：丙局"), "丙局", is_above=False)


def test_lines_after_which_records_follow_may_head_them() -> None:
    body: list[list[object]] = [
        ["1", "台式"],
        ["乙局清查表", ""],
        ["003"],
        ["合计", 2],
        ["2", "台式"],
        ["丙局"],
        [],
    ]
    found = list(heads([["甲局"], []], body, {3}))
    assert [(number, each.lines) for number, each in found] == [
        (3, ("甲局",)),
        (5, ("乙局清查表",)),
        (7, ("合计", "2")),
    ]


def test_a_label_below_the_last_records_counts_where_labels_stand_below_theirs() -> None:
    records: list[list[object]] = [["1", "台式"], ["单位：乙局"], ["2", "台式"], ["单位：丙局"], ["注：无"]]
    passed = {1, 3, 4}
    assert [number for number, _ in heads([["表"]], records, passed)] == [2, 4, 6]
    assert [number for number, _ in heads([["单位：甲局"]], records, passed)] == [2, 4]
    assert [number for number, _ in heads([], [["单位：甲局"], *records], {0, 2, 4, 5})] == [1, 2, 4]
