"""A filled form as a grid of boxes, rows laid out one under the other: what every renderer draws.

Knows rows, columns and millimetres of the form, but no page, no font and no file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from desktop.forms.filled import FilledForm
from desktop.forms.headings import short_name, words_of
from desktop.forms.numbers import number_text
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


@dataclass(frozen=True, slots=True)
class BandColumn:
    """A column of a band: which columns of the table it takes, and the words that stand on every line, if any do."""

    column: int
    columns: int
    id: str = ""
    words: str = ""
    aligns_left: bool = False


@dataclass(frozen=True)
class Band:
    """Rows of the table, one for each of many records, whose boxes are made when they are asked for.

    `values` gives what stands on a line, counted from 1, in the columns that have an id.
    """

    row: int
    lines: int
    columns: tuple[BandColumn, ...]
    values: Callable[[int], Sequence[Decimal | str | None]]

    def said(self, line: int) -> Iterator[tuple[BandColumn, Decimal | str | None, str]]:
        """Yield each column of a line with its value and the text of it."""
        values = iter(self.values(line))
        for column in self.columns:
            if not column.id:
                yield column, None, column.words
                continue
            value = next(values)
            yield column, value, number_text(value) if isinstance(value, Decimal) else value or ""

    def boxes(self, line: int) -> Iterator[Box]:
        """Yield the boxes of a line."""
        row = self.row + line - 1
        for column, value, text in self.said(line):
            yield Box(
                row,
                column.column,
                1,
                column.columns,
                text,
                value,
                column.id.replace("{n}", str(line)),
                is_heading=not column.id,
                aligns_left=column.aligns_left,
            )


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an issued form shows at the bottom right: its number and check code, and both as a QR code if wanted."""

    number: str
    check_code: str
    has_code: bool = True
    has_qr: bool = True

    @property
    def lines(self) -> tuple[str, ...]:
        """The words as printed."""
        return (f"编号 {self.number}", f"校验码 {self.check_code}") if self.has_code else ()


@dataclass(frozen=True)
class Sheet:
    """Everything that is printed of a form, from the marker at the top to the notes at the foot.

    `boxes` are all boxes but those of the `bands`. A `watermark` lies across every page of a draft.
    """

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
    bands: tuple[Band, ...] = ()
    imprint: Imprint | None = None
    watermark: str = ""

    def all_boxes(self) -> Iterator[Box]:
        """Yield every box, those of bands made one after the other."""
        yield from self.boxes
        for band in self.bands:
            for line in range(1, band.lines + 1):
                yield from band.boxes(line)


def compose(form: FilledForm, *, with_marker: bool = True) -> Sheet:
    """Return the grid of a filled form."""
    rows: list[GridRow] = []
    boxes: list[Box] = []
    bands: list[Band] = []
    for block in form.spec.blocks:
        boxes += _block_boxes(form, block, len(rows))
        bands += _bands(form, block, len(rows))
        rows += _block_rows(form, block)
    notes = (*(form.texts.get(note.text_key, note.text) for note in form.spec.notes), *form.remarks)
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
        bands=tuple(bands),
    )


def _bands(form: FilledForm, block: Block, top: int) -> Iterator[Band]:
    """Yield the rows of a block whose records are too many to make boxes of beforehand."""
    starts = _starts(form, block, top)
    for number in range(len(block.rows)):
        records = form.records.get((block.id, number))
        if records is not None:
            cells = [cell for cell in block.cells if cell.area.row == number and not cell.spans_lines]
            columns = tuple(_band_column(form, cell) for cell in cells)
            yield Band(starts[number], records.lines, columns, records.values)


def _band_column(form: FilledForm, cell: Cell) -> BandColumn:
    area, content = cell.area, cell.content
    if isinstance(content, Heading):
        return BandColumn(area.column, area.columns, words=words_of(content, form.texts))
    return BandColumn(area.column, area.columns, getattr(content, "id", ""), aligns_left=cell.aligns_left)


def _starts(form: FilledForm, block: Block, top: int) -> list[int]:
    """Return the row of the table on which each row of a block begins, and where the block ends."""
    lines = [_lines(form, block, number) for number in range(len(block.rows))]
    return list(accumulate(lines, initial=top))


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
        yield from [GridRow(row.height_mm, is_head=number < block.head_rows)] * _lines(form, block, number)


def _block_boxes(form: FilledForm, block: Block, top: int) -> Iterator[Box]:
    starts = _starts(form, block, top)
    for cell in block.cells:
        area = cell.area
        if (block.id, area.row) in form.records and not cell.spans_lines:
            continue
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
