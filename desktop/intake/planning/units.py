"""Plans the sheet 单位: units with their place in the tree."""

from __future__ import annotations

import unicodedata
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
from desktop.intake.planning.tree import Tree, shortened
from desktop.intake.planning.unit_names import UnitNames
from desktop.intake.sheets import ReadSheet, SheetRow
from desktop.intake.spellings import ANY_ORGAN

_AT = SUBJECTS["unit"].positions
_UPPERS = ("parent", "industry_parent")


@dataclass(slots=True)
class _Entry:
    """A unit's row on its way to a draft; `uppers` are the units it names above itself, by field."""

    row: SheetRow
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
    rows = [row for sheet in sheets for row in sheet]
    context.look_up("unit", [_key(row.text("name")) for row in rows])
    context.find_by_uid("unit", [(row, _key(row.text("name"))) for row in rows])
    _rename(rows, context)
    entries = [_entry(row, context) for row in rows if not _is_outdated(row, context)]
    names = context.units.copy()
    for entry in entries:
        names.add(entry.uid, _without_uppers(entry))
    for entry in entries:
        entry.uppers = {
            upper: names.find(str(entry.values[_AT[upper]]))
            for upper in _UPPERS
            if entry.values[_AT[upper]] is not None
        }
    _settle(_keep_what_stands(entries, context, names), context, names)


def _key(name: str) -> str:
    return natural_key(match_key(name))


def _rename(rows: Sequence[SheetRow], context: Context) -> None:
    """Let units that the ledger knows by a former name be known by the new one from now on.

    A row renames the unit whose full name it gives as the former one, if no row is about that unit itself and the new
    name is not one that another unit had before.
    """
    named = {_key(row.text("name")) for row in rows}
    for row in rows:
        key = _key(row.text("name"))
        if context.held("unit", key) is not None:
            continue
        former = {_key(name): name for name in split_names(row.text("former_names"))}
        context.look_up("unit", former)
        held = {one: found[0] for one in former if (found := context.held("unit", one))}
        renamed = [one for one in held if one not in named]
        if len(renamed) == 1 and context.units.renamed(row.text("name")) in (None, held[renamed[0]]):
            context.rekey("unit", {renamed[0]: key})
            context.find(
                "I37",
                FindingClass.C,
                f"按更名处理：「{former[renamed[0]]}」改名为「{row.text('name')}」。",
                remedy="如是另一个单位，请不要把它的名称填为曾用名。",
                place=row.place("former_names"),
            )


def _is_outdated(row: SheetRow, context: Context) -> bool:
    """Return whether a row uses the name that another unit had before, and refuse it then: nobody could tell them apart.

    A unit may take its own former name again.
    """
    name = row.text("name")
    renamed = context.units.renamed(name)
    held = context.held("unit", _key(name))
    if renamed is None or (held and held[0] == renamed):
        return False
    now = context.units.name_of(renamed)
    problem = Problem(f"「{name}」已更名为「{now}」。", "请改用现在的名称。")
    if held or row["former_names"] is not None:
        text = f"「{name}」是「{now}」的曾用名，不能再作另一个单位的名称。"
        problem = Problem(text, f"就是「{now}」的，请改用现在的名称；是另一个单位的，请改用能区分的全称。")
    context.refuse("unit", "I19", problem, row.place("name"))
    return True


def _entry(row: SheetRow, context: Context) -> _Entry:
    key = _key(row.text("name"))
    values = row.record("unit")
    held = context.held("unit", key)
    if row["category"] == ANY_ORGAN:
        values[_AT["category"]] = _organ_category(row.text("name"), held[1] if held else None)
    if held and _is_as_registered(row.text("name"), str(held[1][_AT["name"]])):
        values[_AT["name"]] = held[1][_AT["name"]]
    if held and values[_AT["former_names"]] is not None:
        names = (
            *split_names(str(held[1][_AT["former_names"]] or "")),
            *split_names(row.text("former_names")),
        )
        values[_AT["former_names"]] = "、".join(dict.fromkeys(names))
    return _Entry(row, context.reserve("unit", key), key, values)


def _organ_category(name: str, held: Values | None) -> str | None:
    """Return which organ a unit is that is only said to be one: nothing where the ledger knows; else by its name."""
    if held and counts_as_organ(Category(str(held[_AT["category"]]))):
        return None
    proposed = proposed_category(name)
    return (proposed if counts_as_organ(proposed) else Category.GOVERNMENT).value


def _is_as_registered(name: str, registered: str) -> bool:
    """Return whether a name differs from the registered one in blanks and width alone; blanks there can be put right."""
    same = "".join(unicodedata.normalize("NFKC", name).split()) == unicodedata.normalize("NFKC", registered)
    return same and not any(map(str.isspace, registered))


def _without_uppers(entry: _Entry) -> Values:
    uppers = {_AT[upper] for upper in _UPPERS}
    return tuple(None if place in uppers else value for place, value in enumerate(entry.values))


def _keep_what_stands(entries: Sequence[_Entry], context: Context, names: UnitNames) -> list[_Entry]:
    """Return the rows that have their place in the tree, refusing the others and those that hang on them."""
    freed = {entry.uid for entry in entries if _AT["parent"] in entry.row.emptied("unit")}
    tree = Tree({unit: None if unit in freed else upper for unit, upper in context.units.parents.items()})
    for entry in entries:
        if entry.problem is None:
            parent, industry = entry.uppers.get("parent"), entry.uppers.get("industry_parent")
            tree.hang(entry.uid, str(parent) if parent else None, *([str(industry)] if industry else []))
    tree.fell({entry.uid for entry in entries} - tree.hanging.keys())
    kept = []
    for entry in entries:
        fault = entry.problem or _fault(entry, tree, names)
        if fault is None:
            kept.append(entry)
        else:
            context.refuse("unit", "I05", fault, entry.row.place("parent"))
    return kept


def _fault(entry: _Entry, tree: Tree, names: UnitNames) -> Problem | None:
    """Return why a unit has no place in the tree, or nothing."""
    circle = tree.circles.get(entry.uid)
    if circle:
        way = " → ".join(shortened([names.name_of(uid) for uid in circle]))
        return Problem(f"上级单位转回自己：{way}。", "请改正其中一个单位的上级单位。")
    if entry.uid in tree.felled:
        above = names.name_of(tree.felled[entry.uid])
        return Problem(f"上级单位「{above}」所在的行没有收下。", "请先改正那一行。")
    return None


def _settle(entries: Sequence[_Entry], context: Context, names: UnitNames) -> None:
    """Plan the rows and take their units in under their names."""
    drafts = []
    for entry in entries:
        _check_credit_code(entry.row, context)
        if context.held("unit", entry.key) is None:
            _mention_namesakes(entry, context, names)
        for upper in _UPPERS:
            entry.values[_AT[upper]] = str(entry.uppers[upper]) if upper in entry.uppers else None
        drafts.append(Draft(entry.key, tuple(entry.values), entry.row, entry.row.emptied("unit")))
    for draft, uid in zip(drafts, context.settle("unit", drafts, _WHAT_FOLLOWS), strict=True):
        held = context.held("unit", draft.key)
        if uid and held:
            context.units.add(uid, held[1])


def _mention_namesakes(entry: _Entry, context: Context, names: UnitNames) -> None:
    """Say so when a new unit bears a name that another unit goes by, or has had: it may be the same one."""
    name = entry.row.text("name")
    row = entry.row
    borne = (name, *split_names(row.text("former_names")), *split_names(row.text("short_name")))
    others = {uid for one in borne for uid in names.bearing(one)} - {entry.uid}
    said = dict.fromkeys(names.alike(name) - {entry.uid}, "与「{}」只差繁体、简体")
    said |= dict.fromkeys(others, "的名称、简称或曾用名也是「{}」的名称之一")
    for other, text in sorted((names.name_of(uid), text) for uid, text in said.items()):
        context.find(
            "I19",
            FindingClass.C,
            f"「{name}」{text.format(other)}，按两个单位登记。",
            remedy="如是同一单位，请使用登记的全称；已更名的，请只保留新名称一行，并在曾用名栏填写原名称。",
            place=row.place("name"),
        )


def _check_credit_code(row: SheetRow, context: Context) -> None:
    code = row.text("credit_code")
    if code and not is_credit_code(code):
        context.find(
            "I06",
            FindingClass.C,
            f"统一社会信用代码「{code}」的校验码不对。",
            remedy="请与登记证书核对；没有代码的可以留空。",
            place=row.place("credit_code"),
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
