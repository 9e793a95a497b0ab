"""Consolidation (汇总): a table added up unit by unit, each from the best source there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.core.unit import Unit


class Origin(StrEnum):
    """Where a unit's numbers come from, the best first."""

    ISSUED = "定稿"
    PAPER = "代录"
    LEDGER = "台账"
    MISSING = "未报"


@dataclass(frozen=True)
class Contribution:
    """What one unit adds: its numbers as printed, totals too, by the ids of the form's cells.

    `by_ledger` is what the ledger gives for the leaf cells before it is rounded (万元 with all decimals), None for a
    unit of which the ledger holds nothing. `number` is that of the issued form; `is_unaccepted` says that the unit has
    a report that has not passed, so that the ledger was taken instead.
    """

    unit: Unit
    origin: Origin
    values: Mapping[str, Decimal]
    by_ledger: Mapping[str, Decimal] | None = None
    number: str = ""
    is_unaccepted: bool = False
    is_typed: bool = False
    """Whether something was typed into the unit's own form, of which the ledger knows nothing."""

    @property
    def source(self) -> str:
        """The source as printed."""
        return f"{self.origin.value} {self.number}".strip()


def summed(contributions: Sequence[Contribution], cells: Sequence[str]) -> dict[str, Decimal]:
    """Return the sums of the printed leaf cells; a cell that no unit fills is left out."""
    sums = {}
    for cell in cells:
        values = [each.values[cell] for each in contributions if cell in each.values]
        if values:
            sums[cell] = sum(values[1:], start=values[0])
    return sums


def differing(contributions: Sequence[Contribution], cell: str) -> list[tuple[Unit, Decimal]]:
    """Return the units whose printed leaf cell differs from what the ledger holds of them, and by how much.

    A cell that is empty counts as 0; a unit of which the ledger holds nothing is left out.
    """
    by_unit = [
        (each.unit, each.values.get(cell, Decimal(0)) - each.by_ledger.get(cell, Decimal(0)))
        for each in contributions
        if each.by_ledger is not None
    ]
    return [(unit, difference) for unit, difference in by_unit if difference]
