"""Fills the cells of a row that stands for a record: its fields, its number, and indicators for it alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.core.indicators import Question
from desktop.core.records import Record, RecordKind
from desktop.forms.filled import FilledCell, Trace
from desktop.forms.filling.asking import Answers, with_group
from desktop.forms.filling.material import NO_TRACE, cell_of
from desktop.forms.numbers import field_value, leaf_value
from desktop.forms.spec import ROW_NUMBER, Block, Number, RecordField


@dataclass(frozen=True)
class RecordFilling:
    """What the rows of one kind of record in a block are filled with; without answers they stay blank."""

    kind: RecordKind
    block: Block
    question: Question | None
    answers: Answers | None

    def value(self, content: RecordField | Number, line: int, record: Record) -> Decimal | str | None:
        """Return what stands in a cell of a record's line."""
        if isinstance(content, RecordField):
            return self._value(content, line, record)
        return self._number(content, record)

    def filled(
        self, content: RecordField | Number, path: str, line: int, record: Record | None
    ) -> FilledCell:
        """Return the cell of a line, counted from 1; blank for a line without a record."""
        name = content.id.replace("{n}", str(line))
        if record is None:
            return cell_of(name, path, None)
        trace = NO_TRACE
        if isinstance(content, Number) and content.indicator:
            dimensions = self.kind.dimensions
            own = {name: frozenset({value}) for name, value in zip(dimensions, record.key, strict=True)}
            trace = Trace(content.indicator, {**with_group(content.where, self.block), **own})
        return replace(cell_of(name, path, self.value(content, line, record), trace), uid=record.uid)

    def _value(self, content: RecordField, line: int, record: Record) -> Decimal | str | None:
        if content.field == ROW_NUMBER:
            return Decimal(line)
        at = self.kind.positions[content.field]
        return field_value(self.kind.fields[at], record.values[at])

    def _number(self, content: Number, record: Record) -> Decimal | None:
        """Return an indicator taken for a record; a number without one is left to formulas."""
        if not content.indicator or self.answers is None or self.question is None:
            return None
        where = with_group(content.where, self.block)
        amount = self.answers.beside(content.indicator, where, self.kind.dimensions).get(record.key, 0)
        return leaf_value(content.indicator, amount, self.question)
