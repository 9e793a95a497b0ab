from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.plan import Plan
from desktop.store.database import Ledger
from tests.builders import a_ledger
from tests.intake.looking import Row
from tests.intake.planning.plans import acts, changed, codes, fields, import_of, plan_of, sentences

UNITS: list[Row] = [
    {"单位名称": "县办", "备注": "有"},
    {"单位名称": "甲镇", "备注": "有"},
    {"单位名称": "乙镇", "备注": "有"},
]
COMPUTERS: list[Row] = [
    {"单位名称": unit, "资产编号": "A1", "类型": "台式"} for unit in ("县办", "甲镇", "乙镇")
]
POOL: Row = {"单位名称": "县办", "软件名称": "WPS Office 2019", "软件编号": "L1", "许可数": 10}
LICENCES: list[Row] = [
    POOL,
    {**POOL, "软件编号": "X"},
    {**POOL, "单位名称": "乙镇", "软件编号": "X"},
    {**POOL, "单位名称": "甲镇", "软件编号": "J1", "上级许可编号": "L1"},
]
ONE: Row = {"单位名称": "甲镇", "资产编号": "A1", "软件名称": "WPS Office 2019"}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    opened = a_ledger()
    import_of(opened, tmp_path, 单位=UNITS, 计算机=COMPUTERS, 许可=LICENCES)
    return opened


def test_an_installation_finds_its_computer_and_product(ledger: Ledger, tmp_path: Path) -> None:
    row: Row = {**ONE, "版本": "专业版", "安装日期": "2024-01-01", "使用人签字": "是", "安装序列号": "K1"}
    plan = plan_of(ledger, tmp_path, 安装=[row, {**ONE, "是否正版": "是"}])
    assert plan.is_clean
    assert fields(plan, "installation", "edition", "claim", "installed_on", "user_signed", "key_text") == [
        ("2019 专业版", "待核实", "2024-01-01", 1, "K1"),
        ("2019", "正版", None, None, None),
    ]


def licence_of(plan: Plan, ledger: Ledger) -> tuple[str, str]:
    """Return unit and number of the one installation's licence."""
    ((uid,),) = fields(plan, "installation", "licence")
    sql = "SELECT u.name, l.licence_no FROM licence l JOIN unit u ON u.id = l.unit_id WHERE l.uid = ?"
    unit, number = ledger.connection.execute(sql, (uid,)).fetchone()
    return unit, number


@pytest.mark.parametrize(
    ("named", "owner"),
    [
        (("县办", "L1"), ("县办", "L1")),
        (("乙镇", "X"), ("乙镇", "X")),
        (("甲镇", "J1"), ("县办", "L1")),
        (("甲镇", "L1"), ("县办", "L1")),
    ],
    ids=["own", "own before another's", "received", "pool"],
)
def test_a_licence_is_found_by_own_received_or_pool_number(
    ledger: Ledger, tmp_path: Path, named: tuple[str, str], owner: tuple[str, str]
) -> None:
    plan = plan_of(ledger, tmp_path, 安装=[{**ONE, "单位名称": named[0], "软件编号": named[1]}])
    assert licence_of(plan, ledger) == owner


def test_licences_of_the_same_workbook_are_found(tmp_path: Path) -> None:
    rows: list[Row] = [{**ONE, "软件编号": "J1"}, {**ONE, "单位名称": "县办", "软件编号": "L1"}]
    plan = plan_of(a_ledger(), tmp_path, 安装=rows, 许可=LICENCES, 计算机=COMPUTERS, 单位=UNITS)
    pool = next(step.uid for step in plan.of("licence") if step.values[1] == "L1")
    assert plan.is_clean
    assert fields(plan, "installation", "licence") == [(pool,), (pool,)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**ONE, "单位名称": "丙镇"}, "「单位名称」栏：单位「丙镇」没有登记。"),
        ({**ONE, "资产编号": "A9"}, "「资产编号」栏：资产编号「A9」在「甲镇」的计算机中没有。"),
        ({**ONE, "软件名称": "没听说过"}, "「软件名称」栏：软件目录中没有「没听说过」"),
        ({**ONE, "软件编号": "L9"}, "「软件编号」栏：软件编号「L9」没有登记。"),
        ({**ONE, "软件编号": "X"}, "「软件编号」栏：软件编号「X」在几个单位都有。"),
        (
            {**ONE, "安装日期": "2024-01-02", "卸载日期": "2024-01-01"},
            "「卸载日期」栏：卸载日期早于安装日期。",
        ),
    ],
)
def test_what_cannot_be_placed_is_refused(ledger: Ledger, tmp_path: Path, row: Row, said: str) -> None:
    plan = plan_of(ledger, tmp_path, 安装=[row, ONE])
    assert acts(plan, "installation") == {"拒收": 1, "新增": 1}
    assert codes(plan) == ["I17A"]
    assert f"第 2 行{said}" in sentences(plan)


def test_installations_on_refused_computers_are_refused(tmp_path: Path) -> None:
    computers: list[Row] = [{**COMPUTERS[1], "类型": "飞机"}]
    plan = plan_of(a_ledger(), tmp_path, 单位=UNITS, 计算机=computers, 安装=[ONE])
    assert (acts(plan, "computer"), acts(plan, "installation")) == ({"拒收": 1}, {"拒收": 1})


def test_the_same_product_twice_on_a_computer_is_one_unless_the_days_differ(
    ledger: Ledger, tmp_path: Path
) -> None:
    first: Row = {**ONE, "安装日期": "2023-01-01", "卸载日期": "2023-06-01"}
    again: Row = {**ONE, "安装日期": "2024-01-01"}
    rows = [first, {**first, "备注": "重装"}, again]
    plan = import_of(ledger, tmp_path, 安装=rows)
    assert (acts(plan, "installation"), codes(plan)) == ({"新增": 2, "不变": 1}, ["I38C"])
    assert fields(plan, "installation", "installed_on", "note") == [
        ("2023-01-01", "重装"),
        ("2024-01-01", None),
    ]
    assert acts(plan_of(ledger, tmp_path, 安装=rows), "installation") == {"不变": 3}


def test_two_rows_for_one_copy_agree_complete_each_other_or_conflict(ledger: Ledger, tmp_path: Path) -> None:
    plan = plan_of(ledger, tmp_path, 安装=[ONE, {**ONE, "安装日期": "2024-01-01"}, {**ONE, "是否正版": "是"}])
    assert fields(plan, "installation", "installed_on", "claim") == [("2024-01-01", "正版")]
    plan = plan_of(ledger, tmp_path, 安装=[{**ONE, "是否正版": claim} for claim in ("是", "否")])
    assert codes(plan) == ["I04A"]


def test_a_removal_is_a_change_and_silence_is_none(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 安装=[{**ONE, "是否正版": "否", "软件编号": "J1", "安装日期": "2024-01-01"}])
    plan = plan_of(ledger, tmp_path, 安装=[{**ONE, "卸载日期": "2024-05-01"}])
    assert changed(plan) == [("installation", "removed_on", None, "2024-05-01")]


def test_more_installations_than_seats_are_facts(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[Row] = [{**ONE, "软件编号": "J1", "版本": f"版{n}"} for n in range(50)]
    plan = plan_of(ledger, tmp_path, 安装=rows)
    assert plan.is_clean
    assert acts(plan, "installation") == {"新增": 50}


def test_a_unit_uses_what_the_one_above_it_received(ledger: Ledger, tmp_path: Path) -> None:
    station: Row = {"单位名称": "镇派出所", "上级单位": "甲镇"}
    pc: Row = {"单位名称": "镇派出所", "资产编号": "P1", "类型": "台式"}
    import_of(ledger, tmp_path, 单位=[station], 计算机=[pc])
    plan = plan_of(
        ledger, tmp_path, 安装=[{**ONE, "单位名称": "镇派出所", "资产编号": "P1", "软件编号": "J1"}]
    )
    assert licence_of(plan, ledger) == ("县办", "L1")


def test_what_was_refused_above_is_named_as_the_cause(ledger: Ledger, tmp_path: Path) -> None:
    bad: Row = {"单位名称": "甲镇", "资产编号": "A9", "类型": "飞机"}
    plan = plan_of(ledger, tmp_path, 安装=[{**ONE, "资产编号": "A9"}], 计算机=[bad])
    assert codes(plan) == ["I01A", "I17A"]
    assert "请先改正「计算机」表中拒收的行，再导入。" in sentences(plan)


def test_a_row_without_edition_is_about_the_only_copy_there(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 安装=[{**ONE, "版本": "专业版", "是否正版": "是"}])
    plan = plan_of(ledger, tmp_path, 安装=[{**ONE, "是否正版": "否"}])
    assert changed(plan) == [("installation", "claim", "正版", "非正版")]
    import_of(ledger, tmp_path, 安装=[{**ONE, "版本": "专业版"}, {**ONE, "版本": "标准版"}])
    assert acts(plan_of(ledger, tmp_path, 安装=[ONE]), "installation") == {"新增": 1}


def test_a_copy_may_be_freed_of_its_licence(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 安装=[{**ONE, "软件编号": "J1"}])
    plan = plan_of(ledger, tmp_path, 安装=[{**ONE, "软件编号": "无"}])
    assert [(field, after) for _, field, _, after in changed(plan)] == [("licence", None)]


def test_software_other_than_its_licences_is_mentioned(ledger: Ledger, tmp_path: Path) -> None:
    other: Row = {**ONE, "软件名称": "Windows 10", "软件编号": "J1"}
    new: Row = {**POOL, "软件编号": "N1", "软件名称": "永中Office"}
    rows: list[Row] = [
        {**ONE, "软件编号": "J1"},
        other,
        {**other, "单位名称": "乙镇", "软件编号": "X"},
        {**ONE, "单位名称": "县办", "软件名称": "永中Office", "软件编号": "N1"},
        {**ONE, "单位名称": "县办", "软件名称": "Windows 10", "软件编号": "N1"},
        {**ONE, "单位名称": "县办", "软件名称": "360杀毒"},
    ]
    plan = plan_of(ledger, tmp_path, 许可=[new], 安装=rows)
    found = [finding for finding in plan.findings if finding.code == "I52"]
    assert [(each.level, each.place.row, each.place.column) for each in found] == [
        ("B", 3, "软件编号"),
        ("B", 4, "软件编号"),
        ("B", 6, "软件编号"),
    ]
    assert "软件编号「J1」登记的软件「WPS Office」不同" in found[0].text
    assert "「永中Office」" in found[2].text
    several = [other, {**other, "版本": "专业版"}]
    plan = plan_of(ledger, tmp_path, 安装=several)
    assert "（共 2 行）" in sentences(plan)


def test_free_of_charge_is_genuine_for_what_is_free_and_open_for_all_else(
    ledger: Ledger, tmp_path: Path
) -> None:
    named = ["火绒安全软件", "7-Zip", "WinRAR", "WinRAR"]
    rows: list[Row] = [
        {**ONE, "资产编号": "A1", "软件名称": name, "版本": f"{n}.0", "是否正版": word}
        for n, (name, word) in enumerate(zip(named, ["免费", "开源软件", "免费", "免费版"], strict=True))
    ]
    plan = plan_of(ledger, tmp_path, 安装=rows)
    assert fields(plan, "installation", "claim") == [("正版",), ("正版",), ("待核实",), ("待核实",)]
    assert codes(plan) == ["I57C"]
    assert "第 4 行「是否正版」栏：「免费」不能说明「WinRAR」是否正版，按待核实计。" in sentences(plan)
