"""What a sample county is made from, as typed values of `county.toml`. Knows no randomness and no rows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

Data = Mapping[str, Any]

WINDOWS, DOMESTIC, SERVER, ANY = "通用", "国产", "服务器", "任意"


@dataclass(frozen=True)
class UnitSeed:
    """A unit as the data names it; the counts are of the default county."""

    name: str
    short: str
    category: str
    computers: int
    domestic: int
    servers: int = 0
    level: str = "县直"
    aliases: str | None = None
    former: str | None = None
    parent: str | None = None
    industry_parent: str | None = None
    is_old: bool = False


@dataclass(frozen=True, eq=False)
class Product:
    """A product and all that the sample says of its copies and licences; compared by identity.

    `bought` is the span in which its licences (or, for a system, the computers) were bought, `years` the term
    of a licence (0 without end), `right` the group of licences it belongs to, `claim` what a unit says of a
    copy without one. The `…_at` tables are planted: unit → value.
    """

    name: str
    edition: str
    origin: str
    copies: int
    bought: Sequence[datetime.date]
    software_class: str
    platform: str = ANY
    claim: str = "正版"
    note: str | None = None
    right: str = ""
    method: str = "OEM"
    price: str = "0.00"
    years: int = 0
    at: Mapping[str, int] = field(default_factory=dict)
    second: int = 0
    second_at: Mapping[str, int] = field(default_factory=dict)
    price_at: Mapping[str, str] = field(default_factory=dict)
    seats_at: Mapping[str, int] = field(default_factory=dict)
    serial_at: Mapping[str, str] = field(default_factory=dict)
    unproven_at: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class Pool:
    """A county licence that is shared out among units; compared by identity."""

    number: str
    product: Product
    seats: int
    bought: datetime.date
    price: Decimal
    allocated: Mapping[str, int]


@dataclass(frozen=True)
class Material:
    """Everything a county is made from. `growth` says how much larger it is than the default one."""

    growth: float
    more_units: float
    units: Sequence[UnitSeed]
    systems: Sequence[Product]
    suites: Sequence[Product]
    antivirus: Sequence[Product]
    extras: Sequence[Product]
    pools: Sequence[Pool]
    totals: Mapping[str, int]
    rights: Mapping[str, int]
    progress: Mapping[str, int]
    planted: Data
    words: Data
    models: Data


def read_material(data: Data, *, units: int, computers: int) -> Material:
    """Return the material for a county of this size.

    Raises ValueError when it would be smaller than the default one or needs more units than there are names.
    """
    totals: Mapping[str, int] = data["totals"]
    if units < totals["units"] or computers < totals["computers"]:
        raise ValueError("a sample county has at least the units and computers of the default one")
    growth = computers / totals["computers"]
    suites = _products(data["suite"], "办公")
    return Material(
        growth=growth,
        more_units=units / totals["units"],
        units=_units(data, units),
        systems=_products(data["system"], "操作系统", platform=WINDOWS),
        suites=suites,
        antivirus=_products(data["antivirus"], "杀毒"),
        extras=_products(data["extra"], ""),
        pools=[_pool(entry, suites, growth) for entry in data["pool"]],
        totals=totals,
        rights=data["rights"],
        progress=data["progress"],
        planted=data["planted"],
        words=data["words"],
        models=data["models"],
    )


def _units(data: Data, wanted: int) -> list[UnitSeed]:
    """Return the named units and, for a larger county, one more of each sort per township."""
    named = [UnitSeed(**entry) for entry in data["unit"]]
    towns = [unit.short for unit in named if unit.level == "乡镇"]
    more = [_in_town(UnitSeed(level="二级单位", **entry), town) for entry in data["more"] for town in towns]
    if wanted > len(named) + len(more):
        raise ValueError(f"there are names for {len(named) + len(more)} units only")
    return [*named, *more][:wanted]


def _in_town(pattern: UnitSeed, town: str) -> UnitSeed:
    return replace(pattern, name=pattern.name.format(town=town), short=pattern.short.format(town=town))


def _products(entries: Sequence[Data], software_class: str, **defaults: str) -> list[Product]:
    general = {"software_class": software_class, **defaults}
    return [Product(**{**general, **entry}) for entry in entries]


def _pool(entry: Data, suites: Sequence[Product], growth: float) -> Pool:
    product = next(
        suite for suite in suites if (suite.name, suite.edition) == (entry["product"], entry["edition"])
    )
    allocated = entry.get("allocated", {})
    seats = entry["seats"] if allocated else round(entry["seats"] * growth)
    return Pool(entry["number"], product, seats, entry["bought"], Decimal(entry["price"]), allocated)
