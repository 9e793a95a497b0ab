"""Reads the blocks of a form file: rows, cells, tables of numbers, and blocks of the same shape as another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.core.records import RECORD_KINDS
from desktop.forms.reading.contents import area_of, cell_of, heading_of, id_of, table_cells
from desktop.forms.reading.entries import Entry, FormFault
from desktop.forms.reading.filters import records_where
from desktop.forms.reading.shape import prove_shape
from desktop.forms.spec import Block, Cell, Content, Heading, Row, Template


def make_blocks(entries: Sequence[Entry], columns: int) -> tuple[Block, ...]:
    """Return the blocks in order; `like` takes another block's shape with some words changed."""
    blocks: dict[str, Block] = {}
    for entry in entries:
        block = _like(entry, blocks) if "like" in entry else _block(entry)
        if block.id in blocks:
            raise entry.fault(f"块 {block.id} 有两个。", "id")
        if block.head_rows and blocks:
            raise entry.fault("只有第一块能有每页重复的表头。", "head_rows")
        prove_shape(block, columns, entry.line())
        blocks[block.id] = block
    if not blocks:
        raise FormFault("没有 blocks。")
    return tuple(blocks.values())


def _block(entry: Entry) -> Block:
    name = id_of(entry)
    rows = tuple(_row(each) for each in entry.rows("rows"))
    if not rows:
        raise entry.fault("rows 里一行也没有。", "rows")
    cells = [cell_of(each, name) for each in entry.tables("cells")]
    cells += [cell for table in entry.tables("tables") for cell in table_cells(table, name)]
    return Block(
        id=name,
        group=entry.text("group", ""),
        rows=rows,
        head_rows=_head_rows(entry, rows),
        cells=tuple(sorted(cells, key=lambda cell: (cell.area.row, cell.area.column))),
    )


def _head_rows(entry: Entry, rows: Sequence[Row]) -> int:
    count = entry.integer("head_rows", 0, most=len(rows))
    if any(row.repeats for row in rows[:count]):
        raise entry.fault("每页重复的表头里不能有重复的行。", "head_rows")
    return count


def _row(entry: float | Entry) -> Row:
    if isinstance(entry, float):
        return Row(entry)
    each = entry.choice("each", ("lines", *RECORD_KINDS))
    return Row(
        height_mm=entry.number("height", least=1.0, most=100.0),
        each=each,
        where=records_where(entry, RECORD_KINDS[each]) if each != "lines" else {},
        least_lines=entry.integer("lines", 1, least=1, most=200),
    )


def _like(entry: Entry, blocks: dict[str, Block]) -> Block:
    model = blocks.get(entry.text("like"))
    if model is None:
        raise entry.fault(f"前面没有可照用的块 {entry.text('like')}。", "like")
    name = id_of(entry)
    changed = {(cell.area.row, cell.area.column): cell for cell in _changed(entry, model)}
    cells = [
        changed.get((cell.area.row, cell.area.column))
        or replace(cell, content=_renamed(cell.content, model.id, name), line=entry.line())
        for cell in model.cells
    ]
    return replace(model, id=name, group=entry.text("group", ""), head_rows=0, cells=tuple(cells))


def _changed(entry: Entry, model: Block) -> Iterator[Cell]:
    """Yield the cells of a block of the same shape whose words differ."""
    places = {(cell.area.row, cell.area.column): cell for cell in model.cells}
    for each in entry.tables("texts"):
        area = area_of(each)
        cell = places.get((area.row, area.column))
        if cell is None or not isinstance(cell.content, Heading):
            raise each.fault(f"格子 {each.text('at')} 里不是文字。", "at")
        words = replace(heading_of(each), is_upright=cell.content.is_upright)
        yield replace(cell, content=words, line=each.line())


def _renamed(content: Content, old: str, new: str) -> Content:
    if isinstance(content, Heading):
        return content
    if isinstance(content, Template):
        numbers = tuple(replace(each, id=f"{new}{each.id.removeprefix(old)}") for each in content.numbers)
        return replace(content, numbers=numbers)
    return replace(content, id=f"{new}{content.id.removeprefix(old)}")
