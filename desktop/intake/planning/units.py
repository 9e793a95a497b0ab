"""Plans the sheet 单位: units with their place in the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.core.findings import FindingClass
from desktop.core.subjects import SUBJECTS, Value, natural_key
from desktop.core.text import match_key
from desktop.core.unit import (
    Category,
    counts_as_organ,
    cycle_of,
    is_credit_code,
    proposed_category,
    proposed_level,
)
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context, Draft
from desktop.intake.reading import ReadSheet

_SUBJECT = SUBJECTS["unit"]
_AT = _SUBJECT.positions


@dataclass(slots=True)
class _Row:
    """A unit's row on its way to a draft."""

    number: int
    uid: str
    key: str
    values: list[Value]


def plan_units(sheet: ReadSheet, context: Context) -> None:
    """Plan the units of a sheet; the upper unit may stand in a later row.

    A row whose upper unit is unknown, refused itself, or below it is refused.
    """
    at = sheet.spec.positions
    keys = [match_key(str(row[at["name"]])) for _, row in sheet.rows]
    context.look_up("unit", [natural_key(key) for key in keys])
    uids = {key: context.reserve("unit", natural_key(key)) for key in keys}
    rows = [
        _Row(number, uids[key], key, [row[at[field.name]] for field in _SUBJECT.fields])
        for key, (number, row) in zip(keys, sheet.rows, strict=True)
    ]
    kept = _keep_what_stands(rows, sheet, (context, uids))
    for row in kept:
        _check_credit_code(row, sheet, context)
    drafts = [Draft(natural_key(row.key), tuple(row.values), row.number) for row in kept]
    _register(drafts, context.settle("unit", drafts, sheet, complete=_complete), context)


def _keep_what_stands(
    rows: list[_Row], sheet: ReadSheet, names: tuple[Context, Mapping[str, str]]
) -> list[_Row]:
    """Return the rows that have their place in the tree, refusing the others and those that hang on them."""
    context = names[0]
    lost: set[str] = set()
    while True:
        parents = context.units.parents | {row.uid: _parent(row, names) for row in rows}
        faults = {row.number: _fault(row, (names, parents, lost)) for row in rows}
        if not any(faults.values()):
            break
        for row in rows:
            fault = faults[row.number]
            if fault is not None:
                place = sheet.place(row.number, "parent")
                context.refuse("unit", "I05", fault.text, remedy=fault.remedy, place=place)
                lost.add(row.uid)
        rows = [row for row in rows if faults[row.number] is None]
    for row in rows:
        for field in ("parent", "industry_parent"):
            above = _upper(row, field, names)
            row.values[_AT[field]] = above if isinstance(above, str) else None
    return rows


def _upper(row: _Row, field: str, names: tuple[Context, Mapping[str, str]]) -> str | Problem | None:
    context, uids = names
    above = row.values[_AT[field]]
    return None if above is None else uids.get(match_key(str(above))) or context.units.find(str(above))


def _parent(row: _Row, names: tuple[Context, Mapping[str, str]]) -> str | None:
    """Return the uid of the unit above: as the row says or, where it is silent, as the ledger has it."""
    above = _upper(row, "parent", names)
    return above if isinstance(above, str) else names[0].units.parents.get(row.uid)


def _fault(
    row: _Row, known: tuple[tuple[Context, Mapping[str, str]], Mapping[str, str | None], set[str]]
) -> Problem | None:
    """Return why a unit has no place in the tree, or nothing."""
    names, parents, lost = known
    for field in ("parent", "industry_parent"):
        above = _upper(row, field, names)
        if isinstance(above, Problem):
            return above
        if above in lost:
            return Problem(f"上级单位「{row.values[_AT[field]]}」所在的行没有收下。", "请先改正那一行。")
    circle = cycle_of(row.uid, parents)
    if not circle:
        return None
    written = {uid: name for name, uid in names[1].items()}
    way = " → ".join(written.get(uid) or names[0].units.name_of(uid) for uid in circle)
    return Problem(f"上级单位转回自己：{way}。", "请改正其中一个单位的上级单位。")


def _check_credit_code(row: _Row, sheet: ReadSheet, context: Context) -> None:
    code = row.values[_AT["credit_code"]]
    if code is not None and not is_credit_code(str(code)):
        context.find(
            "I06",
            FindingClass.C,
            f"统一社会信用代码「{code}」的校验码不对。",
            remedy="请与登记证书核对；没有代码的可以留空。",
            place=sheet.place(row.number, "credit_code"),
        )


def _complete(values: list[Value]) -> list[Value]:
    """Fill in what a new unit's row leaves open: level and category by its name, and what follows from them."""
    name = str(values[_AT["name"]])
    _default(values, "level", proposed_level(name).value)
    _default(values, "category", proposed_category(name).value)
    _default(values, "reports_alone", 1)
    organ = counts_as_organ(Category(str(values[_AT["category"]]))) and bool(values[_AT["reports_alone"]])
    _default(values, "counts_as_organ", int(organ))
    _default(values, "in_scope", 1)
    return values


def _default(values: list[Value], field: str, value: Value) -> None:
    if values[_AT[field]] is None:
        values[_AT[field]] = value


def _register(drafts: list[Draft], settled: list[str], context: Context) -> None:
    for draft, uid in zip(drafts, settled, strict=True):
        held = context.held("unit", draft.key)
        if uid and held:
            context.units.add(uid, held[1])
