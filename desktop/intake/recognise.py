"""Finds out which sheet of the program a raw sheet is, where its headings stand and what each column means."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from desktop.intake.files.raw import RawSheet
from desktop.intake.headings import Headings, heading_rows, last_heading_row
from desktop.intake.sheet_specs import SheetSpec, heading_key

_FEWEST_TELLING = 2
_MERE_COUNTS = ("序号", "编号序号", "行号", "no")
_VALUES = ("money", "integer", "date", "validity", "done")


@dataclass(frozen=True)
class SheetMap:
    """How a raw sheet is read: its kind, its heading row (counted from 0), and the columns it has.

    `columns` maps a position in the sheet's specification to a column of the raw sheet, `constants` one to what
    every row says of it where it does not say otherwise itself. `contested` names columns of one field under
    different groups, none of which is read. A row that is silent about `record_at` holds no record; only what has a
    record of its own beside others on the sheet has one. `waived` are required fields that may be missing. `ticks` maps
    a position to columns that say one thing of it each, by a tick.
    """

    spec: SheetSpec
    heading_row: int
    columns: Mapping[int, int]
    headings: tuple[str, ...]
    contested: Mapping[int, Sequence[int]] = field(default_factory=dict)
    constants: Mapping[int, str] = field(default_factory=dict)
    record_at: int | None = None
    waived: Collection[int] = ()
    taken: Collection[int] = ()
    ticks: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings that the program does not know; their columns are left alone."""
        return tuple(
            h for h in self._left_over if heading_key(h) not in {*self.spec.by_heading, *_MERE_COUNTS}
        )

    @property
    def doubled(self) -> tuple[tuple[str, str], ...]:
        """Headings of a column of words that another one was read for, each with that other's."""
        fields = ((h, self.spec.by_heading.get(heading_key(h))) for h in self._left_over)
        named = ((h, at) for h, at in fields if at in self.columns and at not in self.spares)
        return tuple((h, self.headings[self.columns[at]]) for h, at in named if at is not None)

    @cached_property
    def spares(self) -> dict[int, list[int]]:
        """Further columns of the raw sheet for a field that holds values: they fill what the first leaves empty."""
        spares: dict[int, list[int]] = {}
        for column, heading in enumerate(self.headings):
            at = self.spec.by_heading.get(heading_key(heading)) if heading else None
            if (
                at is not None
                and at in self.columns
                and column not in (self.columns[at], *self.taken)
                and self.spec.columns[at].kind in _VALUES
            ):
                spares.setdefault(at, []).append(column)
        return spares

    @property
    def _left_over(self) -> list[str]:
        known = {
            *self.columns.values(),
            *self.taken,
            *(c for several in self.contested.values() for c in several),
            *(c for several in self.ticks.values() for c in several),
        }
        return [h for column, h in enumerate(self.headings) if h and column not in known]

    @property
    def required(self) -> list[int]:
        """The positions without which no row can be taken."""
        return [
            position
            for position, column in enumerate(self.spec.columns)
            if column.required and position not in self.waived
        ]

    @property
    def missing(self) -> tuple[str, ...]:
        """Official headings of the columns without which no row can be taken, as far as they are not there."""
        absent = (
            position for position in self.required if position not in {**self.columns, **self.constants}
        )
        return tuple(self.spec.columns[position].heading for position in absent)


def recognise(sheet: RawSheet, specs: Sequence[SheetSpec]) -> SheetMap | None:
    """Return how a sheet is to be read, or nothing when no heading row of any known kind is found.

    The sheet's name decides where it fits; otherwise the kind of which most headings are found.
    """
    rows = heading_rows(sheet)
    by_name = [spec for spec in specs if is_named(sheet.name, spec)]
    candidates = (_best_heading_row(sheet, rows, spec) for spec in by_name or specs)
    found = [mapping for mapping in candidates if mapping is not None]
    if not found and by_name:
        others = (_best_heading_row(sheet, rows, spec) for spec in specs)
        found = [mapping for mapping in others if mapping is not None]
    return max(found, key=lambda mapping: len(mapping.columns), default=None)


def nearest(sheet: RawSheet, specs: Sequence[SheetSpec]) -> SheetMap | None:
    """Return what comes nearest in a sheet that is not recognised: a heading row that lacks something.

    That is the row with most known headings, two at least; nothing where there is none.
    """
    rows = heading_rows(sheet)
    named = [spec for spec in specs if is_named(sheet.name, spec)] or specs
    tried = (map_headings(row, spec) for spec in named for row in rows)
    found = (mapping for mapping in tried if len(mapping.columns) >= _FEWEST_TELLING and mapping.missing)
    return max(found, key=lambda mapping: (len(mapping.columns), -mapping.heading_row), default=None)


def is_named(name: str, spec: SheetSpec) -> bool:
    """Return whether a sheet's name says that it is of this kind."""
    plain = heading_key(name)
    return any(heading_key(known) == plain for known in (spec.name, *spec.also)) or (
        heading_key(spec.name) in plain and not any(c.isascii() and c.isalpha() for c in plain)
    )


def _best_heading_row(sheet: RawSheet, rows: Sequence[Headings], spec: SheetSpec) -> SheetMap | None:
    """Return the row among the first thirty that names most columns, all required ones among them."""
    by_name = is_named(sheet.name, spec)
    tried = (map_headings(row, spec) for row in rows)
    whole = [mapping for mapping in tried if _is_enough(mapping, by_name=by_name)]
    best = max(whole, key=lambda mapping: (len(mapping.columns), -mapping.heading_row), default=None)
    if best is None:
        return None
    last = min(last_heading_row(best.heading_row, sheet.merged), len(rows) - 1)
    return best if last == best.heading_row else map_headings(rows[last], spec)


def _is_enough(mapping: SheetMap, *, by_name: bool) -> bool:
    """Return whether a row is the heading row.

    It names two columns, and three or half of what stands there unless the sheet's name says what it is; in a sheet
    of that name the needed one will do.
    """
    if mapping.missing:
        return False
    needs_one = any(column.required for column in mapping.spec.columns)
    if by_name and needs_one and _is_official(mapping):
        return True
    known, written = len(mapping.columns), sum(bool(text) for text in mapping.headings)
    return known >= _FEWEST_TELLING and (by_name or known > _FEWEST_TELLING or 2 * known >= written)


def _is_official(mapping: SheetMap) -> bool:
    """Return whether every column is named by its official heading, so that a mere title is not taken for one."""
    return all(
        heading_key(mapping.headings[column]) == heading_key(mapping.spec.columns[position].heading)
        for position, column in mapping.columns.items()
    )


def map_headings(row: Headings, spec: SheetSpec, *, without: Collection[int] = ()) -> SheetMap:
    """Return which columns of a specification a row names, leaving some of the sheet's columns alone.

    A heading is understood with its group before it, as 购买 over 日期, or by itself. Two of one field under
    different groups leave open which is meant.
    """
    columns: dict[int, int] = {}
    contested: dict[int, list[int]] = {}
    by_group: set[int] = set()
    for column, (heading, group) in enumerate(zip(row.texts, row.groups, strict=True)):
        if not heading or column in without:
            continue
        joined = spec.by_heading.get(heading_key(group + heading)) if group else None
        position = joined if joined is not None else spec.by_heading.get(heading_key(heading))
        if position is None:
            continue
        holder = columns.get(position)
        if joined is not None and (holder is None or position not in by_group):
            by_group.add(position)
            columns[position] = column
            contested.pop(position, None)
        elif holder is None or (position in by_group and joined is None):
            columns.setdefault(position, column)
        elif row.groups[holder] and group and row.groups[holder] != group and joined is None:
            contested.setdefault(position, [holder]).append(column)
        elif _is_better(heading, row.texts[holder], spec.columns[position].heading):
            columns[position] = column
    kept = {position: column for position, column in columns.items() if position not in contested}
    return SheetMap(spec, row.row, kept, row.texts, contested, taken=tuple(without))


def _is_better(heading: str, other: str, official: str) -> bool:
    """Return whether a heading is the official one of its field, and the other is not."""
    return heading_key(heading) == heading_key(official) != heading_key(other)
