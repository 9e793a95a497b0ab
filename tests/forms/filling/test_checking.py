"""Every check of the official tables: one form where it holds, one where it is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.core.findings import Finding
from desktop.forms.filled import FilledForm, Origin
from desktop.forms.filling.checking import Beside, CellValues, check_form
from tests.forms.form_builders import (
    Row,
    a_person,
    bundled,
    computers,
    filled,
    installed,
    progress,
    software,
    units,
)

OFFICE = ("办公", "国内")
SYSTEM = ("操作系统", "国外")
VIRUS = ("杀毒", "国内")


def found(form: FilledForm, code: str) -> list[Finding]:
    return [finding for finding in form.findings if finding.code == code]


def typed(form: FilledForm, **values: str | None) -> list[Finding]:
    """Return what is found once these cells (dots written as two underscores) are typed over."""
    cells = dict(form.cells)
    for name, value in values.items():
        cell_id = name.replace("__", ".")
        number = None if value is None else Decimal(value)
        cells[cell_id] = replace(cells[cell_id], value=number, text=value or "", origin=Origin.TYPED)
    return list(check_form(replace(form, cells=cells), Beside()))


def bought(kind: tuple[str, str], total: int, seats: int, yuan: int) -> list[Row]:
    return [
        software("total", kind, total),
        software("seats", kind, seats),
        software("amount", kind, yuan * 100),
    ]


HELD: dict[str, Sequence[Row]] = {
    "V04": [units(3), progress("摸查", 3)],
    "V05": [units(3), progress("经费", 2), progress("采购", 2)],
    "V06": bought(OFFICE, 5, 5, 3000),
    "V07": bought(OFFICE, 5, 5, 3000),
    "V08": bought(OFFICE, 1, 50, 3000),
    "V09": [*bought(OFFICE, 10, 10, 6000), *bought(VIRUS, 10, 10, 1000)],
    "V10": [computers(5), *bought(OFFICE, 5, 5, 0), *bought(SYSTEM, 5, 5, 0), *bought(VIRUS, 5, 5, 0)],
}
BROKEN: dict[str, tuple[Sequence[Row], str, str, str]] = {
    "V04": ([units(3), progress("制度", 4)], "A", "已建立软件资产管理制度单位个数", "4 个，多于机关总数 3"),
    "V05": ([units(3), progress("采购", 1)], "C", "完成软件采购单位个数", "1 个，多于应先完成的前一项 0"),
    "V06": (bought(SYSTEM, 5, 5, 0), "D", "国外/操作系统软件/许可数（个）", "有许可数而金额为 0"),
    "V07": (bought(OFFICE, 0, 0, 30_000), "B", "国内/办公软件/金额（万元）", "有金额而许可数为 0"),
    "V08": (bought(OFFICE, 50, 1, 30_000), "C", "国内/办公软件/总数（个）", "总数 50 多于许可数 1"),
    "V09": (bought(OFFICE, 10, 10, 20_000), "C", "国内/办公软件/金额（万元）", "超过 1400 元"),
    "V10": (
        [computers(100), *bought(SYSTEM, 50, 50, 0)],
        "D",
        "合计/操作系统软件/许可数（个）",
        "许可数 50，计算机 100 台",
    ),
}


@pytest.mark.parametrize("code", HELD)
def test_a_form_in_order_is_not_found_fault_with(code: str) -> None:
    assert found(filled("T02", HELD[code]), code) == []


@pytest.mark.parametrize("code", BROKEN)
def test_a_form_out_of_order_is_named_with_class_cell_and_remedy(code: str) -> None:
    rows, level, cell, text = BROKEN[code]
    first = found(filled("T02", rows), code)[0]
    assert first.level == level
    assert (
        first.place.cell == f"县级机关/{'软件正版化工作进度/' if '单位个数' in cell else '软件情况/'}{cell}"
    )
    assert text in first.text
    assert first.remedy


@pytest.mark.parametrize(
    ("kind", "yuan", "said"),
    [
        (OFFICE, 6_000, ""),
        (OFFICE, 7_000, "超过 600 元"),
        (OFFICE, 15_000, "超过 1400 元"),
        (VIRUS, 1_000, ""),
        (VIRUS, 2_000, "超过 100 元"),
        (VIRUS, 15_000, "超过 1400 元"),
    ],
)
def test_a_price_is_measured_by_the_cap_it_exceeds(kind: tuple[str, str], yuan: int, said: str) -> None:
    """财行〔2013〕98号: 办公 600 元, special 1400 元; 杀毒 100 元, server 1400 元, on average per licence."""
    texts = {
        finding.text.split("（")[0] for finding in found(filled("T02", bought(kind, 10, 10, yuan)), "V09")
    }
    assert texts == (
        {f"{kind[0]}软件平均单价{said}。".replace("。", "", said == "超过 1400 元")} if said else set()
    )


def test_a_total_typed_over_must_still_add_up() -> None:
    """V01: 合计 = 国内 + 国外; V02: 总计 = 操作系统 + 办公 + 杀毒."""
    form = filled("T02", bought(OFFICE, 6170, 6170, 3_790_000))
    findings = typed(form, 县级__合计__办公许可数="6171")
    assert {(f.code, f.level) for f in findings if f.code in ("V01", "V02")} == {("V01", "A"), ("V02", "A")}
    first = next(f for f in findings if f.code == "V01")
    assert first.text == "合计 6171 不等于国内与国外之和 6170。"
    assert first.place.cell == "县级机关/软件情况/合计/办公软件/许可数（个）"


@pytest.mark.parametrize(
    ("name", "value"),
    [("县级__进度__摸查", "-1"), ("县级__国内__办公许可数", "1.5"), ("县级__国内__办公金额", "1.234")],
)
def test_counts_are_whole_and_money_has_two_decimals(name: str, value: str) -> None:
    """V03: counts are whole numbers of zero or more, money has at most two decimals."""
    findings = typed(filled("T02", [units(3)]), **{name: value})
    assert next(f.text for f in findings if f.code == "V03").startswith(f"「{value}」")


def test_computers_are_desktops_and_portables() -> None:
    """V15: 总数 = 台式 + 便携式."""
    form = filled("T03", [computers(9), computers(3, "便携")])
    assert found(form, "V15") == []
    (finding,) = [f for f in typed(form, 调查__台数__总数="13") if f.code == "V15"]
    assert (finding.level, finding.text) == ("A", "电脑总数 13 不等于台式与便携式之和 12。")


def test_a_name_needs_its_number() -> None:
    """V16: a name without a number, or a number without a name."""
    form = filled("T03", [installed("办公", "甲", 3)])
    assert found(form, "V16") == []
    findings = typed(form, 调查__办公__正版__1__数量=None)
    assert [(f.code, f.level) for f in findings if f.code == "V16"] == [("V16", "A")]


@pytest.mark.parametrize(
    ("copies", "is_found"), [((5, 6), False), ((7, 4), False), ((9, 2), False), ((11, 4), True)]
)
def test_eleven_computers_cannot_hold_fifteen_suites(copies: tuple[int, int], is_found: bool) -> None:  # noqa: FBT001  # a table of cases
    """V17: a county reported 11 computers, 11 copies of one suite and 4 of another."""
    rows = [computers(11), installed("操作系统", "某系统", 11)]
    rows += [installed("办公", "甲", copies[0]), installed("办公", "乙", copies[1])]
    findings = found(filled("T03", rows), "V17")
    assert [f.text for f in findings] == (
        ["办公软件连同待核实的共 15 份，多于电脑 11 台。"] if is_found else []
    )


def test_every_computer_has_a_system() -> None:
    """V17: Σ 操作系统 (正版 + 非正版) ≠ 电脑总数."""
    (finding,) = found(
        filled("T03", [computers(5), installed("操作系统", "某系统", 4, claim="非正版")]), "V17"
    )
    assert (finding.level, finding.text) == ("C", "操作系统连同待核实的共 4 份，电脑 5 台。")


def test_what_is_not_settled_is_not_on_the_paper() -> None:
    """No 待核实 on paper: to be settled first."""
    (finding,) = found(filled("T03", [installed("办公", "甲", 3, claim="待核实")]), "T03-待核实")
    assert (finding.level, "3 份软件待核实" in finding.text) == ("B", True)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("mobile", "13900000001", "1.39E+10"),
        ("office_phone", "0999-5550112", "五五五"),
        ("email", "a@b.cn", "a(at)b.cn"),
        ("name", "李明", ""),
    ],
)
def test_a_reporter_can_be_reached(field: str, good: str, bad: str) -> None:
    """V18: at least one row; 手机 11 digits; 邮箱 form; a unit of the group is missing."""
    assert found(filled("T01", people=[a_person(1, **{field: good})]), "V18") == []
    (finding,) = found(filled("T01", people=[a_person(1, **{field: bad})]), "V18")
    assert finding.level == "C"
    assert finding.place.cell.startswith("第1行/")


@pytest.mark.parametrize(("field", "said"), [("office_phone", "办公电话为空。"), ("mobile", "手机为空。")])
def test_a_missing_number_is_hinted_at(field: str, said: str) -> None:
    (finding,) = found(filled("T01", people=[a_person(1, **{field: ""})]), "V18")
    assert (finding.level, finding.text) == ("D", said)


@pytest.mark.parametrize(("cover", "number"), [("到期", 3), ("有效", 0), ("未指明", 0)])
def test_what_is_called_genuine_under_an_expired_licence_is_said(cover: str, number: int) -> None:
    """By the form's own note, what has no licence agreement is not genuine."""
    rows = [
        installed("办公", "WPS 365", 3, cover=cover),
        installed("办公", "WPS 365", 4, claim="非正版", cover="到期"),
    ]
    told = [f"列为正版的软件中有 {number} 份"] if number else []
    assert [f.text.split("，")[0] for f in found(filled("T03", rows), "T03-到期")] == told


def test_several_numbers_in_one_cell_are_checked_one_by_one() -> None:
    people = [a_person(mobile="13900000001、13900000002"), a_person(2, mobile="13900000001、123")]
    assert [f.place.cell for f in found(filled("T01", people=people), "V18")] == ["第2行/手机"]


def test_a_list_of_nobody_is_of_no_use() -> None:
    (finding,) = found(filled("T01"), "V18")
    assert (finding.level, finding.text) == ("A", "没有一名信息报送人员。")


def test_every_unit_that_should_report_is_asked_after() -> None:
    """V18: a unit of the group is missing."""
    people = [a_person(1), a_person(2, unit_name="丙局")]
    assert found(filled("T01", people=people, expected=["甲局", "丙局"]), "V18") == []
    (finding,) = found(filled("T01", people=people, expected=["甲局", "乙局"]), "V18")
    assert (finding.level, finding.place.cell) == ("C", "")
    assert finding.text == "乙局没有信息报送人员。"


def test_what_was_put_right_must_have_been_looked_over() -> None:
    """V05: 完成检查整改 ≤ 完成摸查."""
    assert found(filled("T02", [units(3), progress("摸查", 2), progress("整改", 2)]), "V05") == []
    (finding,) = found(filled("T02", [units(3), progress("摸查", 1), progress("整改", 2)]), "V05")
    assert finding.place.cell == "县级机关/软件正版化工作进度/已完成检查整改工作单位个数"
    assert finding.text == "2 个，多于应先完成的前一项 1。"


def test_what_counts_without_its_date_is_listed() -> None:
    """A missing date counts as existing and is listed."""
    undated: list[Row] = [
        ("computers", {"group": "县级", "dated": "无日期"}, 4),
        ("seats", {"group": "县级", "dated": "无日期", "class": "办公", "origin": "国内"}, 3),
        ("progress", {"group": "县级", "dated": "无日期", "progress": "摸查"}, 1),
    ]
    texts = [f.text for f in found(filled("T02", [units(1), *undated]), "T02-日期")]
    assert [text.split("，")[0] for text in texts] == [
        "4 台计算机没有启用日期",
        "没有购买日期的许可共有 3 个许可数",
        "1 项进度没有日期",
    ]
    assert found(filled("T02", [units(1), computers(4)]), "T02-日期") == []


@pytest.mark.parametrize("code", ["T01", "T02", "T03"])
def test_every_check_says_what_is_wrong_and_what_to_do(code: str) -> None:
    checks = bundled(code).checks
    assert all(check.text.endswith("。") and check.remedy.endswith("。") for check in checks)
    assert all(check.line for check in checks)


def test_a_sentence_is_filled_in_completely() -> None:
    rows = [units(1), progress("摸查", 5), computers(3), *bought(OFFICE, 9, 3, 90_000)]
    findings = [*filled("T02", rows).findings, *filled("T03", [computers(3)]).findings]
    assert findings
    assert not [f.sentence for f in findings if "{" in f.sentence or "E+" in f.sentence]


def test_earlier_periods_and_deadlines_are_not_known_yet() -> None:
    form = filled("T02", [units(3)])
    values = CellValues(form.cells, Beside(["甲局", "乙局"]))
    assert values.previous("县级.进度.机关总数") is None
    assert values.ledger("县级.进度.机关总数") == Decimal(3)
    assert values.value("没有这个") is None
    assert (values.deadline(), values.missing_units()) == (None, Decimal(2))
