"""Plans the licences of the sheet 许可 that a unit holds itself, with their purchases and keys."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.findings import FindingClass
from desktop.core.licence import Method, Source
from desktop.core.subjects import Value, content_key, natural_key
from desktop.core.text import split_names
from desktop.intake.planning.computers import computer_key
from desktop.intake.planning.context import Context, Draft
from desktop.intake.planning.licence_rows import LicenceRow, licence_key
from desktop.intake.reading import ReadSheet

_MANY_SEATS = {Method.NETWORK.value, Method.SITE.value, Method.USER.value}


def plan_licences(rows: Sequence[LicenceRow], sheet: ReadSheet, context: Context) -> None:
    """Plan the licences of a sheet that a unit holds itself: first those that stand alone, then upgrades."""
    _plan_own([row for row in rows if row.cells["base_no"] is None], sheet, context)
    _plan_own([row for row in rows if row.cells["base_no"] is not None], sheet, context)


def _plan_own(rows: list[LicenceRow], sheet: ReadSheet, context: Context) -> None:
    drafts = []
    for row in rows:
        values = _licence_values(row, sheet, context)
        drafts.append(Draft(_key(row, (sheet, context)), values, row.number))
    known = {draft.key for draft in drafts if context.held("licence", draft.key)}
    uids = context.settle("licence", drafts, sheet, complete=list)
    purchases, keys = [], []
    for row, draft, uid in zip(rows, drafts, uids, strict=True):
        if not uid:
            continue
        purchases.append(_purchase(row, uid, (sheet, context)))
        listed = split_names(row.text("keys"))
        keys += [Draft(natural_key(uid, text), (uid, text), row.number) for text in listed]
        if draft.key in known:
            _mention_second_purchase(purchases[-1], row, (sheet, context))
    context.settle("purchase", purchases, sheet)
    context.settle("licence_key", keys, sheet)


def _key(row: LicenceRow, source: tuple[ReadSheet, Context]) -> str:
    sheet, context = source
    number = row.text("licence_no")
    if number:
        return licence_key(row.unit, number)
    content = (row.product, row.edition, *row.cells.values())
    return content_key(row.unit, content, context.occurrence(sheet.file, "licence", natural_key(*content)))


def _licence_values(row: LicenceRow, sheet: ReadSheet, context: Context) -> tuple[Value, ...]:
    source = row.cells["source"] or _source_of(row)
    return (
        row.unit,
        row.cells["licence_no"],
        row.product,
        row.edition or None,
        source,
        row.cells["method"] or (Method.OEM.value if source == Source.PREINSTALLED.value else None),
        row.cells["licensee"],
        _base(row, sheet, context),
        _computer(row, sheet, context),
        row.cells["proof"],
        row.cells["note"],
    )


def _source_of(row: LicenceRow) -> str:
    by_method = {Method.OEM.value: Source.PREINSTALLED, Method.FREE.value: Source.FREE}
    return by_method.get(row.text("method"), Source.OWN_PURCHASE).value


def _base(row: LicenceRow, sheet: ReadSheet, context: Context) -> str | None:
    """Return the licence that this one upgrades."""
    number = row.text("base_no")
    if not number:
        return None
    held = context.held("licence", licence_key(row.unit, number))
    if held is None:
        context.find(
            "I11",
            FindingClass.B,
            f"原许可编号「{number}」在本单位没有登记，升级关系没有记下。",
            remedy="请先登记原许可，再导入一次。",
            place=sheet.place(row.number, "base_no"),
        )
    return held[0] if held else None


def _computer(row: LicenceRow, sheet: ReadSheet, context: Context) -> str | None:
    """Return the computer that this licence came with."""
    number = row.text("computer_no")
    if not number:
        return None
    held = context.held("computer", computer_key(row.unit, number))
    if held is None:
        context.find(
            "I12",
            FindingClass.B,
            f"绑定资产编号「{number}」在本单位的计算机中没有，绑定关系没有记下。",
            remedy="请先登记这台计算机，再导入一次。",
            place=sheet.place(row.number, "computer_no"),
        )
    return held[0] if held else None


def _purchase(row: LicenceRow, licence: str, source: tuple[ReadSheet, Context]) -> Draft:
    sheet, context = source
    packs, seats = _packs_and_seats(row, source)
    base = natural_key(licence, row.text("purchased_on"), row.text("contract_no"))
    key = natural_key(base, context.occurrence(sheet.file, "purchase", base))
    price = row.cells["unit_price"]
    amount = row.cells["amount"]
    if amount is None and isinstance(price, int) and seats is not None:
        amount = price * seats
    dates = (row.cells["purchased_on"], row.cells["valid_from"], row.cells["valid_to"])
    bought = (row.cells["contract_no"], row.cells["supplier"], row.cells["funding"])
    return Draft(key, (licence, packs, seats, price, amount, *dates, *bought), row.number)


def _packs_and_seats(row: LicenceRow, source: tuple[ReadSheet, Context]) -> tuple[int | None, int | None]:
    """Return packs and seats; one that is missing follows from the other: a network pack is one pack."""
    packs, seats = _number(row.cells["packs"]), _number(row.cells["seats"])
    method = row.text("method")
    if packs is None and seats is not None:
        return (1 if method in _MANY_SEATS else seats), seats
    if seats is None and packs is not None and method not in _MANY_SEATS:
        return packs, packs
    if packs is None and seats is None and _needs_numbers(row):
        sheet, context = source
        context.find(
            "I13",
            FindingClass.C,
            "套数和许可数都没有填，按 0 计。",
            remedy="请按授权书补填。",
            place=sheet.place(row.number, "seats"),
        )
    return packs, seats


def _needs_numbers(row: LicenceRow) -> bool:
    return row.text("method") != Method.SITE.value and row.text("source") != Source.FREE.value


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _mention_second_purchase(draft: Draft, row: LicenceRow, source: tuple[ReadSheet, Context]) -> None:
    """Say so when a licence that is known gets one more purchase: it may be a corrected date."""
    sheet, context = source
    if context.held("purchase", draft.key) is None:
        context.find(
            "I14",
            FindingClass.C,
            f"软件编号「{row.text('licence_no')}」已有登记，本行作为又一笔购买计入。",
            remedy="如只是更正购买日期或合同编号，请不要导入，改在台账中更正。",
            place=sheet.place(row.number, "licence_no"),
        )
