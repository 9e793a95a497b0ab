"""The rows of a form that stand for records, their cells made when they are asked for: there may be a million."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.forms.filled import FilledCell

Value = Decimal | str | None


@dataclass(frozen=True)
class RecordRows:
    """A repeated row with a line for each record.

    `ids` are those of its values, with {n} for the line; `make` gives the cell of a value by its place among them and
    the line, counted from 1; `values` gives the values of a line.
    """

    ids: Sequence[str]
    lines: int
    make: Callable[[int, int], FilledCell]
    values: Callable[[int], Sequence[Value]]

    def cells(self) -> Iterator[FilledCell]:
        """Yield every cell, line by line."""
        for line in range(1, self.lines + 1):
            for place in range(len(self.ids)):
                yield self.make(place, line)

    def names(self) -> Iterator[str]:
        """Yield every id, line by line."""
        for line in range(1, self.lines + 1):
            number = str(line)
            for name in self.ids:
                yield name.replace("{n}", number)


class Cells(Mapping[str, "FilledCell"]):
    """The cells of a form by id: those that stand for themselves, then those of its records."""

    def __init__(self, fixed: Mapping[str, FilledCell], rows: Sequence[RecordRows]) -> None:
        self._fixed = fixed
        self._rows = rows

    def __getitem__(self, name: str) -> FilledCell:
        if name in self._fixed:
            return self._fixed[name]
        parts = name.split(".")
        for place, part in enumerate(parts):
            found = self._places.get(".".join([*parts[:place], "{n}", *parts[place + 1 :]]))
            if found is not None and part.isascii() and part.isdecimal() and part[0] != "0":
                rows, at = found
                if int(part) <= rows.lines:
                    return rows.make(at, int(part))
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        yield from self._fixed
        for rows in self._rows:
            yield from rows.names()

    def __len__(self) -> int:
        return len(self._fixed) + sum(rows.lines * len(rows.ids) for rows in self._rows)

    def values(self) -> ValuesView[FilledCell]:
        """Return every cell, each made once while it is iterated over."""
        return _Values(self)

    def whole(self) -> Iterator[FilledCell]:
        """Yield every cell, each made once."""
        yield from self._fixed.values()
        for rows in self._rows:
            yield from rows.cells()

    @cached_property
    def _places(self) -> Mapping[str, tuple[RecordRows, int]]:
        return {name: (rows, at) for rows in self._rows for at, name in enumerate(rows.ids)}


class _Values(ValuesView["FilledCell"]):
    """The cells without looking each up by its id."""

    def __init__(self, cells: Cells) -> None:
        super().__init__(cells)
        self._cells = cells

    def __iter__(self) -> Iterator[FilledCell]:
        return self._cells.whole()
