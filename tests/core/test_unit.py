from __future__ import annotations

import pytest

from desktop.core.unit import (
    Category,
    Level,
    Unit,
    counts_as_organ,
    is_credit_code,
    proposed_category,
    proposed_level,
    reporting_unit,
)


def a_unit(number: int, parent: int | None = None, *, alone: bool = True) -> Unit:
    return Unit(
        id=number,
        uid=f"u{number}",
        name=f"第{number}局",
        short_name="",
        parent_id=parent,
        level=Level.COUNTY_BODY,
        category=Category.GOVERNMENT,
        sort_order=number,
        reports_alone=alone,
        counts_as_organ=True,
        in_scope=True,
    )


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("中共某县委办公室", Category.PARTY),
        ("某县人大常委会办公室", Category.CONGRESS),
        ("某县人民政府办公室", Category.GOVERNMENT),
        ("某县财政局", Category.GOVERNMENT),
        ("政协某县委员会", Category.CONSULTATIVE),
        ("某县纪委监委", Category.SUPERVISION),
        ("某县人民法院", Category.COURT),
        ("某县人民检察院", Category.PROCURATORATE),
        ("某县工商联", Category.DEMOCRATIC_PARTY),
        ("共青团某县委", Category.PEOPLE_GROUP),
        ("某县妇联", Category.PEOPLE_GROUP),
        ("中共某县委党校", Category.INSTITUTION),
        ("某县融媒体中心", Category.INSTITUTION),
        ("某县第一中学", Category.SCHOOL),
        ("某县人民医院", Category.HEALTH),
        ("某县城市建设投资集团", Category.ENTERPRISE),
        ("城关镇人民政府", Category.GOVERNMENT),
    ],
)
def test_a_name_suggests_its_category(name: str, category: Category) -> None:
    assert proposed_category(name) is category


def test_organs_are_those_of_the_note_printed_on_the_table() -> None:
    """注：机关指党、政、人大、政协、法院、检察院、民主党派、人民团体等机构。"""
    organs = {category.value for category in Category if counts_as_organ(category)}
    assert organs == {"党委", "政府", "人大", "政协", "监委", "法院", "检察院", "民主党派", "人民团体"}


@pytest.mark.parametrize(
    "name", ["城关镇人民政府", "河口乡", "东城街道办事处", "中共城关镇委员会", "巴音苏木"]
)
def test_a_township_is_known_by_its_name(name: str) -> None:
    assert proposed_level(name) is Level.TOWNSHIP


@pytest.mark.parametrize("name", ["某县财政局", "城关镇中心小学", "某县乡村振兴局", "景德镇陶瓷局"])
def test_what_is_no_township_is_of_the_county(name: str) -> None:
    assert proposed_level(name) is Level.COUNTY_BODY


def test_a_unit_that_does_not_report_alone_rolls_up_to_its_parent() -> None:
    """派出所、财政所不独立填报，其计算机和许可计入上级单位。"""
    bureau, station, post = a_unit(1), a_unit(2, 1, alone=False), a_unit(3, 2, alone=False)
    units = {unit.id: unit for unit in (bureau, station, post)}
    assert [reporting_unit(number, units) for number in units] == [1, 1, 1]


def test_a_unit_that_reports_alone_reports_for_itself_whatever_its_parent() -> None:
    units = {1: a_unit(1), 2: a_unit(2, 1), 3: a_unit(3, 2, alone=False)}
    assert [reporting_unit(number, units) for number in units] == [1, 2, 2]


def test_a_unit_without_a_parent_has_nobody_to_report_for_it() -> None:
    assert reporting_unit(1, {1: a_unit(1, alone=False)}) == 1


@pytest.mark.parametrize("code", ["91110000600037341L", "9111 0000 6000 3734 1L"])
def test_a_credit_code_has_eighteen_places_and_a_check_digit(code: str) -> None:
    """GB 32100-2015 法人和其他组织统一社会信用代码编码规则."""
    assert is_credit_code(code)


@pytest.mark.parametrize(
    "code", ["", "91110000600037341M", "91110000600037341", "9111000060003734IL", "统一社会"]
)
def test_a_wrong_credit_code_is_told(code: str) -> None:
    assert not is_credit_code(code)
