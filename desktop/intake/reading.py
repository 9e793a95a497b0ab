"""Reads the rows below the headings, column by column, into values and findings. Knows no ledger."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from desktop.core.findings import FindingClass
from desktop.intake import row_findings
from desktop.intake.cell_readers import reader
from desktop.intake.cells import NOTHING, Parsed, Parser, Problem
from desktop.intake.files.raw import Cell, RawSheet
from desktop.intake.money_units import money_units, without_unit
from desktop.intake.recognise import SheetMap
from desktop.intake.sheet_specs import SheetSpec
from desktop.intake.sheets import ReadSheet, Row
from desktop.intake.shorthand import DITTO, in_full, notes_below, rows_without_records, spans_below
from desktop.intake.surroundings import around, heads
from desktop.intake.ticks import tick_reader, ticked

_COUNTED = {"integer", "money"}
_NOT_IN_FULL = (*DITTO, True, False)
_SEVERAL = re.compile(r"[、；;]")


class _Column(dict[Cell, Parsed]):
    """Reads every different cell of a column once."""

    def __init__(self, parse: Parser) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, cell: Cell) -> Parsed:
        parsed = self[cell] = self._parse(cell)
        return parsed

    @property
    def has_problems(self) -> bool:
        """Whether any cell could not be read."""
        return any(type(parsed) is Problem for parsed in self.values())


def read_sheet(file: str, sheet: RawSheet, mapping: SheetMap) -> ReadSheet:
    """Return the rows below the headings. Empty rows are passed over; a row with a bad cell is refused.

    Sums, examples and the like are passed over and named; 「同上」 and cells merged downwards say in full what they
    mean, but a number or an amount merged over several rows counts once.
    """
    first, above = mapping.heading_row + 1, sheet.rows[: mapping.heading_row]
    body = sheet.rows[first:]
    asides = rows_without_records(body, mapping.headings)
    passed = {*asides, *notes_below(body, asides, _sources_required(mapping))}
    is_further = mapping.record_at is not None and mapping.spec.subject == "installation"
    if passed:
        body = [() if number in passed else row for number, row in enumerate(body)]
    units = money_units(sheet, mapping, [sheet.rows[first + number] for number in sorted(passed)])
    columns, troubled = _read_columns(body, mapping, spans_below(sheet.merged, first, body), units.words)
    denied = _take_out_denials(columns, mapping.spec, first + 1)
    read = ReadSheet(file, sheet.name, mapping.spec, [], [], 0, denied, _headings(mapping))
    findings = list(row_findings.problems(read, columns, troubled, first + 1))
    if is_further:
        findings += row_findings.without_name(read, columns, mapping, first + 1)
    else:
        findings += row_findings.beyond_the_headings(read, body, mapping, first + 1)
    refused = {finding.place.row for finding in findings if finding.level is FindingClass.A}
    rows, missing = [], []
    for number, row in _records(columns, mapping, first + 1):
        absent = [place for place in mapping.required if row[place] is None and place != mapping.record_at]
        if number in refused:
            continue
        if absent:
            missing.append(row_findings.missing(read, number, mapping.spec.columns[absent[0]]))
        else:
            rows.append((number, row))
    findings += missing
    findings += without_unit(read, body, mapping, units)
    findings += row_findings.without_day(read, body, mapping, first + 1)
    if passed and not is_further:
        findings.append(row_findings.passed_over(read, sorted(number + first + 1 for number in passed)))
    unit = mapping.spec.positions.get("unit")
    names_units = unit is not None and any(value is not None for value in columns[unit])
    return replace(
        read,
        rows=rows,
        findings=findings,
        refused=len(refused) + len(missing),
        names_units=names_units,
        beside=str(mapping.constants.get(mapping.spec.positions.get("class", -1), "")) if is_further else "",
        without=_denying(columns, mapping, denied, first + 1),
        around=around(above, [sheet.rows[first + number] for number in asides]),
        heads=() if names_units else tuple(heads(above, sheet.rows[first:], passed)),
    )


def _sources_required(mapping: SheetMap) -> list[int]:
    """Return the sheet's columns without which a row is no record."""
    return [mapping.columns[place] for place in mapping.required if place in mapping.columns]


def _denying(
    columns: Sequence[Sequence[Any]], mapping: SheetMap, denied: Mapping[int, Collection[str]], first: int
) -> list[tuple[int, Row]]:
    """Return the rows that say that there is no record of what stands beside others."""
    if mapping.record_at is None:
        return []
    named = mapping.spec.columns[mapping.record_at].field
    return [
        (number, tuple(column[number - first] for column in columns))
        for number, fields in denied.items()
        if named in fields
    ]


def _records(columns: Sequence[Sequence[Any]], mapping: SheetMap, first: int) -> Iterator[tuple[int, Row]]:
    """Yield every row that says something, with its number, and with what every row says.

    Beside other records on the row, one is told by its name, or by its edition alone, which may be a name as well;
    several names in one cell are several records. A computer that goes with several of them is told once.
    """
    empty = (None,) * len(columns)
    at, constants = mapping.record_at, mapping.constants
    edition = mapping.spec.positions.get("edition", at) if at in mapping.columns else at
    said_before: set[Row] = set()
    for number, row in enumerate(zip(*columns, strict=True), start=first):
        if row == empty or (at is not None and edition is not None and row[at] is row[edition] is None):
            continue
        if not constants:
            if row not in said_before:
                yield number, row
            if at is not None and mapping.spec.subject == "computer":
                said_before.add(row)
            continue
        said = [constants.get(place) if value is None else value for place, value in enumerate(row)]
        if at is None or not isinstance(said[at], str):
            yield number, tuple(said)
            continue
        for name in dict.fromkeys(filter(None, map(str.strip, _SEVERAL.split(str(said[at]))))):
            said[at] = name
            yield number, tuple(said)


def _read_columns(
    body: Sequence[Sequence[Cell]],
    mapping: SheetMap,
    spans: dict[int, dict[int, int]],
    units: Mapping[int, str],
) -> tuple[list[list[Parsed]], list[int]]:
    """Return the values of every column of the specification, and which columns hold problems.

    `units` are the words that say the unit of a column of money, by the raw sheet's column.
    """
    raw = list(zip_longest(*body))
    columns: list[list[Parsed]] = []
    troubled = []
    for position, spec in enumerate(mapping.spec.columns):
        source = mapping.columns.get(position, len(raw))
        if position in mapping.ticks:
            columns.append(_read_ticks(raw, mapping.ticks[position], spans))
            if any(type(value) is Problem for value in columns[-1]):
                troubled.append(position)
            continue
        if source >= len(raw):
            columns.append([None] * len(body))
            continue
        cells = raw[source] if spec.kind in _COUNTED else _spanned(raw, source, spans)
        is_named = position == mapping.record_at and spec.kind == "name"
        kind = "text" if is_named else spec.kind  # what parts several names is kept
        values, has_problems = _read_cells(cells, reader(kind, units.get(source, mapping.headings[source])))
        for spare in mapping.spares.get(position, ()):
            more, _ = _read_cells(raw[spare], reader(spec.kind, units.get(spare, mapping.headings[spare])))
            values = _both(values, more, mapping.headings[source], mapping.headings[spare])
            has_problems = any(type(value) is Problem for value in values)
        columns.append(values)
        if has_problems:
            troubled.append(position)
    return columns, troubled


def _read_ticks(
    raw: Sequence[Sequence[Cell]], said: Mapping[int, str], spans: dict[int, dict[int, int]]
) -> list[Parsed]:
    """Return what columns of ticks say together; a column beyond the last cell of the sheet says nothing."""
    sources = [source for source in said if source < len(raw)]
    read = [_read_cells(_spanned(raw, source, spans), tick_reader(said[source]))[0] for source in sources]
    return ticked(read) if read else [None] * (len(raw[0]) if raw else 0)


def _spanned(raw: Sequence[Sequence[Cell]], source: int, spans: dict[int, dict[int, int]]) -> Sequence[Cell]:
    """Return the cells of a column, each merged over several rows once for every row."""
    cells = raw[source]
    if source not in spans:
        return cells
    return tuple(cells[spans[source].get(row, row)] for row in range(len(cells)))


def _both(
    values: Sequence[Parsed], spare: Sequence[Parsed], heading: str, spare_heading: str
) -> list[Parsed]:
    """Return what two columns of one field say together; a row in which they differ is a problem."""

    def both(one: Parsed, other: Parsed) -> Parsed:
        if one is None or other is None or one == other:
            return other if one is None else one
        text = f"「{heading}」栏与「{spare_heading}」栏不一致。"
        return Problem(text, "请核对，只保留正确的一栏。")

    return [both(one, other) for one, other in zip(values, spare, strict=True)]


def _take_out_denials(
    columns: Sequence[list[Parsed]], spec: SheetSpec, first: int
) -> Mapping[int, Collection[str]]:
    """Empty the cells that say that there is nothing; return which fields they deny, by row."""
    denied: defaultdict[int, set[str]] = defaultdict(set)
    for column, values in zip(spec.columns, columns, strict=True):
        if NOTHING in values:
            for place, value in enumerate(values):
                if value is NOTHING:
                    values[place] = None
                    denied[first + place].add(column.field)
    return dict(denied)


def _read_cells(cells: Sequence[Cell], parse: Parser) -> tuple[list[Parsed], bool]:
    parsed = _Column(parse)
    values = list(map(parsed.__getitem__, cells))
    if any(mark in parsed for mark in _NOT_IN_FULL):
        parsed = _Column(parse)
        parsed.update(dict.fromkeys(DITTO, Problem("「同上」的上面没有内容。", "请填写内容。")))
        values = [parsed[cell] for cell in in_full(cells)]
        return values, any(type(value) is Problem for value in values)
    return values, parsed.has_problems


def _headings(mapping: SheetMap) -> dict[str, str]:
    """Return the sheet's own headings by field, on one line."""
    columns = mapping.spec.columns
    sources = {**mapping.ticks, **{position: [source] for position, source in mapping.columns.items()}}
    return {
        columns[position].field: "/".join(" ".join(mapping.headings[source].split()) for source in several)
        for position, several in sources.items()
    }
