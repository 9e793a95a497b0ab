"""Sheets to render: of a small county whose tables are easy to check by eye, and of a few boxes."""

from __future__ import annotations

import datetime
from pathlib import Path

from desktop.actions.filling import Request, fill
from desktop.forms.grid import Box, GridRow, HeaderText, Sheet, compose
from desktop.forms.spec import Page
from desktop.store.database import Ledger
from tests.builders import Sheets, a_ledger, imported

DATED = datetime.date(2024, 6, 28)
OFFICE = "西岭县版权局"
FACTORY = "西岭县自来水有限公司"

_UNITS = [
    ("单位名称", "级别", "类别", "排序号"),
    ("西岭市财政局", "市直", "政府", 1),
    (OFFICE, "县直", "政府", 2),
    ("中共西岭县委办公室", "县直", "党委", 3),
    (FACTORY, "县直", "国有企业", 4),
]
_PEOPLE = [
    ("单位名称", "姓名", "负责科室", "职务", "职责", "办公电话", "手机", "传真", "邮箱"),
    (
        OFFICE,
        "张立新",
        "版权科",
        "科长",
        "信息报送人",
        "0914-2345678",
        "13800000001",
        "02987012345",
        "zlx@example.gov.cn",
    ),
    (
        "中共西岭县委办公室",
        "欧阳小玲",
        "综合科",
        "主任科员",
        "信息报送人",
        "87012346",
        "13800000002",
        "",
        "ouyang.xiaoling@example.gov.cn",
    ),
    (FACTORY, "王大为", "信息部", "部长", "主管人", "0914-2345000", "", "", ""),
]
_COMPUTERS = [
    ("单位名称", "资产编号", "类型", "启用日期"),
    *((OFFICE, f"B-{n}", "台式", "2020-01-01") for n in range(1, 4)),
    ("西岭市财政局", "C-1", "便携", "2020-01-01"),
    *((FACTORY, f"S-{n}", "台式" if n < 4 else "便携", "2020-01-01") for n in range(1, 6)),
    (FACTORY, "S-6", "服务器", "2020-01-01"),
]
_LICENCES = [
    (
        "单位名称",
        "软件编号",
        "软件名称",
        "软件类别",
        "国内/国外",
        "来源",
        "授权方式",
        "套数",
        "许可数",
        "金额（元）",
    ),
    (OFFICE, "L-1", "Windows 7", "操作系统", "国外", "自行采购", "批量许可", 3, 3, 32000),
    (OFFICE, "L-2", "WPS Office 2019", "办公", "国内", "自行采购", "场地授权", 1, 20, 18000),
    ("西岭市财政局", "L-3", "瑞星杀毒软件", "杀毒", "国内", "自行采购", "网络授权", 1, 50, 123456),
]
_INSTALLED = (
    ("S-1", "Windows 7", "操作系统", "国外", "正版"),
    ("S-2", "Windows 7", "操作系统", "国外", "正版"),
    ("S-3", "Windows XP", "操作系统", "国外", "非正版"),
    ("S-4", "银河麒麟桌面操作系统", "操作系统", "国内", "正版"),
    ("S-6", "Windows Server 2012", "操作系统", "国外", "正版"),
    ("S-1", "Microsoft Office 2010", "办公", "国外", "非正版"),
    ("S-2", "WPS Office 2019", "办公", "国内", "正版"),
    ("S-3", "金山毒霸", "杀毒", "国内", "正版"),
    ("S-5", "水费收缴与管网地理信息综合管理平台", "业务", "国内", "正版"),
)
_INSTALLATIONS = [
    ("单位名称", "资产编号", "软件名称", "软件类别", "国内/国外", "是否正版"),
    *((FACTORY, *row) for row in _INSTALLED),
]
_PROGRESS = [
    ("单位名称", "完成软件摸查", "落实采购经费", "完成软件采购", "建立管理制度", "完成检查整改"),
    (OFFICE, "2024-03-01", "2024-04-01", "2024-05-01", "是", "否"),
    ("西岭市财政局", "2024-03-01", "是", "是", "是", "是"),
]
COUNTY: Sheets = {
    "单位": _UNITS,
    "人员": _PEOPLE,
    "计算机": _COMPUTERS,
    "许可": _LICENCES,
    "安装": _INSTALLATIONS,
    "进度": _PROGRESS,
}


def a_county(folder: Path) -> Ledger:
    """Return a ledger with a city office, a county office, a party office and an enterprise."""
    ledger = a_ledger(OFFICE)
    imported(ledger, folder, COUNTY)
    return ledger


def blank_sheet(form: str) -> Sheet:
    """Return a form as it is handed out to be filled by hand."""
    return compose(fill(a_ledger(), Request(form, is_blank=True)))


def filled_sheet(ledger: Ledger, form: str, unit: str = "") -> Sheet:
    """Return a form filled from a ledger."""
    return compose(fill(ledger, Request(form, unit=unit, dated=DATED)))


def sheet_of_reporters(folder: Path, count: int) -> Sheet:
    """Return T01 with so many reporting people, of which every seventh works for a unit with a long name."""
    names = [f"西岭县第{n}中学{'语言文字规范化工作委员会办公室' * (n % 7 == 0)}" for n in range(count)]
    people = [(name, f"报送人{n}", "信息报送人", f"0914-{n:07}") for n, name in enumerate(names)]
    ledger = a_ledger(OFFICE)
    if count:
        units = [("单位名称", "级别"), *((name, "县直") for name in names)]
        titles = ("单位名称", "姓名", "职责", "办公电话")
        imported(ledger, folder, {"单位": units, "人员": [titles, *people]})
    return filled_sheet(ledger, "T01")


def a_sheet(
    *boxes: Box, columns_mm: tuple[float, ...] = (20, 20), header: tuple[HeaderText, ...] = ()
) -> Sheet:
    """Return a sheet of a few boxes, one header line if it has fields, and no marker or notes."""
    rows = max(box.row + box.rows for box in boxes)
    return Sheet(
        code="X01",
        page=Page(is_landscape=False, top_mm=25, right_mm=25, bottom_mm=18, left_mm=25, is_single=False),
        marker="",
        title="小表",
        title_pt=22,
        text_pt=10.5,
        header=(header,) if header else (),
        columns_mm=columns_mm,
        rows=tuple(GridRow(8) for _ in range(rows)),
        boxes=boxes,
        notes=(),
    )
