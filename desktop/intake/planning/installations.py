"""Plans the sheet 安装: which product is on which computer, under which licence."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.core.installation import Claim
from desktop.core.subjects import SUBJECTS, Value, natural_key
from desktop.intake.cells import Problem
from desktop.intake.planning.computers import computer_key
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.planning.licence_index import LicenceIndex
from desktop.intake.planning.licence_rows import licence_key
from desktop.intake.planning.products import PRODUCT_COLUMNS, Products
from desktop.intake.reading import ReadSheet, Row

_AT = SUBJECTS["installation"].positions
_COPIED = (
    "installed_on",
    "removed_on",
    "claim",
    "user_signed",
    "backed_up",
    "product_identifier",
    "key_text",
    "note",
)


def plan_installations(
    sheet: ReadSheet, context: Context, products: Products, *, index: LicenceIndex
) -> None:
    """Plan the installations of a sheet; over-use of a licence is recorded as a fact, never refused."""
    _look_up_computers(sheet, context)
    drafts = [found for row in sheet.rows if (found := _draft(row, sheet, (context, products, index)))]
    context.settle("installation", drafts, sheet, _WHAT_FOLLOWS)


def _look_up_computers(sheet: ReadSheet, context: Context) -> None:
    """Fetch the computers and licences of all rows at once."""
    at = sheet.spec.positions
    keys, licences = set(), set()
    for _, row in sheet.rows:
        unit = context.units.find(_text(row[at["unit"]]))
        if isinstance(unit, str):
            keys.add(computer_key(unit, str(row[at["asset_no"]])))
            if row[at["licence_no"]] is not None:
                licences.add(licence_key(unit, str(row[at["licence_no"]])))
    context.look_up("computer", keys)
    context.look_up("licence", licences)


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _draft(
    row: tuple[int, Row], sheet: ReadSheet, known: tuple[Context, Products, LicenceIndex]
) -> Draft | None:
    """Return the draft of a row, or refuse the row."""
    number, cells = row
    context, products, index = known
    values = {column.field: cell for column, cell in zip(sheet.spec.columns, cells, strict=True)}
    found = _resolve(values, (sheet, number), (context, products, index))
    if isinstance(found[0], Problem):
        problem, field = found
        place = sheet.place(number, field)
        context.refuse("installation", "I17", problem.text, remedy=problem.remedy, place=place)
        return None
    computer, product, edition, licence = found[0]
    base = natural_key(computer, product, edition)
    key = natural_key(base, context.occurrence(sheet.file, "installation", base))
    copied = (values[name] for name in _COPIED)
    emptied = sheet.emptied(number, "installation")
    return Draft(key, (computer, product, edition, licence, *copied), number, emptied)


def _resolve(
    values: Mapping[str, Value],
    source: tuple[ReadSheet, int],
    known: tuple[Context, Products, LicenceIndex],
) -> tuple[Problem, str] | tuple[tuple[str, str, str | None, str | None], str]:
    """Return (computer, product, edition, licence) of a row, or what is wrong and in which field."""
    context, products, index = known
    unit = context.units.find(_text(values["unit"]))
    if isinstance(unit, Problem):
        return unit, "unit"
    computer = context.held("computer", computer_key(unit, str(values["asset_no"])))
    if computer is None:
        missing = f"资产编号「{values['asset_no']}」在「{context.units.name_of(unit)}」的计算机中没有。"
        return Problem(missing, "请先登记这台计算机。"), "asset_no"
    product = products.find(tuple(values[field] for field in PRODUCT_COLUMNS), *source)
    if isinstance(product, Problem):
        return product, "product"
    licence = _licence(_text(values["licence_no"]), unit, (context, index))
    if isinstance(licence, Problem):
        return licence, "licence_no"
    if str(values["removed_on"] or "9") < str(values["installed_on"] or ""):
        return Problem("卸载日期早于安装日期。", "请核对两个日期。"), "removed_on"
    return (computer[0], product[0], product[1] or None, licence), ""


def _licence(number: str | None, unit: str, known: tuple[Context, LicenceIndex]) -> str | Problem | None:
    """Return the licence a row names: the unit's own, one it received, or the only one with that number."""
    if number is None:
        return None
    context, index = known
    own = context.held("licence", licence_key(unit, number))
    if own is not None:
        return own[0]
    received = index.received(unit, number)
    if received:
        return received
    owners = index.numbered(number)
    if len(owners) == 1:
        return next(iter(owners))
    text = "没有登记" if not owners else "在几个单位都有"
    return Problem(f"软件编号「{number}」{text}。", "请先登记这条许可，或改正编号。")


def _fill(values: list[Value]) -> list[Value]:
    if values[_AT["claim"]] is None:
        values[_AT["claim"]] = Claim.PENDING.value
    return values


_WHAT_FOLLOWS = Completion((_AT["claim"],), _fill)
