"""The indicators (指标): every number that may appear anywhere, defined once. The row queries are in `store`.

An indicator's rows carry dimensions; a cell of a form, a check or a page asks for the sum over the rows whose
dimensions fit its filters. Nothing else in the program counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.core.campaign import Switches, TotalMeaning

Filters = Mapping[str, frozenset[str]]
"""Dimension → the values that count."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator (指标): code, Chinese name, unit of measure, meaning, and the dimensions of its rows."""

    code: str
    name: str
    measure: str
    meaning: str
    dimensions: tuple[str, ...]


_SOFTWARE = ("group", "unit", "category", "reporter", "class", "origin", "product", "licence")

INDICATORS = {
    indicator.code: indicator
    for indicator in (
        Indicator(
            "units",
            "单位数",
            "个",
            "本次任务范围内、计入机关总数的单位",
            ("group", "unit", "category", "reporter", "level"),
        ),
        Indicator(
            "computers",
            "计算机台数",
            "台",
            "数据截止日在用的计算机：启用日期不晚于该日、停用日期晚于该日；缺日期的视为存在",
            ("group", "unit", "category", "reporter", "kind", "state", "dated"),
        ),
        Indicator(
            "progress",
            "已落实单位数",
            "个",
            "数据截止日前经确认的进度事实，每个计入机关总数的单位每项只计一次",
            ("group", "unit", "category", "reporter", "progress", "dated"),
        ),
        Indicator(
            "reporting_units",
            "填报单位数",
            "个",
            "本次任务范围内独立填报的单位，事业单位和企业也在内",
            ("group", "unit", "category", "reporter", "level"),
        ),
        Indicator(
            "reporting_progress",
            "已落实的填报单位数",
            "个",
            "数据截止日前经确认的进度事实，每个独立填报的单位每项只计一次",
            ("group", "unit", "category", "reporter", "progress", "dated"),
        ),
        Indicator(
            "staff",
            "人数",
            "人",
            "单位登记的编制人数、实有人数、使用计算机人数",
            ("group", "unit", "category", "reporter", "staff"),
        ),
        Indicator(
            "packs",
            "套数",
            "套",
            "数据截止日有效的许可的套数，网络版按一套计",
            (*_SOFTWARE, "source", "dated"),
        ),
        Indicator(
            "seats",
            "许可数",
            "个",
            "数据截止日有效的许可数；配发的计入接收单位",
            (*_SOFTWARE, "source", "dated"),
        ),
        Indicator(
            "amount",
            "金额",
            "分",
            "所计许可的购买价款；配发的计入接收单位，预装的为零",
            (*_SOFTWARE, "source", "dated"),
        ),
        Indicator(
            "installations",
            "安装数",
            "份",
            "数据截止日在用计算机上在用的软件份数",
            (*_SOFTWARE, "claim", "kind", "cover"),
        ),
    )
}

# 总数（个） is one of two indicators, settled by the campaign's switch.
TOTAL = "total"


def resolve(code: str, switches: Switches) -> Indicator:
    """Return the indicator behind a code; `total` follows the campaign's meaning of 总数（个）.

    Raises KeyError for an unknown code.
    """
    if code == TOTAL:
        code = "installations" if switches.total_meaning is TotalMeaning.INSTALLED else "packs"
    return INDICATORS[code]


def dimensions_of(code: str) -> tuple[str, ...]:
    """Return the dimensions a form may filter by; for `total`, those both meanings have."""
    return _SOFTWARE if code == TOTAL else INDICATORS[code].dimensions


@dataclass(frozen=True, slots=True)
class Question:
    """For which day, which units and by which ways of counting an indicator is asked.

    `scope` maps the ledger's id of each unit whose records count to the code of its group.
    """

    as_of: datetime.date
    scope: Mapping[int, str]
    switches: Switches = field(default_factory=Switches)
    campaign_id: int | None = None
    campaign_from: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One row behind a number: whose it is, what it is, and how much it adds (money in 分)."""

    uid: str
    unit_name: str
    label: str
    amount: int
