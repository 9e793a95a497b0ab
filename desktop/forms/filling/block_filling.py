"""Fills the cells of one block: numbers, sentences, a row per record, a line per value. Knows no formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop.core.indicators import Question
from desktop.core.records import RECORD_KINDS, Record, RecordKind
from desktop.forms.filled import FilledCell, Trace
from desktop.forms.filling.asking import Answers, with_group
from desktop.forms.filling.material import Filling, cell_of
from desktop.forms.filling.record_filling import RecordFilling
from desktop.forms.headings import Paths, short_name, spellings
from desktop.forms.numbers import leaf_value, number_text, printed_measure
from desktop.forms.record_rows import RecordRows
from desktop.forms.spec import (
    Block,
    Cell,
    Content,
    ListColumn,
    Number,
    RecordField,
    Summary,
    Template,
    Where,
)


def _of_block(question: Question | None, block: Block) -> Question | None:
    """Return a question narrowed to the units of a block's group."""
    if question is None or not block.group:
        return question
    scope = {unit: group for unit, group in question.scope.items() if group == block.group}
    return replace(question, scope=scope)


_LEFT_TO_WRITE_IN = 2
LARGE = 2_000
"""From how many lines on the cells of records are not made beforehand."""

Listed = list[tuple[str, int]]
"""The values of a dimension with their sums, the largest first."""


class BlockFilling:
    """The cells of a block by id, how many lines its repeated rows have, and the units met in them.

    `records` are rows of so many records that their cells are made only when they are asked for.
    `answers` None leaves the block empty: nobody in question fills it.
    """

    def __init__(self, block: Block, filling: Filling, answers: Answers | None) -> None:
        self.cells: dict[str, FilledCell] = {}
        self.lines: dict[tuple[str, int], int] = {}
        self.records: dict[tuple[str, int], RecordRows] = {}
        self.units_seen: set[str] = set()
        self._block = block
        self._filling = filling
        self._answers = answers
        self._question = _of_block(filling.question, block)
        self._paths = Paths(block, filling.texts)
        for row, spec in enumerate(block.rows):
            cells = [cell for cell in block.cells if cell.area.row == row]
            if not spec.repeats:
                for cell in cells:
                    self._fill_fixed(cell)
            elif spec.each == "lines":
                self._fill_lists(row, cells)
            else:
                self._fill_records(row, cells)

    def _other_paths(self, cell: Cell, *, line: int) -> list[str]:
        left, above = self._paths.headings(cell)
        return spellings(self._paths.path(cell, line=line), [*left, *above])

    def _put(self, cell: Cell, filled: FilledCell) -> None:
        left, above = self._paths.headings(cell)
        others = tuple(spellings(filled.path, [*left, *above]))
        self.cells[filled.id] = replace(filled, other_paths=others) if others else filled

    def _fill_fixed(self, cell: Cell) -> None:
        content = cell.content
        if isinstance(content, Number):
            self._put(cell, self._number(content, self._paths.path(cell)))
        elif isinstance(content, Template):
            for number in content.numbers:
                self._put(cell, self._number(number, self._paths.path(cell, name=short_name(number))))
        elif isinstance(content, Summary):
            self._put(cell, self._summary(content, self._paths.path(cell)))

    def _number(self, number: Number, path: str) -> FilledCell:
        if not number.indicator:
            return cell_of(number.id, path, None)
        where = with_group(number.where, self._block)
        return cell_of(number.id, path, self._amount(number.indicator, where), Trace(number.indicator, where))

    def _amount(self, code: str, where: Where) -> Decimal | None:
        question = self._filling.question
        if self._answers is None or question is None:
            return None
        return leaf_value(code, self._answers.amount(code, where), question)

    def _summary(self, content: Summary, path: str) -> FilledCell:
        text = "、\n".join(f"{name}（{self._measured(content, n)}）" for name, n in self._listed(content))
        trace = Trace(content.indicator, with_group(content.where, self._block))
        return cell_of(content.id, path, f"{content.lead}{text}" if text else None, trace)

    def _measured(self, content: Summary, amount: int) -> str:
        """Return an amount with its unit of measure as a form prints it."""
        question = self._filling.question
        if question is None:
            return ""
        value = leaf_value(content.indicator, amount, question)
        return f"{number_text(value)}{printed_measure(content.indicator, question)}"

    def _listed(self, content: Summary | ListColumn) -> Listed:
        if self._answers is None:
            return []
        where = with_group(content.where, self._block)
        return self._answers.listed(content.indicator, where, content.by)

    def _fill_records(self, row: int, cells: Sequence[Cell]) -> None:
        """Fill a row for each record that the row selects, two at least; a blank copy has as many as the form says."""
        spec = self._block.rows[row]
        kind = RECORD_KINDS[spec.each]
        found = [] if self._filling.is_paper else self._records(kind, spec.where)
        whose = kind.positions["unit_name"]
        self.units_seen |= {str(each.values[whose]) for each in found}
        least = spec.least_lines if self._question is None else min(spec.least_lines, _LEFT_TO_WRITE_IN)
        lines = max(least, len(found), self._typed_lines([cell.content for cell in cells]))
        self.lines[self._block.id, row] = lines = self._filling.lines.get((self._block.id, row), lines)
        filling = RecordFilling(kind, self._block, self._question, self._answers)
        asked = [
            (cell.content, (self._paths.path(cell, line=0), *self._other_paths(cell, line=0)))
            for cell in cells
            if isinstance(cell.content, RecordField | Number)
        ]

        def make(place: int, line: int) -> FilledCell:
            content, paths = asked[place]
            path, *spelt = (each.replace("第0行", f"第{line}行", 1) for each in paths)
            cell = filling.filled(content, path, line, found[line - 1] if line <= len(found) else None)
            return replace(cell, other_paths=tuple(spelt)) if spelt else cell

        def values(line: int) -> list[Decimal | str | None]:
            return [filling.value(content, line, found[line - 1]) for content, _ in asked]

        rows = RecordRows([content.id for content, _ in asked], lines, make, values)
        spans = any(cell.spans_lines for cell in cells)
        if lines < LARGE or spans or not all(".{n}." in f".{name}." for name in rows.ids):
            self.cells |= {cell.id: cell for cell in rows.cells()}
        else:
            self.records[self._block.id, row] = rows

    def _typed_lines(self, contents: Sequence[Content]) -> int:
        """Return how many lines a repeated row has on the paper that a form was entered from."""
        if not self._filling.is_paper:
            return 0
        ids = "|".join(
            re.escape(content.id).replace(r"\{n\}", r"(\d+)")
            for content in contents
            if isinstance(content, RecordField | Number | ListColumn)
        )
        found = (re.fullmatch(ids, name) for name in self._filling.typed)
        return max((int(next(filter(None, match.groups()))) for match in found if match), default=0)

    def _records(self, kind: RecordKind, where: Where) -> Sequence[Record]:
        question, records = self._question, self._filling.records
        if question is None or records is None:
            return ()
        own = {name: values for name, values in self._filling.narrowed.items() if name in kind.filters}
        return records.listed(kind.name, question, {**where, **own})

    def _fill_lists(self, row: int, cells: Sequence[Cell]) -> None:
        """Fill as many lines as the longest list has; the lists of a row are independent of each other."""
        lists: list[tuple[Cell, ListColumn, Listed]] = []
        for cell in cells:
            if isinstance(cell.content, Summary):
                self._put(cell, self._summary(cell.content, self._paths.path(cell)))
            elif isinstance(cell.content, ListColumn):
                lists.append((cell, cell.content, self._listed(cell.content)))
        longest = max((len(listed) for _, _, listed in lists), default=0)
        least = self._block.rows[row].least_lines if self._filling.question is None else 1
        lines = max(least, longest, self._typed_lines([content for _, content, _ in lists]))
        self.lines[self._block.id, row] = lines = self._filling.lines.get((self._block.id, row), lines)
        for cell, content, listed in lists:
            for line in range(1, lines + 1):
                filled = cell_of(
                    content.id.replace("{n}", str(line)), self._paths.path(cell, line=line), None
                )
                self._put(cell, self._with_value(filled, content, listed[line - 1 : line]))

    def _with_value(self, blank: FilledCell, content: ListColumn, listed: Listed) -> FilledCell:
        """Return the cell of a line with the one value listed there, if there is one."""
        for name, amount in listed:
            where = {**with_group(content.where, self._block), content.by: frozenset({name})}
            question = self._filling.question
            number = leaf_value(content.indicator, amount, question) if question else None
            value = number if content.shows_amount else name
            return cell_of(blank.id, blank.path, value, Trace(content.indicator, where))
        return blank
