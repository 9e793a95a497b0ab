"""Which units a form is about, and in which group each counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.core.campaign import Campaign, Group, default_group
from desktop.core.text import match_key
from desktop.core.unit import Unit, reporting_unit
from desktop.errors import AppError
from desktop.store.campaigns import groups_of
from desktop.store.database import Ledger
from desktop.store.units import all_units

_MOST_NAMED = 5


@dataclass(frozen=True)
class Selection:
    """The units in question with the code of their group, and those among them that report on their own."""

    scope: Mapping[int, str]
    groups: tuple[Group, ...]
    reporting_names: tuple[str, ...]


def scope_of(ledger: Ledger, campaign: Campaign, *, unit: Unit | None, group: str) -> Selection:
    """Return the units of a campaign, of one of its groups, or of one unit with those that roll up to it.

    Raises AppError for a group that the campaign does not have.
    """
    units = all_units(ledger)
    groups = _groups_by_unit(ledger, campaign, units)
    if unit is not None:
        groups.setdefault(unit.id, default_group(unit.level))
    wanted = _group_called(group, set(groups.values()), campaign) if group else None
    scope: dict[int, str] = {}
    for number in units:
        reporter = number if unit and number == unit.id else reporting_unit(number, units)
        own = groups.get(reporter)
        if own is None or (unit and reporter != unit.id) or (wanted and own != wanted):
            continue
        scope[number] = own.code
    names = tuple(units[n].name for n in scope if reporting_unit(n, units) == n)
    return Selection(scope, tuple(dict.fromkeys(groups.values())), names)


def group_code(ledger: Ledger, campaign: Campaign, name: str) -> str:
    """Return the code of the group that a person names; empty for none. Raises AppError for one that is not there."""
    if not name:
        return ""
    return _group_called(
        name, set(_groups_by_unit(ledger, campaign, all_units(ledger)).values()), campaign
    ).code


def ungrouped_names(ledger: Ledger, campaign: Campaign) -> list[str]:
    """Return the reporting units of a campaign with groups of its own that are in none of them, and so count nowhere."""
    grouped = {unit for members in groups_of(ledger, campaign.id).values() for unit in members}
    units = all_units(ledger) if grouped else {}
    return [
        unit.name
        for number, unit in units.items()
        if unit.in_scope and number not in grouped and reporting_unit(number, units) == number
    ]


def first_few(names: Sequence[str]) -> str:
    """Return the first names of a list, and that there are more."""
    return "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")


def _groups_by_unit(ledger: Ledger, campaign: Campaign, units: Mapping[int, Unit]) -> dict[int, Group]:
    """Return the group of every unit in the campaign; without groups of its own, by the units' levels."""
    explicit = groups_of(ledger, campaign.id)
    if explicit:
        return {unit: group for group, members in explicit.items() for unit in members}
    return {number: default_group(unit.level) for number, unit in units.items() if unit.in_scope}


def _group_called(name: str, groups: set[Group], campaign: Campaign) -> Group:
    for group in groups:
        if match_key(name) in map(match_key, (group.code, f"{group.code}机关", group.caption)):
            return group
    listed = "、".join(sorted(group.code for group in groups)) or "无"
    raise AppError(
        "NO-GROUP",
        "没有这个分组",
        message=f"任务「{campaign.name}」没有分组「{name}」。",
        remedy=f"可用的有：{listed}。",
    )
