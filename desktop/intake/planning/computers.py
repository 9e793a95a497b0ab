"""Plans the sheet 计算机."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.computer import ComputerState
from desktop.core.findings import FindingClass
from desktop.core.subjects import SUBJECTS, Value, content_key, natural_key
from desktop.core.text import match_key, person_name
from desktop.intake.cells import Problem
from desktop.intake.doubts import OF_COMPUTERS, doubts_of_records
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.sheets import ReadSheet, SheetRow

_AT = SUBJECTS["computer"].positions
_BEGUN, _ENDED = _AT["in_use_from"], _AT["retired_on"]
_TELLING_LENGTH = 5


def computer_key(unit: str, asset_no: str) -> str:
    """Return the natural key of a computer by the asset number, which is unique within its unit."""
    return natural_key(unit, "资产编号", match_key(asset_no))


def plan_computers(sheet: ReadSheet, context: Context) -> None:
    """Plan the computers of a sheet; without an asset number the row's content and its place in line identify it."""
    context.computer_sheets.add((sheet.file, sheet.name))
    drafts = [draft for row in sheet if (draft := _draft(row, context))]
    context.find_by_uid("computer", [(draft.row, draft.key) for draft in drafts])
    context.look_up("computer", [draft.key for draft in drafts])
    drafts = [draft for draft in drafts if not _is_backward(draft, context)]
    new = [draft for draft in drafts if context.held("computer", draft.key) is None]
    _mention_moved(new, context)
    _mention_known_users(new, drafts, context)
    _mention_known_serials(new, drafts, context)
    uids = context.settle("computer", drafts, _WHAT_FOLLOWS)
    context.computers_of_rows |= {draft.row.whole: uid for draft, uid in zip(drafts, uids, strict=True)}
    settled = [
        (draft.row, held[1])
        for draft, uid in zip(drafts, uids, strict=True)
        if uid and (held := context.held("computer", draft.key))
    ]
    context.note(*doubts_of_records(settled, "computer", OF_COMPUTERS))
    _mention_unnumbered([draft.row for draft in drafts if draft.values[_AT["asset_no"]] is None], context)


def _draft(row: SheetRow, context: Context) -> Draft | None:
    """Return the draft of a row, or refuse the row."""
    unit = context.unit_of(row, "computer")
    if unit is None:
        return None
    values = row.record("computer")
    values[_AT["unit"]] = unit
    user = values[_AT["user_name"]]
    if user is not None:
        values[_AT["user_name"]] = name = person_name(str(user))
        values[_AT["user_name_as_typed"]] = user if user != name else None
    return Draft(_key(values, row, context), tuple(values), row, row.emptied("computer"))


def _is_backward(draft: Draft, context: Context) -> bool:
    """Return whether a computer would stop before it starts, by the row and what is held; refuse the row then."""
    begun, ended = draft.values[_BEGUN], draft.values[_ENDED]
    if (begun is None) is not (ended is None):
        held = context.held("computer", draft.key)
        if held is not None:
            begun, ended = (
                held[1][place] if said is None and place not in draft.emptied else said
                for place, said in ((_BEGUN, begun), (_ENDED, ended))
            )
    if begun is None or ended is None or str(begun) <= str(ended):
        return False
    problem = Problem("停用日期早于启用日期。", "请核对两个日期。")
    context.refuse("computer", "I08", problem, draft.row.place("retired_on"))
    return True


def _mention_moved(new: Sequence[Draft], context: Context) -> None:
    """Say which new computers bear a number that another unit's computer has: they may have changed hands.

    Short numbers are counted anew in every unit and tell nothing.
    """
    numbered = {str(draft.values[_AT["asset_no"]] or ""): draft for draft in new}
    long = {number: draft for number, draft in numbered.items() if len(number) >= _TELLING_LENGTH}
    holders = context.known.holders("computer", long) if long else {}
    moved = [(number, draft) for number, draft in long.items() if number in holders]
    if moved:
        number, draft = moved[0]
        count = f"共 {len(moved)} 台。" if len(moved) > 1 else ""
        context.find(
            "I43",
            FindingClass.C,
            f"资产编号「{number}」在「{context.units.name_of(holders[number])}」也有登记，按两台计。{count}",
            remedy="如是调拨，请给原单位那台填写停用日期，状态改为闲置或报废。",
            place=draft.row.place("asset_no"),
        )


def _mention_known_users(new: Sequence[Draft], drafts: Sequence[Draft], context: Context) -> None:
    """Say which new computers may be known already, with a number that is new or not given: their user has one.

    A computer that another row is about is another one; so are two that both have numbers.
    """
    users = {str(draft.values[_AT["user_name"]]) for draft in new if draft.values[_AT["user_name"]]}
    known = context.known.computers_by("user_name", users) if users else ()
    about = {held[0] for draft in drafts if (held := context.held("computer", draft.key))} if known else ()
    numbers = {(unit, user): number for uid, unit, user, number in known if uid not in about}
    doubled = []
    for draft in new:
        whose = str(draft.values[_AT["unit"]]), str(draft.values[_AT["user_name"]])
        if whose in numbers and not (numbers[whose] and draft.values[_AT["asset_no"]]):
            doubled.append((draft, numbers[whose]))
    if doubled:
        draft, number = doubled[0]
        which = f"资产编号「{number}」" if number else "没有资产编号"
        count = f"共 {len(doubled)} 台。" if len(doubled) > 1 else ""
        context.find(
            "I59",
            FindingClass.C,
            f"使用人「{draft.values[_AT['user_name']]}」已登记一台计算机（{which}），本行作为另一台计入。{count}",
            remedy="如是同一台，请用 template --filled 输出登记表，在原来那一行上补填或改正。",
            place=draft.row.place("user_name"),
        )


def _mention_known_serials(new: Sequence[Draft], drafts: Sequence[Draft], context: Context) -> None:
    """Say which new computers bear the serial number of one that is registered and that no row is about."""
    serials = {str(draft.values[_AT["serial_no"]] or ""): draft for draft in new}
    long = {serial: draft for serial, draft in serials.items() if len(serial) >= _TELLING_LENGTH}
    known = context.known.computers_by("serial_no", long) if long else ()
    about = {held[0] for draft in drafts if (held := context.held("computer", draft.key))} if known else ()
    doubled = [(unit, serial, number) for uid, unit, serial, number in known if uid not in about]
    if doubled:
        unit, serial, number = doubled[0]
        count = f"共 {len(doubled)} 台。" if len(doubled) > 1 else ""
        context.find(
            "I71",
            FindingClass.C,
            f"序列号「{serial}」在「{context.units.name_of(unit)}」已登记（资产编号「{number}」），本行按另一台计。{count}",
            remedy="只是改了资产编号的，请用 template --filled 输出登记表，在原来那一行上改；调拨来的，请给原来那台填写停用日期，状态改为闲置或报废。",
            place=long[serial].row.place("serial_no"),
        )


def _mention_unnumbered(rows: Sequence[SheetRow], context: Context) -> None:
    """Say how computers without an asset number are known: a changed row would be another computer."""
    if rows:
        context.find(
            "I25",
            FindingClass.D,
            f"有 {len(rows)} 行没有资产编号，按整行内容识别；改动后再导入会成为另一台计算机。",
            remedy="请补填资产编号。",
            place=rows[0].place("asset_no"),
        )


def _key(values: Sequence[Value], row: SheetRow, context: Context) -> str:
    asset_no = values[_AT["asset_no"]]
    if asset_no is not None:
        return computer_key(str(values[0]), str(asset_no))
    if row["uid"] is not None and (held := context.known.keys_of("computer", [row.text("uid")])):
        return held[row.text("uid")]
    occurrence = context.occurrence(row.sheet.file, "computer", natural_key(*values))
    return content_key(str(values[0]), values, occurrence)


def _fill(values: list[Value]) -> list[Value]:
    if values[_AT["state"]] is None:
        values[_AT["state"]] = ComputerState.IN_USE.value
    return values


_WHAT_FOLLOWS = Completion((_AT["state"],), _fill)
