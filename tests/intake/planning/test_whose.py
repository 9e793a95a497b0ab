"""Whose a sheet is that names no unit: read beside its table, told by the person, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.importing import look_at, plan_import
from desktop.core.plan import Act, Plan
from tests.builders import Rows, a_ledger, a_workbook, imported

UNITS: Rows = [
    ["单位名称", "简称", "曾用名", "上级单位", "独立填报"],
    ["示例县乙局", "乙局", "示例县老乙局", None, "是"],
    ["示例县甲局", "甲局", None, None, "是"],
    ["示例县甲局执法大队", "执法大队", None, "示例县甲局", "否"],
]
HEADINGS, ROW = ["资产编号", "类型"], ["001", "台式"]


def plan_of(folder: Path, rows: Rows, unit: str = "", units: Rows = UNITS, *, name: str = "Sheet1") -> Plan:
    ledger = a_ledger("示例县甲局")
    imported(ledger, folder, {"单位": units})
    return plan_import(ledger, look_at([a_workbook(folder / "机.xlsx", {name: rows})], unit=unit))


def said(plan: Plan) -> list[str]:
    return [f"{f.code}{f.level.value} {f.text}" for f in plan.findings if f.code in ("I03", "I45")]


def owner(plan: Plan) -> object:
    """Return the short name of the one computer's unit, by the order in which units are registered."""
    (step,) = plan.of("computer")
    uids = {f"{number:032x}": name for number, name in enumerate(("乙局", "甲局", "执法大队"), start=4)}
    return uids.get(str(step.values[0]), step.values[0])


@pytest.mark.parametrize(
    ("rows", "name", "where"),
    [
        ([["乙局计算机登记表"], HEADINGS, ROW], "乙局", "「乙局计算机登记表」中的"),
        ([["2024年示例县老乙局电脑台账"], HEADINGS, ROW], "乙局", "「2024年示例县老乙局电脑台账」中的"),
        ([["示例县甲局执法大队登记表"], HEADINGS, ROW], "执法大队", "「示例县甲局执法大队登记表」中的"),
        ([["示例县甲局", "执法大队"], HEADINGS, ROW], "执法大队", "「执法大队」中的"),
        ([["填报单位：乙局"], HEADINGS, ROW], "乙局", "表头上方写的"),
        ([["单位："], ["乙局登记表"], HEADINGS, ROW], "乙局", "「乙局登记表」中的"),
        ([HEADINGS, ROW, ["填报单位：乙局"]], "乙局", "表头下方的表尾写的"),
        ([HEADINGS, ROW, [], ["单位（盖章）：乙局", "2024年"]], "乙局", "表头下方的表尾写的"),
        ([["乙局台账"], ["单位名称", *HEADINGS], ["", *ROW]], "乙局", "「乙局台账」中的"),
        ([["填报单位：乙局"], ["单位名称", *HEADINGS], ["", *ROW]], "乙局", "表头上方写的"),
        ([["主送单位：", "甲局"], ["乙局计算机清单"], HEADINGS, ROW], "乙局", "「乙局计算机清单」中的"),
        ([["乙局登记表（报甲局）"], HEADINGS, ROW], "乙局", "「乙局登记表（报甲局）」中的"),
    ],
)
def test_a_line_beside_the_table_says_whose_it_is(tmp_path: Path, rows: Rows, name: str, where: str) -> None:
    plan = plan_of(tmp_path, rows)
    full = {"执法大队": "示例县甲局执法大队"}.get(name, f"示例县{name}")
    assert said(plan) == [f"I45D 没有写单位名称，按{where}「{full}」计。"]
    assert owner(plan) == name


@pytest.mark.parametrize(
    "rows",
    [
        [HEADINGS, ROW, ["002", "台式"]],
        [["计算机登记表（请报送乙局，甲局制）"], HEADINGS, ROW],
        [["单位："], HEADINGS, ROW],
        [["单位名称", *HEADINGS], ["", *ROW]],
        [["甲局、乙局计算机登记表"], HEADINGS, ROW],
        [["填报单位：丙局"], HEADINGS, ROW],
        [["主送单位：甲局"], ["计算机清单"], HEADINGS, ROW],
        [["报送：", "甲局"], HEADINGS, ROW],
        [["示例县甲局下属示例县第一中学计算机清单"], HEADINGS, ROW],
    ],
)
def test_what_is_nobodys_is_refused_once_with_a_remedy(tmp_path: Path, rows: Rows) -> None:
    plan = plan_of(tmp_path, rows)
    (finding,) = [finding for finding in plan.findings if finding.code == "I03"]
    assert finding.level == "A"
    assert str(finding.place) == "《机.xlsx》「Sheet1」表"
    assert not plan.steps
    assert plan.counts["computer", Act.REFUSE] == sum(row[-1] == "台式" for row in rows)
    assert "--unit" in finding.remedy or "丙局" in finding.text


def test_the_only_unit_that_reports_alone_is_taken_with_a_notice(tmp_path: Path) -> None:
    units = [row for row in UNITS if "示例县乙局" not in row]
    plan = plan_of(tmp_path, [HEADINGS, ROW], units=units)
    assert said(plan) == ["I45D 没有写单位名称，按台账中唯一独立填报的「示例县甲局」计。"]


def test_the_person_says_whose_it_is_and_hears_where_the_sheet_differs(tmp_path: Path) -> None:
    assert said(plan_of(tmp_path, [HEADINGS, ROW], "乙局")) == [
        "I45D 没有写单位名称，按 --unit 指明的「示例县乙局」计。"
    ]
    for line in ("填报单位：甲局", "填报单位：丙局", "甲局登记表"):
        plan = plan_of(tmp_path, [[line], HEADINGS, ROW], "乙局")
        (text,) = said(plan)
        assert text.startswith("I45C 表中写的是「")
        assert text.endswith("」，按 --unit 指明的「示例县乙局」计。")
        assert owner(plan) == "乙局"
    assert said(plan_of(tmp_path, [["单位名称", *HEADINGS], ["甲局", *ROW]], "乙局")) == [
        "I45C 表中写了单位名称（如「甲局」），--unit 指明的「乙局」没有用于这张表。"
    ]
    assert "单位「丁局」没有登记" in said(plan_of(tmp_path, [HEADINGS, ROW], "丁局"))[0]


def test_a_sheet_with_software_beside_is_told_once(tmp_path: Path) -> None:
    rows: Rows = [["乙局"], [*HEADINGS, "操作系统", "办公软件"], [*ROW, "Windows 10", "WPS"]]
    plan = plan_of(tmp_path, rows)
    assert len(said(plan)) == 1
    assert plan.counts["installation", Act.ADD] == 2


SECOND = ["002", "台式"]


@pytest.mark.parametrize(
    "lines",
    [
        [["填报单位：甲局"]],
        [[], ["填报单位：甲局"], HEADINGS],
        [["填报单位：", "示例县甲局"]],
        [["示例县甲局计算机清查表"], HEADINGS],
        [["示例县甲局"]],
        [["填报单位：丙局"]],
    ],
)
@pytest.mark.parametrize(
    "above", [[["填报单位：乙局"], HEADINGS], [["乙局清查表"], HEADINGS], [HEADINGS, ["填报单位：乙局"]]]
)
def test_units_below_each_other_in_one_sheet_are_refused(tmp_path: Path, above: Rows, lines: Rows) -> None:
    rows: Rows = [*above, ROW, *lines, SECOND]
    for unit in ("", "乙局"):
        plan = plan_of(tmp_path, rows, unit)
        (finding,) = [finding for finding in plan.findings if finding.code == "I55"]
        assert (finding.level, finding.place.row) == (
            "A",
            len(above) + 1 + len(lines) - (lines[-1] is HEADINGS),
        )
        assert finding.text.startswith("本行写的是「")
        assert not plan.steps


def test_units_in_lines_below_their_records_are_refused(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [HEADINGS, ROW, ["填报单位：乙局"], SECOND, ["填报单位：甲局"]])
    assert [(f.code, f.place.row) for f in plan.findings if f.level == "A"] == [("I55", 5)]


@pytest.mark.parametrize(
    "rows",
    [
        [["填报单位：乙局"], HEADINGS, ROW, ["单位：示例县乙局"], HEADINGS, SECOND],
        [["乙局清查表"], HEADINGS, ROW, ["合计"], SECOND],
        [["填报单位：乙局"], HEADINGS, ROW, SECOND, ["单位：甲局"]],
        [["填报单位：乙局"], HEADINGS, ROW, ["填表人：张三（报甲局）"], SECOND],
        [["填报单位：乙局"], ["单位名称", *HEADINGS], ["乙局", *ROW], ["填报单位：甲局"], ["甲局", *SECOND]],
    ],
)
def test_lines_that_name_no_other_unit_part_no_records(tmp_path: Path, rows: Rows) -> None:
    plan = plan_of(tmp_path, rows)
    assert plan.is_clean
    assert len([*plan.of("computer")]) == 2


@pytest.mark.parametrize("name", ["乙局", "示例县乙局", "示例县老乙局", " 乙局 "])
@pytest.mark.parametrize("above", [[], [["计算机登记表"]], [["甲局、乙局计算机登记表"]]])
def test_the_name_of_a_sheet_says_whose_it_is_where_nothing_in_it_does(
    tmp_path: Path, above: Rows, name: str
) -> None:
    plan = plan_of(tmp_path, [*above, HEADINGS, ROW], name=name)
    assert said(plan) == ["I45D 没有写单位名称，按表名写的「示例县乙局」计。"]
    assert owner(plan) == "乙局"
    titled = plan_of(tmp_path, [["乙局登记表"], HEADINGS, ROW], name=name)
    assert said(titled) == ["I45D 没有写单位名称，按「乙局登记表」中的「示例县乙局」计。"]


@pytest.mark.parametrize("name", ["乙局电脑", "丙局", "Sheet1"])
def test_another_name_of_a_sheet_is_nobodys(tmp_path: Path, name: str) -> None:
    plan = plan_of(tmp_path, [HEADINGS, ROW], name=name)
    assert [text[:4] for text in said(plan)] == ["I03A"]


@pytest.mark.parametrize(
    ("rows", "unit", "by"),
    [
        ([["填报单位：甲局"], HEADINGS, ROW], "", "表中写的"),
        ([["甲局计算机登记表"], HEADINGS, ROW], "", "表中写的"),
        ([["单位名称", *HEADINGS], ["甲局", *ROW]], "", "表中写的"),
        ([HEADINGS, ROW], "甲局", " --unit 指明的"),
    ],
)
def test_a_sheet_named_after_another_unit_is_said(tmp_path: Path, rows: Rows, unit: str, by: str) -> None:
    plan = plan_of(tmp_path, rows, unit, name="乙局")
    assert said(plan)[-1 if rows[0][0] == "单位名称" else 0].startswith("I45")
    assert f"I45C 表名是「乙局」，与{by}「示例县甲局」不是同一单位，按{by}计。" in said(plan)
    assert owner(plan) == "甲局"
    assert plan.is_clean


def test_a_sheet_named_after_a_unit_above_or_of_many_is_no_contradiction(tmp_path: Path) -> None:
    below = plan_of(tmp_path, [["填报单位：执法大队"], HEADINGS, ROW], name="甲局")
    assert [text[:4] for text in said(below)] == ["I45D"]
    many = plan_of(tmp_path, [["单位名称", *HEADINGS], ["甲局", *ROW], ["执法大队", *ROW]], name="乙局")
    assert said(many) == []
