"""The rows of the sheet 许可 with their unit and product found: licences and allocations alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.core.subjects import Value, natural_key
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.products import PRODUCT_COLUMNS, Products
from desktop.intake.reading import ReadSheet, Row


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """A row of the sheet with its unit and product found."""

    number: int
    unit: str
    product: str
    edition: str
    cells: Mapping[str, Value]

    @property
    def is_allocation(self) -> bool:
        """Whether the row is a part of another unit's pool."""
        return self.cells["pool_no"] is not None

    def text(self, field: str) -> str:
        """Return a field's text, empty when the row is silent."""
        value = self.cells[field]
        return "" if value is None else str(value)


Batch = tuple[ReadSheet, list[LicenceRow]]
"""A sheet with its rows, or some of them."""


def licence_key(unit: str, licence_no: str) -> str:
    """Return the natural key of a licence by its 软件编号, which is unique within its unit."""
    return natural_key(unit, "软件编号", licence_no)


def licence_rows(sheet: ReadSheet, context: Context, products: Products) -> list[LicenceRow]:
    """Return the rows whose unit and product are found; the others are refused."""
    return [found for row in sheet.rows if (found := _resolve(row, (sheet, context, products)))]


def _resolve(row: tuple[int, Row], known: tuple[ReadSheet, Context, Products]) -> LicenceRow | None:
    sheet, context, products = known
    number, values = row
    cells = {column.field: value for column, value in zip(sheet.spec.columns, values, strict=True)}
    unit = context.units.find(None if cells["unit"] is None else str(cells["unit"]))
    if isinstance(unit, Problem):
        context.refuse("licence", "I03", unit.text, remedy=unit.remedy, place=sheet.place(number, "unit"))
        return None
    product = products.find(tuple(cells[column] for column in PRODUCT_COLUMNS), sheet, number)
    if isinstance(product, Problem):
        place = sheet.place(number, "product")
        context.refuse("licence", "I10", product.text, remedy=product.remedy, place=place)
        return None
    found = LicenceRow(number, unit, product[0], product[1], cells)
    if found.text("valid_to") and found.text("valid_to") < found.text("valid_from"):
        place = sheet.place(number, "valid_to")
        context.refuse("licence", "I08", "有效期至早于有效期起。", remedy="请核对两个日期。", place=place)
        return None
    return found
