from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions.campaigns import Settled, settle_campaign
from desktop.actions.filling import Request
from desktop.actions.notes import notes_on
from desktop.actions.paper_entry import PaperSheet, enter_paper
from desktop.actions.typing_in import type_cell
from desktop.store.database import Ledger
from tests.actions.test_consolidating import ALL, DAY, PEOPLE, UNITS, accepted, licences
from tests.actions.test_paper_entry import WRITTEN, written
from tests.builders import Sheets, a_ledger, imported

T02 = Request("T02", as_of=DAY)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = a_ledger("县局")
    sheets: Sheets = {
        "单位": [*UNITS, ["县水泥厂", "县直", 9, "", ""]],
        "人员": PEOPLE,
        "许可": licences(("县局", 5, 3333), ("甲镇", 2, 1249)),
        "计算机": [
            ["单位名称", "资产编号", "类型", "状态"],
            *(["县局", f"00{n}", kind, state] for n, (kind, state) in enumerate(
                [("台式", "在用"), ("服务器", "在用"), ("台式", "闲置")]
            )),
        ],
        "安装": [["单位名称", "资产编号", "软件名称", "软件编号"], ["县局", "000", "WPS Office", "W1"]],
        "进度": [["单位名称", "无需采购"], ["甲镇", "是"]],
    }  # fmt: skip
    imported(ledger, tmp_path, sheets)
    return ledger


def said(ledger: Ledger, request: Request) -> str:
    return notes_on(ledger, request).text


def test_day_ways_of_counting_and_the_other_figure_are_said(ledger: Ledger) -> None:
    text = said(ledger, replace(T02, dated=datetime.date(2024, 7, 5)))
    assert "数据截止日 2024年6月30日。填表时间 2024年7月5日。" in text
    assert "计算机总数为截止日在用的计算机，含服务器，不含闲置" in text
    assert "总数（个）为套数（网络版按一套计），共 7；如按在用的安装份数计，共 1。" in text
    assert "无需采购的单位 1 个，视同落实经费、完成采购：甲镇。" in text
    assert "闲置的计算机 1 台没有计入计算机总数" in text
    assert text.rstrip().endswith("本表不含涉密计算机。")


def test_the_switches_change_what_is_said(ledger: Ledger) -> None:
    switches = {"总数": "安装数", "服务器": "不计", "闲置": "计", "无需采购": "不计", "金额": "历年累计"}
    settle_campaign(ledger, "", Settled(switches=switches))
    text = said(ledger, T02)
    assert "总数（个）为在用的安装份数，共 1；如按套数（网络版按一套计）计，共 7。" in text
    assert "不含服务器，含闲置" in text
    assert "服务器 1 台没有计入计算机总数" in text
    assert "不计入落实经费、完成采购" in text
    assert "历年采购的价款" in text


def test_what_was_typed_and_explained_is_said(ledger: Ledger) -> None:
    type_cell(ledger, T02, "县级.国内.办公许可数", "70", reason="依据合同核对")
    text = said(ledger, T02)
    assert "县级机关/软件情况/国内/办公软件/许可数（个）填报 70，台账为 7，理由：依据合同核对。" in text
    assert "手工填报的单元格" in text
    assert "审核说明" not in text


def test_sources_and_missing_units_are_said(ledger: Ledger) -> None:
    text = said(ledger, ALL)
    assert "取台账的数的 2 个单位。" in text
    assert "未报的 2 个单位，没有计入：乙镇、县水泥厂。" in text
    assert "汇总来源" not in said(ledger, T02)


def test_a_sheet_from_paper_is_said_once(ledger: Ledger, tmp_path: Path) -> None:
    paper = Request("T02", unit="乙镇", as_of=DAY)
    enter_paper(ledger, paper, PaperSheet(written(ledger, tmp_path / "纸.xlsx", WRITTEN)))
    assert "整表为纸质代录，理由：依据单位盖章纸质表。" in said(ledger, paper)


def test_totals_beside_reports_that_passed_are_said_to_be_the_ledgers(ledger: Ledger) -> None:
    assert "总数（个）为套数（网络版按一套计），共 7；如按" in said(ledger, ALL)
    accepted(ledger, "甲镇")
    assert "总数（个）为套数（网络版按一套计）；只按台账计，共 7，如按" in said(ledger, ALL)


def test_chapters_without_content_are_left_out_and_the_others_are_counted_through(ledger: Ledger) -> None:
    headings = [
        each.text for each in notes_on(ledger, Request("T01", as_of=DAY)).paragraphs if each.is_heading
    ]
    assert headings == ["一、填报范围", "二、保密说明"]
