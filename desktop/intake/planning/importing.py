"""Plans a whole import: every sheet of every file, in the order in which records refer to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.core.findings import Place
from desktop.core.plan import Act
from desktop.intake.doubts import doubts
from desktop.intake.planning.allocations import plan_allocations
from desktop.intake.planning.computers import plan_computers
from desktop.intake.planning.context import Context
from desktop.intake.planning.installations import Installations
from desktop.intake.planning.licence_index import LicenceIndex
from desktop.intake.planning.licence_rows import licence_row
from desktop.intake.planning.licences import plan_licences
from desktop.intake.planning.people import Namesakes, plan_people
from desktop.intake.planning.product_sheets import plan_product_sheet
from desktop.intake.planning.products import Products
from desktop.intake.planning.progress import plan_progress
from desktop.intake.planning.units import plan_units
from desktop.intake.planning.upgrades import mention_partial_upgrades
from desktop.intake.planning.whose import with_units
from desktop.intake.sheets import ReadSheet

_CAUSES_FIRST = ("unit", "person", "computer", "product", "licence", "installation", "progress")


def plan_sheets(sheets: Sequence[ReadSheet], context: Context) -> None:
    """Plan all sheets into the context's plan: units first, what hangs on them after.

    The order of files and sheets does not matter.
    """
    plan_units(_of(sheets, "unit", context), context)
    sheets = with_units(sheets, context)
    namesakes = Namesakes()
    for sheet in _of(sheets, "person", context):
        plan_people(sheet, namesakes, context)
    for sheet in _of(sheets, "computer", context):
        plan_computers(sheet, context)
    for sheet in _of(sheets, "product", context):
        plan_product_sheet(sheet, context)
    licences, installations = _of(sheets, "licence", context), _of(sheets, "installation", context)
    products = Products(context, (*licences, *installations))
    index = _plan_licence_sheets(licences, context, products)
    Installations(context, products, index).plan(installations)
    for sheet in _of(sheets, "progress", context):
        plan_progress(sheet, context)
    ranked = sorted(sheets, key=lambda sheet: _CAUSES_FIRST.index(sheet.spec.subject))
    order = {(sheet.file, sheet.name): number for number, sheet in enumerate(ranked)}
    context.plan.findings.sort(key=lambda finding: _where(finding.place, order))


def _where(place: Place, order: Mapping[tuple[str, str], int]) -> tuple[int, int]:
    """Return where a finding lies when causes stand before what they cause, and rows in their order."""
    return order.get((place.file, place.sheet), len(order)), place.row


def _of(sheets: Sequence[ReadSheet], subject: str, context: Context) -> list[ReadSheet]:
    """Return the sheets of a subject, noting what was wrong when they were read."""
    chosen = [sheet for sheet in sheets if sheet.spec.subject == subject]
    counted = "progress_fact" if subject == "progress" else subject
    for sheet in chosen:
        context.note(*sheet.findings, *doubts(sheet, context.today))
        if sheet.refused:
            context.plan.counts[counted, Act.REFUSE] += sheet.refused
    return chosen


def _plan_licence_sheets(sheets: Sequence[ReadSheet], context: Context, products: Products) -> LicenceIndex:
    """Plan what units hold themselves on all sheets, then what they received from the pools among it."""
    found = [licence_row(row, context, products) for sheet in sheets for row in sheet]
    rows = [row for row in found if row is not None]
    plan_licences([row for row in rows if not row.is_allocation], context)
    index = LicenceIndex(context)
    plan_allocations([row for row in rows if row.is_allocation], context, index)
    index.note_received()
    mention_partial_upgrades(context, index)
    return index
