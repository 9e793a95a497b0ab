from __future__ import annotations

from decimal import Decimal

from desktop.core.consolidation import Contribution, Origin, differing, summed
from desktop.core.unit import Category, Level, Unit


def part(origin: Origin, value: str | None, ledger: str | None = None, number: str = "") -> Contribution:
    unit = Unit(1, "u", "甲局", "", None, Level.COUNTY_BODY, Category.GOVERNMENT, 1, True, True, True)  # noqa: FBT003
    values = {} if value is None else {"a": Decimal(value)}
    return Contribution(unit, origin, values, None if ledger is None else {"a": Decimal(ledger)}, number)


def test_printed_leaf_cells_are_added_and_what_nobody_fills_is_left_out() -> None:
    parts = [part(Origin.LEDGER, "0.10"), part(Origin.ISSUED, "1.25"), part(Origin.MISSING, None)]
    assert summed(parts, ["a", "b"]) == {"a": Decimal("1.35")}


def test_the_gap_is_told_unit_by_unit_for_those_that_the_ledger_knows() -> None:
    parts = [
        part(Origin.LEDGER, "0.10", "0.1042"),
        part(Origin.ISSUED, "1.25", "1.25"),
        part(Origin.PAPER, None, "1.20"),
        part(Origin.PAPER, "9.00"),
        part(Origin.MISSING, None),
    ]
    assert [by for _, by in differing(parts, "a")] == [Decimal("-0.0042"), Decimal("-1.20")]


def test_the_source_names_the_issued_form() -> None:
    assert part(Origin.ISSUED, "1", number="T02-0001-2024-0001").source == "定稿 T02-0001-2024-0001"
    assert part(Origin.LEDGER, "1").source == "台账"
