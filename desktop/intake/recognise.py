"""Finds out which sheet of the program a raw sheet is, where its headings stand and what each column means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.intake.cells import Cell, as_text
from desktop.intake.sheet_specs import SheetSpec, heading_key
from desktop.intake.workbook import RawSheet

_ROWS_SEARCHED = 30


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a raw sheet is read: its kind, its heading row (counted from 0), and the columns it has.

    `columns` maps a position in the sheet's specification to a column of the raw sheet.
    """

    spec: SheetSpec
    heading_row: int
    columns: dict[int, int]
    headings: tuple[str, ...]

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings that the program does not know; their columns are left alone."""
        known = set(self.columns.values())
        return tuple(h for column, h in enumerate(self.headings) if h and column not in known)


def recognise(sheet: RawSheet, specs: Sequence[SheetSpec]) -> Mapping | None:
    """Return how a sheet is to be read, or nothing when no heading row of any known kind is found.

    The sheet's name decides where it fits; otherwise the kind of which most headings are found.
    """
    top = RawSheet(sheet.name, _top_rows(sheet))
    by_name = [spec for spec in specs if is_named(sheet.name, spec)]
    candidates = (_best_heading_row(top, spec) for spec in by_name or specs)
    found = [mapping for mapping in candidates if mapping is not None]
    if not found and by_name:
        others = (_best_heading_row(top, spec) for spec in specs)
        found = [mapping for mapping in others if mapping is not None]
    return max(found, key=lambda mapping: len(mapping.columns), default=None)


def _top_rows(sheet: RawSheet) -> list[list[Cell]]:
    """Return the rows in which headings are looked for; one merged downwards stands in the last row, too."""
    rows = [list(row) for row in sheet.rows[:_ROWS_SEARCHED]]
    for (top, column), (bottom, _) in sheet.merged:
        for row in rows[top + 1 : bottom + 1]:
            if column < min(len(row), len(rows[top])):
                row[column] = rows[top][column]
    return rows


def is_named(name: str, spec: SheetSpec) -> bool:
    """Return whether a sheet's name says that it is of this kind."""
    plain = heading_key(name)
    return any(heading_key(known) == plain for known in (spec.name, *spec.also)) or (
        heading_key(spec.name) in plain and not any(c.isascii() and c.isalpha() for c in plain)
    )


def _best_heading_row(sheet: RawSheet, spec: SheetSpec) -> Mapping | None:
    """Return the row among the first thirty that names most columns, all required ones among them."""
    rows = (_read_headings(row, number, spec) for number, row in enumerate(sheet.rows))
    whole = [mapping for mapping in rows if _is_enough(mapping, by_name=is_named(sheet.name, spec))]
    return max(whole, key=lambda mapping: (len(mapping.columns), -mapping.heading_row), default=None)


def _is_enough(mapping: Mapping, *, by_name: bool) -> bool:
    """Return whether a row is the heading row: it names two columns; in a sheet of that name the needed one will do."""
    required = {n for n, column in enumerate(mapping.spec.columns) if column.required}
    if not required <= mapping.columns.keys():
        return False
    return len(mapping.columns) >= 2 or (by_name and bool(required) and _is_official(mapping))


def _is_official(mapping: Mapping) -> bool:
    """Return whether every column is named by its official heading, so that a mere title is not taken for one."""
    return all(
        heading_key(mapping.headings[column]) == heading_key(mapping.spec.columns[position].heading)
        for position, column in mapping.columns.items()
    )


def _read_headings(row: Sequence[object], number: int, spec: SheetSpec) -> Mapping:
    headings = tuple(as_text(cell) for cell in row)
    columns: dict[int, int] = {}
    for column, heading in enumerate(headings):
        position = spec.by_heading.get(heading_key(heading)) if heading else None
        if position is not None and _names_better(heading, position, (columns, headings, spec)):
            columns[position] = column
    return Mapping(spec, number, columns, headings)


def _names_better(
    heading: str, position: int, so_far: tuple[dict[int, int], tuple[str, ...], SheetSpec]
) -> bool:
    """Return whether a heading may take a field: it is free, or held by a lesser word than its official one."""
    columns, headings, spec = so_far
    if position not in columns:
        return True
    official = heading_key(spec.columns[position].heading)
    return heading_key(heading) == official != heading_key(headings[columns[position]])
