"""The ledgers and lists made from records: what stands in each row, and the whole sheets as text."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.actions.filling import Request, explain, fill
from desktop.actions.printing import ready_to_print
from desktop.errors import AppError
from desktop.forms.filled import FilledForm
from desktop.store.database import Ledger
from tests.builders import Sheets, imported

DAY = datetime.date(2024, 6, 30)
COUNTY: Sheets = {
    "单位": [
        ["单位名称", "类别", "排序号", "编制人数", "实有人数", "使用计算机人数"],
        ["县办", "政府", 1, 9, 8, 10],
        ["县供水公司", "国有企业", 2, None, 30, 5],
        ["县局", "政府", 3, 5, 5, 4],
    ],
    "人员": [
        ["单位名称", "姓名", "职务", "职责", "办公电话", "手机"],
        ["县办", "甲主任", "主任", "第一责任人", "0999-5550001", "13900000001"],
        ["县办", "乙科员", "科员", "信息报送人", "0999-5550002", "13900000002"],
        ["县局", "丙局长", "局长", "分管领导", "0999-5550003", None],
    ],
    "计算机": [
        ["单位名称", "资产编号", "类型", "科室", "使用人", "启用日期", "停用日期", "状态", "MAC地址"],
        ["县办", "B01", "台式", "综合科", "甲主任", "2020-01-05", None, "在用", "00-1F-E2-12-91-E3"],
        ["县办", "B02", "便携", "文秘科", "乙科员", "2021-03-01", None, "在用", None],
        ["县办", "B03", "服务器", "综合科", None, "2019-01-01", None, "在用", None],
        ["县办", "B00", "台式", "综合科", None, "2012-01-01", "2022-05-05", "报废", None],
        ["县供水公司", "S01", "台式", None, "丁工", "2020-01-01", None, "在用", None],
    ],
    "许可": [
        ["单位名称", "软件编号", "软件名称", "版本", "来源", "授权方式", "套数", "许可数", "金额", "购买日期",
         "有效期至", "合同编号", "授权证明", "绑定资产编号", "上级许可编号"],
        ["县办", "W1", "WPS Office", "专业版", "自行采购", "批量许可", 1, 2, 760, "2020-02-01", None, "HT1", None,
         None, None],
        ["县办", "K1", "银河麒麟桌面操作系统V10", None, "自行采购", "批量许可", 2, 2, 900, "2020-02-01", None, "HT2", None,
         None, None],
        ["县办", "A1", "奇安信天擎", None, "自行采购", "网络授权", 1, 3, 300, "2022-01-01", "2023-12-31", "HT3", "授权书",
         None, None],
        ["县办", "E0", "Windows 7", "专业版", "预装", "OEM", 1, 1, None, "2012-01-01", None, None, "COA", "B00", None],
        ["县办", "F1", "360杀毒", None, "免费", "免费使用", None, None, None, "2020-02-01", None, None, None, None, None],
        ["县局", "W9", "WPS Office", "专业版", None, None, None, 1, None, "2020-03-01", None, None, None, None, "W1"],
    ],
    "安装": [
        ["单位名称", "资产编号", "软件名称", "版本", "软件编号", "安装日期", "卸载日期", "是否正版", "使用人签字"],
        ["县办", "B01", "Windows 7", "专业版", None, "2020-01-05", "2020-02-10", "非正版", None],
        ["县办", "B01", "银河麒麟桌面操作系统V10", None, "K1", "2020-02-11", None, "正版", "是"],
        ["县办", "B02", "银河麒麟桌面操作系统V10", None, "K1", "2021-03-01", None, "正版", "是"],
        ["县办", "B01", "WPS Office", "专业版", "W1", "2020-02-11", None, "正版", None],
        ["县办", "B02", "WPS Office", "专业版", "W1", "2021-03-02", None, "正版", None],
        ["县办", "B02", "360杀毒", None, "F1", None, None, "正版", None],
        ["县办", "B01", "WinRAR", None, None, "2020-02-12", None, "待核实", None],
        ["县供水公司", "S01", "Windows 10", "专业版", None, "2020-01-02", None, "正版", None],
    ],
    "进度": [["单位名称", "整改"], ["县供水公司", "2024-05-01"], ["县办", "是"]],
}  # fmt: skip
FORMS = ("T08", "T21", "T22", "L01", "L02", "L03", "D01", "D02", "D03", "D04", "D05", "M01")
ASKED = {"L01": {"unit": "县办"}, "L02": {"unit": "县办"}, "L03": {"licence": "K1"}}


@pytest.fixture
def county(ledger: Ledger, tmp_path: Path) -> Ledger:
    imported(ledger, tmp_path, COUNTY)
    return ledger


def filled(ledger: Ledger, code: str, **asked: str) -> FilledForm:
    said: dict[str, Any] = {**ASKED.get(code, {}), **asked}
    return fill(ledger, Request(code, as_of=DAY, dated=DAY, **said))


def column(form: FilledForm, name: str) -> list[str]:
    return [cell.text for cell in form.cells.values() if cell.id.endswith(f".{name}")]


def said(form: FilledForm, name: str) -> list[str]:
    return [text for text in column(form, name) if text]


@pytest.mark.parametrize("code", FORMS)
def test_the_filled_sheet_is_the_golden_one(
    county: Ledger, code: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"{code}-filled", ready_to_print(filled(county, code)).text)


@pytest.mark.parametrize("code", FORMS)
def test_the_blank_sheet_is_the_golden_one(
    county: Ledger, code: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"{code}-blank", ready_to_print(fill(county, Request(code, is_blank=True))).text)


@pytest.mark.parametrize("code", FORMS)
def test_what_has_no_official_source_says_so(county: Ledger, code: str) -> None:
    form = filled(county, code)
    assert not form.spec.is_official
    assert "暂拟" in form.spec.source


def test_enterprises_count_though_they_are_no_organs(county: Ledger) -> None:
    form = filled(county, "T08")
    texts = [cell.text for cell in form.cells.values() if not cell.id.startswith("表头.")]
    assert texts == ["1", "30", "1", "1", "0", "1"]


def test_every_end_of_an_installation_is_a_line_and_the_rest_runs_along(county: Ledger) -> None:
    """升级记作卸载、安装两行；已安装、剩余逐行累计。"""
    form = filled(county, "L03")
    assert form.header[1] == ("软件编号：K1", "许可数：2")
    assert (column(form, "已安装"), column(form, "剩余")) == (["1", "2"], ["1", "0"])
    removed = filled(county, "D02")
    assert column(removed, "动作")[:4] == ["安装", "安装", "安装", "卸载"]


def test_a_received_licence_goes_by_the_receivers_number(county: Ledger) -> None:
    form = filled(county, "L03", licence="W9", unit="县局")
    assert form.header[1][0] == "软件编号：W9"
    assert said(filled(county, "L01", unit="县局"), "软件编号") == ["W9"]
    assert said(filled(county, "L01", unit="县局"), "许可数量") == ["1"]
    assert said(filled(county, "L01"), "许可数量") == ["2", "1"]


def test_software_replaced_within_a_month_is_a_replacement(county: Ledger) -> None:
    form = filled(county, "D03")
    assert (said(form, "原软件"), said(form, "现软件")) == (["Windows 7"], ["银河麒麟桌面操作系统V10"])


def test_what_went_with_its_computer_or_ran_out_is_disposed_of(county: Ledger) -> None:
    form = filled(county, "D05")
    assert column(form, "原因") == ["随计算机报废", "授权到期"]
    assert column(form, "日期") == ["2022-05-05", "2023-12-31"]


def test_a_register_adds_up_to_the_contracts_though_parts_were_given_away(county: Ledger) -> None:
    assert filled(county, "D01", unit="县办").cells["登记.合计金额"].text == "1580.00"
    form = filled(county, "D01")
    assert form.cells["登记.合计金额"].text == "1960.00"
    assert column(form, "金额")[-1] == "300.00"


def test_software_stands_beside_its_computer_by_class(county: Ledger) -> None:
    form = filled(county, "L02")
    assert column(form, "资产编号") == ["B02", "B01", "B03"]
    assert column(form, "操作系统") == ["银河麒麟桌面操作系统V10（K1）"] * 2 + [""]
    assert column(form, "杀毒软件") == ["360杀毒（F1）", "", ""]
    assert column(form, "其他软件") == ["", "WinRAR", ""]


def test_proof_that_is_missing_is_found(county: Ledger) -> None:
    """只有合同、没有授权书：保管不到位或采购不规范。"""
    form = filled(county, "M01")
    assert column(form, "软件编号") == ["W1", "W9"]
    assert [f.code for f in form.findings if f.code != "V19"] == ["V23", "V23"]
    assert "授权证明" in form.findings[0].place.cell


def test_a_number_beside_a_record_is_explained_by_its_rows(county: Ledger) -> None:
    explained = explain(county, filled(county, "L01"), "汇总.商业.1.已安装数量")
    assert [(row.unit_name, row.amount) for row in explained.rows] == [("县办", 1), ("县办", 1)]


@pytest.mark.parametrize(
    ("code", "asked", "said"),
    [
        ("L03", {"licence": ""}, "每个软件编号一张"),
        ("L03", {"licence": "没有"}, "没有软件编号「没有」"),
        ("L03", {"licence": "K1", "unit": "县局"}, "「县局」没有软件编号"),
        ("D01", {"licence": "K1"}, "不按软件编号填"),
    ],
)
def test_a_sheet_for_one_licence_needs_one(
    county: Ledger, code: str, asked: dict[str, str], said: str
) -> None:
    with pytest.raises(AppError, match=said):
        filled(county, code, **asked)


OVER_USE: Sheets = {
    "单位": [["单位名称", "上级单位", "独立填报"], ["甲局", None, None], ["甲所", "甲局", "否"], ["乙局", None, None]],
    "计算机": [
        ["单位名称", "资产编号", "类型", "启用日期", "停用日期", "状态"],
        ["甲局", "J1", "台式", "2020-01-01", None, "在用"],
        ["甲局", "J2", "台式", "2020-01-01", "2023-05-01", "报废"],
        ["甲局", "J3", "台式", "2020-01-01", None, "闲置"],
        ["甲所", "J4", "台式", "2020-01-01", None, "在用"],
        ["乙局", "Y1", "台式", "2020-01-01", None, "在用"],
    ],
    "许可": [
        ["单位名称", "软件编号", "软件名称", "来源", "授权方式", "套数", "许可数", "购买日期", "有效期至", "上级许可编号"],
        ["甲局", "L1", "WPS Office", "自行采购", "批量许可", 1, 5, "2020-02-01", None, None],
        ["乙局", "Y-L2", "永中Office", None, None, None, 2, "2021-01-01", None, "L2"],
        ["甲局", "L2", "永中Office", "自行采购", "批量许可", 1, 50, "2020-02-01", None, None],
        ["乙局", "A1", "奇安信天擎", "自行采购", "网络授权", 1, 1, "2022-01-01", "2023-12-31", None],
        ["甲局", "F1", "360杀毒", "免费", "免费使用", None, None, "2020-02-01", None, None],
    ],
    "安装": [
        ["单位名称", "资产编号", "软件名称", "软件编号", "安装日期"],
        ["甲局", "J1", "WPS Office", "L1", "2020-03-01"],
        ["甲局", "J2", "WPS Office", "L1", "2020-03-02"],
        ["甲局", "J3", "WPS Office", "L1", None],
        ["甲所", "J4", "WPS Office", "L1", "2020-03-03"],
        ["乙局", "Y1", "WPS Office", "L1", "2020-03-04"],
        ["乙局", "Y1", "永中Office", "Y-L2", "2021-03-04"],
        ["乙局", "Y1", "奇安信天擎", "A1", "2022-03-04"],
        ["甲局", "J1", "360杀毒", "F1", "2020-03-01"],
    ],
}  # fmt: skip


@pytest.fixture
def over_use(ledger: Ledger, tmp_path: Path) -> Ledger:
    imported(ledger, tmp_path, OVER_USE)
    return ledger


def usage(ledger: Ledger, unit: str) -> list[tuple[str, ...]]:
    form = filled(ledger, "L01", unit=unit)
    names = ("软件编号", "许可数量", "已安装数量", "剩余", "备注")
    rows = zip(*(column(form, name) for name in names), strict=True)
    return [row for row in rows if row[0]]


def test_the_usage_table_shows_what_is_used_without_being_held(over_use: Ledger) -> None:
    """没有持有的、已经到期的，都要看得见；派出机构的用量并入上级单位。"""
    assert usage(over_use, "甲局") == [
        ("L1", "5", "2", "3", ""),
        ("L2", "48", "0", "48", ""),
        ("F1", "", "1", "", ""),
    ]
    assert usage(over_use, "乙局") == [
        ("L1", "0", "1", "-1", "未持有"),
        ("Y-L2", "2", "1", "1", ""),
        ("A1", "0", "1", "-1", "无效"),
    ]
    form = filled(over_use, "L01", unit="乙局")
    assert [f.text for f in form.findings if f.code == "V21"] == ["安装多于许可，剩余 -1。"] * 2
    assert "2023-12-31" in column(form, "有效期")


@pytest.mark.parametrize("unit", ["甲局", "乙局", ""])
def test_the_usage_table_and_the_register_of_use_tell_one_count(over_use: Ledger, unit: str) -> None:
    register = said(filled(over_use, "D04", unit=unit), "软件编号")
    assert sum(map(int, said(filled(over_use, "L01", unit=unit), "已安装数量"))) == len(register)


def test_software_leaves_with_its_computer(over_use: Ledger) -> None:
    form = filled(over_use, "L03", licence="L1", unit="甲局")
    rows = zip(*(column(form, name) for name in ("日期", "动作", "已安装", "剩余", "备注")), strict=True)
    assert list(rows) == [
        ("", "安装", "1", "4", ""),
        ("", "卸载", "0", "5", "计算机闲置"),
        ("2020-03-01", "安装", "1", "4", ""),
        ("2020-03-02", "安装", "2", "3", ""),
        ("2020-03-03", "安装", "3", "2", ""),
        ("2023-05-01", "卸载", "2", "3", "计算机报废"),
    ]
    assert form.header[1] == ("软件编号：L1", "许可数：5")


def test_a_sheet_by_a_receivers_number_is_the_receivers(over_use: Ledger) -> None:
    alone, named = (
        filled(over_use, "L03", licence="Y-L2"),
        filled(over_use, "L03", licence="Y-L2", unit="乙局"),
    )
    assert alone.header == named.header
    assert alone.header[1] == ("软件编号：Y-L2", "许可数：2")
    assert alone.header[0][0] == "填表单位：乙局（盖章）"
    assert (column(alone, "剩余"), usage(over_use, "乙局")[1][3]) == (["1", ""], "1")
    whole = filled(over_use, "L03", licence="L2")
    assert (whole.header[1][1], column(whole, "剩余")[0]) == ("许可数：50", "49")


def test_a_line_is_measured_by_the_seats_of_its_day(over_use: Ledger) -> None:
    """到期以后，以前的行仍按当日有效的许可计；现在多用的由审核指出。"""
    form = filled(over_use, "L03", licence="A1")
    assert form.cells["登记.1.许可数"].text == "1"
    assert column(form, "剩余") == ["0", ""]
    assert [f.text for f in form.findings if f.code == "V21"] == ["安装 1 份，多于许可数 0。"]
    assert form.cells["登记.1.剩余"].path == "第1行/剩余"


def test_free_software_has_no_seats_to_exceed(over_use: Ledger) -> None:
    form = filled(over_use, "L03", licence="F1")
    assert (said(form, "剩余"), said(form, "已安装")) == ([], ["1"])
    assert [f.code for f in form.findings if f.level != "D"] == []


def test_the_purchase_register_lists_what_was_purchased(over_use: Ledger) -> None:
    """免费软件不在购买册；到期的仍在，表下说明与统计表的差别。"""
    form = filled(over_use, "D01")
    assert "F1" not in said(form, "软件编号")
    assert "A1" in said(form, "软件编号")
    assert form.cells["登记.合计许可数"].text == "56"
    assert any("《软件正版化情况统计表》" in note.text for note in form.spec.notes)
