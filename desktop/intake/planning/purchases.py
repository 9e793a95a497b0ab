"""Plans what was bought of the licences of a sheet: packs, seats, money, term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.core.findings import FindingClass
from desktop.core.licence import Method, Source
from desktop.core.subjects import SUBJECTS, Value, Values, natural_key
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.planning.matching import Corrections
from desktop.intake.sheets import SheetRow

_AT = SUBJECTS["purchase"].positions
_LICENCE = SUBJECTS["licence"].positions
_COPIED = (
    *("packs", "seats", "unit_price", "amount", "purchased_on", "valid_from", "valid_to"),
    *("contract_no", "supplier", "funding"),
)
"""The columns of a purchase, in the order of its fields."""
_KEYED = (_AT["purchased_on"], _AT["contract_no"])
_MANY_SEATS = {Method.NETWORK.value, Method.SITE.value, Method.USER.value}


@dataclass(frozen=True, slots=True)
class Bought:
    """A row whose licence is planned: the licence's uid and values, and whether the ledger held it before."""

    row: SheetRow
    uid: str
    licence: Values
    is_known: bool


def plan_purchases(bought: Sequence[Bought], context: Context) -> None:
    """Plan one purchase for every row; of packs, seats and amount, what is missing follows from the others.

    A row for a licence that is known may correct the date or contract number of a purchase, or leave them out.
    """
    known = {entry.uid for entry in bought if entry.is_known}
    context.look_up("purchase", context.known.keys_of_licences("purchase", known))
    drafts = [_draft(entry, context) for entry in bought]
    drafts = _CORRECTIONS.apply(drafts, dict(context.keyed_records("purchase")), context)
    licences = {entry.uid: entry.licence for entry in bought}
    completion = _completion({uid: licence[_LICENCE["method"]] for uid, licence in licences.items()})
    drafts = [draft for draft in drafts if not _ends_before_it_begins(draft, completion, context)]
    settled = context.settle("purchase", drafts, completion)
    for draft in drafts:
        _mention_price(draft, context)
    _mention_doubled([draft for draft, uid in zip(drafts, settled, strict=True) if uid], context)
    for draft in drafts:
        held = context.held("purchase", draft.key)
        if held and held[1][_AT["packs"]] is None and held[1][_AT["seats"]] is None:
            _mention_missing_numbers(draft, licences[str(draft.values[0])], context)


def _draft(entry: Bought, context: Context) -> Draft:
    row = _counted(entry, context)
    base = natural_key(entry.uid, row.text("purchased_on"), row.text("contract_no"))
    return Draft(base, (entry.uid, *row.pick(_COPIED)), row, row.emptied("purchase"))


def _counted(entry: Bought, context: Context) -> SheetRow:
    """Return a row with its 数量 as seats where a pack has many of them and nothing else counts them, and say so.

    Packs of such licences without seats are said, too: they are seats more often than not.
    """
    row, method, number = entry.row, entry.licence[_LICENCE["method"]], entry.row["packs"]
    if method not in _MANY_SEATS or row["seats"] is not None or not isinstance(number, int) or number <= 1:
        return row
    heading = row.sheet.heading_of("packs")
    is_packs = "套" in heading
    taken = f"按 {number} 套计" if is_packs else f"按 1 套、{number} 个许可计"
    context.find(
        "I69",
        FindingClass.C,
        f"授权方式是{method}，只写了{heading} {number}，没有写许可数，{taken}。",
        remedy="不是的，请分别写明套数和许可数。",
        place=row.place("packs"),
    )
    return row if is_packs else row.with_values(packs=None, seats=number)


def _ends_before_it_begins(draft: Draft, completion: Completion, context: Context) -> bool:
    """Return whether a purchase would end before it begins, and refuse its row then."""
    if draft.values[_AT["valid_from"]] is None and draft.values[_AT["valid_to"]] is None:
        return False
    outcome = context.outcome("purchase", draft, completion)
    begins, ends = outcome[_AT["valid_from"]], outcome[_AT["valid_to"]]
    if begins is None or ends is None or str(begins) <= str(ends):
        return False
    problem = Problem("有效期至早于有效期起。", "请核对两个日期。")
    context.refuse("purchase", "I08", problem, draft.row.place("valid_to"))
    return True


def _completion(methods: Mapping[str, Value]) -> Completion:
    """Return how packs, seats and amount follow from each other: a network licence is one pack.

    The price is that of a pack where packs are told, else that of a seat.
    """

    def fill(values: list[Value]) -> list[Value]:
        has_many_seats = methods.get(str(values[_AT["licence"]])) in _MANY_SEATS
        packs, seats = values[_AT["packs"]], values[_AT["seats"]]
        priced = seats if packs is None else packs
        if packs is None and seats is not None:
            values[_AT["packs"]] = 1 if has_many_seats else seats
        if seats is None and packs is not None and not has_many_seats:
            values[_AT["seats"]] = seats = packs
        price = values[_AT["unit_price_fen"]]
        if values[_AT["amount_fen"]] is None and isinstance(price, int) and isinstance(priced, int):
            values[_AT["amount_fen"]] = price * priced
        return values

    return Completion((_AT["packs"], _AT["seats"], _AT["amount_fen"]), fill)


def _mention_price(draft: Draft, context: Context) -> None:
    """Say of what a price is taken to be where packs and seats differ and no amount is told."""
    packs, seats, price, amount = (
        draft.values[_AT[name]] for name in ("packs", "seats", "unit_price_fen", "amount_fen")
    )
    if price is not None and amount is None and packs and seats and packs != seats:
        context.find(
            "I68",
            FindingClass.C,
            f"没有写金额，按单价乘套数（{packs} 套，不按 {seats} 个许可）计。",
            remedy="单价是每个许可的，请填写金额。",
            place=draft.row.place("unit_price"),
        )


def _mention_doubled(drafts: Sequence[Draft], context: Context) -> None:
    """Say where a row tells of a purchase just what another one of its sheet does: it counts once."""
    first: dict[tuple[str, str, str, Values], int] = {}
    for draft in drafts:
        row = draft.row
        if any(value is not None for value in draft.values[1:]):
            number = first.setdefault((*row.whole[:2], draft.key, draft.values), row.number)
            if number != row.number:
                context.find(
                    "I61",
                    FindingClass.C,
                    f"与第 {number} 行是同一笔购买（软件编号「{row.text('licence_no')}」），只计一次。",
                    remedy="如是两笔，请分别写明购买日期或合同编号；如是重复填写，请删除一行。",
                    place=row.place("licence_no"),
                )


def _mention_missing_numbers(draft: Draft, licence: Values, context: Context) -> None:
    """Say so when nobody knows how many were bought, unless the licence needs no number."""
    needs_none = licence[_LICENCE["method"]] == Method.SITE.value
    if not needs_none and licence[_LICENCE["source"]] != Source.FREE.value:
        context.find(
            "I13",
            FindingClass.C,
            "套数和许可数都没有填，按 0 计。",
            remedy="请按授权书补填。",
            place=draft.row.place("seats"),
        )


def _mention_second_purchase(draft: Draft, context: Context) -> None:
    """Say so when a licence that is known gets one more purchase: it may be a corrected date."""
    context.find(
        "I14",
        FindingClass.C,
        f"软件编号「{draft.row.text('licence_no')}」已有登记，本行作为又一笔购买计入。",
        remedy="请核对是否确为又一笔购买；只是更正的，请先撤销本次导入，再逐项核对。",
        place=draft.row.place("licence_no"),
    )


_CORRECTIONS = Corrections(
    "purchase",
    owned_by=1,
    keyed=_KEYED,
    telling=tuple(_AT[name] for name in ("contract_no", "valid_from", "valid_to")),
    unsure=Problem(
        "与登记的购买对不上：不知道是更正，还是又一笔购买。",
        "更正的，请日期和其他栏目分两次改；又一笔购买的，请连同登记的各笔一起导入，或写明合同编号。",
    ),
    unclear=Problem("这条许可有几笔购买，本行没有写购买日期，不知道是哪一笔。", "请补填购买日期。"),
    corrected="除购买日期或合同编号外与登记的那一笔购买相同，按更正计。",
    otherwise="如是又一笔购买，请连同原来那一行一起导入。",
    is_another=_mention_second_purchase,
)
