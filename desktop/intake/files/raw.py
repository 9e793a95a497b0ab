"""A sheet as it lies in a file, and how large one may be. Reads nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

Cell = object
Position = tuple[int, int]
"""Row and column, counted from 0."""
Merged = tuple[Position, Position]

UNCALCULATED = "#未计算!"
"""Stands for a formula that the spreadsheet program never worked out."""

MOST_BYTES = 300_000_000
MOST_ROWS = 1_100_000
MOST_COLUMNS = 1_000
MOST_CELLS = 6_000_000
"""How many cells a file may span: the reader takes some 70 bytes for each, written or not."""
MOST_SHEETS = 200


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it lies in the file: its name, its cells, row by row from the first, its merged ranges.

    A range is given by its first and last cell, row and column counted from 0. Of a hidden sheet only the name is
    read; `hidden_rows` are those of a visible one that are not shown, as far as the file's kind tells.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[Merged] = ()
    is_hidden: bool = False
    hidden_rows: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What was seen of a sheet while it was measured, and what the reader does not tell.

    `errors` gives the text of a formula's error by place, `hidden` the rows that are not shown.
    """

    errors: Mapping[Position, str] = field(default_factory=dict)
    merged: Sequence[Merged] = ()
    hidden: Collection[int] = frozenset()
