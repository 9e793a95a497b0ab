"""Plans the sheet 软件产品: what a product is, where the catalogue does not know it or the ledger has it wrong."""

from __future__ import annotations

from desktop.core.product import ProductKind
from desktop.core.subjects import SUBJECTS, Value, natural_key
from desktop.core.text import match_key
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.planning.products import catalogue_values
from desktop.intake.reading import ReadSheet

_SUBJECT = SUBJECTS["product"]
_AT = _SUBJECT.positions


def plan_product_sheet(sheet: ReadSheet, context: Context) -> None:
    """Plan the products of a sheet; where a row of a new product is silent, the catalogue speaks.

    A new product that the catalogue does not know needs its class and origin; without them the row is refused.
    """
    at = sheet.spec.positions
    picked = [at.get(field.name) for field in _SUBJECT.fields]
    drafts = []
    for number, row in sheet.rows:
        values: list[Value] = [None if p is None else row[p] for p in picked]
        found = context.catalogue.find(str(values[0]))
        if found and not found[1]:
            values[0] = found[0].name
        key = natural_key(match_key(str(values[0])))
        is_known = (found and not found[1]) or context.held("product", key)
        if not is_known and (values[_AT["class"]] is None or values[_AT["origin"]] is None):
            context.refuse(
                "product",
                "I10",
                f"软件目录中没有「{values[0]}」，也没有写全软件类别和国内/国外。",
                remedy="请补填软件类别和国内/国外。",
                place=sheet.place(number, "name"),
            )
            continue
        drafts.append(Draft(key, tuple(values), number, sheet.emptied(number, "product")))
    context.settle("product", drafts, sheet, _what_follows(context))


def _what_follows(context: Context) -> Completion:
    """Return how a product's fields follow from its name in the catalogue."""

    def fill(values: list[Value]) -> list[Value]:
        found = context.catalogue.find(str(values[0]))
        known: tuple[Value, ...] = (None,) * len(values)
        if found and not found[1]:
            known = catalogue_values(found[0])
        filled = [own if own is not None else other for own, other in zip(values, known, strict=True)]
        filled[_AT["kind"]] = filled[_AT["kind"]] or ProductKind.COMMERCIAL.value
        filled[_AT["is_server"]] = filled[_AT["is_server"]] or 0
        return filled

    return Completion((), fill)
