"""What a person adds to a filled form (填报表): typed cells with reasons, explanations of findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A value typed over what the ledger gives, as text, and why."""

    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportKey:
    """Which filled form is meant: the form's code, the campaign, for whom (a unit, a group, or all), and the period."""

    form: str
    campaign_id: int
    unit_id: int | None = None
    group: str = ""
    period: str = ""


Finding = tuple[str, str]
"""A finding by its code and the id of its cell, empty where it is about none."""


@dataclass(frozen=True)
class Report:
    """What was typed into a form by cell id, and how findings are explained (出错说明)."""

    cells: Mapping[str, TypedCell] = field(default_factory=dict)
    explanations: Mapping[Finding, str] = field(default_factory=dict)
