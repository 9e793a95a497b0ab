from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desktop.actions.campaigns import (
    Members,
    Settled,
    campaign_lines,
    new_campaign,
    said_once,
    settle_campaign,
    settle_group,
    settle_text,
    ungrouped_lines,
)
from desktop.actions.filling import Request, fill
from desktop.actions.importing import apply_import, look_at, plan_import
from desktop.actions.naming import campaign_called
from desktop.actions.undoing import undo_operation
from desktop.core.campaign import AmountBasis, Group, TotalMeaning
from desktop.errors import AppError
from desktop.store.database import Ledger
from tests.builders import Rows, a_workbook, imported

NAME = "2024年整改"
DAY = datetime.date(2024, 6, 30)
UNITS = [
    ["单位名称", "级别", "类别"],
    ["市局", "市直", "政府"],
    ["县局", "县直", "政府"],
    ["县公司", "县直", "国有企业"],
    ["甲镇", "乡镇", "政府"],
]


@pytest.fixture
def ledger(ledger: Ledger, tmp_path: Path) -> Ledger:
    imported(ledger, tmp_path, {"单位": UNITS, "进度": [["单位名称", "摸查"], ["县局", "2024-03-01"]]})
    new_campaign(ledger, NAME, Settled(DAY.replace(month=1), DAY, {"总数": "安装数", "金额": "历年累计"}))
    return ledger


def lines(ledger: Ledger) -> str:
    return "\n".join(campaign_lines(ledger, NAME))


def organs(ledger: Ledger) -> list[str]:
    form = fill(ledger, Request("T02", campaign=NAME, as_of=DAY))
    return [form.cells[f"{block}.进度.机关总数"].text for block in ("市级", "县级")]


def test_a_campaign_keeps_its_days_and_its_ways_of_counting(ledger: Ledger) -> None:
    campaign = campaign_called(ledger, NAME)
    assert (campaign.starts_on, campaign.ends_on) == (datetime.date(2024, 1, 30), DAY)
    assert campaign.switches.total_meaning is TotalMeaning.INSTALLED
    assert campaign.switches.amount_basis is AmountBasis.ALL_YEARS
    settle_campaign(
        ledger, NAME, Settled(ends_on=DAY.replace(month=9), switches={"服务器": "不计", "小数": "4"})
    )
    again = campaign_called(ledger, NAME)
    assert (again.starts_on, again.ends_on) == (campaign.starts_on, datetime.date(2024, 9, 30))
    assert (again.switches.count_servers, again.switches.money_decimals) == (False, 4)
    assert again.switches.total_meaning is TotalMeaning.INSTALLED
    assert "  服务器：不计" in lines(ledger)
    assert "  小数：4" in lines(ledger)


def test_without_groups_units_go_by_their_level(ledger: Ledger) -> None:
    assert organs(ledger) == ["1", "2"]
    assert "按单位级别" in lines(ledger)


def test_a_group_takes_the_units_named_and_those_of_levels_and_categories(ledger: Ledger) -> None:
    group = Group("市级", "示范区机关")
    assert settle_group(ledger, NAME, group, Members(units=["甲镇"], levels=["市直"]))[1] == 2
    assert settle_group(ledger, NAME, Group("县级", ""), Members(categories=["国有企业"]))[1] == 1
    assert organs(ledger) == ["2", "0"]
    assert "  分组「市级」（示范区机关）2 个单位：市局、甲镇" in lines(ledger)
    number, count = settle_group(ledger, NAME, Group("市级", ""), Members(units=["市局"]))
    assert count == 1
    assert "  分组「市级」（示范区机关）1 个单位：市局" in lines(ledger)
    undo_operation(ledger, number)
    assert "2 个单位：市局、甲镇" in lines(ledger)


def test_units_in_no_group_are_named_and_counted_in_no_table(ledger: Ledger) -> None:
    assert not list(ungrouped_lines(ledger, NAME))
    settle_group(ledger, NAME, Group("市级", ""), Members(units=["市局"]))
    assert list(ungrouped_lines(ledger, NAME)) == [
        "另有 3 个单位不在任何分组，各表都不计入：县局、县公司、甲镇。"
    ]
    assert "不在任何分组" in lines(ledger)
    for code in ("T02", "T21"):
        form = fill(ledger, Request(code, campaign=NAME, as_of=DAY))
        (finding,) = (each for each in form.findings if each.code == "F06")
        assert (finding.level, "县局、县公司、甲镇" in finding.text) == ("C", True)
        assert form.question is not None
        assert len(form.question.scope) == 1
    for unit, group in (("县局", ""), ("", "市级")):
        form = fill(ledger, Request("T21", campaign=NAME, as_of=DAY, unit=unit, group=group))
        assert "F06" not in {each.code for each in form.findings}


@pytest.mark.parametrize("code", ["T02", "T21"])
def test_enterprises_do_not_belong_into_a_table_of_organs(ledger: Ledger, tmp_path: Path, code: str) -> None:
    computers = [["单位名称", "资产编号", "类型"], ["县公司", "1", "台式"], ["县公司", "2", "便携"]]
    licences: Rows = [
        ["单位名称", "软件编号", "软件名称", "来源", "套数", "许可数"],
        ["县公司", "L1", "WPS Office", "自行采购", 1, 7],
    ]
    imported(ledger, tmp_path, {"计算机": computers, "许可": licences})

    def said() -> list[str]:
        findings = fill(ledger, Request(code, campaign=NAME, as_of=DAY)).findings
        assert all(each.level == "C" for each in findings if each.code == f"{code}-企业")
        return [each.text for each in findings if each.code == f"{code}-企业"]

    assert said() == [
        "国有企业的计算机有 2 台计入本表，企业不是机关。",
        "国有企业的许可有 7 个许可数计入本表，企业不是机关。",
    ]
    settle_group(ledger, NAME, Group("县级", ""), Members(units=["县局", "甲镇"]))
    assert said() == []


def test_a_way_of_counting_is_settled_once() -> None:
    assert said_once([("总数", "套数"), ("小数", "4"), ("总数", "套数")]) == {"总数": "套数", "小数": "4"}
    with pytest.raises(AppError, match="写了两次：套数、安装数"):
        said_once([("总数", "套数"), (" 总数", "安装数")])


def test_a_table_prints_the_campaigns_own_words(ledger: Ledger) -> None:
    settle_text(ledger, NAME, "T03", key="标题", text="某县国有企业使用软件情况调查表")
    assert fill(ledger, Request("T03", campaign=NAME)).title == "某县国有企业使用软件情况调查表"
    assert "T03《绍兴市国有企业使用软件情况调查表》「标题」：某县" in lines(ledger)


def test_progress_goes_to_the_campaign_that_is_named(ledger: Ledger, tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "进度.xlsx", {"进度": [["单位名称", "整改"], ["县局", "2024-05-01"]]})
    apply_import(ledger, plan_import(ledger, look_at([path]), campaign=NAME), "进度")
    form = fill(ledger, Request("T02", campaign=NAME, as_of=DAY))
    assert (form.cells["县级.进度.摸查"].text, form.cells["县级.进度.整改"].text) == ("0", "1")
    daily = fill(ledger, Request("T02", as_of=DAY))
    assert (daily.cells["县级.进度.摸查"].text, daily.cells["县级.进度.整改"].text) == ("1", "0")
    with pytest.raises(AppError, match="没有任务"):
        plan_import(ledger, look_at([path]), campaign="没有")


@pytest.mark.parametrize(
    ("name", "settled", "said"),
    [
        (NAME, Settled(switches={"总数": "套数"}), "已经有了"),
        (" 2024 年整改", Settled(switches={"总数": "套数"}), "已经有了"),
        ("新", Settled(), "没有说明总数"),
        ("新", Settled(switches={"总数": "个数"}), "不能是「个数」"),
        ("新", Settled(switches={"总数": "套数", "颜色": "红"}), "没有口径「颜色」"),
        ("新", Settled(DAY, DAY.replace(day=1), {"总数": "套数"}), "早于开始日期"),
    ],
)
def test_what_cannot_be_is_refused(ledger: Ledger, name: str, settled: Settled, said: str) -> None:
    with pytest.raises(AppError) as caught:
        new_campaign(ledger, name, settled)
    assert said in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("group", "members", "said"),
    [
        (Group("省级", ""), Members(units=["县局"]), "各表没有分组"),
        (Group("县级", ""), Members(), "没有单位"),
        (Group("县级", ""), Members(levels=["村级"]), "没有级别「村级」"),
        (Group("县级", ""), Members(categories=["公司"]), "没有类别「公司」"),
        (Group("县级", ""), Members(units=["没有"]), "没有登记"),
        (Group("县级", ""), Members(units=["市局"]), "已在分组「市级」"),
    ],
)
def test_groups_that_cannot_be_are_refused(ledger: Ledger, group: Group, members: Members, said: str) -> None:
    settle_group(ledger, NAME, Group("市级", ""), Members(units=["市局"]))
    with pytest.raises(AppError, match=said):
        settle_group(ledger, NAME, group, members)


def test_words_for_nothing_are_refused(ledger: Ledger) -> None:
    with pytest.raises(AppError, match="没有可改的文字") as caught:
        settle_text(ledger, NAME, "T02", key="标题", text="甲")
    assert "县级机关" in caught.value.remedy


def test_all_campaigns_are_listed(ledger: Ledger) -> None:
    assert list(campaign_lines(ledger)) == ["日常台账　没有起止日期", f"{NAME}　2024-01-30—2024-06-30"]
