"""Proves the grid of a block: boxes cover it once and hold what their rows can be filled with."""

from __future__ import annotations

from desktop.core.indicators import dimensions_of
from desktop.core.records import RECORD_KINDS
from desktop.forms.reading.entries import FormFault
from desktop.forms.spec import (
    ROW_NUMBER,
    Area,
    Block,
    Cell,
    Heading,
    ListColumn,
    Number,
    RecordField,
    Row,
    Summary,
    Template,
)


def prove_shape(block: Block, columns: int, line: int) -> None:
    """Raise FormFault when boxes overlap, leave a gap, lie outside the table or do not fit their rows.

    `line` is where the form file begins the block.
    """
    taken: set[tuple[int, int]] = set()
    for cell in block.cells:
        _prove_place(cell, block, columns, taken)
        _prove_content(cell, block.rows[cell.area.row])
        if cell.area.row < block.head_rows < cell.area.row + cell.area.rows:
            raise FormFault(f"格子 {address(cell.area)} 伸出了每页重复的表头。", cell.line)
    for row in range(len(block.rows)):
        for column in range(columns):
            if (row, column) not in taken:
                place = address(Area(row, column))
                raise FormFault(f"块 {block.id} 缺格子 {place}；columns 写了 {columns} 栏。", line)


def _prove_place(cell: Cell, block: Block, columns: int, taken: set[tuple[int, int]]) -> None:
    area = cell.area
    if area.row + area.rows > len(block.rows) or area.column + area.columns > columns:
        size = f"columns 写了 {columns} 栏，rows 写了 {len(block.rows)} 行"
        raise FormFault(f"格子 {address(area)} 在表外：{size}。", cell.line)
    for row in range(area.row, area.row + area.rows):
        for column in range(area.column, area.column + area.columns):
            if (row, column) in taken:
                raise FormFault(f"格子 {address(area)} 与另一个格子重叠。", cell.line)
            taken.add((row, column))


def _prove_content(cell: Cell, row: Row) -> None:
    """Raise FormFault for what a row of this kind cannot hold."""
    if row.repeats and cell.area.rows > 1:
        raise FormFault("重复的行里，格子只能有一行高。", cell.line)
    if cell.spans_lines and not row.repeats:
        raise FormFault("span 只能用在重复的行里。", cell.line)
    held, words = _HELD.get(row.each, _RECORDS)
    if not isinstance(cell.content, held):
        raise FormFault(words, cell.line)
    if row.repeats and row.each != "lines":
        _prove_record(cell, row)
    if isinstance(cell.content, Summary) and cell.spans_lines is not row.repeats:
        raise FormFault("重复的行里的 summary 要有 span = true。", cell.line)
    is_numbered = any("{n}" in name for name in ids_of(cell))
    is_listed = row.repeats and not isinstance(cell.content, Heading | Summary)
    if is_numbered is not is_listed:
        raise FormFault("重复的格子编号里要有 {n}，其他格子不能有。", cell.line)
    if is_numbered and cell.spans_lines:
        raise FormFault("每行一个值的格子不能用 span。", cell.line)


def _prove_record(cell: Cell, row: Row) -> None:
    """Raise FormFault for a field that the row's kind of record does not have, or a number it cannot have."""
    kind, content = RECORD_KINDS[row.each], cell.content
    if isinstance(content, RecordField) and content.field not in (ROW_NUMBER, *kind.positions):
        raise FormFault(
            f"{kind.name} 没有 {content.field}，可用的有 {'、'.join(kind.positions)}。", cell.line
        )
    if isinstance(content, Number) and content.indicator:
        known = dimensions_of(content.indicator)
        if not kind.dimensions or not set(kind.dimensions) <= set(known):
            raise FormFault(f"指标 {content.indicator} 不能按 {kind.name} 逐条取数。", cell.line)


_Held = tuple[tuple[type, ...], str]
_HELD: dict[str, _Held] = {
    "": ((Heading, Number, Template, Summary), "不重复的行里只能有文字、数、句子或 summary。"),
    "lines": ((Heading, ListColumn, Summary), "每项一行的格子只能是文字、list 或 summary。"),
}
_RECORDS: _Held = ((Heading, RecordField, Number), "每条记录一行的格子只能是文字、field 或数。")


def ids_of(cell: Cell) -> list[str]:
    """Return the ids of the values in a cell."""
    if isinstance(cell.content, Template):
        return [number.id for number in cell.content.numbers]
    return [] if isinstance(cell.content, Heading) else [cell.content.id]


def address(area: Area) -> str:
    """Return where a box begins, as a worksheet says it: `B3`."""
    letters, column = "", area.column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{area.row + 1}"
