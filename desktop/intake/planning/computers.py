"""Plans the sheet 计算机."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.computer import ComputerState
from desktop.core.findings import FindingClass
from desktop.core.subjects import SUBJECTS, Value, content_key, natural_key
from desktop.core.text import person_name
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.reading import ReadSheet

_SUBJECT = SUBJECTS["computer"]
_AT = _SUBJECT.positions


def computer_key(unit: str, asset_no: str) -> str:
    """Return the natural key of a computer by the asset number, which is unique within its unit."""
    return natural_key(unit, "资产编号", asset_no)


def plan_computers(sheet: ReadSheet, context: Context) -> None:
    """Plan the computers of a sheet; without an asset number the row's content and its place in line identify it."""
    at = sheet.spec.positions
    typed_name = _AT["user_name_as_typed"]
    picked = [at.get(field.name) for field in _SUBJECT.fields]
    drafts = []
    for number, row in sheet.rows:
        values: list[Value] = [None if p is None else row[p] for p in picked]
        unit = context.units.find(None if values[0] is None else str(values[0]))
        if isinstance(unit, Problem):
            context.refuse(
                "computer", "I03", unit.text, remedy=unit.remedy, place=sheet.place(number, "unit")
            )
            continue
        values[0] = unit
        user = values[_AT["user_name"]]
        if user is not None:
            values[_AT["user_name"]] = name = person_name(str(user))
            values[typed_name] = user if user != name else None
        if _has_backward_dates(values):
            context.refuse(
                "computer",
                "I08",
                "停用日期早于启用日期。",
                remedy="请核对两个日期。",
                place=sheet.place(number, "retired_on"),
            )
            continue
        emptied = sheet.emptied(number, "computer")
        drafts.append(Draft(_key(values, sheet.file, context), tuple(values), number, emptied))
    context.settle("computer", drafts, sheet, _WHAT_FOLLOWS)
    _mention_unnumbered([d.row for d in drafts if d.values[_AT["asset_no"]] is None], sheet, context)


def _mention_unnumbered(rows: Sequence[int], sheet: ReadSheet, context: Context) -> None:
    """Say how computers without an asset number are known: a changed row would be another computer."""
    if rows:
        context.find(
            "I25",
            FindingClass.D,
            f"有 {len(rows)} 行没有资产编号，按整行内容识别；改动后再导入会成为另一台计算机。",
            remedy="请补填资产编号。",
            place=sheet.place(rows[0], "asset_no"),
        )


def _key(values: list[Value], file: str, context: Context) -> str:
    asset_no = values[_AT["asset_no"]]
    if asset_no is not None:
        return computer_key(str(values[0]), str(asset_no))
    base = natural_key(*values)
    return content_key(str(values[0]), values, context.occurrence(file, "computer", base))


def _has_backward_dates(values: list[Value]) -> bool:
    begun, ended = values[_AT["in_use_from"]], values[_AT["retired_on"]]
    return begun is not None and ended is not None and str(ended) < str(begun)


def _fill(values: list[Value]) -> list[Value]:
    if values[_AT["state"]] is None:
        values[_AT["state"]] = ComputerState.IN_USE.value
    return values


_WHAT_FOLLOWS = Completion((_AT["state"],), _fill)
