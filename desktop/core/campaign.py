"""A campaign (任务), its groups of units, its ways of counting (口径), and confirmed progress facts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from desktop.core.unit import Level


class TotalMeaning(StrEnum):
    """What 总数（个） counts: packs bought, or copies in use."""

    PACKS = "套数"
    INSTALLED = "安装数"


class AmountBasis(StrEnum):
    """Which purchases 金额 adds up."""

    VALID = "现有有效"
    IN_CAMPAIGN = "本任务期间采购"
    ALL_YEARS = "历年累计"


@dataclass(frozen=True, slots=True)
class Switches:
    """The ways of counting (口径) that a campaign settles; the defaults are common office practice."""

    count_servers: bool = True
    count_idle: bool = False
    total_meaning: TotalMeaning = TotalMeaning.PACKS
    count_oem_seats: bool = True
    count_free_seats: bool = False
    amount_basis: AmountBasis = AmountBasis.VALID
    nothing_to_buy_counts: bool = True
    money_decimals: int = 2
    print_code: bool = True
    print_qr: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return the switches as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Switches:
        """Return switches from plain values; a missing one takes its default."""
        known = {field.name for field in fields(cls)}
        given = {name: value for name, value in values.items() if name in known}
        if "total_meaning" in given:
            given["total_meaning"] = TotalMeaning(given["total_meaning"])
        if "amount_basis" in given:
            given["amount_basis"] = AmountBasis(given["amount_basis"])
        return cls(**given)


class ProgressKind(StrEnum):
    """What a progress fact (进度事实) confirms for one unit."""

    SURVEYED = "摸查"
    FUNDED = "经费"
    PURCHASED = "采购"
    MANAGED = "制度"
    RECTIFIED = "整改"
    NOTHING_TO_BUY = "无需采购"


@dataclass(frozen=True, slots=True)
class Group:
    """A group (单位分组) of a campaign: the block of a table its units are counted in."""

    code: str
    caption: str


UPPER_GROUP = Group("市级", "")
COUNTY_GROUP = Group("县级", "")
_UPPER_LEVELS = {Level.PROVINCE, Level.CITY, Level.CITY_BODY}


def default_group(level: Level) -> Group:
    """Return the group of a unit in a ledger whose campaign names no groups: by its level."""
    return UPPER_GROUP if level in _UPPER_LEVELS else COUNTY_GROUP


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign (任务, one round of work): its name, its dates and its ways of counting."""

    id: int
    uid: str
    name: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    switches: Switches


DEFAULT_CAMPAIGN = "日常台账"
