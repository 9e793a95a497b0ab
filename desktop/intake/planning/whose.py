"""Says whose the rows are of a sheet that names no unit: as the person says, or as a line beside its table does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.core.findings import Finding, FindingClass, Place
from desktop.core.plan import Act
from desktop.core.text import match_key
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.sheets import Around, ReadSheet

_REMEDY = "如不对，请加上单位名称栏，或用 --unit 指明单位。"
_COUNTED = {"progress": "progress_fact"}


def with_units(sheets: Sequence[ReadSheet], context: Context) -> list[ReadSheet]:
    """Return the sheets with a unit in every row of those that name none; what is nobody's is refused and said.

    The units of the import must have been planned.
    """
    return [_with_unit(sheet, context) if _is_of_units(sheet) else sheet for sheet in sheets]


def _is_of_units(sheet: ReadSheet) -> bool:
    return bool(sheet.rows or sheet.without) and "unit" in sheet.spec.positions


def _with_unit(sheet: ReadSheet, context: Context) -> ReadSheet:
    place = Place(sheet.file, sheet.name)
    if sheet.names_units:
        _mention_unused(sheet, place, context)
        return sheet
    stacked = _stacked(sheet, context)
    if stacked:
        context.note(stacked)
        return _refused(sheet, context)
    unit = _whose(sheet, place, context)
    if isinstance(unit, Problem):
        context.find("I03", FindingClass.A, unit.text, remedy=unit.remedy, place=place)
        return _refused(sheet, context)
    at, name = sheet.spec.positions["unit"], context.units.name_of(unit)
    named = [
        [(number, (*row[:at], name, *row[at + 1 :])) for number, row in rows]
        for rows in (sheet.rows, sheet.without)
    ]
    return replace(sheet, rows=named[0], without=named[1])


def _refused(sheet: ReadSheet, context: Context) -> ReadSheet:
    """Return the sheet without its rows, which are counted as refused."""
    counted = _COUNTED.get(sheet.spec.subject, sheet.spec.subject)
    context.plan.counts[counted, Act.REFUSE] += len(sheet.rows)
    return replace(sheet, rows=(), without=())


def _stacked(sheet: ReadSheet, context: Context) -> Finding | None:
    """Return which line among the records names another unit than those before it; nothing where none does."""
    first: dict[str, str] = {}
    for number, line in sheet.heads:
        owners = _owners(line, context)
        others = [name for uid, name in owners.items() if first and uid not in first]
        if others:
            before = next(iter(first.values()))
            text = f"本行写的是「{others[0]}」，上面写的是「{before}」，像是几个单位的表接在一起，整张表没有读取。"
            remedy = "请每个单位放一张表，或加上单位名称栏、每一行写明单位，再导入。"
            return Finding("I55", FindingClass.A, text, remedy, sheet.place(number))
        first = first or owners
    return None


def _owners(around: Around, context: Context) -> dict[str, str]:
    """Return the units that lines name as whose the records are, with the name; one not registered by its name."""
    if around.unit:
        unit = context.units.find(around.unit)
        return {unit if isinstance(unit, str) else match_key(around.unit): around.unit}
    return {uid: context.units.name_of(uid) for uid, _ in _named_beside(around, context)}


def _whose(sheet: ReadSheet, place: Place, context: Context) -> str | Problem:
    """Return the unit whose sheet it is, saying where that was read, or why nobody can say."""
    named = _named_beside(sheet.around, context)
    if context.unit_asked:
        asked = context.units.find(context.unit_asked)
        if isinstance(asked, str):
            _mention_asked(asked, [*_labelled(sheet, context), *named], place, context)
        return asked
    if sheet.around.unit:
        written = f"表头{'上方' if sheet.around.is_above else '下方的表尾'}写的"
        return _told(context.units.find(sheet.around.unit), written, place, context)
    if len(named) > 1:
        listed = "、".join(f"「{context.units.name_of(uid)}」" for uid, _ in named)
        text = f"没有写单位名称，表的上方或下方写有{listed}，不知道是哪个单位的，整张表没有读取。"
        return Problem(text, "请加上单位名称栏，或用 --unit 指明单位。")
    if named:
        return _told(named[0][0], f"「{named[0][1]}」中的", place, context)
    only = context.units.only_one()
    if only is not None:
        return _told(only, "台账中唯一独立填报的", place, context)
    text = "没有写明是哪个单位的，整张表没有读取。"
    return Problem(text, "请加上单位名称栏，或用 --unit 指明单位。")


def _named_beside(around: Around, context: Context) -> list[tuple[str, str]]:
    """Return the units that lines beside the table name, with the first line that does; of a line of units the lowest."""
    met: dict[str, str] = {}
    for line in around.lines:
        for uid in sorted(context.units.mentioned(line)):
            met.setdefault(uid, " ".join(line.split()))
    above = {upper for uid in met for upper in context.units.line_of(uid)[1:]}
    return [(uid, line) for uid, line in met.items() if uid not in above]


def _labelled(sheet: ReadSheet, context: Context) -> Iterator[tuple[str, str]]:
    """Yield the unit that a label names, empty for one that is not registered, with its name as it is written."""
    name = sheet.around.unit
    if name:
        unit = context.units.find(name)
        yield (unit if isinstance(unit, str) else ""), name


def _told(unit: str | Problem, written: str, place: Place, context: Context) -> str | Problem:
    if isinstance(unit, str):
        text = f"没有写单位名称，按{written}「{context.units.name_of(unit)}」计。"
        context.find("I45", FindingClass.D, text, remedy=_REMEDY, place=place)
    return unit


def _mention_asked(asked: str, named: Sequence[tuple[str, str]], place: Place, context: Context) -> None:
    """Say that the unit is the one that the person named, and where the sheet says otherwise."""
    name = context.units.name_of(asked)
    near = {asked, *context.units.line_of(asked)}
    others = [line for uid, line in named if uid not in near]
    if others:
        text = f"表中写的是「{others[0]}」，按 --unit 指明的「{name}」计。"
        remedy = "请核对；不是这个单位的，请加上单位名称栏，或分开导入。"
        context.find("I45", FindingClass.C, text, remedy=remedy, place=place)
    else:
        text = f"没有写单位名称，按 --unit 指明的「{name}」计。"
        context.find("I45", FindingClass.D, text, remedy="如不对，请加上单位名称栏。", place=place)


def _mention_unused(sheet: ReadSheet, place: Place, context: Context) -> None:
    """Say that a unit which the person named is not used for a sheet that names others itself."""
    asked = context.units.find(context.unit_asked) if context.unit_asked else None
    if asked is None:
        return
    at = sheet.spec.positions["unit"]
    written = {str(row[at]) for _, row in sheet.rows if row[at] is not None}
    others = sorted(name for name in written if context.units.find(name) != asked)
    if others:
        text = f"表中写了单位名称（如「{others[0]}」），--unit 指明的「{context.unit_asked}」没有用于这张表。"
        context.find("I45", FindingClass.C, text, remedy="请核对是否选对了文件。", place=place)
