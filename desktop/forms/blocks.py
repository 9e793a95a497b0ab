"""Reads the blocks of a form file: rows, cells, tables of numbers, and blocks of the same shape as another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.forms.entries import Entry, FormFault, checked_where
from desktop.forms.spec import (
    Area,
    Block,
    Cell,
    Content,
    Heading,
    ListColumn,
    Number,
    RecordField,
    Row,
    Summary,
    Template,
    Where,
)

_ADDRESS = re.compile(r"([A-Z]{1,2})(\d{1,3})(?::([A-Z]{1,2})(\d{1,3}))?")


def make_blocks(entries: Sequence[Entry], columns: int) -> tuple[Block, ...]:
    """Return the blocks in order; `like` takes another block's shape with some words changed."""
    blocks: dict[str, Block] = {}
    for entry in entries:
        block = _like(entry, blocks) if "like" in entry else _block(entry)
        _prove_shape(block, columns)
        blocks[block.id] = block
    if not blocks:
        raise FormFault("没有 blocks。", "")
    return tuple(blocks.values())


def _block(entry: Entry) -> Block:
    name = entry.text("id")
    cells = [_cell(each, name) for each in entry.tables("cells")]
    cells += [cell for table in entry.tables("tables") for cell in _table(table, name)]
    return Block(
        id=name,
        group=entry.text("group", ""),
        rows=tuple(_row(each) for each in entry.rows("rows")),
        head_rows=entry.integer("head_rows", 0),
        cells=tuple(sorted(cells, key=lambda cell: (cell.area.row, cell.area.column))),
    )


def _like(entry: Entry, blocks: dict[str, Block]) -> Block:
    model = blocks.get(entry.text("like"))
    if model is None:
        raise FormFault(f"没有可照用的块 {entry.text('like')}。", entry.text("like"))
    name = entry.text("id")
    texts = {parse_area(each.text("at")): _heading(each) for each in entry.tables("texts")}
    cells = []
    for cell in model.cells:
        words = texts.pop(Area(cell.area.row, cell.area.column), None)
        if words is not None and isinstance(cell.content, Heading):
            words = replace(words, is_upright=cell.content.is_upright)
            cells.append(replace(cell, content=words))
        else:
            cells.append(replace(cell, content=_renamed(cell.content, model.id, name)))
    if texts:
        raise FormFault("texts 里有的格子不是文字。", name)
    return replace(model, id=name, group=entry.text("group", ""), cells=tuple(cells))


def _renamed(content: Content, old: str, new: str) -> Content:
    if isinstance(content, Heading):
        return content
    if isinstance(content, Template):
        numbers = tuple(replace(each, id=each.id.replace(old, new, 1)) for each in content.numbers)
        return replace(content, numbers=numbers)
    return replace(content, id=content.id.replace(old, new, 1))


def _row(entry: float | Entry) -> Row:
    if isinstance(entry, float):
        return Row(entry)
    return Row(
        height_mm=entry.number("height"),
        each=entry.choice("each", ("people", "lines")),
        responsibility=entry.text("responsibility", ""),
        least_lines=entry.integer("lines", 1),
    )


def parse_area(address: str) -> Area:
    """Return the area of `B3` or `B3:C4`; raises FormFault for anything else."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise FormFault(f"「{address}」不是单元格地址。", address)
    first, row, last, last_row = match.groups()
    left, top = _column(first), int(row) - 1
    right, bottom = (_column(last), int(last_row) - 1) if last else (left, top)
    if right < left or bottom < top:
        raise FormFault(f"「{address}」的两端颠倒了。", address)
    return Area(top, left, bottom - top + 1, right - left + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _heading(entry: Entry) -> Heading:
    return Heading(entry.text("text"), entry.text("campaign", ""), entry.texts("also"), entry.flag("upright"))


def _cell(entry: Entry, block: str) -> Cell:
    if "text" in entry:
        content: Content = _heading(entry)
    elif "template" in entry:
        content = _template(entry, block)
    else:
        content = _content(entry, f"{block}.{entry.text('id')}", entry.where())
    return Cell(parse_area(entry.text("at")), content, entry.flag("span"), _is_left(entry))


def _is_left(entry: Entry) -> bool:
    return "align" in entry and entry.choice("align", ("left", "center")) == "left"


def _content(entry: Entry, name: str, where: Where) -> Content:
    """Return what stands in a cell with an id."""
    if "field" in entry:
        return RecordField(name, entry.text("field"))
    if "list" in entry:
        code = entry.indicator("list")
        shows = "shows" in entry and entry.choice("shows", ("name", "amount")) == "amount"
        checked_where(code, {entry.text("by"): frozenset()})
        return ListColumn(name, code, checked_where(code, where), entry.text("by"), shows)
    if "summary" in entry:
        code = entry.indicator("summary")
        checked_where(code, {entry.text("by"): frozenset()})
        return Summary(name, code, checked_where(code, where), entry.text("by"), entry.text("lead", ""))
    if "indicator" in entry:
        code = entry.indicator("indicator")
        return Number(name, code, checked_where(code, where))
    return Number(name)


def _template(entry: Entry, block: str) -> Template:
    numbers = entry.tables("numbers")
    made = tuple(_numbered(each, f"{block}.{each.text('id')}") for each in numbers)
    return Template(entry.text("template"), made, tuple(each.integer("gap", 4) for each in numbers))


def _numbered(entry: Entry, name: str) -> Number:
    content = _content(entry, name, entry.where())
    if not isinstance(content, Number):
        raise FormFault("句子里只能有数。", name)
    return content


def _table(entry: Entry, block: str) -> Iterable[Cell]:
    """Yield the cells where rows and columns of numbers cross; the id is the row's, a dot, the column's.

    A row without filters of its own (合计) and a column without an indicator are left to formulas.
    """
    for row in entry.tables("rows"):
        for column in entry.tables("columns"):
            area = parse_area(f"{column.text('at')}{row.integer('at')}")
            name = f"{block}.{row.text('id')}.{column.text('id')}"
            content = _content(column, name, {**row.where(), **column.where()})
            if isinstance(content, Number) and not row.where():
                content = Number(name)
            yield Cell(area, content, column.flag("span"), _is_left(column))


def _prove_shape(block: Block, columns: int) -> None:
    """Raise FormFault when boxes overlap, leave a gap, or lie outside the table."""
    taken: dict[tuple[int, int], Cell] = {}
    for cell in block.cells:
        area = cell.area
        for row in range(area.row, area.row + area.rows):
            for column in range(area.column, area.column + area.columns):
                if row >= len(block.rows) or column >= columns or (row, column) in taken:
                    raise FormFault(f"块 {block.id} 的格子重叠或在表外：{_address(area)}。", _address(area))
                taken[row, column] = cell
    if len(taken) != len(block.rows) * columns:
        row, column = next(
            (r, c) for r in range(len(block.rows)) for c in range(columns) if (r, c) not in taken
        )
        raise FormFault(f"块 {block.id} 缺格子 {_address(Area(row, column))}。", block.id)


def _address(area: Area) -> str:
    letters, column = "", area.column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{area.row + 1}"
