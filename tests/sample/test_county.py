"""The default county has exactly the figures that it promises, and is the same every time."""

from __future__ import annotations

import datetime
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from desktop.sample.county import make_county
from desktop.sample.material import Data
from desktop.sample.rows import REFERENCE_DAY, County, Row, number, text

ASKED_FOR = ("完成软件摸查", "建立管理制度", "完成检查整改")
OLD_ANTIVIRUS = ("瑞星杀毒软件", "江民杀毒软件")
NOT_IN_THE_SAMPLE = {"product"}  # its products are in the catalogue, or described by its other sheets


def organs(county: County) -> set[str]:
    return {text(row, "单位名称") for row in county.unit if row["计入机关总数"] == "是"}


def count(rows: tuple[Row, ...], heading: str) -> Counter[str]:
    return Counter(text(row, heading) for row in rows)


def copies(county: County, *products: str) -> int:
    names = (f"{text(row, '软件名称')} {text(row, '版本')}".strip() for row in county.installation)
    return sum(name in products for name in names)


def bought(county: County) -> list[Row]:
    return [row for row in county.licence if row["来源"] != "上级配发"]


def asset(row: Row) -> tuple[str, str]:
    return text(row, "单位名称"), text(row, "资产编号")


def is_funded(row: Row) -> bool:
    return bool(row["落实采购经费"]) or row["无需采购"] == "是"


def is_purchased(row: Row) -> bool:
    return bool(row["完成软件采购"]) or row["无需采购"] == "是"


def test_has_sixty_units_of_which_58_count_as_organs(county: County) -> None:
    assert len(county.unit) == 60
    assert len(organs(county)) == 58
    assert {text(r, "简称") for r in county.unit if r["计入机关总数"] == "否"} == {"党校", "融媒体中心"}


def test_units_have_the_categories_of_a_county(county: County) -> None:
    townships = [row for row in county.unit if row["级别"] == "乡镇"]
    endings = Counter(text(row, "简称")[-1] for row in townships)
    assert endings == {"镇": 9, "乡": 4, "道": 1}
    assert count(county.unit, "类别") == {
        "党委": 9,
        "监委": 1,
        "人大": 1,
        "政协": 1,
        "法院": 1,
        "检察院": 1,
        "政府": 24 + 14,
        "人民团体": 5,
        "民主党派": 1,
        "事业单位": 2,
    }


def test_staff_adds_up(county: County) -> None:
    assert sum(number(row, "编制人数") for row in county.unit) == 640
    assert sum(number(row, "使用计算机人数") for row in county.unit) == 560
    assert all(number(row, "使用计算机人数") <= number(row, "编制人数") for row in county.unit)


def test_credit_codes_have_right_check_digits(county: County) -> None:
    from stdnum.cn import uscc

    codes = [text(row, "统一社会信用代码") for row in county.unit]
    assert all(uscc.is_valid(code) for code in codes)
    assert len(set(codes)) == 60


def test_has_600_computers_by_kind_and_state(county: County) -> None:
    assert count(county.computer, "类型") == {"台式": 474, "便携": 108, "服务器": 18}
    assert count(county.computer, "状态") == {"在用": 562, "闲置": 22, "报废": 16}


@pytest.mark.parametrize(
    ("unit", "computers"),
    [("示例县公安局", 46), ("示例县人民法院", 24), ("示例县教育体育局", 20), ("示例县财政局", 20)],
)
def test_large_units_have_their_computers(county: County, unit: str, computers: int) -> None:
    assert count(county.computer, "单位名称")[unit] == computers


def test_has_3000_installations_by_class(county: County) -> None:
    classes = count(county.installation, "软件类别")
    assert (classes["操作系统"], classes["办公"], classes["杀毒"]) == (600, 594, 462)
    assert classes["业务"] + classes["其他"] == 1344


@pytest.mark.parametrize(
    ("products", "expected"),
    [
        (("银河麒麟 V10",), 150),
        (("统信UOS V20 专业版",), 90),
        (("Windows 10 专业版",), 108),
        (("Windows 10 家庭版",), 30),
        (("Windows 11 专业版",), 30),
        (("Windows 11 家庭版",), 18),
        (("Windows 7 专业版",), 72),
        (("Windows 7 旗舰版",), 36),
        (("Windows 10 企业版",), 36),
        (("Windows XP 专业版",), 12),
        (("WPS Office 专业版",), 324),
        (("WPS Office 个人版",), 90),
        (("Microsoft Office 2010 标准版",), 66),
        (("Microsoft Office 2016 专业增强版",), 36),
        (("Microsoft Office 2003 标准版", "Microsoft Office 2007 标准版"), 24),
        (("Microsoft Office 2019 家庭和学生版",), 24),
        (("永中Office 专业版",), 12),
        (("WPS Office 标准版",), 12),
        (("Microsoft Office 2021 小型企业版",), 6),
        (("360杀毒", "360终端安全管理系统"), 168),
        (("奇安信天擎",), 138),
        (("火绒安全软件", "火绒终端安全管理系统"), 102),
        (("瑞星杀毒软件 网络版", "江民杀毒软件 网络版"), 30),
        (("金山终端安全系统",), 24),
    ],
)
def test_products_have_their_shares(county: County, products: tuple[str, ...], expected: int) -> None:
    assert copies(county, *products) == expected


def test_has_90_licences_besides_the_allocations(county: County) -> None:
    commercial = Counter(text(r, "软件类别") for r in bought(county) if r["来源"] == "自行采购")
    assert count(tuple(bought(county)), "来源") == {"预装": 34, "自行采购": 50, "免费": 6}
    assert commercial == {"操作系统": 14, "办公": 14 + 2, "杀毒": 10, "业务": 10}
    assert len(bought(county)) == 90


def test_amounts_are_price_times_seats_to_the_fen(county: County) -> None:
    for row in county.licence:
        amount = Decimal(text(row, "单价")) * (number(row, "许可数") or 1)
        assert text(row, "金额") == f"{amount:.2f}"
        assert row["来源"] != "预装" or amount == 0


def test_pools_cover_what_they_give_away(county: County) -> None:
    for pool in (row for row in county.licence if text(row, "软件编号").startswith("SLX-")):
        given = [r for r in county.licence if r["上级许可编号"] == pool["软件编号"]]
        assert given
        assert sum(number(row, "许可数") for row in given) <= number(pool, "许可数")
        assert all(str(row["购买日期"]) >= str(pool["购买日期"]) for row in given)


def test_wps_costs_between_260_and_380_yuan(county: County) -> None:
    prices = [Decimal(text(r, "单价")) for r in county.licence if r["软件名称"] == "WPS Office"]
    assert all(260 <= price <= 380 for price in prices)


def test_antivirus_costs_between_45_and_98_yuan(county: County) -> None:
    paid = [r for r in county.licence if r["软件类别"] == "杀毒" and r["来源"] == "自行采购"]
    assert all(45 <= Decimal(text(row, "单价")) <= 98 for row in paid)


def test_old_antivirus_has_expired_and_nothing_else(county: County) -> None:
    expired = [
        text(row, "软件名称")
        for row in county.licence
        if isinstance(row["有效期至"], datetime.date) and row["有效期至"] < REFERENCE_DAY
    ]
    assert set(expired) == set(OLD_ANTIVIRUS)


def test_progress_of_the_organs(county: County) -> None:
    rows = [row for row in county.progress if text(row, "单位名称") in organs(county)]
    assert [sum(bool(row[heading]) for row in rows) for heading in ASKED_FOR] == [54, 37, 26]
    assert sum(map(is_funded, rows)) == 40
    assert sum(map(is_purchased, rows)) == 33
    assert sum(row["无需采购"] == "是" for row in rows) == 8


def test_who_needs_to_buy_nothing_has_no_money_and_no_purchase(county: County) -> None:
    idle = [row for row in county.progress if row["无需采购"] == "是"]
    assert all(row["落实采购经费"] is None and row["完成软件采购"] is None for row in idle)


def test_whoever_is_rectified_was_surveyed(county: County) -> None:
    assert all(row["完成软件摸查"] for row in county.progress if row["完成检查整改"])


def test_every_unit_names_who_is_responsible(county: County) -> None:
    words: dict[str, set[str]] = {text(row, "单位名称"): set() for row in county.unit}
    for row in county.person:
        words[text(row, "单位名称")].update(text(row, "职责").split("、"))
    assert all({"第一责任人", "分管领导", "经办人", "信息报送人"} <= found for found in words.values())
    fillers = [row for row in county.person if "填表人" in text(row, "职责")]
    assert [text(row, "单位名称") for row in fillers] == ["中共示例县委宣传部"]
    assert all(fillers[0][heading] for heading in ("办公电话", "手机", "传真"))


def test_asset_numbers_are_unique_within_a_unit(county: County) -> None:
    assert len({asset(row) for row in county.computer}) == 600


def test_installations_stand_on_computers_and_once_per_product(county: County) -> None:
    computers = {asset(row) for row in county.computer}
    keys = Counter((*asset(row), row["软件名称"], row["版本"]) for row in county.installation)
    assert all(asset(row) in computers for row in county.installation)
    assert max(keys.values()) == 1


def test_installations_refer_to_the_unit_or_a_pool_and_the_same_product(county: County) -> None:
    licences = {(text(r, "单位名称"), text(r, "软件编号")): r for r in county.licence}
    pools = {number: row for (_, number), row in licences.items() if number.startswith("SLX-")}
    assert len(licences) == len(county.licence)
    for row in county.installation:
        code = text(row, "软件编号")
        if code:
            licence = licences.get((text(row, "单位名称"), code)) or pools[code]
            assert licence["软件名称"] == row["软件名称"]
            assert str(row["安装日期"]) >= str(licence["购买日期"]) or row["软件类别"] == "操作系统"


def test_only_planted_licences_are_used_beyond_their_seats(county: County) -> None:
    uses = Counter(text(row, "软件编号") for row in county.installation)
    over = [
        text(row, "软件名称")
        for row in bought(county)
        if row["许可数"] and uses[text(row, "软件编号")] > number(row, "许可数")
    ]
    assert sorted(over) == ["Microsoft Office 2010", "金山终端安全系统"]


def test_dates_lie_between_2011_and_the_reference_day(county: County, sheets: dict[str, Any]) -> None:
    for subject in sheets.keys() - NOT_IN_THE_SAMPLE:
        for row in county.rows(subject):
            dates = [v for k, v in row.items() if isinstance(v, datetime.date) and k != "有效期至"]
            assert all(datetime.date(2011, 1, 1) <= day <= REFERENCE_DAY for day in dates)


def test_computers_out_of_use_have_a_last_day(county: County) -> None:
    for row in county.computer:
        assert (row["停用日期"] is None) == (row["状态"] == "在用")
        assert str(row["购置日期"]) <= str(row["启用日期"]) <= str(row["停用日期"] or REFERENCE_DAY)


def test_rows_bear_the_official_headings_in_order(county: County, sheets: dict[str, Any]) -> None:
    for subject in sheets.keys() - NOT_IN_THE_SAMPLE:
        sheet = sheets[subject]
        headings = [column["heading"] for column in sheet["column"] if column["field"] != "uid"]
        for row in county.rows(subject):
            assert sorted(row, key=headings.index) == headings


def test_same_seed_gives_the_same_county(data: Data, county: County) -> None:
    assert make_county(2026, data=data) == county


def test_another_seed_gives_another_county_with_the_same_figures(data: Data, county: County) -> None:
    other = make_county(7, data=data)
    assert other.installation != county.installation
    assert len(other.installation) == 3000
    assert count(other.computer, "状态") == count(county.computer, "状态")
    assert len(bought(other)) == 90


def test_larger_county_keeps_the_proportions(data: Data) -> None:
    county = make_county(data=data, units=200, computers=8000)
    classes = count(county.installation, "软件类别")
    assert (len(county.unit), len(county.computer), len(county.installation)) == (200, 8000, 40000)
    assert classes["操作系统"] == 8000
    assert classes["办公"] == round(594 / 600 * 8000)
    assert len(organs(county)) == 58
    assert len({asset(row) for row in county.computer}) == 8000


@pytest.mark.parametrize(("units", "computers"), [(59, 600), (60, 599), (1000, 8000)])
def test_impossible_sizes_are_refused(data: Data, units: int, computers: int) -> None:
    with pytest.raises(ValueError, match="units"):
        make_county(data=data, units=units, computers=computers)
