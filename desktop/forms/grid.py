"""A filled form as a grid of boxes, rows laid out one under the other: what every renderer draws.

Knows rows, columns and millimetres of the form, but no page, no font and no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.forms.filled import FilledForm
from desktop.forms.headings import short_name, words_of
from desktop.forms.spec import Block, Cell, Heading, Page, Template


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the table, counted from 0 over the whole table. `id` is empty for headings and sentences.

    `opens_above` and `opens_below`: no line there, because the lines of a list belong together.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    value: Decimal | str | None = None
    id: str = ""
    is_heading: bool = False
    is_upright: bool = False
    aligns_left: bool = False
    opens_above: bool = False
    opens_below: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the table: its least height, and whether it is repeated at the head of every page."""

    height_mm: float
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A field of a header line: where it starts (0–1 of the width), its text, the words the seal goes on."""

    at: float
    text: str
    seal: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything that is printed of a form, from the marker at the top to the notes at the foot."""

    code: str
    page: Page
    marker: str
    title: str
    title_pt: float
    text_pt: float
    header: tuple[tuple[HeaderText, ...], ...]
    columns_mm: tuple[float, ...]
    rows: tuple[GridRow, ...]
    boxes: tuple[Box, ...]
    notes: tuple[str, ...]


def compose(form: FilledForm, *, with_marker: bool = True) -> Sheet:
    """Return the grid of a filled form."""
    rows: list[GridRow] = []
    boxes: list[Box] = []
    for block in form.spec.blocks:
        boxes += _block_boxes(form, block, len(rows))
        rows += _block_rows(form, block)
    notes = tuple(form.texts.get(note.text_key, note.text) for note in form.spec.notes)
    return Sheet(
        code=form.spec.code,
        page=form.spec.page,
        marker=form.spec.marker if with_marker else "",
        title=form.title,
        title_pt=form.spec.title_pt,
        text_pt=form.spec.text_pt,
        header=_header(form),
        columns_mm=form.spec.columns_mm,
        rows=tuple(rows),
        boxes=tuple(boxes),
        notes=notes,
    )


def _header(form: FilledForm) -> tuple[tuple[HeaderText, ...], ...]:
    lines = zip(form.spec.header, form.header, strict=True)
    return tuple(
        tuple(HeaderText(field.at, text, field.seal) for field, text in zip(fields, texts, strict=True))
        for fields, texts in lines
    )


def _lines(form: FilledForm, block: Block, row: int) -> int:
    return form.lines.get((block.id, row), 1)


def _block_rows(form: FilledForm, block: Block) -> Iterator[GridRow]:
    for number, row in enumerate(block.rows):
        for _ in range(_lines(form, block, number)):
            yield GridRow(row.height_mm, is_head=number < block.head_rows)


def _block_boxes(form: FilledForm, block: Block, top: int) -> Iterator[Box]:
    starts = [top]
    for number in range(len(block.rows)):
        starts.append(starts[-1] + _lines(form, block, number))
    for cell in block.cells:
        area = cell.area
        first, last = starts[area.row], starts[area.row + area.rows]
        if not block.rows[area.row].repeats or cell.spans_lines:
            yield _box(form, cell, (first, last - first))
            continue
        is_ruled = block.rows[area.row].is_ruled
        for line, row in enumerate(range(first, last), start=1):
            yield _line_box(
                form, cell, (line, row), inner=(not is_ruled and line > 1, not is_ruled and row < last - 1)
            )


def _box(form: FilledForm, cell: Cell, extent: tuple[int, int]) -> Box:
    row, rows = extent
    area, content = cell.area, cell.content
    if isinstance(content, Heading):
        text = words_of(content, form.texts)
        return Box(row, area.column, rows, area.columns, text, is_heading=True, is_upright=content.is_upright)
    if isinstance(content, Template):
        return Box(
            row, area.column, rows, area.columns, _sentence(form, content), aligns_left=cell.aligns_left
        )
    filled = form.cells[content.id]
    return Box(
        row,
        area.column,
        rows,
        area.columns,
        filled.text,
        filled.value,
        filled.id,
        aligns_left=cell.aligns_left,
    )


def _line_box(form: FilledForm, cell: Cell, place: tuple[int, int], *, inner: tuple[bool, bool]) -> Box:
    line, row = place
    area, content = cell.area, cell.content
    if isinstance(content, Heading | Template):
        return _box(form, cell, (row, 1))
    filled = form.cells[content.id.replace("{n}", str(line))]
    return Box(
        row,
        area.column,
        1,
        area.columns,
        filled.text,
        filled.value,
        filled.id,
        aligns_left=cell.aligns_left,
        opens_above=inner[0],
        opens_below=inner[1],
    )


def _sentence(form: FilledForm, template: Template) -> str:
    """Return the sentence with its numbers, or with gaps to write them in."""
    text = template.text
    for number, gap in zip(template.numbers, template.gaps, strict=True):
        filled = form.cells[number.id].text or " " * gap
        text = text.replace(f"{{{short_name(number)}}}", filled)
    return text
