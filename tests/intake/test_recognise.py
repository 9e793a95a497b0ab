from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.actions.importing import sheet_specs
from desktop.intake.files.raw import RawSheet
from desktop.intake.recognise import SheetMap, recognise
from desktop.intake.sheet_specs import SheetSpec

SPECS = sheet_specs()
HEADINGS = ["单位名称", "资产编号", "类型", "状态"]


def recognised(name: str, *rows: list[object]) -> SheetMap:
    mapping = recognise(RawSheet(name, rows), SPECS)
    assert mapping is not None
    return mapping


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_a_sheet_is_known_by_each_of_its_names(spec: SheetSpec) -> None:
    headings: list[object] = [column.heading for column in spec.columns]
    for name in (spec.name, *spec.also, f"2024年{spec.name}（新）"):
        assert recognised(name, headings).spec is spec


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_a_sheet_is_known_by_its_headings_alone(spec: SheetSpec) -> None:
    assert recognised("Sheet1", [column.heading for column in spec.columns]).spec is spec


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
@given(rng=st.randoms(use_true_random=False))
def test_any_words_for_the_headings_in_any_order_are_understood(spec: SheetSpec, rng: random.Random) -> None:
    words = [rng.choice((column.heading, *column.also)) for column in spec.columns]
    order = rng.sample(range(len(words)), len(words))
    mapping = recognised(spec.name, [words[position] for position in order])
    assert [order[mapping.columns[position]] for position in range(len(words))] == list(range(len(words)))


def test_headings_are_found_below_titles_and_instructions() -> None:
    mapping = recognised("计算机", ["示例县计算机登记表"], [], ["说明：类型填台式、便携、服务器。"], HEADINGS)  # type: ignore[arg-type]  # texts are cells
    assert (mapping.heading_row, mapping.columns) == (3, {0: 0, 1: 1, 5: 2, 12: 3})


def test_of_two_rows_with_as_many_headings_the_first_is_taken() -> None:
    assert recognised("计算机", ["甲", "乙"], [*HEADINGS], [*HEADINGS]).heading_row == 1


def test_headings_beyond_the_thirtieth_row_are_not_looked_for() -> None:
    rows: list[list[object]] = [["说明"]] * 29
    assert recognised("计算机", *rows, [*HEADINGS]).heading_row == 29
    assert recognise(RawSheet("计算机", [*rows, ["说明"], HEADINGS]), SPECS) is None


def test_headings_on_two_levels_are_read_where_they_are_merged() -> None:
    rows: list[list[object]] = [["登记表"], ["单位名称", "设备", "", "备注"], ["", "资产编号", "类型", ""]]
    merged = [
        ((0, 0), (0, 3)),
        ((1, 0), (2, 0)),
        ((1, 1), (1, 2)),
        ((1, 3), (2, 3)),
        ((1, 9), (2, 9)),
        ((99, 0), (100, 0)),
    ]
    mapping = recognise(RawSheet("Sheet1", rows, merged), SPECS)
    assert mapping is not None
    assert mapping.heading_row == 2
    assert mapping.headings == ("单位名称", "资产编号", "类型", "备注")


def test_the_headings_decide_where_the_name_does_not_fit() -> None:
    assert recognised("人员", [*HEADINGS]).spec.subject == "computer"


def test_of_several_names_that_fit_the_one_with_more_headings_is_taken() -> None:
    assert recognised("计算机安装情况", ["单位名称", "资产编号", "软件名称"]).spec.subject == "installation"
    assert recognised("计算机安装情况", [*HEADINGS]).spec.subject == "computer"


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("计算机", []),
        ("计算机", [["甲", "乙"], ["丙", "丁"]]),
        ("计算机", [["单位名称", "资产编号"]]),
        ("计算机", [["种类"]]),
        ("Sheet1", [["类型"]]),
        ("人员", [["姓名"]]),
    ],
)
def test_too_few_headings_are_none(name: str, rows: list[list[object]]) -> None:
    assert recognise(RawSheet(name, rows), SPECS) is None


def test_the_one_heading_that_is_needed_is_enough_in_a_sheet_of_that_name() -> None:
    assert recognised("单位", ["单位"], ["单位名称"], ["甲局"]).heading_row == 1


def test_unknown_headings_are_named() -> None:
    mapping = recognised("计算机", [*HEADINGS, "保修期", None, "", 2024.0])
    assert mapping.unread == ("保修期", "2024")


def test_the_official_heading_wins_over_other_words() -> None:
    for row in (["型号", "品牌型号", "类型"], ["品牌型号", "型号", "类型"]):
        mapping = recognised("计算机", [*row])
        assert mapping.columns[6] == row.index("品牌型号")
        assert (mapping.unread, mapping.doubled) == ((), (("型号", "品牌型号"),))


def test_of_two_equal_headings_the_first_is_read() -> None:
    assert recognised("计算机", ["类型", "状态", "状态"]).columns == {5: 0, 12: 1}


def test_a_column_of_money_is_known_with_any_unit() -> None:
    for unit in ("（万元）", "（千元）", "/元", "万元", "（美元）"):
        mapping = recognised("许可", ["软件名称", f"金额{unit}"])
        assert [mapping.spec.columns[position].field for position in mapping.columns] == ["product", "amount"]
