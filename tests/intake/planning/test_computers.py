from __future__ import annotations

from pathlib import Path

import pytest

from desktop.intake.planning.computers import computer_key
from tests.builders import Rows, a_ledger, planned
from tests.intake.looking import Row
from tests.intake.planning.plans import (
    A_UNIT,
    TWO_UNITS,
    acts,
    changed,
    codes,
    fields,
    import_of,
    plan_of,
    sentences,
)

ONE: Row = {"单位名称": "甲局", "资产编号": "007", "类型": "台式机", "使用人": "张 三"}


def test_a_new_computer_is_in_use_unless_said_otherwise(tmp_path: Path) -> None:
    plan = plan_of(
        a_ledger(), tmp_path, 单位=[A_UNIT], 计算机=[ONE, {**ONE, "资产编号": "8", "状态": "报废"}]
    )
    assert fields(plan, "computer", "asset_no", "kind", "state", "user_name", "user_name_as_typed") == [
        ("007", "台式", "在用", "张三", "张 三"),
        ("8", "台式", "报废", "张三", "张 三"),
    ]


def test_a_changed_cell_is_one_change_with_what_was_before(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 计算机=[{**ONE, "状态": "闲置", "存放地点": "101"}])
    plan = plan_of(ledger, tmp_path, 计算机=[{**ONE, "类型": "便携", "存放地点": None}])
    assert acts(plan, "computer") == {"变更": 1}
    assert changed(plan) == [("computer", "kind", "台式", "便携")]


def test_a_computer_that_may_have_changed_hands_is_mentioned(tmp_path: Path) -> None:
    ledger = a_ledger()
    rows: list[Row] = [{**ONE, "资产编号": number} for number in ("PC-2020-001", "PC-2020-002", "003")]
    import_of(ledger, tmp_path, 单位=TWO_UNITS, 计算机=rows)
    moved: list[Row] = [{**row, "单位名称": "乙局"} for row in rows]
    plan = plan_of(ledger, tmp_path, 计算机=moved)
    assert codes(plan) == ["I43C"]
    assert "「PC-2020-001」在「甲局」也有登记，按两台计。共 2 台。" in sentences(plan)
    assert codes(plan_of(ledger, tmp_path, 计算机=rows)) == []


@pytest.mark.parametrize(
    ("state", "ended", "found"),
    [
        ("在用", "2024-01-01", ["I29C"]),
        (None, "2024-01-01", ["I29C"]),
        ("报废", "2024-01-01", []),
        ("闲置", None, ["I30C"]),
    ],
)
def test_state_and_last_day_are_judged_together(
    tmp_path: Path, state: str | None, ended: str | None, found: list[str]
) -> None:
    row: Row = {**ONE, "状态": state, "停用日期": ended}
    assert codes(plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 计算机=[row])) == found


def test_state_and_last_day_are_judged_on_what_the_record_holds(tmp_path: Path) -> None:
    ledger = a_ledger()
    scrapped: Row = {**ONE, "状态": "报废", "停用日期": "2024-03-15"}
    import_of(ledger, tmp_path, 单位=[A_UNIT], 计算机=[scrapped])
    assert codes(plan_of(ledger, tmp_path, 计算机=[{**ONE, "状态": "在用"}])) == ["I29C"]
    apart: list[Row] = [
        {**ONE, "资产编号": "9", "停用日期": "2024-03-15"},
        {**ONE, "资产编号": "9", "状态": "报废"},
    ]
    assert codes(plan_of(ledger, tmp_path, 计算机=apart)) == []


def test_backward_days_are_refused_over_two_imports_too(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 计算机=[{**ONE, "启用日期": "2024-01-01"}])
    plan = plan_of(ledger, tmp_path, 计算机=[{**ONE, "状态": "报废", "停用日期": "2020-01-01"}])
    assert codes(plan) == ["I08A"]


def test_one_asset_number_in_two_units_is_two_computers(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=TWO_UNITS, 计算机=[ONE, {**ONE, "单位名称": "乙局"}])
    assert plan.is_clean
    assert len({key for step in plan.of("computer") for key in (step.key,)}) == 2
    assert computer_key("u", "7") != computer_key("v", "7")


def test_one_asset_number_twice_in_a_unit_agrees_or_conflicts(tmp_path: Path) -> None:
    plan = plan_of(
        a_ledger(), tmp_path, 单位=[A_UNIT], 计算机=[ONE, {**ONE, "单位名称": "甲"}, {**ONE, "类型": "便携"}]
    )
    assert acts(plan, "computer") == {"新增": 1, "不变": 1, "冲突": 1}
    assert "同一条计算机记录" in sentences(plan)


def test_without_asset_number_content_and_place_in_line_tell(tmp_path: Path) -> None:
    ledger = a_ledger()
    row: Row = {**ONE, "资产编号": None}
    rows = [row, row, row, {**row, "存放地点": "101"}]
    assert acts(import_of(ledger, tmp_path, 单位=[A_UNIT], 计算机=rows), "computer") == {"新增": 4}
    assert acts(plan_of(ledger, tmp_path, 计算机=[*reversed(rows)]), "computer") == {"不变": 4}
    assert acts(plan_of(ledger, tmp_path, 计算机=[*rows, rows[0]]), "computer") == {"不变": 4, "新增": 1}


def test_computers_of_refused_units_are_refused(tmp_path: Path) -> None:
    units: list[Row] = [{"单位名称": "甲局", "上级单位": "天上"}, {"单位名称": "丙局"}, {"单位名称": "丁局"}]
    plan = plan_of(a_ledger(), tmp_path, 单位=units, 计算机=[ONE, {**ONE, "单位名称": "丁局"}])
    assert acts(plan, "computer") == {"拒收": 1, "新增": 1}
    assert codes(plan) == ["I05A", "I03A"]


def test_a_column_of_units_may_be_missing_for_the_only_one(tmp_path: Path) -> None:
    row: Row = {"资产编号": "1", "类型": "台式"}
    assert plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 计算机=[row]).is_clean
    assert acts(plan_of(a_ledger(), tmp_path, 单位=TWO_UNITS, 计算机=[row]), "computer") == {"拒收": 1}


def test_a_computer_cannot_stop_before_it_starts(tmp_path: Path) -> None:
    rows: list[Row] = [
        {**ONE, "启用日期": "2020-01-02", "停用日期": "2020-01-01"},
        {**ONE, "资产编号": "8", "启用日期": "2020-01-02", "停用日期": "2020-01-02"},
    ]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 计算机=rows)
    assert acts(plan, "computer") == {"拒收": 1, "新增": 1}
    assert codes(plan) == ["I08A", "I29C"]


def test_computers_without_a_number_are_mentioned_once(tmp_path: Path) -> None:
    rows: Rows = [
        ["单位名称", "资产编号", "类型"],
        ["甲局", None, "台式"],
        ["甲局", None, "便携"],
        ["甲局", "1", "台式"],
    ]
    plan = planned(a_ledger(), tmp_path, {"单位": [["单位名称"], ["甲局"]], "计算机": rows})
    (finding,) = [finding for finding in plan.findings if finding.code == "I25"]
    assert (finding.place.row, finding.text.startswith("有 2 行没有资产编号")) == (2, True)


def test_a_row_that_takes_the_number_of_another_computer_is_refused(tmp_path: Path) -> None:
    ledger = a_ledger()
    pcs: list[Row] = [{"单位名称": "甲局", "资产编号": f"A{n}", "类型": "台式"} for n in (1, 2, 3)]
    import_of(ledger, tmp_path, 单位=[A_UNIT], 计算机=pcs)
    first, second, _ = ledger.connection.execute("SELECT uid FROM computer ORDER BY id").fetchall()
    taken: list[Row] = [{**pcs[0], "记录标识": first[0], "资产编号": "A2", "使用人": "张三"}]
    both: list[Row] = [*taken, {**taken[0], "资产编号": "A9"}]
    same: list[Row] = [{**taken[0], "资产编号": "A9"}, {**taken[0], "记录标识": second[0], "资产编号": "A9"}]
    for rows, refused in ((taken, 1), (same, 2)):
        plan = plan_of(ledger, tmp_path, 计算机=rows)
        assert (acts(plan, "computer"), plan.steps) == ({"拒收": refused}, [])
        assert "改成的编号或名称与别的计算机记录相同，没有收下" in sentences(plan)
    assert plan_of(ledger, tmp_path, 计算机=[{**pcs[0], "记录标识": first[0]}, both[1]]).is_clean


def test_a_computer_that_may_be_known_by_its_user_is_mentioned(tmp_path: Path) -> None:
    ledger = a_ledger()
    known: Row = {"单位名称": "甲局", "使用人": "张三", "类型": "台式"}
    import_of(ledger, tmp_path, 单位=TWO_UNITS, 计算机=[known, {**known, "使用人": "李四", "资产编号": "B1"}])
    numbered: Row = {**known, "资产编号": "A1"}
    for row, said in (
        (numbered, "使用人「张三」已登记一台计算机（没有资产编号），本行作为另一台计入"),
        ({**known, "使用人": "李四"}, "使用人「李四」已登记一台计算机（资产编号「B1」）"),
    ):
        assert said in sentences(plan_of(ledger, tmp_path, 计算机=[row]))
    for rows in (
        [known, numbered],
        [{**known, "使用人": "李四", "资产编号": "B2"}],
        [{**numbered, "单位名称": "乙局"}],
        [{**numbered, "使用人": "王五"}],
    ):
        assert "I59C" not in codes(plan_of(ledger, tmp_path, 计算机=rows))


def test_a_new_computer_with_a_known_serial_number_is_said(tmp_path: Path) -> None:
    ledger = a_ledger()
    row: Row = {"单位名称": "甲局", "资产编号": "CZ01", "类型": "台式", "序列号": "SN00123"}
    import_of(ledger, tmp_path, 单位=[A_UNIT, {"单位名称": "乙局"}], 计算机=[row])
    plan = plan_of(ledger, tmp_path, 计算机=[{**row, "单位名称": "乙局", "资产编号": "2024-1"}])
    assert codes(plan) == ["I71C"]
    assert "序列号「SN00123」在「甲局」已登记（资产编号「CZ01」），本行按另一台计。" in sentences(plan)
    assert codes(plan_of(ledger, tmp_path, 计算机=[row, {**row, "资产编号": "CZ02"}])) == []
    import_of(ledger, tmp_path, 计算机=[{**row, "状态": "报废", "停用日期": "2024-01-01"}])
    assert codes(plan_of(ledger, tmp_path, 计算机=[{**row, "资产编号": "2024-1"}])) == []
