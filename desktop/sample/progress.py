"""The confirmed progress (进度) of the sample county's units. Knows no files."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from desktop.sample.material import Material
from desktop.sample.rows import Cell, Row
from desktop.sample.shares import some_day
from desktop.sample.sites import Site

_SPANS = {
    "完成软件摸查": (datetime.date(2026, 3, 2), datetime.date(2026, 4, 10)),
    "落实采购经费": (datetime.date(2026, 4, 13), datetime.date(2026, 4, 30)),
    "完成软件采购": (datetime.date(2026, 5, 11), datetime.date(2026, 6, 12)),
    "建立管理制度": (datetime.date(2026, 4, 1), datetime.date(2026, 6, 26)),
    "完成检查整改": (datetime.date(2026, 6, 15), datetime.date(2026, 6, 29)),
}
_WITHOUT_DATE = 8


@dataclass(frozen=True)
class _Facts:
    """Which units have done what, by their short names."""

    done: Mapping[str, Sequence[str]]
    nothing_to_buy: Sequence[str]


def progress_rows(rng: Random, material: Material, sites: Sequence[Site]) -> list[Row]:
    """Return the sheet 进度: a row per unit, with dates, now and then a bare 是, or nothing."""
    counted = [site.short for site in sites if site.counts_as_organ]
    facts = _draw(rng, material, counted)
    others = [site.short for site in sites if not site.counts_as_organ]
    return [_row(rng, site, facts, is_surveyed=site.short in others[::2]) for site in sites]


def _draw(rng: Random, material: Material, counted: Sequence[str]) -> _Facts:
    """Draw who has done what. Purchases follow money, but for the planted unit; 无需采购 stands for both."""
    goal = _goals(material, len(counted))
    early: str = material.planted["early_purchase"]
    funded = rng.sample([unit for unit in counted if unit != early], goal("funded"))
    idle = funded[: goal("nothing_to_buy")]
    paid = funded[len(idle) :]
    bought = [early, *paid[: goal("purchased") - len(idle) - 1]]
    unfunded = [unit for unit in counted if unit not in funded and unit != early]
    late = rng.sample(unfunded, len(counted) - goal("surveyed"))
    surveyed = [unit for unit in counted if unit not in late]
    done = {
        "完成软件摸查": surveyed,
        "落实采购经费": paid,
        "完成软件采购": bought,
        "建立管理制度": rng.sample(surveyed, goal("managed")),
        "完成检查整改": rng.sample([*idle, *bought[1:]], goal("rectified")),
    }
    return _Facts(done, idle)


def _goals(material: Material, counted: int) -> Callable[[str], int]:
    """Return what tells how many of `counted` units have reached a goal; exact for the default county."""
    default = sum(
        seed.parent is None and seed.category != "事业单位"
        for seed in material.units[: material.totals["units"]]
    )
    return lambda kind: round(material.progress[kind] * counted / default)


def _row(rng: Random, site: Site, facts: _Facts, *, is_surveyed: bool) -> Row:
    """Return a unit's row; units that are no 机关 have at most the survey behind them."""
    cells: dict[str, Cell] = {}
    for heading, units in facts.done.items():
        is_done = site.short in units or (is_surveyed and heading == "完成软件摸查")
        day = _workday(some_day(rng, *_SPANS[heading]))
        cells[heading] = None if not is_done else "是" if rng.randrange(_WITHOUT_DATE) == 0 else day
    has_money = cells["落实采购经费"] is not None
    return {
        "单位名称": site.name,
        **cells,
        "无需采购": "是" if site.short in facts.nothing_to_buy else "否",
        "依据": f"示财预〔2026〕{site.number}号" if has_money else None,
    }


def _workday(day: datetime.date) -> datetime.date:
    """Return the day, or the Thursday or Friday before when it falls on a weekend."""
    return day - datetime.timedelta(days=2) if day.weekday() >= 5 else day
