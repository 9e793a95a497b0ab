"""Plans the sheet 单位: units with their place in the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.core.findings import FindingClass
from desktop.core.subjects import SUBJECTS, Value, Values, natural_key
from desktop.core.text import match_key, split_names
from desktop.core.unit import (
    Category,
    counts_as_organ,
    is_credit_code,
    proposed_category,
    proposed_level,
)
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.planning.tree import Tree
from desktop.intake.planning.unit_names import UnitNames
from desktop.intake.reading import ReadSheet

_SUBJECT = SUBJECTS["unit"]
_AT = _SUBJECT.positions
_UPPERS = ("parent", "industry_parent")


@dataclass(slots=True)
class _Row:
    """A unit's row on its way to a draft; `uppers` are the units it names above itself, by field."""

    sheet: ReadSheet
    number: int
    uid: str
    key: str
    values: list[Value]
    uppers: dict[str, str | Problem] = field(default_factory=dict)

    @property
    def problem(self) -> Problem | None:
        """Why a unit above is not found, if it is not."""
        return next((upper for upper in self.uppers.values() if isinstance(upper, Problem)), None)


def plan_units(sheets: Sequence[ReadSheet], context: Context) -> None:
    """Plan the units of all sheets; the upper unit may stand in a later row or sheet.

    A row whose upper unit is unknown, refused itself, or below it is refused.
    """
    rows = [row for sheet in sheets for row in _rows(sheet, context)]
    names = context.units.copy()
    for row in rows:
        names.add(row.uid, _without_uppers(row))
    for row in rows:
        row.uppers = {
            upper: names.find(str(row.values[_AT[upper]]))
            for upper in _UPPERS
            if row.values[_AT[upper]] is not None
        }
    kept = _keep_what_stands(rows, context, names)
    for sheet in sheets:
        _settle([row for row in kept if row.sheet is sheet], sheet, (context, names))


def _rows(sheet: ReadSheet, context: Context) -> list[_Row]:
    at = sheet.spec.positions
    keys = [match_key(str(row[at["name"]])) for _, row in sheet.rows]
    context.look_up("unit", [natural_key(key) for key in keys])
    return [
        _Row(
            sheet,
            number,
            context.reserve("unit", natural_key(key)),
            natural_key(key),
            [row[at[field.name]] for field in _SUBJECT.fields],
        )
        for key, (number, row) in zip(keys, sheet.rows, strict=True)
    ]


def _without_uppers(row: _Row) -> Values:
    uppers = {_AT[upper] for upper in _UPPERS}
    return tuple(None if place in uppers else value for place, value in enumerate(row.values))


def _keep_what_stands(rows: Sequence[_Row], context: Context, names: UnitNames) -> list[_Row]:
    """Return the rows that have their place in the tree, refusing the others and those that hang on them."""
    freed = {row.uid for row in rows if _AT["parent"] in row.sheet.emptied(row.number, "unit")}
    tree = Tree({unit: None if unit in freed else upper for unit, upper in context.units.parents.items()})
    for row in rows:
        if row.problem is None:
            parent, industry = row.uppers.get("parent"), row.uppers.get("industry_parent")
            tree.hang(row.uid, str(parent) if parent else None, *([str(industry)] if industry else []))
    tree.fell({row.uid for row in rows} - tree.hanging.keys())
    kept = []
    for row in rows:
        fault = row.problem or _fault(row, tree, names)
        if fault is None:
            kept.append(row)
        else:
            place = row.sheet.place(row.number, "parent")
            context.refuse("unit", "I05", fault.text, remedy=fault.remedy, place=place)
    return kept


def _fault(row: _Row, tree: Tree, names: UnitNames) -> Problem | None:
    """Return why a unit has no place in the tree, or nothing."""
    circle = tree.circles.get(row.uid)
    if circle:
        way = " → ".join(names.name_of(uid) for uid in circle)
        return Problem(f"上级单位转回自己：{way}。", "请改正其中一个单位的上级单位。")
    if row.uid in tree.felled:
        above = names.name_of(tree.felled[row.uid])
        return Problem(f"上级单位「{above}」所在的行没有收下。", "请先改正那一行。")
    return None


def _settle(rows: Sequence[_Row], sheet: ReadSheet, known: tuple[Context, UnitNames]) -> None:
    """Plan the rows of a sheet and take their units in under their names."""
    context = known[0]
    drafts = []
    for row in rows:
        _check_credit_code(row, sheet, context)
        if context.held("unit", row.key) is None:
            _mention_namesakes(row, sheet, known)
        for upper in _UPPERS:
            row.values[_AT[upper]] = str(row.uppers[upper]) if upper in row.uppers else None
        emptied = sheet.emptied(row.number, "unit")
        drafts.append(Draft(row.key, tuple(row.values), row.number, emptied))
    for draft, uid in zip(drafts, context.settle("unit", drafts, sheet, _WHAT_FOLLOWS), strict=True):
        held = context.held("unit", draft.key)
        if uid and held:
            context.units.add(uid, held[1])


def _mention_namesakes(row: _Row, sheet: ReadSheet, known: tuple[Context, UnitNames]) -> None:
    """Say so when a new unit bears a name that another unit goes by, or has had: it may be the same one."""
    context, names = known
    borne = (str(row.values[_AT["name"]]), *split_names(str(row.values[_AT["former_names"]] or "")))
    others = {uid for name in borne for uid in names.bearing(name)} - {row.uid}
    for other in sorted(map(names.name_of, others)):
        context.find(
            "I19",
            FindingClass.C,
            f"「{row.values[_AT['name']]}」的名称或曾用名也是「{other}」的名称之一，按两个单位登记。",
            remedy="如是同一单位，请使用登记的全称；已更名的，请先在台账中更名。",
            place=sheet.place(row.number, "name"),
        )


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


def _fill(values: list[Value]) -> list[Value]:
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


_FOLLOWING = ("level", "category", "reports_alone", "counts_as_organ", "in_scope")
_WHAT_FOLLOWS = Completion(tuple(_AT[field] for field in _FOLLOWING), _fill)
