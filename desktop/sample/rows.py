"""What the rows of the sample county are: values under the official headings. Knows no files."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields

Cell = str | int | datetime.date | None
Row = Mapping[str, Cell]

REFERENCE_DAY = datetime.date(2026, 6, 30)
"""The day on which the county is as it is described; nothing in it happened later."""


@dataclass(frozen=True)
class County:
    """The rows of a county, one field for each subject of the workbooks, keyed by the official headings.

    Amounts are texts in 元 with two decimals; dates are dates, or the words that a sheet allows instead.
    """

    unit: tuple[Row, ...]
    person: tuple[Row, ...]
    computer: tuple[Row, ...]
    licence: tuple[Row, ...]
    installation: tuple[Row, ...]
    progress: tuple[Row, ...]

    def rows(self, subject: str) -> tuple[Row, ...]:
        """Return the rows of a subject by its name; raises KeyError for an unknown one."""
        tables: dict[str, tuple[Row, ...]] = {field.name: getattr(self, field.name) for field in fields(self)}
        return tables[subject]


def text(row: Row, heading: str) -> str:
    """Return what a row says under a heading as text, empty for nothing."""
    value = row[heading]
    return "" if value is None else str(value)


def number(row: Row, heading: str) -> int:
    """Return a count of a row, 0 for nothing; raises TypeError when it holds no count."""
    value = row[heading]
    if value is None:
        return 0
    if not isinstance(value, int):
        raise TypeError(f"{heading} holds no count")
    return value
