"""Finds out which sheet of the program a raw sheet is, where its headings stand and what each column means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.intake.cells import as_text
from desktop.intake.files.raw import Cell, RawSheet
from desktop.intake.sheet_specs import SheetSpec, heading_key

_ROWS_SEARCHED = 30
_FEWEST_TELLING = 2
_VALUES = ("money", "integer", "date", "validity", "done")


@dataclass(frozen=True)
class SheetMap:
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
        return tuple(h for h in self._left_over if heading_key(h) not in self.spec.by_heading)

    @property
    def doubled(self) -> tuple[tuple[str, str], ...]:
        """Headings of a column of words that another one was read for, each with that other's."""
        fields = ((h, self.spec.by_heading.get(heading_key(h))) for h in self._left_over)
        named = ((h, at) for h, at in fields if at is not None and at not in self.spares)
        return tuple((h, self.headings[self.columns[at]]) for h, at in named)

    @cached_property
    def spares(self) -> dict[int, list[int]]:
        """Further columns of the raw sheet for a field that holds values: they fill what the first leaves empty."""
        spares: dict[int, list[int]] = {}
        for column, heading in enumerate(self.headings):
            at = self.spec.by_heading.get(heading_key(heading)) if heading else None
            if at in self.columns and self.columns[at] != column and self.spec.columns[at].kind in _VALUES:
                spares.setdefault(at, []).append(column)
        return spares

    @property
    def _left_over(self) -> list[str]:
        known = set(self.columns.values())
        return [h for column, h in enumerate(self.headings) if h and column not in known]

    @property
    def missing(self) -> tuple[str, ...]:
        """Official headings of the columns without which no row can be taken, as far as they are not there."""
        columns = enumerate(self.spec.columns)
        return tuple(c.heading for position, c in columns if c.required and position not in self.columns)


def recognise(sheet: RawSheet, specs: Sequence[SheetSpec]) -> SheetMap | None:
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


def nearest(sheet: RawSheet, specs: Sequence[SheetSpec]) -> SheetMap | None:
    """Return what comes nearest in a sheet that is not recognised: a heading row that lacks something.

    That is the row with most known headings, two at least; nothing where there is none.
    """
    rows = _top_rows(sheet)
    named = [spec for spec in specs if is_named(sheet.name, spec)] or specs
    tried = (_read_headings(row, number, spec) for spec in named for number, row in enumerate(rows))
    found = (mapping for mapping in tried if len(mapping.columns) >= _FEWEST_TELLING and mapping.missing)
    return max(found, key=lambda mapping: (len(mapping.columns), -mapping.heading_row), default=None)


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


def _best_heading_row(sheet: RawSheet, spec: SheetSpec) -> SheetMap | None:
    """Return the row among the first thirty that names most columns, all required ones among them."""
    rows = (_read_headings(row, number, spec) for number, row in enumerate(sheet.rows))
    whole = [mapping for mapping in rows if _is_enough(mapping, by_name=is_named(sheet.name, spec))]
    return max(whole, key=lambda mapping: (len(mapping.columns), -mapping.heading_row), default=None)


def _is_enough(mapping: SheetMap, *, by_name: bool) -> bool:
    """Return whether a row is the heading row: it names two columns; in a sheet of that name the needed one will do."""
    if mapping.missing:
        return False
    needs_one = any(column.required for column in mapping.spec.columns)
    return len(mapping.columns) >= _FEWEST_TELLING or (by_name and needs_one and _is_official(mapping))


def _is_official(mapping: SheetMap) -> bool:
    """Return whether every column is named by its official heading, so that a mere title is not taken for one."""
    return all(
        heading_key(mapping.headings[column]) == heading_key(mapping.spec.columns[position].heading)
        for position, column in mapping.columns.items()
    )


def _read_headings(row: Sequence[object], number: int, spec: SheetSpec) -> SheetMap:
    headings = tuple(as_text(cell) for cell in row)
    columns: dict[int, int] = {}
    for column, heading in enumerate(headings):
        position = spec.by_heading.get(heading_key(heading)) if heading else None
        if position is not None and _names_better(heading, position, (columns, headings, spec)):
            columns[position] = column
    return SheetMap(spec, number, columns, headings)


def _names_better(
    heading: str, position: int, so_far: tuple[dict[int, int], tuple[str, ...], SheetSpec]
) -> bool:
    """Return whether a heading may take a field: it is free, or held by a lesser word than its official one."""
    columns, headings, spec = so_far
    if position not in columns:
        return True
    official = heading_key(spec.columns[position].heading)
    return heading_key(heading) == official != heading_key(headings[columns[position]])
