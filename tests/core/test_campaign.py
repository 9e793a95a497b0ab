from __future__ import annotations

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.campaign import (
    COUNTY_GROUP,
    UPPER_GROUP,
    AmountBasis,
    Group,
    Switches,
    TotalMeaning,
    default_group,
)
from desktop.core.unit import Level


def test_the_defaults_are_those_of_common_office_practice() -> None:
    """口径: 计算机含服务器不含闲置；总数按套数；许可数含 OEM 不含免费；金额为现有有效；无需采购视同完成；两位小数."""
    usual = Switches()
    assert (usual.count_servers, usual.count_idle) == (True, False)
    assert usual.total_meaning is TotalMeaning.PACKS
    assert (usual.count_oem_seats, usual.count_free_seats) == (True, False)
    assert usual.amount_basis is AmountBasis.VALID
    assert (usual.nothing_to_buy_counts, usual.money_decimals) == (True, 2)


@given(st.builds(Switches, **{field.name: ... for field in fields(Switches)}))
def test_switches_survive_being_written_down(switches: Switches) -> None:
    assert Switches.from_json(json.loads(json.dumps(switches.to_json()))) == switches


def test_a_switch_of_another_release_is_left_aside_and_a_missing_one_takes_its_default() -> None:
    assert Switches.from_json({"count_idle": True, "count_tablets": 1}) == Switches(count_idle=True)
    assert Switches.from_json({}) == Switches()


def test_a_meaning_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="台数"):
        Switches.from_json({"total_meaning": "台数"})


@pytest.mark.parametrize(
    ("level", "group"),
    [
        (Level.PROVINCE, UPPER_GROUP),
        (Level.CITY, UPPER_GROUP),
        (Level.CITY_BODY, UPPER_GROUP),
        (Level.COUNTY, COUNTY_GROUP),
        (Level.COUNTY_BODY, COUNTY_GROUP),
        (Level.TOWNSHIP, COUNTY_GROUP),
        (Level.SUBORDINATE, COUNTY_GROUP),
    ],
)
def test_without_groups_the_level_says_in_which_block_a_unit_counts(level: Level, group: Group) -> None:
    assert default_group(level) == group
