"""A sheet as reading gives it, and its rows one by one. Knows no ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.core.findings import Finding, Place
from desktop.core.subjects import SUBJECTS, Value
from desktop.intake.sheet_specs import SheetSpec

Row = tuple[Value, ...]

_RECORDED_AS = {
    "base_no": "base",
    "computer_no": "computer",
    "amount": "amount_fen",
    "unit_price": "unit_price_fen",
}
"""Columns that a record holds under another name: as a reference, or in another unit."""
_REFERRED_TO = {"licence_no": "licence"}
"""A number by which one record names another that has it as its own."""


def recorded_as(field: str) -> str:
    """Return the name under which a record holds a column's field."""
    return _RECORDED_AS.get(field, field)


@dataclass(frozen=True, slots=True)
class Around:
    """What is written around a table: its lines above and below, the unit that one of them names after a label.

    `is_above` says whether that line stands above the headings.
    """

    lines: tuple[str, ...] = ()
    unit: str = ""
    is_above: bool = True


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The rows of a sheet, each with its number as a person counts, and what was found wrong.

    A row's values stand in the order of the specification's columns; a missing column holds None.
    `refused` counts the rows that cannot be taken as they are; `denied` names for a row the fields of which it says
    that there is nothing; `headings` are the sheet's own, by field;
    `names_units` says that some row names its unit, so that one that does not has forgotten it.
    `heads` are the lines that may say whose the records below them are, by number, those above the table as one;
    `beside` is the class of software that a column beside computers holds, empty for a sheet of its own; `without` are
    the rows that say there is none.
    """

    file: str
    name: str
    spec: SheetSpec
    rows: Sequence[tuple[int, Row]]
    findings: Sequence[Finding]
    refused: int
    denied: Mapping[int, Collection[str]] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    names_units: bool = False
    around: Around = Around()
    heads: Sequence[tuple[int, Around]] = ()
    beside: str = ""
    without: Sequence[tuple[int, Row]] = ()

    def __iter__(self) -> Iterator[SheetRow]:
        return (SheetRow(self, number, values) for number, values in self.rows)

    def place(self, row: int, field: str = "") -> Place:
        """Return where a row, or one field of it, stands, under the heading that the sheet itself gives it."""
        official = self.spec.columns[self.spec.positions[field]].heading if field else ""
        return Place(self.file, self.name, row, self.headings.get(field, official))

    def heading_of(self, recorded: str) -> str:
        """Return the heading of the column that a record's field comes from; empty where none does."""
        columns = (c for c in self.spec.columns if recorded_as(c.field) == recorded)
        return next((self.headings.get(c.field, c.heading) for c in columns), "")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its number as a person counts, and its values by the field of their column."""

    sheet: ReadSheet
    number: int
    values: Row

    def __getitem__(self, field: str) -> Value:
        return self.values[self.sheet.spec.positions[field]]

    @property
    def whole(self) -> tuple[str, str, int]:
        """The row of the file itself, whatever is read from it: file, sheet and number."""
        return self.sheet.file, self.sheet.name, self.number

    def text(self, field: str) -> str:
        """Return a field as text, empty where the row is silent."""
        value = self.values[self.sheet.spec.positions[field]]
        return "" if value is None else str(value)

    def with_values(self, **values: Value) -> SheetRow:
        """Return the row with other values of some fields."""
        said = {self.sheet.spec.positions[field]: value for field, value in values.items()}
        changed = tuple(said.get(at, value) for at, value in enumerate(self.values))
        return SheetRow(self.sheet, self.number, changed)

    def pick(self, fields: Sequence[str]) -> Row:
        """Return the values of several fields."""
        at = self.sheet.spec.positions
        return tuple([self.values[at[field]] for field in fields])

    def record(self, subject: str) -> list[Value]:
        """Return the values of a record of a subject, None for a field that the sheet has no column of."""
        values = self.values
        return [None if place is None else values[place] for place in self.sheet.spec.records[subject]]

    def place(self, field: str = "") -> Place:
        """Return where the row, or one field of it, stands."""
        return self.sheet.place(self.number, field)

    @property
    def denied(self) -> Collection[str]:
        """The fields of which the row says that there is nothing."""
        return self.sheet.denied.get(self.number, ())

    def emptied(self, subject: str) -> tuple[int, ...]:
        """Return the places in a record of a subject of which the row says that there is nothing."""
        denied = self.denied
        if not denied:
            return ()
        at = SUBJECTS[subject].positions
        named = (recorded_as(field) for field in denied)
        fields = (field if field in at else _REFERRED_TO.get(field, "") for field in named)
        return tuple(at[field] for field in fields if field in at)
