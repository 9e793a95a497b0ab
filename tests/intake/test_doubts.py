from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from desktop.core.findings import FindingClass
from desktop.intake.doubts import doubts
from tests.intake.looking import Row, read, table

TODAY = datetime.date(2024, 6, 30)
PC: Row = {"资产编号": "A1", "类型": "台式"}
WPS: Row = {"软件名称": "WPS", "软件编号": "L1"}


def said(sheet: str, *rows: Row) -> list[str]:
    found = list(doubts(read(sheet, table(*rows)), TODAY))
    assert all(finding.level is FindingClass.C and finding.remedy for finding in found)
    return [f"{finding.code} {finding.place.row} {finding.place.column}" for finding in found]


@pytest.mark.parametrize(
    ("sheet", "row", "expected"),
    [
        ("计算机", {**PC, "启用日期": "2024-07-01"}, ["I28 2 启用日期"]),
        ("计算机", {**PC, "启用日期": "2024-06-30", "购置日期": "2024-06-30"}, []),
        ("计算机", {**PC, "购置日期": "2024-06-30"}, ["I42 2 启用日期"]),
        ("许可", {**WPS, "购买日期": "2025-01-01"}, ["I28 2 购买日期"]),
        ("安装", {**PC, **WPS, "安装日期": "2099-01-01"}, ["I28 2 安装日期"]),
        ("进度", {"单位名称": "甲局", "摸查": "2024-07-01", "经费": "是", "采购": "否"}, ["I28 2 摸查"]),
        ("许可", {**WPS, "购买日期": "2024-02-01", "有效期至": "2024-01-31"}, ["I31 2 有效期至"]),
        ("许可", {**WPS, "购买日期": "2024-02-01", "有效期至": "2024-02-01"}, []),
        ("许可", {**WPS, "单价": 100, "许可数": 10, "金额": 900}, ["I32 2 金额"]),
        ("许可", {**WPS, "单价": 1000, "许可数": 10, "金额": 10_100}, []),
        ("许可", {**WPS, "单价": 1000, "许可数": 10, "金额": 10_150}, ["I32 2 金额"]),
        ("许可", {**WPS, "单价": 100, "许可数": 10, "套数": 1, "金额": 100}, []),
        ("许可", {**WPS, "单价": 33.33, "许可数": 3, "金额": 100}, []),
        ("许可", {**WPS, "单价": 100, "金额": 900}, []),
        ("许可", {**WPS, "来源": "免费", "金额": 1}, ["I33 2 金额"]),
        ("许可", {**WPS, "授权方式": "免费使用", "金额": 1}, ["I33 2 金额"]),
        ("许可", {**WPS, "来源": "免费", "金额": 0}, []),
        ("许可", {**WPS, "来源": "上级配发"}, ["I34 2 上级许可编号"]),
        ("许可", {**WPS, "来源": "上级配发", "上级许可编号": "P1"}, []),
        ("许可", {**WPS, "来源": "自行采购", "上级许可编号": "P1"}, ["I54 2 来源"]),
        ("许可", {**WPS, "上级许可编号": "P1"}, []),
        ("计算机", {**PC, "资产编号": "1.23E+11"}, ["I07 2 资产编号"]),
        ("许可", {**WPS, "合同编号": "2.0E+15"}, ["I07 2 合同编号"]),
    ],
)  # fmt: skip
def test_what_is_likely_a_slip_is_said(sheet: str, row: Row, expected: Sequence[str]) -> None:
    assert said(sheet, row) == expected


def test_many_rows_are_one_finding_that_names_them() -> None:
    rows: list[Row] = [{**PC, "购置日期": "2020-01-01"} for _ in range(40)]
    (finding,) = doubts(read("计算机", table(*rows)), TODAY)
    assert (finding.place.row, finding.place.column) == (2, "启用日期")
    assert "同样的还有第 3、4、5、6、7、8、9、10、11、12 行等，共 40 行。" in finding.text
    (finding,) = doubts(read("计算机", table(*rows[:2])), TODAY)
    assert "同样的还有第 3 行，共 2 行。" in finding.text
