"""Plans what was bought of the licences of a sheet: packs, seats, money, term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.core.findings import FindingClass
from desktop.core.licence import Method, Source
from desktop.core.subjects import SUBJECTS, Value, Values, natural_key
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.sheets import SheetRow

_AT = SUBJECTS["purchase"].positions
_LICENCE = SUBJECTS["licence"].positions
_COPIED = (
    *("packs", "seats", "unit_price", "amount", "purchased_on", "valid_from", "valid_to"),
    *("contract_no", "supplier", "funding"),
)
"""The columns of a purchase, in the order of its fields."""
_MANY_SEATS = {Method.NETWORK.value, Method.SITE.value, Method.USER.value}


@dataclass(frozen=True, slots=True)
class Bought:
    """A row whose licence is planned: the licence's uid and values, and whether the ledger held it before."""

    row: SheetRow
    uid: str
    licence: Values
    is_known: bool


def plan_purchases(bought: Sequence[Bought], context: Context) -> None:
    """Plan one purchase for every row; of packs, seats and amount, what is missing follows from the others."""
    drafts = [_draft(entry, context) for entry in bought]
    context.look_up("purchase", [draft.key for draft in drafts])
    for entry, draft in zip(bought, drafts, strict=True):
        if entry.is_known and context.held("purchase", draft.key) is None:
            _mention_second_purchase(entry.row, context)
    methods = {entry.uid: entry.licence[_LICENCE["method"]] for entry in bought}
    context.settle("purchase", drafts, _completion(methods))
    for entry, draft in zip(bought, drafts, strict=True):
        held = context.held("purchase", draft.key)
        if held and held[1][_AT["packs"]] is None and held[1][_AT["seats"]] is None:
            _mention_missing_numbers(entry, context)


def _draft(entry: Bought, context: Context) -> Draft:
    row = entry.row
    base = natural_key(entry.uid, row.text("purchased_on"), row.text("contract_no"))
    key = natural_key(base, context.occurrence(row.sheet.file, "purchase", base))
    return Draft(key, (entry.uid, *row.pick(_COPIED)), row, row.emptied("purchase"))


def _completion(methods: Mapping[str, Value]) -> Completion:
    """Return how packs, seats and amount follow from each other: a network licence is one pack."""

    def fill(values: list[Value]) -> list[Value]:
        has_many_seats = methods.get(str(values[_AT["licence"]])) in _MANY_SEATS
        packs, seats = values[_AT["packs"]], values[_AT["seats"]]
        if packs is None and seats is not None:
            values[_AT["packs"]] = 1 if has_many_seats else seats
        if seats is None and packs is not None and not has_many_seats:
            values[_AT["seats"]] = seats = packs
        price = values[_AT["unit_price_fen"]]
        if values[_AT["amount_fen"]] is None and isinstance(price, int) and isinstance(seats, int):
            values[_AT["amount_fen"]] = price * seats
        return values

    return Completion((_AT["packs"], _AT["seats"], _AT["amount_fen"]), fill)


def _mention_missing_numbers(entry: Bought, context: Context) -> None:
    """Say so when nobody knows how many were bought, unless the licence needs no number."""
    if entry.licence[_LICENCE["method"]] == Method.SITE.value:
        return
    if entry.licence[_LICENCE["source"]] == Source.FREE.value:
        return
    context.find(
        "I13",
        FindingClass.C,
        "套数和许可数都没有填，按 0 计。",
        remedy="请按授权书补填。",
        place=entry.row.place("seats"),
    )


def _mention_second_purchase(row: SheetRow, context: Context) -> None:
    """Say so when a licence that is known gets one more purchase: it may be a corrected date."""
    context.find(
        "I14",
        FindingClass.C,
        f"软件编号「{row.text('licence_no')}」已有登记，本行作为又一笔购买计入。",
        remedy="如只是更正购买日期或合同编号，请先撤销（undo）登记它的那次导入，再导入改正后的表。",
        place=row.place("licence_no"),
    )
