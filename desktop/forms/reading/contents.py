"""Reads the cells of a form file: where each stands and what stands in it. Knows no block as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from desktop.core.records import RECORD_KINDS
from desktop.forms.header import names_in
from desktop.forms.reading.entries import Entry
from desktop.forms.reading.filters import listed_by, where_of
from desktop.forms.spec import (
    ROW_NUMBER,
    Area,
    Cell,
    Content,
    Heading,
    ListColumn,
    Number,
    RecordField,
    Summary,
    Template,
)

_ADDRESS = re.compile(r"([A-Z]{1,2})([1-9]\d{0,2})(?::([A-Z]{1,2})([1-9]\d{0,2}))?")
_ID = re.compile(r"(?:\w|\{n\})+(?:\.(?:\w|\{n\})+)*")


def area_of(entry: Entry) -> Area:
    """Return the area `at` of a table, as `B3` or `B3:C4`."""
    return _area(entry, entry.text("at"))


def _area(entry: Entry, address: str) -> Area:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise entry.fault(f"「{address}」不是单元格地址。", "at")
    first, row, last, last_row = match.groups()
    left, top = _column(first), int(row) - 1
    right, bottom = (_column(last), int(last_row) - 1) if last else (left, top)
    if right < left or bottom < top:
        raise entry.fault(f"「{address}」的两端颠倒了。", "at")
    return Area(top, left, bottom - top + 1, right - left + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def heading_of(entry: Entry) -> Heading:
    """Return printed words."""
    return Heading(entry.text("text"), entry.text("campaign", ""), entry.texts("also"), entry.flag("upright"))


def id_of(entry: Entry) -> str:
    """Return an id that formulas can name."""
    name = entry.text("id")
    if not _ID.fullmatch(name):
        raise entry.fault(f"编号「{name}」只能用文字、数字和点。", "id")
    return name


def cell_of(entry: Entry, block: str) -> Cell:
    """Return the cell that a table describes; its id begins with the block's."""
    if "text" in entry:
        content: Content = heading_of(entry)
    elif "template" in entry:
        content = _template(entry, block)
    else:
        content = _content(entry, f"{block}.{id_of(entry)}")
    return _cell(entry, area_of(entry), content)


def _cell(entry: Entry, area: Area, content: Content) -> Cell:
    is_left = "align" in entry and entry.choice("align", ("left", "center")) == "left"
    return Cell(area, content, entry.flag("span"), is_left, entry.line())


def _content(entry: Entry, name: str) -> Content:
    """Return what stands in a cell with an id."""
    if "field" in entry:
        return RecordField(name, entry.choice("field", _FIELDS))
    if "list" in entry:
        code = entry.indicator("list")
        shows = "shows" in entry and entry.choice("shows", ("name", "amount")) == "amount"
        return ListColumn(name, code, where_of(entry, code), listed_by(entry, code), shows)
    if "summary" in entry:
        code = entry.indicator("summary")
        return Summary(name, code, where_of(entry, code), listed_by(entry, code), entry.text("lead", ""))
    if "indicator" in entry:
        code = entry.indicator("indicator")
        return Number(name, code, where_of(entry, code))
    return Number(name)


_FIELDS = [ROW_NUMBER, *dict.fromkeys(each.name for kind in RECORD_KINDS.values() for each in kind.fields)]


def _template(entry: Entry, block: str) -> Template:
    text, numbers = entry.text("template"), entry.tables("numbers")
    made = []
    for each in numbers:
        content = _content(each, f"{block}.{id_of(each)}")
        if not isinstance(content, Number):
            raise each.fault("句子里只能有数。")
        if f"{{{content.id.rsplit('.', 1)[-1]}}}" not in text:
            raise entry.fault(f"句子里没有 {each.text('id')} 的位置。", "template")
        made.append(content)
    names = {number.id.rsplit(".", 1)[-1] for number in made}
    for place in names_in(text):
        if place not in names:
            raise entry.fault(f"句子里的 {{{place}}} 没有对应的数。", "template")
    return Template(text, tuple(made), tuple(each.integer("gap", 4, most=60) for each in numbers))


def table_cells(entry: Entry, block: str) -> Iterator[Cell]:
    """Yield the cells where rows and columns of numbers cross; the id is the row's, a dot, the column's.

    A row without filters of its own (合计) and a column without an indicator are left to formulas.
    """
    rows, columns = entry.tables("rows"), entry.tables("columns")
    for row in rows:
        for column in columns:
            content = _content(column, f"{block}.{id_of(row)}.{id_of(column)}")
            address = f"{column.text('at')}{row.integer('at', least=1, most=999)}"
            yield _cell(column, _area(column, address), _narrowed(content, row))


def _narrowed(content: Content, row: Entry) -> Content:
    """Return a column's content with the filters of a row as well."""
    if not isinstance(content, Number | ListColumn | Summary) or not content.indicator:
        return content
    where = where_of(row, content.indicator)
    if not where and isinstance(content, Number):
        return Number(content.id)
    return replace(content, where={**where, **content.where})
