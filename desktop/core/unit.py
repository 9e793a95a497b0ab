"""A unit (单位) of the county, its level and category, and the tree the units stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The level (级别) of a unit."""

    PROVINCE = "省级"
    CITY = "市级"
    CITY_BODY = "市直"
    COUNTY = "县级"
    COUNTY_BODY = "县直"
    TOWNSHIP = "乡镇"
    SUBORDINATE = "二级单位"


class Category(StrEnum):
    """What kind of body (类别) a unit is; it proposes whether the unit counts as a 机关."""

    PARTY = "党委"
    CONGRESS = "人大"
    GOVERNMENT = "政府"
    CONSULTATIVE = "政协"
    SUPERVISION = "监委"
    COURT = "法院"
    PROCURATORATE = "检察院"
    DEMOCRATIC_PARTY = "民主党派"
    PEOPLE_GROUP = "人民团体"
    INSTITUTION = "事业单位"
    SCHOOL = "学校"
    HEALTH = "卫生"
    ENTERPRISE = "国有企业"
    OTHER = "其他"


# 机关 by the note printed on the table: 党、政、人大、政协、法院、检察院、民主党派、人民团体等机构.
_NOT_ORGANS = {
    Category.INSTITUTION,
    Category.SCHOOL,
    Category.HEALTH,
    Category.ENTERPRISE,
    Category.OTHER,
}

_NAME_SIGNS: tuple[tuple[str, Category], ...] = (
    (r"学校|中学|小学|幼儿园|学院", Category.SCHOOL),
    (r"医院|卫生院|卫生所|疾控|妇幼", Category.HEALTH),
    (r"公司|集团|厂$", Category.ENTERPRISE),
    (r"党校|融媒体中心|电视台|图书馆|文化馆|博物馆", Category.INSTITUTION),
    (r"纪委|纪律检查|监察|监委", Category.SUPERVISION),
    (r"人大|人民代表大会", Category.CONGRESS),
    (r"政协|政治协商", Category.CONSULTATIVE),
    (r"法院", Category.COURT),
    (r"检察院", Category.PROCURATORATE),
    (r"工商联|工商业联合会|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟", Category.DEMOCRATIC_PARTY),
    (r"工会|总工会|共青团|团委|妇联|妇女联合会|科协|侨联|残联|文联|红十字", Category.PEOPLE_GROUP),
    (r"^中共|县委|市委|区委|党委", Category.PARTY),
)


def proposed_category(name: str) -> Category:
    """Return the category that a unit's name suggests; 政府 when nothing in it says otherwise."""
    return next((category for sign, category in _NAME_SIGNS if re.search(sign, name)), Category.GOVERNMENT)


def counts_as_organ(category: Category) -> bool:
    """Return whether a category is proposed for 机关总数; the office decides in the end."""
    return category not in _NOT_ORGANS


def proposed_level(name: str) -> Level:
    """Return the level that a unit's name suggests; 县直 when nothing in it says otherwise."""
    if re.search(r"(镇|乡|街道|苏木)(人民政府|党委|办事处|委员会)?$|(镇|乡|街道)(人民政府|办事处)", name):
        return Level.TOWNSHIP
    return Level.COUNTY_BODY


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (单位) that keeps computers and may fill forms. `id` is the ledger's own, `uid` travels."""

    id: int
    uid: str
    name: str
    short_name: str
    parent_id: int | None
    level: Level
    category: Category
    sort_order: int
    reports_alone: bool
    counts_as_organ: bool
    in_scope: bool
    other_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the unit, the full one first."""
        return tuple(filter(None, (self.name, self.short_name, *self.other_names)))


def reporting_unit(unit_id: int, units: Mapping[int, Unit]) -> int:
    """Return the unit on whose form a unit's records appear: itself, or the nearest that reports alone.

    A unit that does not report on its own (派出所, 财政所) rolls up to its parent.
    """
    unit, seen = units[unit_id], {unit_id}
    while not unit.reports_alone and unit.parent_id is not None and unit.parent_id not in seen:
        unit = units[unit.parent_id]
        seen.add(unit.id)
    return unit.id


def is_credit_code(code: str) -> bool:
    """Return whether a 统一社会信用代码 has the right shape and check digit (GB 32100-2015)."""
    from stdnum.cn import uscc

    return bool(uscc.is_valid(code))
