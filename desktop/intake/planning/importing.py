"""Plans a whole import: every sheet of every file, in the order in which records refer to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.core.plan import Act
from desktop.intake.planning.allocations import plan_allocations
from desktop.intake.planning.computers import plan_computers
from desktop.intake.planning.context import Context
from desktop.intake.planning.installations import plan_installations
from desktop.intake.planning.licence_index import LicenceIndex
from desktop.intake.planning.licence_rows import licence_rows
from desktop.intake.planning.licences import plan_licences
from desktop.intake.planning.people import plan_people
from desktop.intake.planning.products import Products
from desktop.intake.planning.progress import plan_progress
from desktop.intake.planning.units import plan_units
from desktop.intake.reading import ReadSheet


def plan_sheets(sheets: Sequence[ReadSheet], context: Context) -> None:
    """Plan all sheets into the context's plan: units first, what hangs on them after.

    The order of files and sheets does not matter.
    """
    for sheet in _of(sheets, "unit", context):
        plan_units(sheet, context)
    for sheet in _of(sheets, "person", context):
        plan_people(sheet, context)
    for sheet in _of(sheets, "computer", context):
        plan_computers(sheet, context)
    products = Products(context)
    index = _plan_licence_sheets(list(_of(sheets, "licence", context)), context, products)
    for sheet in _of(sheets, "installation", context):
        plan_installations(sheet, context, products, index=index)
    for sheet in _of(sheets, "progress", context):
        plan_progress(sheet, context)


def _of(sheets: Sequence[ReadSheet], subject: str, context: Context) -> Iterator[ReadSheet]:
    """Yield the sheets of a subject, noting what was wrong when they were read."""
    for sheet in sheets:
        if sheet.spec.subject == subject:
            context.plan.findings.extend(sheet.findings)
            counted = "progress_fact" if subject == "progress" else subject
            context.plan.counts[counted, Act.REFUSE] += sheet.refused
            yield sheet


def _plan_licence_sheets(sheets: Sequence[ReadSheet], context: Context, products: Products) -> LicenceIndex:
    """Plan what units hold themselves on all sheets, then what they received from the pools among it."""
    resolved = [(sheet, licence_rows(sheet, context, products)) for sheet in sheets]
    for sheet, rows in resolved:
        plan_licences([row for row in rows if not row.is_allocation], sheet, context)
    index = LicenceIndex(context)
    for sheet, rows in resolved:
        plan_allocations([row for row in rows if row.is_allocation], sheet, context, index=index)
    index.note_received()
    return index
