"""Plans the licences of the sheet 许可 that a unit holds itself, with their keys; purchases are planned beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.core.findings import FindingClass
from desktop.core.licence import Method, Source
from desktop.core.subjects import SUBJECTS, Value, content_key, natural_key
from desktop.core.text import split_names
from desktop.intake.planning.computers import computer_key
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.planning.licence_rows import Batch, LicenceRow, licence_key
from desktop.intake.planning.purchases import Bought, plan_purchases
from desktop.intake.planning.tree import Tree
from desktop.intake.reading import ReadSheet

_AT = SUBJECTS["licence"].positions
_SOURCES = {Method.OEM.value: Source.PREINSTALLED.value, Method.FREE.value: Source.FREE.value}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row with the uid and natural key of its licence, and the uid of the one it upgrades, if it is found.

    `denies_base` says that it upgrades none.
    """

    row: LicenceRow
    uid: str
    key: str
    base: str | None
    denies_base: bool


def plan_licences(batches: Sequence[Batch], context: Context) -> None:
    """Plan the licences of all sheets that units hold themselves.

    What a licence upgrades may stand in any row of any sheet; one that would upgrade itself in the end is said.
    """
    keys = [[_key(row, sheet, context) for row in rows] for sheet, rows in batches]
    planned = {key for listed in keys for key in listed}
    based = [row for _, rows in batches for row in rows if row.cells["base_no"] is not None]
    context.look_up("licence", planned | {licence_key(row.unit, row.text("base_no")) for row in based})
    in_ledger = {key for key in planned if context.held("licence", key)}
    uids = {key: context.reserve("licence", key) for key in sorted(planned)}
    entries = [
        [_entry(row, sheet, key, (uids, context)) for row, key in zip(rows, listed, strict=True)]
        for (sheet, rows), listed in zip(batches, keys, strict=True)
    ]
    circles = _circles([entry for listed in entries for entry in listed], context)
    for (sheet, _), listed in zip(batches, entries, strict=True):
        drafts = [_draft(entry, circles, sheet, context) for entry in listed]
        _settle(listed, drafts, (sheet, context, in_ledger))


def _key(row: LicenceRow, sheet: ReadSheet, context: Context) -> str:
    number = row.text("licence_no")
    if number:
        return licence_key(row.unit, number)
    content = (row.product, row.edition, *row.cells.values())
    return content_key(row.unit, content, context.occurrence(sheet.file, "licence", natural_key(*content)))


def _entry(row: LicenceRow, sheet: ReadSheet, key: str, known: tuple[Mapping[str, str], Context]) -> _Entry:
    uids, context = known
    base = None
    if row.cells["base_no"] is not None:
        base_key = licence_key(row.unit, row.text("base_no"))
        held = context.held("licence", base_key)
        base = uids.get(base_key) or (held[0] if held else None)
    return _Entry(row, uids[key], key, base, denies_base=_AT["base"] in sheet.emptied(row.number, "licence"))


def _circles(entries: Sequence[_Entry], context: Context) -> Mapping[str, str]:
    """Return the way from each licence that would upgrade itself in the end back to it, by uid."""
    if not any(entry.base for entry in entries):
        return {}
    bases: dict[str, str | None] = {}
    numbers = {entry.uid: entry.row.text("licence_no") for entry in entries}
    for uid, (number, base) in context.known.upgrades().items():
        bases[uid] = base or None
        numbers.setdefault(uid, number)
    for uid, values in context.records("licence"):
        numbers.setdefault(uid, str(values[_AT["licence_no"]]))
    bases |= {entry.uid: None for entry in entries if entry.denies_base}
    tree = Tree(bases)
    for entry in entries:
        tree.hang(entry.uid, entry.base)
    tree.fell(())
    return {uid: " → ".join(numbers[one] for one in circle) for uid, circle in tree.circles.items()}


def _draft(entry: _Entry, circles: Mapping[str, str], sheet: ReadSheet, context: Context) -> Draft:
    row = entry.row
    base = None if entry.uid in circles else entry.base
    if row.cells["base_no"] is not None and base is None:
        _mention_lost_base(row, circles.get(entry.uid, ""), (sheet, context))
    values = (
        row.unit,
        row.cells["licence_no"],
        row.product,
        row.edition or None,
        row.cells["source"],
        row.cells["method"],
        row.cells["licensee"],
        base,
        _computer(row, sheet, context),
        row.cells["proof"],
        row.cells["note"],
    )
    return Draft(entry.key, values, row.number, sheet.emptied(row.number, "licence"))


def _mention_lost_base(row: LicenceRow, circle: str, source: tuple[ReadSheet, Context]) -> None:
    sheet, context = source
    place = sheet.place(row.number, "base_no")
    if circle:
        text = f"原许可编号转回自己：{circle}，升级关系没有记下。"
        context.find("I20", FindingClass.A, text, remedy="请改正其中一个原许可编号。", place=place)
    else:
        text = f"原许可编号「{row.text('base_no')}」在本单位没有登记，升级关系没有记下。"
        context.find("I11", FindingClass.B, text, remedy="请先登记原许可，再导入一次。", place=place)


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


def _fill(values: list[Value]) -> list[Value]:
    """Fill in how a unit came by a licence and how it is granted, where one follows from the other."""
    if values[_AT["source"]] is None:
        values[_AT["source"]] = _SOURCES.get(str(values[_AT["method"]]), Source.OWN_PURCHASE.value)
    if values[_AT["method"]] is None and values[_AT["source"]] == Source.PREINSTALLED.value:
        values[_AT["method"]] = Method.OEM.value
    return values


_WHAT_FOLLOWS = Completion((_AT["source"], _AT["method"]), _fill)


def _settle(
    entries: Sequence[_Entry], drafts: Sequence[Draft], known: tuple[ReadSheet, Context, set[str]]
) -> None:
    """Plan the licences of one sheet, with what was bought of them and the keys they are installed with."""
    sheet, context, in_ledger = known
    bought, keys = [], []
    for entry, uid in zip(entries, context.settle("licence", drafts, sheet, _WHAT_FOLLOWS), strict=True):
        held = context.held("licence", entry.key)
        if uid and held:
            bought.append(Bought(entry.row, uid, held[1], entry.key in in_ledger))
            listed = split_names(entry.row.text("keys"))
            keys += [Draft(natural_key(uid, text), (uid, text), entry.row.number) for text in listed]
    plan_purchases(bought, sheet, context)
    context.settle("licence_key", keys, sheet)
