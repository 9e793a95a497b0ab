from __future__ import annotations

import pytest

from desktop.core.unit import Category, Level
from desktop.store.database import Ledger
from desktop.store.units import all_units, units_called
from tests.store.record_builders import add, changed


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    def register() -> None:
        add(ledger, "unit", name="某县公安局", sort_order=2, short_name="公安", aliases="交警大队、国保大队")
        add(
            ledger,
            "unit",
            name="城关派出所",
            parent_id=1,
            level="二级单位",
            reports_alone=0,
            counts_as_organ=0,
        )
        add(
            ledger,
            "unit",
            name="某县教体局",
            sort_order=1,
            former_names="教育局；体育局",
            short_name="教体局",
        )
        add(ledger, "unit", name="教育局", sort_order=3, category="事业单位", in_scope=0)
        add(ledger, "unit", name="某县体育局", short_name="体育局")

    changed(ledger, "单位", register)
    return ledger


def names(ledger: Ledger, name: str) -> list[str]:
    return [unit.name for unit in units_called(ledger, name)]


def test_units_come_in_the_offices_own_order_those_without_a_place_last(ledger: Ledger) -> None:
    order = [unit.name for unit in all_units(ledger).values()]
    assert order == ["某县教体局", "某县公安局", "教育局", "城关派出所", "某县体育局"]


def test_a_unit_is_read_as_it_was_registered(ledger: Ledger) -> None:
    station = all_units(ledger)[2]
    assert (station.name, station.parent_id, station.level) == ("城关派出所", 1, Level.SUBORDINATE)
    assert not station.reports_alone
    assert not station.counts_as_organ
    assert station.in_scope
    school = all_units(ledger)[4]
    assert (school.category, school.in_scope, school.sort_order) == (Category.INSTITUTION, False, 3)


def test_a_unit_answers_to_short_former_and_other_names(ledger: Ledger) -> None:
    assert all_units(ledger)[1].other_names == ("公安", "交警大队", "国保大队")
    for name in ("某县 公安局", "公安", "交警大队", " 国保大队"):
        assert names(ledger, name) == ["某县公安局"]


def test_the_full_name_wins_over_anothers_former_name(ledger: Ledger) -> None:
    assert names(ledger, "教育局") == ["教育局"]


def test_several_units_may_answer_to_a_short_name_and_none_to_another(ledger: Ledger) -> None:
    assert names(ledger, "体育局") == ["某县教体局", "某县体育局"]
    assert names(ledger, "财政局") == []
    assert names(ledger, "") == []
