from __future__ import annotations

import time

import pytest

from desktop.core.subjects import SUBJECTS, Values
from desktop.intake.cells import Problem
from desktop.intake.planning.unit_names import UnitNames


def a_unit(name: str, **fields: str) -> Values:
    given = {"name": name, **fields}
    return tuple(given.get(field.name) for field in SUBJECTS["unit"].fields)


def names(*units: Values) -> UnitNames:
    return UnitNames({str(n): (f"u{n}", unit) for n, unit in enumerate(units)})


POLICE = a_unit("示例县公安局", short_name="公安局", former_names="示例县公安处、老公安", aliases="县禁毒办")
COURT = a_unit("示例县人民法院", short_name="法院", parent="u0")


@pytest.mark.parametrize(
    "name",
    ["示例县公安局", "示例县 公安局", "公安局", "示例县公安处", "老公安", "县禁毒办", "县禁毒办\u3000"],
)
def test_a_unit_is_found_by_any_of_its_names(name: str) -> None:
    assert names(POLICE, COURT).find(name) == "u0"


def test_a_full_name_wins_over_other_names() -> None:
    assert names(a_unit("甲", short_name="乙"), a_unit("乙")).find("乙") == "u1"


def test_a_name_of_two_units_is_refused_with_both() -> None:
    problem = names(a_unit("甲县局", short_name="局"), a_unit("乙县局", short_name="局")).find("局")
    assert isinstance(problem, Problem)
    assert "乙县局、甲县局" in problem.text


def test_an_unknown_name_is_refused_with_what_may_be_meant() -> None:
    problem = names(POLICE, COURT).find("示例县人民发院")
    assert isinstance(problem, Problem)
    assert "示例县人民发院" in problem.text
    assert "是否应为「示例县人民法院」？" in problem.remedy
    far = names(POLICE).find("火星")
    assert isinstance(far, Problem)
    assert "是否" not in far.remedy


def test_full_names_in_traditional_characters_are_alike() -> None:
    known = names(POLICE, a_unit("示例县财政局"))
    assert known.copy().alike("示例縣財政局") == {"u1"}
    assert known.alike("公安局") == set()


def test_one_unit_may_be_the_only_one_that_reports_alone() -> None:
    station = ("所", None, None, None, "u0", *[None] * 9, 0, None, None, None)
    assert names(POLICE).only_one() == "u0"
    assert names(POLICE, station).only_one() == "u0"
    assert names(POLICE, COURT).only_one() is None


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("示例县公安局计算机登记表", {"u0"}),
        ("老公安 电脑台账", {"u0"}),
        ("示例县人民法院（示例县公安局）", {"u1"}),
        ("请报送公安局", set()),
        ("公安局制表", set()),
        ("公" * 60 + "公安局", set()),
    ],
)
def test_units_are_met_in_titles(line: str, units: set[str]) -> None:
    assert names(POLICE, COURT).mentioned(line) == units


def test_a_unit_that_is_added_is_found() -> None:
    known = names(POLICE)
    assert isinstance(known.find("新局"), Problem)
    known.add("new", a_unit("新局", parent="u0"))
    assert (known.find("新局"), known.parents["new"]) == ("new", "u0")
    assert known.name_of("new") == "新局"


def test_a_copy_can_be_added_to_alone() -> None:
    known = names(POLICE)
    known.copy().add("new", a_unit("新局", short_name="公安局"))
    assert known.find("公安局") == "u0"
    assert isinstance(known.find("新局"), Problem)


def test_units_are_told_by_any_name_they_bear() -> None:
    known = names(POLICE, COURT, a_unit("丙", aliases="法院"))
    assert known.bearing("法 院") == {"u1", "u2"}
    assert known.bearing("示例县人民法院") == {"u1"}
    assert known.bearing("无") == set()


def test_many_unknown_names_are_told_quickly() -> None:
    known = names(*(a_unit(f"示例县第{n}单位") for n in range(300)))
    begun = time.monotonic()
    assert all(isinstance(known.find(f"示例县第{n}单伟"), Problem) for n in range(20_000))
    assert time.monotonic() - begun < 3
