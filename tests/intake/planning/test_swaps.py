from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.plan import Plan
from desktop.store.database import Ledger
from tests.builders import a_ledger, imported, planned
from tests.intake.looking import Row
from tests.intake.planning.plans import acts, changed, codes, import_of, sentences

UNIT: list[Row] = [{"单位名称": "甲镇", "备注": "有"}]
COMPUTERS: list[Row] = [{"单位名称": "甲镇", "资产编号": "A1", "类型": "台式"}]
ONE: Row = {"单位名称": "甲镇", "资产编号": "A1", "软件名称": "Windows 10", "版本": "专业版"}
WIDE = ["单位名称", "资产编号", "类型", "操作系统", "办公软件"]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    opened = a_ledger()
    import_of(opened, tmp_path, 单位=UNIT, 计算机=COMPUTERS)
    return opened


def wide(folder: Path, ledger: Ledger, *cells: str, headings: list[str] = WIDE) -> Plan:
    return planned(ledger, folder, {"Sheet1": [headings, ["甲镇", "A1", "台式", *cells]]})


def test_another_product_in_the_same_cell_corrects_the_one_before(ledger: Ledger, tmp_path: Path) -> None:
    rows = [WIDE, ["甲镇", "A1", "台式", "Windows 10 专业版", "Office 2016"]]
    imported(ledger, tmp_path, {"Sheet1": rows})
    plan = wide(tmp_path, ledger, "Windows 11", "WPS Office 2019")
    assert acts(plan, "installation") == {"变更": 2}
    assert codes(plan) == ["I14C", "I14C"]
    assert "登记的「Windows 10 专业版」改为「Windows 11」" in sentences(plan)
    assert "先在「安装」表登记「Windows 10 专业版」的卸载日期" in sentences(plan)
    assert [(before, after) for _, name, before, after in changed(plan) if name == "edition"] == [
        ("专业版", None),
        (None, "2019"),
    ]

    imported(ledger, tmp_path, {"Sheet1": [WIDE, ["甲镇", "A1", "台式", "Windows 11", "WPS Office 2019"]]})
    again = wide(tmp_path, ledger, "Windows 11", "WPS Office 2019")
    assert (acts(again, "installation"), codes(again)) == ({"不变": 2}, [])
    back = wide(tmp_path, ledger, "Windows 10 专业版", "Office 2016")
    assert acts(back, "installation") == {"变更": 2}


@pytest.mark.parametrize(
    "known",
    [
        {"软件编号": "K-1"},
        {"产品ID": "00330-80000"},
        {"是否正版": "正版"},
    ],
    ids=["licence", "identifier", "claim"],
)
def test_what_is_tied_to_its_software_stays(ledger: Ledger, tmp_path: Path, known: Row) -> None:
    licence: Row = {"单位名称": "甲镇", "软件编号": "K-1", "软件名称": "Windows 10"}
    import_of(ledger, tmp_path, 许可=[licence], 安装=[{**ONE, **known}])
    plan = wide(tmp_path, ledger, "Windows 11", "无")
    assert acts(plan, "installation") == {"新增": 1}
    assert codes(plan) == ["I50C"]


def test_a_cell_that_says_whether_it_is_genuine_corrects_a_genuine_copy(
    ledger: Ledger, tmp_path: Path
) -> None:
    import_of(ledger, tmp_path, 安装=[{**ONE, "是否正版": "正版"}])
    headings = ["单位名称", "资产编号", "类型", "操作系统", "是否正版"]
    plan = wide(tmp_path, ledger, "Windows 11", "否", headings=headings)
    assert ("installation", "claim", "正版", "非正版") in changed(plan)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("Windows 10、Windows 11", "无"), {"不变": 1, "新增": 1}),
        (("Windows 7、Windows 11", "无"), {"新增": 2}),
        (("WPS Office 2019", "无"), {"新增": 1}),
    ],
    ids=["one beside the known", "two others", "another class"],
)
def test_what_may_be_another_copy_is_one(
    ledger: Ledger, tmp_path: Path, cells: tuple[str, str], expected: dict[str, int]
) -> None:
    import_of(ledger, tmp_path, 安装=[ONE])
    assert acts(wide(tmp_path, ledger, *cells), "installation") == expected


def test_what_was_removed_before_is_not_swapped(ledger: Ledger, tmp_path: Path) -> None:
    removed: Row = {**ONE, "安装日期": "2020-01-01", "卸载日期": "2023-01-01"}
    import_of(ledger, tmp_path, 安装=[removed, {**ONE, "软件名称": "Windows 11"}])
    plan = wide(tmp_path, ledger, "Windows 10", "无")
    assert acts(plan, "installation") == {"不变": 1}
    assert codes(plan) == ["I50C", "I70C"]
