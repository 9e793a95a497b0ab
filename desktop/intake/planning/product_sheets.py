"""Plans the sheet 软件产品: what a product is, where the catalogue does not know it or the ledger has it wrong."""

from __future__ import annotations

from desktop.core.product import ProductKind
from desktop.core.subjects import SUBJECTS, Value, natural_key
from desktop.core.text import match_key
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.planning.products import catalogue_values, undescribed
from desktop.intake.sheets import ReadSheet, SheetRow

_AT = SUBJECTS["product"].positions


def plan_product_sheet(sheet: ReadSheet, context: Context) -> None:
    """Plan the products of a sheet; where a row of a new product is silent, the catalogue speaks.

    A new product that the catalogue does not know needs its class and origin; without them the row is refused.
    """
    drafts = [draft for row in sheet if (draft := _draft(row, context))]
    context.settle("product", drafts, _what_follows(context))


def _draft(row: SheetRow, context: Context) -> Draft | None:
    """Return the draft of a row, or refuse the row."""
    values = row.record("product")
    found = context.catalogue.find_as_written(row.text("name"))
    is_listed = found is not None
    if found:
        values[_AT["name"]] = found[0].name
    key = natural_key(match_key(str(values[_AT["name"]])))
    is_described = row["class"] is not None and row["origin"] is not None
    if not (is_listed or is_described or context.held("product", key)):
        context.refuse("product", "I10", undescribed(row.text("name")), row.place("name"))
        return None
    return Draft(key, tuple(values), row, row.emptied("product"))


def _what_follows(context: Context) -> Completion:
    """Return how a product's fields follow from its name in the catalogue."""

    def fill(values: list[Value]) -> list[Value]:
        found = context.catalogue.find_as_written(str(values[0]))
        known: tuple[Value, ...] = (None,) * len(values)
        if found:
            known = catalogue_values(found[0])
        filled = [own if own is not None else other for own, other in zip(values, known, strict=True)]
        filled[_AT["kind"]] = filled[_AT["kind"]] or ProductKind.COMMERCIAL.value
        filled[_AT["is_server"]] = filled[_AT["is_server"]] or 0
        return filled

    return Completion((), fill)
