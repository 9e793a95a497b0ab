"""Says whose the rows are of a sheet that names no unit: as the person says, a line beside its table, or its name."""

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
        _mention_others(sheet, place, context)
        return sheet
    stacked = _stacked(sheet, context)
    if stacked:
        context.note(stacked)
        return _refused(sheet, context)
    unit = _whose(sheet, place, context)
    if isinstance(unit, Problem):
        context.find("I03", FindingClass.A, unit.text, remedy=unit.remedy, place=place)
        return _refused(sheet, context)
    _mention_sheet_name(unit, sheet, place, context)
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
    unit, written = _by_title_or_name(named, sheet, context)
    return _told(unit, written, place, context)


def _by_title_or_name(
    named: Sequence[tuple[str, str]], sheet: ReadSheet, context: Context
) -> tuple[str | Problem, str]:
    """Return the unit that lines beside the table name, or the sheet's name, or the only one; and where that stands."""
    by_name = _named_by_sheet(sheet, context)
    if by_name and len(named) != 1 and (not named or by_name in (uid for uid, _ in named)):
        return by_name, "表名写的"
    remedy = "请加上单位名称栏，或用 --unit 指明单位。"
    if len(named) > 1:
        listed = "、".join(f"「{context.units.name_of(uid)}」" for uid, _ in named)
        text = f"没有写单位名称，表的上方或下方写有{listed}，不知道是哪个单位的，整张表没有读取。"
        return Problem(text, remedy), ""
    if named:
        return named[0][0], f"「{named[0][1]}」中的"
    only = context.units.only_one()
    if only is not None:
        return only, "台账中唯一独立填报的"
    return Problem("没有写明是哪个单位的，整张表没有读取。", remedy), ""


def _named_by_sheet(sheet: ReadSheet, context: Context) -> str:
    """Return the unit of which the sheet's name is a name, as it stands; empty where it is none, or that of several."""
    units = context.units.bearing(sheet.name)
    return next(iter(units)) if len(units) == 1 else ""


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


def _mention_sheet_name(unit: str, sheet: ReadSheet, place: Place, context: Context) -> None:
    """Say that the sheet's name is another unit's than the one whose its rows are, and none above it."""
    other = _named_by_sheet(sheet, context)
    if other and other not in context.units.line_of(unit):
        said = " --unit 指明的" if context.unit_asked and not sheet.names_units else "表中写的"
        text = f"表名是「{sheet.name}」，与{said}「{context.units.name_of(unit)}」不是同一单位，按{said}计。"
        remedy = "请核对；表名写错的请改正，是几个单位的请分开放。"
        context.find("I45", FindingClass.C, text, remedy=remedy, place=place)


def _mention_others(sheet: ReadSheet, place: Place, context: Context) -> None:
    """Say that the sheet's name is another unit's than the only one that its rows name."""
    if not _named_by_sheet(sheet, context):
        return
    at = sheet.spec.positions["unit"]
    written = {str(row[at]) for _, row in sheet.rows if row[at] is not None}
    units = {context.units.find(name) for name in written}
    unit = next(iter(units), None)
    if len(units) == 1 and isinstance(unit, str):
        _mention_sheet_name(unit, sheet, place, context)


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
