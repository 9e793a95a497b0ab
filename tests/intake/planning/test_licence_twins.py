from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_ledger
from tests.intake.looking import Row
from tests.intake.planning.plans import A_UNIT, acts, codes, import_of, plan_of, sentences

ROW: Row = {
    "软件编号": "R1",
    "软件名称": "WPS Office 2019 专业版",
    "授权方式": "场地授权",
    "套数": 1,
    "许可数": 40,
    "金额（元）": 19800,
    "购买日期": "2019-12-03",
}


@pytest.mark.parametrize(
    ("known", "new", "which"),
    [
        ({}, {"软件编号": "CZ-R1"}, "软件编号「R1」"),
        ({"软件编号": None}, {"软件编号": None, "金额（元）": 20000}, "没有软件编号"),
        ({"软件编号": None}, {}, "没有软件编号"),
        ({"购买日期": None}, {"软件编号": "CZ-R1", "购买日期": None}, "软件编号「R1」"),
    ],
    ids=["renumbered", "changed without number", "number filled in", "no day"],
)
def test_a_licence_that_may_be_known_is_said(tmp_path: Path, known: Row, new: Row, which: str) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[{**ROW, **known}])
    plan = plan_of(ledger, tmp_path, 许可=[{**ROW, **new}])
    assert acts(plan, "licence") == {"新增": 1}
    assert codes(plan) == ["I72C"]
    assert f"可能已有登记（{which}），本行按另一条许可计入。" in sentences(plan)


@pytest.mark.parametrize(
    "new",
    [
        {"金额（元）": 20000},
        {"购买日期": "2020-12-03"},
        {"软件名称": "永中Office"},
        {"金额（元）": 0},
    ],
    ids=["money", "day", "product", "free"],
)
def test_a_licence_of_its_own_is_not(tmp_path: Path, new: Row) -> None:
    ledger = a_ledger()
    free: Row = {"软件编号": "R0", "金额（元）": 0}
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[ROW, {**ROW, **free}])
    assert codes(plan_of(ledger, tmp_path, 许可=[{**ROW, "软件编号": "R2", **new}])) == []


def test_what_stands_beside_the_known_one_is_another(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[ROW])
    assert codes(plan_of(ledger, tmp_path, 许可=[ROW, {**ROW, "软件编号": "R2"}])) == []


def test_several_are_counted(tmp_path: Path) -> None:
    ledger = a_ledger()
    more: Row = {**ROW, "软件编号": "R2", "金额（元）": 500}
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[ROW, more])
    plan = plan_of(ledger, tmp_path, 许可=[{**ROW, "软件编号": "C1"}, {**more, "软件编号": "C2"}])
    assert "共 2 条。" in sentences(plan)
