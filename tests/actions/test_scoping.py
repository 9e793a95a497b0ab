"""Which units count, and in which block."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.naming import campaign_called, unit_called
from desktop.actions.scoping import Selection, scope_of
from desktop.core.campaign import Group
from desktop.errors import AppError
from desktop.store.campaigns import add_group
from desktop.store.database import Ledger
from desktop.store.operations import Act, operation
from tests.builders import Rows, a_ledger, imported

UNITS: Rows = [
    ["单位名称", "上级单位", "级别", "独立填报", "纳入本次任务"],
    ["市委宣传部", None, "市直", None, None],
    ["县公安局", None, "县直", None, None],
    ["城关派出所", "县公安局", "二级单位", "否", None],
    ["城关镇人民政府", None, None, None, None],
    ["县气象局", None, None, None, "否"],
]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = a_ledger()
    imported(ledger, tmp_path, {"单位": UNITS})
    return ledger


def names(ledger: Ledger, selection: Selection) -> dict[str, str]:
    found = ledger.connection.execute("SELECT id, name FROM unit").fetchall()
    return {name: selection.scope[number] for number, name in found if number in selection.scope}


def selected(ledger: Ledger, unit: str = "", group: str = "") -> Selection:
    campaign = campaign_called(ledger, "")
    return scope_of(ledger, campaign, unit=unit_called(ledger, unit) if unit else None, group=group)


def test_units_stand_in_the_block_of_their_level_and_those_left_out_do_not_count(ledger: Ledger) -> None:
    assert names(ledger, selected(ledger)) == {
        "市委宣传部": "市级",
        "县公安局": "县级",
        "城关派出所": "县级",
        "城关镇人民政府": "县级",
    }


def test_a_unit_that_does_not_report_alone_rolls_up(ledger: Ledger) -> None:
    selection = selected(ledger, unit="县公安局")
    assert names(ledger, selection) == {"县公安局": "县级", "城关派出所": "县级"}
    assert selection.reporting_names == ("县公安局",)


def test_a_unit_that_does_not_report_alone_may_still_be_looked_at(ledger: Ledger) -> None:
    assert names(ledger, selected(ledger, unit="城关派出所")) == {"城关派出所": "县级"}


def test_a_unit_outside_the_campaign_may_still_fill_its_own_form(ledger: Ledger) -> None:
    assert names(ledger, selected(ledger, unit="县气象局")) == {"县气象局": "县级"}


@pytest.mark.parametrize("group", ["市级", "市级机关"])
def test_a_group_is_named_by_its_code_or_its_block(ledger: Ledger, group: str) -> None:
    assert names(ledger, selected(ledger, group=group)) == {"市委宣传部": "市级"}


def test_a_campaign_with_groups_of_its_own_follows_them(ledger: Ledger) -> None:
    numbers = {unit: number for number, unit in ledger.connection.execute("SELECT id, name FROM unit")}
    with operation(ledger, Act("测试", "分组")):
        add_group(ledger, 1, Group("县级", "乡镇机关"), [numbers["城关镇人民政府"]])
    assert names(ledger, selected(ledger, group="乡镇机关")) == {"城关镇人民政府": "县级"}


def test_an_unknown_group_names_those_there_are(ledger: Ledger) -> None:
    with pytest.raises(AppError, match=r"没有分组「省级」。可用的有：县级、市级"):
        selected(ledger, group="省级")
