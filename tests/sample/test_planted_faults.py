"""Every planted fault is really in the rows, and where its list says."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from desktop.sample.county import make_county
from desktop.sample.material import Data
from desktop.sample.rows import County, Row, number, text
from tests.sample.planted_faults import Fault, faults


@pytest.fixture(scope="module")
def planted(county: County) -> dict[str, Fault]:
    return {fault.code: fault for fault in faults(county)}


def of_unit(rows: tuple[Row, ...], unit: str) -> list[Row]:
    return [row for row in rows if row["单位名称"] == unit]


def licence(county: County, unit: str, code: str) -> Row:
    return next(row for row in of_unit(county.licence, unit) if row["软件编号"] == code)


def test_every_fault_is_named_described_and_placed(county: County) -> None:
    found = faults(county)
    assert len({fault.code for fault in found}) == len(found) == 13
    assert all(fault.description and fault.where for fault in found)


def test_66_office_copies_use_40_seats(county: County, planted: dict[str, Fault]) -> None:
    (code,) = planted["office-over-seats"].licences
    pool = next(row for row in county.licence if row["软件编号"] == code)
    uses = [row for row in county.installation if row["软件编号"] == code]
    assert (len(uses), pool["许可数"]) == (66, 40)
    assert planted["office-over-seats"].description == "66 份 Office 只有 40 个许可"


def test_one_serial_is_on_twenty_computers_in_use(county: County, planted: dict[str, Fault]) -> None:
    fault = planted["shared-serial"]
    states = {(r["单位名称"], r["资产编号"]): r["状态"] for r in county.computer}
    serials = Counter(row["安装序列号"] for row in county.installation if row["安装序列号"])
    assert [n for n in serials.values() if n > 1] == [20]
    assert {states[asset] for asset in fault.assets} == {"在用"}
    assert licence(county, fault.units[0], fault.licences[0])["许可数"] == 10


def test_one_contract_has_no_proof(county: County, planted: dict[str, Fault]) -> None:
    fault = planted["contract-without-proof"]
    row = licence(county, fault.units[0], fault.licences[0])
    assert row["合同编号"]
    assert row["授权证明"] is None
    assert len(fault.licences) == 1


def test_one_town_is_three_over_its_allocation(county: County, planted: dict[str, Fault]) -> None:
    fault = planted["over-allocation"]
    assert fault.units == ("示例县柳河镇人民政府",)
    given = licence(county, fault.units[0], fault.licences[0])
    uses = [r for r in of_unit(county.installation, fault.units[0]) if r["软件编号"] == given["上级许可编号"]]
    assert len(uses) == number(given, "许可数") + 3


def test_34_computers_have_two_suites(county: County, planted: dict[str, Fault]) -> None:
    suites = Counter(
        (text(row, "单位名称"), text(row, "资产编号"))
        for row in county.installation
        if row["软件类别"] == "办公"
    )
    assert Counter(suites.values()) == {1: 526, 2: 34}
    assert {asset for asset, n in suites.items() if n == 2} == set(planted["two-suites"].assets)


def test_one_town_has_15_suites_on_11_computers(county: County, planted: dict[str, Fault]) -> None:
    (unit,) = planted["two-suites"].units
    computers = of_unit(county.computer, unit)
    suites = [row for row in of_unit(county.installation, unit) if row["软件类别"] == "办公"]
    assert Counter(row["软件名称"] for row in suites) == {
        "Microsoft Office 2003": 11,
        "Microsoft Office 2007": 4,
    }
    assert [row["状态"] for row in computers] == ["在用"] * 11


def test_home_label_is_on_a_computer_with_the_professional_edition(
    county: County, planted: dict[str, Fault]
) -> None:
    fault = planted["home-label"]
    label = licence(county, fault.units[0], fault.licences[0])
    systems = [
        row
        for row in of_unit(county.installation, fault.units[0])
        if row["资产编号"] == label["绑定资产编号"] and row["软件类别"] == "操作系统"
    ]
    assert (label["版本"], label["授权方式"]) == ("家庭版", "OEM")
    assert [(row["软件编号"], row["版本"]) for row in systems] == [(label["软件编号"], "专业版")]


def test_one_organ_bought_before_it_had_money(county: County, planted: dict[str, Fault]) -> None:
    (unit,) = planted["bought-before-funded"].units
    (row,) = of_unit(county.progress, unit)
    (seal,) = of_unit(county.unit, unit)
    assert row["完成软件采购"]
    assert row["落实采购经费"] is None
    assert row["无需采购"] == "否"
    assert seal["计入机关总数"] == "是"


def test_one_asset_number_is_in_two_units(county: County, planted: dict[str, Fault]) -> None:
    assets = planted["same-asset-number"].assets
    assert len({unit for unit, _ in assets}) == 2
    assert len({code for _, code in assets}) == 1
    counts = Counter(row["资产编号"] for row in county.computer)
    assert [n for n in counts.values() if n > 1] == [2]


@pytest.mark.parametrize("name", ["王䶮", "仇建国", "买买提·阿卜杜拉"])
def test_rare_names_are_people_and_users(county: County, planted: dict[str, Fault], name: str) -> None:
    assert name in planted["rare-names"].people
    assert any(row["使用人"] == name for row in county.computer)


def test_only_the_director_has_no_name(county: County, planted: dict[str, Fault]) -> None:
    (row,) = [row for row in county.person if not row["姓名"]]
    assert (row["职责"], (row["单位名称"],)) == ("办公室主任", planted["nameless-director"].units)


def test_one_phone_is_spoilt_and_no_other_could_be_real(county: County, planted: dict[str, Fault]) -> None:
    mobiles = [text(row, "手机") for row in county.person]
    assert [m for m in mobiles if not m.startswith("139000")] == ["1.39E+10"]
    assert all(text(row, "办公电话").startswith("0999-555") for row in county.person)
    assert len(planted["broken-phone"].people) == 1


def test_one_office_is_over_the_cap_on_its_units_own_form(county: County, planted: dict[str, Fault]) -> None:
    fault = planted["office-over-cap"]
    foreign = [
        row
        for row in of_unit(county.licence, fault.units[0])
        if row["软件类别"] == "办公" and row["国内/国外"] == "国外"
    ]
    assert [(r["软件编号"], r["许可数"], r["金额"]) for r in foreign] == [(fault.licences[0], 1, "1680.00")]
    for row in county.licence:
        if row["软件类别"] == "办公" and row is not foreign[0]:
            assert Decimal(text(row, "单价")) <= 1400


def test_faults_are_in_a_larger_county_too(data: Data) -> None:
    large = make_county(data=data, units=200, computers=8000)
    found = {fault.code: fault for fault in faults(large)}
    assert all(fault.where for fault in found.values())
    assert found["office-over-seats"].description == "66 份 Office 只有 40 个许可"
    assert found["two-suites"].units == ("示例县青石镇人民政府",)
    assert len(found["two-suites"].assets) == round(34 / 600 * 8000)
