from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from desktop.actions.importing import apply_import, plan_import
from desktop.intake.looking import Look
from tests.builders import a_ledger
from tests.intake.looking import Row, looked
from tests.intake.planning.plans import A_UNIT, acts, codes, fields, import_of, plan_of, sentences

OWN: Row = {"许可数": 1, "软件名称": "县里的系统", "软件类别": "业务", "国内/国外": "国内"}


@pytest.mark.parametrize(
    ("name", "edition", "found"),
    [
        ("Windows 10", None, None),
        ("windows10", "专业版", "专业版"),
        ("Windows 10 专业版", None, "专业版"),
        ("ＷＩＮ１０专业版", None, "专业版"),
        ("Windows 10 专业版", "家庭版", "家庭版"),
        ("Win10", "奇怪版", "奇怪版"),
        ("Windows 10 专业版", "Windows 10", "专业版"),
        ("Windows", "10 专业版", "专业版"),
    ],
)
def test_a_product_of_the_catalogue_is_found_by_any_spelling(
    tmp_path: Path, name: str, edition: str | None, found: str | None
) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{"软件名称": name, "版本": edition}])
    assert fields(plan, "product", "name", "class", "origin") == [("Windows 10", "操作系统", "国外")]
    assert fields(plan, "licence", "edition") == [(found,)]


def test_a_product_is_planned_once_however_it_is_spelt(tmp_path: Path) -> None:
    rows: list[Row] = [{"软件名称": name} for name in ("Win10", "Windows 10", "Windows 10 专业版", "Win10")]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=rows)
    assert acts(plan, "product") == {"新增": 1}
    assert acts(plan, "licence") == {"新增": 4}


def test_an_unknown_product_is_added_as_its_row_describes_it(tmp_path: Path) -> None:
    ledger = a_ledger()
    plan = import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[{**OWN, "版本": "三期"}])
    assert fields(plan, "product", "name", "class", "origin", "kind") == [
        ("县里的系统", "业务", "国内", "商业")
    ]
    again = plan_of(ledger, tmp_path, 许可=[{"软件名称": "县里的 系统"}])
    assert acts(again, "product") == {}
    assert again.is_clean


@pytest.mark.parametrize("missing", ["软件类别", "国内/国外"])
def test_an_unknown_product_without_class_or_origin_is_refused(tmp_path: Path, missing: str) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{**OWN, missing: None}] * 2)
    assert acts(plan, "licence") == {"拒收": 2}
    assert acts(plan, "product") == {}
    assert codes(plan) == ["I10A", "I10A"]
    assert "软件目录中没有「县里的系统」" in sentences(plan)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_one_row_that_describes_a_product_is_enough_in_any_sheet(order: tuple[int, ...]) -> None:
    files = looked(
        {
            "一.xlsx": {
                "单位": [{"单位名称": "甲局", "备注": "有"}],
                "许可": [{"软件名称": "县里的系统", "版本": None}],
            },
            "二.xlsx": {"许可": [OWN], "计算机": [{"资产编号": "1", "类型": "台式"}]},
            "三.xlsx": {"安装": [{"资产编号": "1", "软件名称": "县里的系统"}]},
        }
    )
    by_file = [
        [sheet for sheet in files.sheets if sheet.file == name] for name in ("一.xlsx", "二.xlsx", "三.xlsx")
    ]
    plan = plan_import(a_ledger(), Look([sheet for n in order for sheet in by_file[n]], [], ""))
    assert plan.is_clean
    assert acts(plan, "product") == {"新增": 1}


def test_most_rows_decide_what_an_unknown_product_is(tmp_path: Path) -> None:
    rows = [{**OWN, "软件编号": str(n), "软件类别": word} for n, word in enumerate(("其他", "业务", "业务"))]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=rows)
    assert fields(plan, "product", "class") == [("业务",)]
    assert codes(plan) == ["I09C"]
    assert "「县里的系统」的软件类别登记为「业务」，本行写的是「其他」" in sentences(plan)


def test_what_is_known_of_a_product_stands(tmp_path: Path) -> None:
    row: Row = {"许可数": 1, "软件名称": "Win10", "软件类别": "办公", "国内/国外": "国产"}
    ledger = a_ledger()
    plan = plan_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[row])
    apply_import(ledger, plan, "表.xlsx")
    for mentioned in (plan, plan_of(ledger, tmp_path, 许可=[row, row])):
        assert codes(mentioned) == ["I09C", "I09C"]
        assert mentioned.is_clean


@pytest.mark.parametrize(
    ("name", "edition", "found"),
    [
        ("AutoCAD 2010", None, "2010"),
        ("AutoCAD", "2010", "2010"),
        ("AutoCAD 2011", None, "2011"),
        ("AutoCAD 2010", "完整版", "2010 完整版"),
        ("AutoCAD 2010", "2010 完整版", "2010 完整版"),
        ("AutoCAD 2010 完整版", None, "2010 完整版"),
        ("AutoCAD", None, None),
    ],
)
def test_the_version_of_a_product_of_many_is_its_edition(
    tmp_path: Path, name: str, edition: str | None, found: str | None
) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{"软件名称": name, "版本": edition}])
    assert fields(plan, "product", "name") == [("AutoCAD",)]
    assert fields(plan, "licence", "edition") == [(found,)]


def test_an_edition_that_names_another_product_is_refused(tmp_path: Path) -> None:
    rows: list[Row] = [{"软件名称": "Windows 10", "版本": "Windows 7 旗舰版"}]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=rows)
    assert codes(plan) == ["I10A"]
    assert "版本写的却是「Windows 7 旗舰版」，不是同一软件" in sentences(plan)


def test_what_is_passed_over_in_a_name_is_said_once_in_a_file(tmp_path: Path) -> None:
    rows: list[Row] = [{"软件名称": "Windows10专业版（OEM）"}, {"软件名称": "Windows10 专业版(OEM)"}]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=rows)
    assert [(f.level.value, f.place.row, f.text) for f in plan.findings if f.code == "I63"] == [
        ("C", 2, "「Windows10专业版（OEM）」按「Windows 10 专业版」计，「oem」不作为软件名称和版本登记。")
    ]
    assert fields(plan, "licence", "edition") == [("专业版",), ("专业版",)]


def test_a_product_of_the_ledgers_own_is_taken_by_just_its_name(tmp_path: Path) -> None:
    own: Row = {"软件名称": "Windows 10 OEM", "软件类别": "操作系统", "国内/国外": "国外"}
    rows: list[Row] = [{"软件名称": "Windows 10 OEM"}]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 软件产品=[own], 许可=rows)
    assert "I63C" not in codes(plan)
    assert fields(plan, "product", "name") == [("Windows 10 OEM",)]


def test_a_name_without_version_is_said_to_be_taken_as_one_once_in_a_file(tmp_path: Path) -> None:
    names = [
        ("麒麟", None),
        ("麒麟", None),
        ("UOS", "专业版"),
        ("UOS", "1060"),
        ("麒麟V10", None),
        ("银河麒麟", "V4"),
    ]
    rows: list[Row] = [{"软件名称": name, "版本": edition} for name, edition in names]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=rows)
    assert [(f.code, f.level.value, f.place.row, f.text) for f in plan.findings if f.code == "I56"] == [
        ("I56", "C", 2, "「麒麟」没有写明是哪个版本，按「银河麒麟桌面操作系统V10」计。"),
        ("I56", "C", 4, "「UOS」没有写明是哪个版本，按「统信UOS桌面操作系统V20」计。"),
    ]


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("Windows 7", "10专业版"),
        ("Win7", "Win10 专业版"),
        ("Windows 10", "11"),
        ("Windows 7", "XP SP3"),
        ("Windows 10", "Server 2019 标准版"),
        ("office2010", "2016"),
        ("Office 2010", "2016 专业增强版"),
        ("银河麒麟桌面操作系统V10", "V4"),
        ("WPS 2016", "2019"),
        ("AutoCAD 2010", "2020 完整版"),
    ],
)
def test_a_version_that_contradicts_the_name_is_refused(tmp_path: Path, name: str, edition: str) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{"软件名称": name, "版本": edition}])
    assert codes(plan) == ["I10A"]
    assert f"软件名称写的是「{name}」，版本写的却是「{edition}」，不是同一软件。" in sentences(plan)


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("Windows 10", "22H2"),
        ("Windows 10", "1909"),
        ("Windows 10", "2004"),
        ("Windows 10", "2019 LTSC"),
        ("Windows 10", "64位"),
        ("Windows 10", "神州网信政府版"),
        ("Windows 7", "7专业版"),
        ("Windows 7", "6.1.7601"),
        ("Windows 10 神州网信政府版", "V2020-L"),
        ("Windows Server 2008", "R2"),
        ("Windows Server 2008 R2", "2008 R2 标准版"),
        ("WPS Office", "2019"),
        ("WPS Office 2019", "11.8.2"),
        ("WPS 2019", "2022年春季更新"),
        ("AutoCAD", "2010"),
        ("Office 2010", "SP2"),
        ("Office 2019", "16.0"),
        ("SQL Server 2008", "10.0"),
        ("统信UOS V20", "1060"),
        ("360杀毒", "7.0"),
    ],
)
def test_a_version_that_may_be_one_of_the_product_is_taken(tmp_path: Path, name: str, edition: str) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{"软件名称": name, "版本": edition}])
    assert plan.is_clean, sentences(plan)


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("WPS Office", "2019专业版"),
        ("WPS Office", "2019 专业版"),
        ("WPS Office", "2019　专业版"),
        ("WPS Office 2019", "专业版"),
        ("WPS2019专业版", None),
    ],
)
def test_an_edition_is_one_however_its_year_is_set_off(
    tmp_path: Path, name: str, edition: str | None
) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{"软件名称": name, "版本": edition}])
    assert fields(plan, "licence", "edition") == [("2019 专业版",)]


@pytest.mark.parametrize(
    ("typed", "edition"),
    [
        ("V3.0网络版", "V3.0 网络版"),
        ("64位", "64位"),
        ("2019版", "2019版"),
        ("10用户", "10用户"),
        ("三期", "三期"),
        ("SP2", "SP2"),
    ],
)
def test_the_edition_of_any_software_is_set_off_alike(tmp_path: Path, typed: str, edition: str) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{**OWN, "版本": typed}])
    assert fields(plan, "licence", "edition") == [(edition,)]
