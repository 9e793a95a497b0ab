"""What a person adds to a filled form (填报表): typed cells with reasons, explanations, all of it from paper."""

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
    """Which filled form is meant: the form's code, the campaign, for whom (a unit, a group, or all), the period.

    `licence` is the uid of the one licence that the form is about.
    """

    form: str
    campaign_id: int
    unit_id: int | None = None
    group: str = ""
    period: str = ""
    licence: str = ""


Finding = tuple[str, str]
"""A finding by its code and the id of its cell, empty where it is about none."""


@dataclass(frozen=True)
class Report:
    """What was typed into a form by cell id, and how findings are explained (出错说明).

    With a `paper_reason` the whole form is 代录: it holds what its sealed paper says and nothing of the ledger.
    """

    cells: Mapping[str, TypedCell] = field(default_factory=dict)
    explanations: Mapping[Finding, str] = field(default_factory=dict)
    paper_reason: str = ""

    @property
    def is_paper(self) -> bool:
        """Whether the whole form was entered from paper (纸质代录)."""
        return bool(self.paper_reason)
