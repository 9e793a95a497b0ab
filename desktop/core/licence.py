"""A licence (许可, one 软件编号): where it comes from, how it is granted, how a pool is shared out."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Source(StrEnum):
    """How a unit came by a licence (来源)."""

    OWN_PURCHASE = "自行采购"
    ALLOCATED = "上级配发"
    PREINSTALLED = "预装"
    FREE = "免费"


class Method(StrEnum):
    """How the right is granted (授权方式)."""

    OEM = "OEM"
    RETAIL = "零售"
    VOLUME = "批量许可"
    SITE = "场地授权"
    NETWORK = "网络授权"
    USER = "用户授权"
    SUBSCRIPTION = "订阅"
    FREE = "免费使用"


class BoughtLicence(NamedTuple):
    """A purchase of a licence as the ledger holds it: the licence, its unit and product by uid; its 软件编号."""

    licence: str
    unit: str
    product: str
    number: str
    purchased_on: str | None
    seats: int | None
    amount_fen: int | None


def share_of(amount_fen: int, seats: int, total_seats: int) -> int:
    """Return the part of a contract's amount that falls on `seats` of `total_seats`, in whole 分, rounded down.

    What rounding leaves stays with the owner of the pool, so the parts always add up to the contract.
    """
    return amount_fen * seats // total_seats if total_seats > 0 else 0
