"""Reads what an indicator is filtered or listed by, and proves that such a dimension and such values exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.core.campaign import ProgressKind
from desktop.core.computer import ComputerKind, ComputerState
from desktop.core.indicators import dimensions_of
from desktop.core.installation import Claim
from desktop.core.licence import Source
from desktop.core.product import Origin, SoftwareClass
from desktop.core.records import RecordKind
from desktop.core.unit import Category, Level
from desktop.forms.reading.entries import Entry
from desktop.forms.spec import Where

_VALUES: Mapping[str, Sequence[str]] = {
    "category": list(Category),
    "claim": list(Claim),
    "class": list(SoftwareClass),
    "dated": ["有日期", "无日期"],
    "kind": list(ComputerKind),
    "level": list(Level),
    "origin": list(Origin),
    "progress": list(ProgressKind),
    "source": list(Source),
    "staff": ["编制", "实有", "使用计算机"],
    "state": list(ComputerState),
}
"""The dimensions whose values are known beforehand. Groups, units and products are the ledger's own."""


def where_of(entry: Entry, code: str) -> Where:
    """Return the filters of a table; raises FormFault for one that the indicator does not have."""
    filters: dict[str, frozenset[str]] = {}
    if "where" in entry:
        where = entry.table("where")
        for dimension in where:
            _prove_dimension(where, dimension, code)
            values = where.texts(dimension)
            _prove_values(where, dimension, values, _VALUES.get(dimension, ()))
            filters[dimension] = frozenset(values)
    return filters


def records_where(entry: Entry, kind: RecordKind) -> Where:
    """Return the filters of a repeated row; raises FormFault for one that its kind of record does not have."""
    filters: dict[str, frozenset[str]] = {}
    if "where" in entry:
        where = entry.table("where")
        for name in where:
            if name not in kind.filters:
                listed = "、".join(kind.filters) or "无"
                raise where.fault(f"{kind.name} 不能按 {name} 筛选，可用的有 {listed}。", name)
            values = where.texts(name)
            _prove_values(where, name, values, kind.filters[name])
            filters[name] = frozenset(values)
    return filters


def listed_by(entry: Entry, code: str) -> str:
    """Return the dimension that an indicator is listed by; raises FormFault for one that it does not have."""
    dimension = entry.text("by")
    if dimension not in dimensions_of(code):
        raise entry.fault(_no_dimension(code, dimension), "by")
    return dimension


def _prove_dimension(where: Entry, dimension: str, code: str) -> None:
    if dimension not in dimensions_of(code):
        raise where.fault(_no_dimension(code, dimension), dimension)


def _no_dimension(code: str, dimension: str) -> str:
    return f"指标 {code} 不能按 {dimension} 筛选，可用的有 {'、'.join(dimensions_of(code))}。"


def _prove_values(where: Entry, dimension: str, values: tuple[str, ...], listed: Sequence[str]) -> None:
    if not values:
        raise where.fault(f"{dimension} 没有列出任何值。", dimension)
    known = listed or values
    for position, value in enumerate(values):
        if value not in known:
            raise where.fault(
                f"{dimension} 没有「{value}」，可用的有 {'、'.join(known)}。", dimension, position
            )
