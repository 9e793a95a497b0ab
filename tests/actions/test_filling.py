"""Filling forms for the county, one unit, one group; and where a number comes from."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desktop.actions.campaigns import Settled, new_campaign
from desktop.actions.filling import Request, explain, fill
from desktop.actions.issuing import issue, unsettled
from desktop.actions.typing_in import explain_finding, type_cell
from desktop.actions.withdrawing import Withdrawal, withdraw
from desktop.errors import AppError
from desktop.store.campaigns import add_campaign, write_text
from desktop.store.database import Ledger
from desktop.store.operations import Act, operation
from tests.builders import Sheets, a_ledger, imported

SHEETS: Sheets = {
    "单位": [["单位名称", "简称", "排序号"], ["县委宣传部", "宣传部", 1], ["县公安局", "公安", 2], ["县法院", "公安", 3]],
    "人员": [
        ["单位名称", "姓名", "职责", "办公电话", "手机", "传真"],
        ["县委宣传部", "李明", "填表人", "0999-5550112", "13900000012", "0999-5560004"],
        ["县公安局", "王‧强", "信息报送人", "0999-5550113", "13900000013", ""],
        ["县公安局", "孙敏", "分管领导", "0999-5550110", "", ""],
    ],
    "计算机": [["单位名称", "资产编号", "类型", "启用日期"], ["县公安局", "001", "台式", "2024-03-01"], ["县委宣传部", "001", "便携", ""]],
    "许可": [
        ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（元）", "购买日期"],
        ["县公安局", "A", "甲办公", "办公", "国内", 1, 20, "5000", "2024-02-01"],
        ["县委宣传部", "B", "乙办公", "办公", "国外", 3, 3, "4444.44", "2023-02-01"],
    ],
}  # fmt: skip
TOTAL = "县级机关/软件情况/合计/办公软件/许可数（个）"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = a_ledger("县委宣传部")
    imported(ledger, tmp_path, SHEETS)
    return ledger


def text(ledger: Ledger, request: Request, path: str) -> str:
    cell = fill(ledger, request).find(path)
    assert cell is not None
    return cell.text


def test_the_county_counts_all_units_and_one_unit_itself(ledger: Ledger) -> None:
    assert text(ledger, Request("T02"), TOTAL) == "23"
    assert text(ledger, Request("T02", unit="县公安局"), TOTAL) == "20"


def test_the_cut_off_day_decides_what_counts(ledger: Ledger) -> None:
    request = Request("T02", as_of=datetime.date(2024, 1, 31))
    assert text(ledger, request, TOTAL) == "3"
    assert text(ledger, request, "县级机关/软件正版化工作进度/计算机总数") == "1"


def test_without_a_day_the_ledgers_clock_gives_it(ledger: Ledger) -> None:
    question = fill(ledger, Request("T02")).question
    assert question is not None
    assert question.as_of == datetime.date(2024, 6, 30)


def test_the_header_names_the_office_its_filler_and_the_date(ledger: Ledger) -> None:
    form = fill(ledger, Request("T02", dated=datetime.date(2024, 7, 5)))
    assert form.header == (
        (
            "填表单位：县委宣传部（盖章）",
            "填表人：李明",
            "联系电话(含手机)：0999-5550112、13900000012",
            "传  真：0999-5560004",
            "填表时间：2024年7月5日",
        ),
    )


def test_a_units_own_form_names_the_unit_and_its_people(ledger: Ledger) -> None:
    assert fill(ledger, Request("T02", unit="县公安局")).header[0][:2] == (
        "填表单位：县公安局（盖章）",
        "填表人：王·强",
    )
    enterprise = fill(ledger, Request("T03", unit="县公安局"))
    assert enterprise.header[0] == ("企业名称（盖章）：县公安局", "企业领导（签字）：")
    assert enterprise.header[1] == ("主管人：孙敏", "联系电话：0999-5550110")


def test_without_a_date_it_is_left_for_writing_by_hand(ledger: Ledger) -> None:
    assert fill(ledger, Request("T01")).header[0][1] == "填表时间：   年   月   日"


def test_an_office_that_is_no_unit_is_still_named(tmp_path: Path) -> None:
    assert fill(a_ledger("县版权局"), Request("T02")).header[0][0] == "填表单位：县版权局（盖章）"


def test_units_without_a_reporter_are_named(ledger: Ledger) -> None:
    found = [f for f in fill(ledger, Request("T01")).findings if "没有信息报送人员" in f.text]
    assert [f.text for f in found] == ["县委宣传部、县法院没有信息报送人员。"]


def test_a_campaign_gives_its_own_words(ledger: Ledger) -> None:
    with operation(ledger, Act("测试", "任务")):
        number = add_campaign(ledger, "2024年检查")
        write_text(ledger, number, "T02", key="县级机关", text="县直机关")
        write_text(ledger, number, "T03", key="标题", text="某县国有企业使用软件情况调查表")
    assert text(ledger, Request("T02", campaign="2024年检查"), TOTAL.replace("县级", "县直")) == "23"
    assert fill(ledger, Request("T03", campaign="2024年检查")).title == "某县国有企业使用软件情况调查表"


def doubts(ledger: Ledger, request: Request) -> list[str]:
    return [f"{f.code}{f.level} {f.text}" for f in fill(ledger, request).findings if f.code in ("F02", "F03")]


def test_a_form_dated_before_its_cut_off_day_is_doubtful(ledger: Ledger) -> None:
    day, before = datetime.date(2024, 6, 30), datetime.date(2024, 6, 29)
    assert doubts(ledger, Request("T02", as_of=day, dated=before)) == [
        "F02C 填表时间 2024年6月29日早于数据截止日 2024年6月30日。"
    ]
    assert doubts(ledger, Request("T02", as_of=day, dated=day)) == []


def test_a_unit_that_others_do_not_count_so_is_said(ledger: Ledger, tmp_path: Path) -> None:
    more: list[list[object]] = [
        ["单位名称", "上级单位", "独立填报", "纳入本次任务"],
        ["城关派出所", "县公安局", "否", None],
        ["县水库", None, None, "否"],
    ]
    imported(ledger, tmp_path, {"单位": more})
    assert doubts(ledger, Request("T02", unit="县公安局")) == []
    assert doubts(ledger, Request("T02", unit="城关派出所")) == [
        "F03D 「城关派出所」不独立填报，它的数已计入「县公安局」。"
    ]
    assert doubts(ledger, Request("T02", unit="县水库")) == [
        "F03D 「县水库」没有纳入本次任务，各汇总表不含它的数。"
    ]


def test_a_number_is_explained_by_rows_whose_sum_it_is(ledger: Ledger) -> None:
    form = fill(ledger, Request("T02"))
    found = explain(ledger, form, "县级机关/软件情况/国内/办公软件/许可数（个）")
    assert [(row.unit_name, row.amount) for row in found.rows] == [("县公安局", 20)]


def test_a_total_is_explained_by_the_cells_it_adds(ledger: Ledger) -> None:
    found = explain(ledger, fill(ledger, Request("T02")), TOTAL)
    assert [part.text for part in found.parts] == ["20", "3"]


def test_a_cell_may_be_named_with_other_brackets_and_blanks(ledger: Ledger) -> None:
    form = fill(ledger, Request("T02"))
    assert explain(ledger, form, "县级机关 / 软件情况/合计/办公软件/许可数(个)").cell.text == "23"
    assert explain(ledger, form, "县级机关/软件正版化工作进度/落实软件采购经费单位个数").cell.text == "0"


def test_a_cell_that_is_not_there_is_said(ledger: Ledger) -> None:
    with pytest.raises(AppError, match="没有「甲/乙」"):
        explain(ledger, fill(ledger, Request("T02")), "甲/乙")


def test_an_empty_cell_has_no_rows(ledger: Ledger) -> None:
    form = fill(ledger, Request("T02"))
    found = explain(ledger, form, "示范区机关/软件情况/国内/办公软件/许可数（个）")
    assert (found.rows, found.parts, found.cell.text) == ((), (), "")


def days_of(ledger: Ledger, dated: datetime.date) -> list[str]:
    as_of = datetime.date(2024, 1, 1)
    form = fill(ledger, Request("T02", campaign="整改", as_of=as_of, dated=dated))
    return [finding.text for finding in form.findings if finding.code == "V20"]


def test_a_form_dated_outside_its_campaign_is_doubtful(ledger: Ledger) -> None:
    days = (datetime.date(2024, 3, 1), datetime.date(2024, 9, 30))
    new_campaign(ledger, "整改", Settled(*days, switches={"总数": "套数"}))
    assert days_of(ledger, days[0]) == days_of(ledger, days[1]) == []
    assert "早于任务「整改」的开始日期 2024年3月1日" in days_of(ledger, datetime.date(2024, 2, 29))[0]
    assert "晚于任务「整改」的截止日期 2024年9月30日" in days_of(ledger, datetime.date(2024, 10, 1))[0]


def test_a_header_that_is_empty_is_hinted_at(tmp_path: Path) -> None:
    form = fill(a_ledger("县局"), Request("T02"))
    places = [finding.place.cell for finding in form.findings if finding.code == "V19"]
    assert places == ["表头/填表人", "表头/联系电话"]


def test_an_empty_field_of_the_header_is_filled_as_its_remedy_says(tmp_path: Path) -> None:
    ledger = a_ledger()
    asked = Request("T02")
    remedies = {f.place.cell: f.remedy for f in fill(ledger, asked).findings if f.code == "V19"}
    assert remedies == {
        "表头/填表单位": "一个单位的表请用 --unit 指明单位，或用 type 填写「表头/填表单位」；定稿前必须填好。",
        "表头/填表人": "请在「人员」表中登记填表人（职责写填表人、信息报送人或经办人），"
        "或用 type 填写「表头/填表人」；定稿前必须填好。",
        "表头/联系电话": "请在「人员」表中登记填表人的办公电话或手机，"
        "或用 type 填写「表头/联系电话」；定稿前必须填好。",
    }
    for place in remedies:
        type_cell(ledger, asked, place, "县软件正版化办公室", reason="依据任命文件填写")
    people = [["单位名称", "姓名", "职责", "手机"], ["甲局", "张三", "经办人", "13900000001"]]
    imported(ledger, tmp_path, {"单位": [["单位名称"], ["甲局"]], "人员": people})
    for form in (fill(ledger, asked), fill(ledger, Request("T02", unit="甲局"))):
        assert "V19" not in [finding.code for finding in form.findings]


def test_progress_that_falls_below_the_form_issued_before_is_doubtful(ledger: Ledger, tmp_path: Path) -> None:
    progress = [["单位名称", "摸查"], ["县公安局", "2024-02-01"]]
    imported(ledger, tmp_path, {"进度": progress})
    before = Request("T02", period="上半年", as_of=datetime.date(2024, 6, 1))
    explain_all(ledger, before)
    issue(ledger, before)
    later = Request("T02", period="下半年", as_of=datetime.date(2024, 6, 30))
    assert [f for f in fill(ledger, later).findings if f.code == "V12"] == []
    withdraw(ledger, Withdrawal("县公安局", "摸查", "查得不全", on=datetime.date(2024, 6, 2)))
    found = [f for f in fill(ledger, later).findings if f.code == "V12"]
    assert [finding.text for finding in found] == ["0 个，比上期定稿的 1 个少。"]


def explain_all(ledger: Ledger, request: Request) -> None:
    """Explain whatever keeps a form from being issued."""
    for finding in unsettled(fill(ledger, request).findings):
        explain_finding(ledger, request, finding.code, finding.place.cell, text="已经逐条核实")


def test_money_that_another_table_rounds_otherwise_is_said(tmp_path: Path) -> None:
    ledger = a_ledger("县局")
    heads = ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（元）"]
    held = [
        ["县局", "W1", "某办公甲", "办公", "国内", 1, 1, 1050],
        ["县局", "W2", "某办公乙", "办公", "国外", 1, 1, 1050],
    ]
    imported(ledger, tmp_path, {"单位": [["单位名称", "级别"], ["县局", "县直"]], "许可": [heads, *held]})
    plain, other = Request("T02"), fill(ledger, Request("T21"))
    form = fill(ledger, plain)
    cell = form.cells["县级.合计.办公金额"]
    assert (cell.text, other.cells["机关.办公.金额"].text) == ("0.22", "0.21")
    (said,) = (finding for finding in form.findings if finding.code == "T02-舍入")
    assert (said.level, said.place.cell) == ("D", cell.path)
    assert said.text == ("国内、国外各自四舍五入后相加为 0.22 万元，不分国内国外合起来四舍五入为 0.21 万元。")
    added = fill(ledger, Request("T02", is_consolidated=True))
    type_cell(ledger, plain, "县级.国内.办公金额", "0.10", reason="依据合同核对")
    for form in (added, fill(ledger, plain)):
        assert "T02-舍入" not in [finding.code for finding in form.findings]
