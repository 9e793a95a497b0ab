"""Plans the licences of the sheet 许可 that a unit holds itself, with their keys; purchases are planned beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.core.findings import FindingClass
from desktop.core.licence import Method, Source
from desktop.core.subjects import SUBJECTS, Value, content_key, natural_key
from desktop.core.text import split_names
from desktop.intake.planning.computers import computer_key
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.planning.licence_rows import LicenceRow, licence_key
from desktop.intake.planning.licence_twins import mention_twins
from desktop.intake.planning.products import is_vaguer
from desktop.intake.planning.purchases import Bought, plan_purchases
from desktop.intake.planning.tree import Tree, shortened
from desktop.intake.sheets import SheetRow

_AT = SUBJECTS["licence"].positions
_TELLING_LENGTH = 4
_SOURCES = {Method.OEM.value: Source.PREINSTALLED.value, Method.FREE.value: Source.FREE.value}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row with the uid and natural key of its licence, and the uid of the one it upgrades, if it is found."""

    found: LicenceRow
    uid: str
    key: str
    base: str | None

    @property
    def row(self) -> SheetRow:
        """The row itself."""
        return self.found.row


def plan_licences(rows: Sequence[LicenceRow], context: Context) -> None:
    """Plan the licences of all sheets that units hold themselves, with what was bought of them and their keys.

    What a licence upgrades may stand in any row of any sheet; one that would upgrade itself in the end is said.
    """
    entries, in_ledger = _entries(rows, context)
    _mention_moved([entry for entry in entries if entry.key not in in_ledger], context)
    circles = _circles(entries, context)
    drafts = [_draft(entry, circles, context) for entry in entries]
    bought, keys = [], []
    for entry, uid in zip(entries, context.settle("licence", drafts, _WHAT_FOLLOWS), strict=True):
        held = context.held("licence", entry.key)
        if uid and held:
            bought.append(Bought(entry.row, uid, held[1], entry.key in in_ledger))
            listed = split_names(entry.row.text("keys"))
            keys += [Draft(natural_key(uid, text), (uid, text), entry.row) for text in listed]
    plan_purchases(bought, context)
    new = [entry.found for entry in entries if entry.key not in in_ledger]
    mention_twins(new, {entry.uid for entry in entries}, context)
    context.settle("licence_key", keys)


def _entries(rows: Sequence[LicenceRow], context: Context) -> tuple[list[_Entry], Collection[str]]:
    """Return an entry for each row, and the natural keys of those licences that the ledger holds already."""
    keys = [_key(found, context) for found in rows]
    bases = [_base_key(found) for found in rows]
    context.find_by_uid("licence", [(found.row, key) for found, key in zip(rows, keys, strict=True)])
    context.look_up("licence", {*keys, *filter(None, bases)})
    in_ledger = {key for key in keys if context.held("licence", key)}
    uids = {key: context.reserve("licence", key) for key in sorted({*keys})}
    entries = []
    for found, key, base in zip(rows, keys, bases, strict=True):
        held = context.held("licence", base) if base else None
        entries.append(_Entry(found, uids[key], key, uids.get(base) or (held[0] if held else None)))
    return entries, in_ledger


def _mention_moved(new: Sequence[_Entry], context: Context) -> None:
    """Say which new licences bear a number that another unit's licence has: they may stand under the wrong unit."""
    numbers = {entry.row.text("licence_no") for entry in new}
    telling = {number for number in numbers if len(number) >= _TELLING_LENGTH}
    holders = context.known.holders("licence", telling) if telling else {}
    for entry in new:
        holder = holders.get(entry.row.text("licence_no"))
        if holder is not None:
            context.find(
                "I43",
                FindingClass.C,
                f"软件编号「{entry.row.text('licence_no')}」在「{context.units.name_of(holder)}」也有登记，按两条计。",
                remedy="如是同一条许可，请改正单位；如是配发，请填写上级许可编号。",
                place=entry.row.place("licence_no"),
            )


def _key(found: LicenceRow, context: Context) -> str:
    row = found.row
    number = row.text("licence_no")
    if number:
        return licence_key(found.unit, number)
    if row["uid"] is not None and (held := context.known.keys_of("licence", [row.text("uid")])):
        return held[row.text("uid")]
    content = (found.product, found.edition, *row.values[:-1])  # all but the uid
    occurrence = context.occurrence(row.sheet.file, "licence", natural_key(*content))
    return content_key(found.unit, content, occurrence)


def _base_key(found: LicenceRow) -> str:
    """Return the natural key of the licence that a row upgrades, empty for none."""
    number = found.row.text("base_no")
    return licence_key(found.unit, number) if number else ""


def _circles(entries: Sequence[_Entry], context: Context) -> Mapping[str, str]:
    """Return the way from each licence that would upgrade itself in the end back to it, by uid."""
    if not any(entry.base for entry in entries):
        return {}
    bases: dict[str, str | None] = {}
    numbers = {entry.uid: entry.row.text("licence_no") for entry in entries}
    for uid, (number, base) in context.known.upgrades().items():
        bases[uid] = base or None
        numbers.setdefault(uid, number)
    denied = (entry.uid for entry in entries if _AT["base"] in entry.row.emptied("licence"))
    tree = Tree({**bases, **dict.fromkeys(denied)})
    for entry in entries:
        tree.hang(entry.uid, entry.base)
    tree.fell(())
    return {
        uid: " → ".join(shortened([numbers[one] for one in circle])) for uid, circle in tree.circles.items()
    }


def _draft(entry: _Entry, circles: Mapping[str, str], context: Context) -> Draft:
    row = entry.row
    circle = circles.get(entry.uid, "")
    base = None if circle else entry.base
    if row["base_no"] is not None and base is None:
        _mention_lost_base(row, circle, context)
    values = (
        entry.found.unit,
        row["licence_no"],
        entry.found.product,
        _edition(entry, context),
        *row.pick(("source", "method", "licensee")),
        base,
        _computer(entry.found, context),
        *row.pick(("proof", "note")),
    )
    held = context.held("licence", entry.key)
    is_other = held is not None and held[1][_AT["product"]] != entry.found.product
    emptied = (*row.emptied("licence"), _AT["edition"]) if is_other else row.emptied("licence")
    return Draft(entry.key, values, row, emptied)


def _edition(entry: _Entry, context: Context) -> str | None:
    """Return the edition that a row gives: nothing where only its name does, and the licence holds it already."""
    held = context.held("licence", entry.key)
    is_same = held is not None and held[1][_AT["product"]] == entry.found.product
    known = str(held[1][_AT["edition"]] or "") if held and is_same else ""
    is_silent = entry.row["edition"] is None and is_vaguer(entry.found.edition, known)
    return None if is_silent else entry.found.edition or None


def _mention_lost_base(row: SheetRow, circle: str, context: Context) -> None:
    if circle:
        text = f"原许可编号转回自己：{circle}，升级关系没有记下。"
        level, code, remedy = FindingClass.A, "I20", "请改正其中一个原许可编号。"
    else:
        text = f"原许可编号「{row.text('base_no')}」在本单位没有登记，升级关系没有记下。"
        level, code, remedy = FindingClass.B, "I11", "请先登记原许可，再导入一次。"
    context.find(code, level, text, remedy=remedy, place=row.place("base_no"))


def _computer(found: LicenceRow, context: Context) -> str | None:
    """Return the computer that a licence came with."""
    number = found.row.text("computer_no")
    if not number:
        return None
    held = context.held("computer", computer_key(found.unit, number))
    if held is None and len(split_names(number)) > 1:
        context.find(
            "I12",
            FindingClass.B,
            f"绑定资产编号写了几台（「{number}」），一条许可只能绑定一台，绑定关系没有记下。",
            remedy="请每台计算机各写一行，软件编号各不相同，套数和许可数各写 1。",
            place=found.row.place("computer_no"),
        )
    elif held is None:
        context.find(
            "I12",
            FindingClass.B,
            f"绑定资产编号「{number}」在本单位的计算机中没有，绑定关系没有记下。",
            remedy="请先登记这台计算机，再导入一次。",
            place=found.row.place("computer_no"),
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
