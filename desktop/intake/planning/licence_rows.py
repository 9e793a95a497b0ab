"""The rows of the sheet 许可 with their unit and product found: licences and allocations alike."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.subjects import natural_key
from desktop.core.text import match_key
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.products import Products
from desktop.intake.sheets import SheetRow


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """A row of the sheet with its unit, product and edition (empty for none) found.

    `pool` is the licence that the unit is known to have received from under the row's own number, empty for none.
    """

    row: SheetRow
    unit: str
    product: str
    edition: str
    pool: str = ""

    @property
    def is_allocation(self) -> bool:
        """Whether the row is a part of another unit's pool: it names the pool, or is known to be of it."""
        return self.row["pool_no"] is not None or bool(self.pool)


def licence_key(unit: str, licence_no: str) -> str:
    """Return the natural key of a licence by its 软件编号, which is unique within its unit."""
    return natural_key(unit, "软件编号", match_key(licence_no))


def licence_row(row: SheetRow, context: Context, products: Products) -> LicenceRow | None:
    """Return a row with its unit and product found, or refuse the row."""
    unit = context.unit_of(row, "licence")
    if unit is None:
        return None
    product = products.find(row)
    if isinstance(product, Problem):
        context.refuse("licence", "I10", product, row.place("product"))
        return None
    if row.text("valid_to") and row.text("valid_to") < row.text("valid_from"):
        problem = Problem("有效期至早于有效期起。", "请核对两个日期。")
        context.refuse("licence", "I08", problem, row.place("valid_to"))
        return None
    number = row.text("licence_no")
    is_own = row["pool_no"] is not None or context.held("licence", licence_key(unit, number)) is not None
    pool = "" if is_own or not number else context.received.get((unit, number), "")
    return LicenceRow(row, unit, *product, pool)
