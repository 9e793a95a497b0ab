"""Filling: printed leaves add up, blocks keep to their group, lists and rows, and real reported totals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.actions.filling import Request, fill
from desktop.forms.filled import FilledForm, Origin
from tests.builders import Sheets, a_ledger, imported
from tests.forms.form_builders import (
    a_person,
    a_question,
    blank,
    computers,
    filled,
    installed,
    software,
    steady,
    units,
    value_at,
)

CLASSES = ("操作系统", "办公", "杀毒")
ORIGINS = ("国内", "国外")

# Reported figures of 2010–2012: what was counted, by class and origin, and the total that was reported with it.
# 国务院办公厅等31家国家机关 (news.fang.com, 2011-01-06), 135家中央和国家机关 (chinadaily.com.cn, 2011-06-03),
# 135家中央机关与地方7市 (www.gov.cn/jrzg, 2011-06-22), 辽宁省直187个部门 (wenweipo.com, 2012-09-07).
REPORTED = {
    "31家国家机关": ([("办公", "国外", 13657, 1832), ("办公", "国内", 6170, 379)], 19827, 2211),
    "135家中央和国家机关": ([("办公", "国内", 66511, 2488), ("办公", "国外", 110252, 11603)], 176763, 14091),
    "中央机关和地方7市": ([("办公", "国内", 176763, 14091), ("办公", "国内", 205044, 23623)], 381807, 37714),
    "辽宁省直": (
        [
            ("操作系统", "国外", 3100, 0),
            ("办公", "国外", 6000, 0),
            ("办公", "国内", 7000, 0),
            ("杀毒", "国内", 2100, 0),
        ],
        18200,
        0,
    ),
}


@pytest.mark.parametrize("heading", ["金额（万元）", "金额（元）"])
@pytest.mark.parametrize("name", REPORTED)
def test_reported_totals_come_out_as_they_were_reported(name: str, heading: str, tmp_path: Path) -> None:
    rows, seats, wan = REPORTED[name]
    factor = 1 if "万" in heading else 10_000
    listed = [[name, f"{o}{c}软件", c, o, n, n, money * factor] for c, o, n, money in rows]
    ledger = a_ledger()
    heads = ["单位名称", "软件名称", "软件类别", "国内/国外", "套数", "许可数", heading]
    imported(ledger, tmp_path, {"单位": [["单位名称"], [name]], "许可": [heads, *listed]})
    form = fill(ledger, Request("T02"))
    assert value_at(form, "县级机关/软件情况/合计/总计/许可数（个）") == seats
    assert value_at(form, "县级机关/软件情况/合计/总计/软件（个）") == seats
    assert value_at(form, "县级机关/软件情况/合计/总计/金额（万元）") == Decimal(wan).quantize(
        Decimal("0.01")
    )
    assert not [finding for finding in form.findings if finding.level == "A"]


def grid(form: FilledForm, row: str, column: str) -> Decimal:
    value = form.cells[f"县级.{row}.{column}"].value
    assert isinstance(value, Decimal)
    return value


@steady
@given(st.lists(st.integers(min_value=0, max_value=10**12), min_size=6, max_size=6))
def test_totals_are_the_sums_of_the_printed_leaves(amounts: list[int]) -> None:
    kinds = [(c, o) for o in ORIGINS for c in CLASSES]
    form = filled("T02", [software("amount", kind, fen) for kind, fen in zip(kinds, amounts, strict=True)])
    leaves = [(Decimal(fen) / 10**6).quantize(Decimal("0.01"), ROUND_HALF_UP) for fen in amounts]
    printed = [grid(form, origin, f"{kind}金额") for kind, origin in kinds]
    assert printed == leaves
    assert grid(form, "合计", "总计金额") == sum(leaves)
    for kind in CLASSES:
        assert grid(form, "合计", f"{kind}金额") == sum(grid(form, o, f"{kind}金额") for o in ORIGINS)
    assert not [finding for finding in form.findings if finding.code in ("V01", "V02", "V03")]


def test_a_unit_fills_its_own_block_with_zeros_and_leaves_the_other_empty() -> None:
    form = filled("T02", [units(1)])
    own = [cell for cell in form.cells.values() if cell.id.startswith("县级.")]
    other = [cell for cell in form.cells.values() if cell.id.startswith("市级.")]
    assert {cell.text for cell in own} == {"1", "0", "0.00"}
    assert {(cell.text, cell.value, cell.origin) for cell in other} == {("", None, Origin.BLANK)}
    assert len(own) == len(other) == 43


def test_each_group_is_counted_in_its_own_block() -> None:
    both = a_question({1: "市级", 2: "县级"})
    form = filled("T02", [units(3, "市级"), units(58)], question=both)
    assert value_at(form, "示范区机关/软件正版化工作进度/机关总数") == 3
    assert value_at(form, "县级机关/软件正版化工作进度/机关总数") == 58


@pytest.mark.parametrize("code", ["T01", "T02", "T03"])
def test_a_blank_form_holds_nothing_and_finds_nothing(code: str) -> None:
    form = blank(code)
    assert {cell.value for cell in form.cells.values()} == {None}
    assert form.findings == ()


def test_lists_stand_beside_each_other_and_end_on_their_own() -> None:
    rows = [
        installed("办公", "甲", 3),
        installed("办公", "乙", 5),
        installed("办公", "丙", 2, claim="非正版"),
    ]
    form = filled("T03", rows)
    assert value_at(form, "办公软件/第1行/正版/软件名称") == "乙"
    assert value_at(form, "办公软件/第2行/正版/数量") == 3
    assert value_at(form, "办公软件/第1行/非正版/软件名称") == "丙"
    assert value_at(form, "办公软件/第2行/非正版/软件名称") is None
    assert form.lines["调查", 3] == 2


def test_servers_stand_in_the_remarks_alone() -> None:
    rows = [installed("操作系统", "某服务器系统", 2, kind="服务器"), computers(9), computers(4, "服务器")]
    form = filled("T03", rows)
    assert value_at(form, "操作系统软件/备注") == "服务器：某服务器系统（2份）"
    assert value_at(form, "操作系统软件/第1行/正版/软件名称") is None
    assert value_at(form, "电脑台数/总数") == 9


def test_a_person_has_a_row_and_keeps_the_record_it_came_from() -> None:
    form = filled("T01", people=[a_person(1), a_person(2, unit_name="乙局")])
    assert value_at(form, "第2行/单位名称") == "乙局"
    assert {cell.uid for cell in form.cells.values() if cell.path.startswith("第2行/")} == {"p2"}
    assert form.lines["报送", 1] == 2


def test_few_people_leave_rows_to_write_in() -> None:
    form = filled("T01", people=[a_person(1)])
    assert form.lines["报送", 1] == 2
    assert value_at(form, "第2行/姓名") is None


def test_units_that_should_appear_and_do_not_are_named() -> None:
    form = filled("T01", people=[a_person(1)], expected=["甲局", "乙局", "丙局"])
    assert [f.text for f in form.findings] == ["乙局、丙局没有信息报送人员。"]


def test_people_stand_in_the_offices_own_order_of_units_and_people(tmp_path: Path) -> None:
    ledger = a_ledger()
    sheets: Sheets = {
        "单位": [["单位名称", "排序号"], ["安监局", 3], ["政协办", 1], ["财政局", 2]],
        "人员": [
            ["单位名称", "姓名", "职责", "排序号"],
            ["安监局", "安一", "信息报送人", 1],
            ["财政局", "阿二", "信息报送人", 2],
            ["财政局", "周一", "信息报送人、填表人", 1],
            ["政协办", "郑一", "信息报送人", 1],
            ["政协办", "陈旁", "填表人", 2],
        ],
    }
    imported(ledger, tmp_path, sheets)
    form = fill(ledger, Request("T01"))
    assert [value_at(form, f"第{n}行/姓名") for n in range(1, 5)] == ["郑一", "周一", "阿二", "安一"]
    assert [value_at(form, f"第{n}行/单位名称") for n in (2, 3)] == ["财政局", "财政局"]
    uids = {cell.uid for cell in form.cells.values() if cell.uid}
    held = {uid for (uid,) in ledger.connection.execute("SELECT uid FROM person WHERE name <> '陈旁'")}
    assert uids == held


def test_a_number_remembers_what_it_was_asked_with() -> None:
    form = filled("T03", [installed("办公", "甲", 3)])
    cell = form.cells["调查.办公.正版.1.数量"]
    assert cell.trace.indicator == "installations"
    assert cell.trace.where == {
        "class": frozenset({"办公"}),
        "claim": frozenset({"正版"}),
        "kind": frozenset({"台式", "便携"}),
        "product": frozenset({"甲"}),
    }
    assert form.cells["调查.台数.总数"].trace.formula.startswith("调查.台数.总数 = ")


def test_a_campaigns_words_name_its_blocks() -> None:
    form = filled("T02", [units(1)], texts={"县级机关": "乡镇机关", "市级机关": "县直机关"})
    assert value_at(form, "乡镇机关/软件正版化工作进度/机关总数") == 1
    assert value_at(form, "县直机关/软件正版化工作进度/机关总数") is None
    assert form.find("县级机关/软件正版化工作进度/机关总数") is None


def test_a_form_for_each_unit_says_when_it_stands_for_several() -> None:
    assert [f.code for f in filled("T03", expected=["甲局", "乙局"]).findings][:1] == ["F01"]
    assert "F01" not in [f.code for f in filled("T03", expected=["甲局"]).findings]
    assert "F01" not in [f.code for f in filled("T02", expected=["甲局", "乙局"]).findings]
