"""Which cells of a form hold numbers and which hold words, by their ids. Knows no values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from desktop.core.records import RECORD_KINDS, FieldKind
from desktop.forms.spec import (
    ROW_NUMBER,
    Cell,
    FormSpec,
    ListColumn,
    Number,
    RecordField,
    Row,
    Template,
)


class Expected:
    """What the cells of a form are to hold."""

    def __init__(self, spec: FormSpec) -> None:
        self._spec = spec

    def is_number(self, name: str) -> bool:
        """Return whether a cell, named by its id, holds a number."""
        return self._pattern.fullmatch(name) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        ids = [re.escape(name).replace(r"\{n\}", r"\d+") for name in self._numbers()]
        return re.compile("|".join(ids) or "(?!)")

    def _numbers(self) -> Iterator[str]:
        for block in self._spec.blocks:
            for cell in block.cells:
                yield from _numbers_in(cell, block.rows[cell.area.row])
        yield from (each.id for each in self._spec.unprinted)


def _numbers_in(cell: Cell, row: Row) -> Iterator[str]:
    content = cell.content
    if isinstance(content, Number):
        yield content.id
    elif isinstance(content, Template):
        yield from (number.id for number in content.numbers)
    elif (isinstance(content, ListColumn) and content.shows_amount) or (
        isinstance(content, RecordField) and _counts(content.field, row)
    ):
        yield content.id


def _counts(field: str, row: Row) -> bool:
    if field == ROW_NUMBER:
        return True
    kind = RECORD_KINDS[row.each]
    return kind.fields[kind.positions[field]].kind in (FieldKind.COUNT, FieldKind.MONEY)
