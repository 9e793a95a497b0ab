from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from desktop.actions.importing import apply_import, plan_import
from desktop.intake.looking import Look
from tests.builders import a_ledger
from tests.intake.looking import Row, read, table
from tests.intake.planning.plans import A_UNIT, acts, changed, codes, fields, import_of, plan_of, sentences

WPS: Row = {"软件名称": "WPS Office 2019", "软件编号": "L1", "许可数": 10}


@pytest.mark.parametrize(
    ("source", "method", "expected"),
    [
        (None, None, ("自行采购", None)),
        (None, "OEM", ("预装", "OEM")),
        (None, "免费使用", ("免费", "免费使用")),
        ("预装", None, ("预装", "OEM")),
        ("免费", "零售", ("免费", "零售")),
        ("商业软件", "批量", ("自行采购", "批量许可")),
    ],
)
def test_source_and_method_follow_from_each_other(
    tmp_path: Path, source: str | None, method: str | None, expected: tuple[str | None, str | None]
) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{**WPS, "来源": source, "授权方式": method}])
    assert fields(plan, "licence", "source", "method") == [expected]


def test_a_silent_row_leaves_source_and_method_alone(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[{**WPS, "来源": "免费", "授权方式": "场地授权"}])
    assert not plan_of(ledger, tmp_path, 许可=[WPS]).steps


def test_a_row_with_everything_again_is_no_change(tmp_path: Path) -> None:
    ledger = a_ledger()
    row: Row = {**WPS, "被授权单位": "甲局", "授权证明": "有", "备注": "x", "安装序列号": "K1；K2"}
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[row])
    assert not plan_of(ledger, tmp_path, 许可=[row]).steps
    plan = plan_of(ledger, tmp_path, 许可=[{**row, "授权证明": "无", "安装序列号": "K3"}])
    assert changed(plan) == [("licence", "proof", "有", "无")]
    assert fields(plan, "licence_key", "key_text") == [("K3",)]


def test_without_a_number_content_and_place_in_line_tell(tmp_path: Path) -> None:
    ledger = a_ledger()
    row: Row = {**WPS, "软件编号": None}
    rows = [row, row, {**row, "备注": "另"}]
    assert acts(import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=rows), "licence") == {"新增": 3}
    assert acts(plan_of(ledger, tmp_path, 许可=rows), "licence") == {"不变": 3}


def test_a_licence_may_be_bought_several_times(tmp_path: Path) -> None:
    rows: list[Row] = [{**WPS, "购买日期": day} for day in ("2022-01-01", "2023-01-01")]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=rows)
    assert (acts(plan, "licence"), acts(plan, "purchase")) == ({"新增": 1, "不变": 1}, {"新增": 2})
    assert codes(plan) == []


def test_a_licence_that_differs_between_rows_conflicts_and_is_bought_once(tmp_path: Path) -> None:
    rows: list[Row] = [WPS, {**WPS, "软件名称": "Win10", "购买日期": "2022-01-01", "安装序列号": "K1"}]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=rows)
    assert (acts(plan, "licence"), acts(plan, "purchase")) == ({"新增": 1, "冲突": 1}, {"新增": 1})
    assert acts(plan, "licence_key") == {}


UPGRADES = [
    read("许可", table({**WPS, "软件编号": number, "原许可编号": base}), file)
    for number, base, file in (("L1", None, "一.xlsx"), ("L2", "L1", "二.xlsx"), ("L3", "L2", "三.xlsx"))
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_what_is_upgraded_may_stand_in_any_sheet(order: tuple[int, ...]) -> None:
    units = read("单位", table({**A_UNIT}))
    plan = plan_import(a_ledger(), Look([units, *(UPGRADES[n] for n in order)], [], ""))
    uids = {step.values[1]: step.uid for step in plan.of("licence")}
    assert codes(plan) == []
    assert set(fields(plan, "licence", "licence_no", "base")) == {
        ("L1", None),
        ("L2", uids["L1"]),
        ("L3", uids["L2"]),
    }


def test_what_is_upgraded_may_stand_in_the_ledger(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[WPS])
    plan = plan_of(ledger, tmp_path, 许可=[{**WPS, "软件编号": "L2", "原许可编号": "L1"}])
    assert plan.is_clean
    assert fields(plan, "licence", "base") != [(None,)]


def test_an_upgrade_of_nothing_known_is_taken_and_mentioned(tmp_path: Path) -> None:
    plan = plan_of(
        a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{**WPS, "原许可编号": "L9", "绑定资产编号": "A9"}]
    )
    assert codes(plan) == ["I11B", "I12B"]
    assert fields(plan, "licence", "base", "computer") == [(None, None)]
    assert "「L9」在本单位没有登记" in sentences(plan)


@pytest.mark.parametrize("numbers", [["L1"], ["L1", "L2"], ["L1", "L2", "L3"]])
def test_licences_that_upgrade_each_other_are_mentioned(tmp_path: Path, numbers: list[str]) -> None:
    rows: list[Row] = [
        {**WPS, "软件编号": number, "原许可编号": base}
        for number, base in zip(numbers, [*numbers[1:], numbers[0]], strict=True)
    ]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=rows)
    assert codes(plan) == ["I20A"] * len(numbers)
    assert fields(plan, "licence", "base") == [(None,)] * len(numbers)
    assert f"{' → '.join([*numbers, numbers[0]])}，" in sentences(plan)
    assert not plan.is_clean


def test_a_circle_of_upgrades_through_the_ledger_is_mentioned(tmp_path: Path) -> None:
    ledger = a_ledger()
    rows: list[Row] = [WPS, {**WPS, "软件编号": "L2", "原许可编号": "L1"}]
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=rows)
    plan = plan_of(ledger, tmp_path, 许可=[{**WPS, "原许可编号": "L2"}])
    assert codes(plan) == ["I20A"]
    assert not plan.steps


def test_a_circle_of_upgrades_is_seen_through_licences_that_are_not_in_the_file(tmp_path: Path) -> None:
    ledger = a_ledger()
    numbers = ["L1", "L2", "L3", "L4", "L5"]
    rows: list[Row] = [
        {**WPS, "软件编号": number, "原许可编号": base}
        for number, base in zip(numbers, [None, *numbers], strict=False)
    ]
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=rows)
    plan = plan_of(ledger, tmp_path, 许可=[{**WPS, "原许可编号": "L5"}])
    assert codes(plan) == ["I20A"]
    assert "L1 → L5 → L4 → L3 → L2 → L1" in sentences(plan)
    assert not plan.steps


def test_an_upgrade_may_be_denied_and_the_way_round_is_free_then(tmp_path: Path) -> None:
    ledger = a_ledger()
    rows: list[Row] = [WPS, {**WPS, "软件编号": "L2", "原许可编号": "L1"}]
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=rows)
    turned: list[Row] = [{**WPS, "原许可编号": "L2"}, {**WPS, "软件编号": "L2", "原许可编号": "无"}]
    plan = import_of(ledger, tmp_path, 许可=turned)
    assert codes(plan) == []
    assert [(subject, field) for subject, field, *_ in changed(plan)] == [("licence", "base")] * 2


def test_a_licence_is_bound_to_the_computer_it_came_with(tmp_path: Path) -> None:
    computers: list[Row] = [{"资产编号": "A1", "类型": "台式"}]
    plan = plan_of(
        a_ledger(), tmp_path, 单位=[A_UNIT], 计算机=computers, 许可=[{**WPS, "绑定资产编号": "A1"}]
    )
    (computer,) = plan.of("computer")
    assert fields(plan, "licence", "computer") == [(computer.uid,)]


def test_a_licence_known_before_is_bought_once_more_with_a_word(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[{**WPS, "购买日期": "2022-01-01", "合同编号": "首"}])
    renewal: Row = {**WPS, "购买日期": "2023-01-01", "许可数": 12, "合同编号": "续"}
    plan = plan_of(ledger, tmp_path, 许可=[renewal])
    assert codes(plan) == ["I14C"]
    assert acts(plan, "purchase") == {"新增": 1}
    apply_import(ledger, plan, "表.xlsx")
    assert codes(plan_of(ledger, tmp_path, 许可=[renewal])) == []


def test_a_licence_that_may_stand_under_the_wrong_unit_is_mentioned(tmp_path: Path) -> None:
    ledger = a_ledger()
    row: Row = {**WPS, "单位名称": "甲局", "软件编号": "WPS-2022"}
    import_of(ledger, tmp_path, 单位=[A_UNIT, {"单位名称": "乙局"}], 许可=[row])
    plan = plan_of(ledger, tmp_path, 许可=[{**row, "单位名称": "乙局"}])
    assert codes(plan) == ["I43C"]
    assert "「WPS-2022」在「甲局」也有登记，按两条计" in sentences(plan)
    assert codes(plan_of(ledger, tmp_path, 许可=[row])) == []


@pytest.mark.parametrize(("name", "edition"), [("永中Office", None), ("永中Office 2019", "2019")])
def test_a_licence_of_another_product_keeps_nothing_of_the_edition_before(
    tmp_path: Path, name: str, edition: str | None
) -> None:
    ledger = a_ledger()
    row: Row = {"软件编号": "R1", "软件名称": "WPS Office 2019 专业版", "许可数": 1}
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[row])
    plan = import_of(ledger, tmp_path, 许可=[{**row, "软件名称": name}])
    assert ("licence", "edition", "2019 专业版", edition) in changed(plan)
    assert plan_of(ledger, tmp_path, 许可=[{**row, "软件名称": name}]).steps == []


def test_a_licence_bound_to_several_computers_is_one_row_each(tmp_path: Path) -> None:
    computers: list[Row] = [{"资产编号": number, "类型": "台式"} for number in ("C1", "C2")]
    row: Row = {"软件编号": "O3", "软件名称": "Windows 10 专业版", "许可数": 2, "绑定资产编号": "C1、C2"}
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 计算机=computers, 许可=[row])
    assert codes(plan) == ["I12B"]
    assert "请每台计算机各写一行" in sentences(plan)
