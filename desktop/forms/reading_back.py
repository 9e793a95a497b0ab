"""Reads what was written into a form's workbook back into cells, found by the printed headings. Knows no file."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.core.text import clean_cell, match_key
from desktop.forms.expected import Expected
from desktop.forms.filled import FilledForm
from desktop.forms.grid import Box, Sheet, compose
from desktop.forms.header import ROOM, VARIABLES, names_in
from desktop.forms.headings import words_of
from desktop.forms.numbers import NO_NUMBER, typed_number
from desktop.forms.spec import Heading, Template

Rows = Sequence[Sequence[object]]
_MOST_ABOVE = 40
_WAN = "万元"
_TWO_DECIMALS = Decimal("0.01")
Blank = Callable[[Mapping[tuple[str, int], int]], FilledForm]


@dataclass(frozen=True, slots=True)
class Misread:
    """A cell that cannot be read: its row and column counted from 1, and why."""

    row: int
    column: int
    why: str


@dataclass(frozen=True)
class ReadBack:
    """What a workbook says, by the ids of the form's cells; empty ones are left out."""

    values: Mapping[str, str] = field(default_factory=dict)
    misread: tuple[Misread, ...] = ()


def read_back(blank: Blank, rows: Rows) -> ReadBack | None:
    """Return what is written in a table that looks like a blank copy; nothing when the headings are not found.

    `blank` gives the blank copy with so many lines in its repeated rows, by block and row.
    """
    form = blank({})
    for top in range(min(_MOST_ABOVE, len(rows))):
        lines = _lines_from(form, rows, top)
        if lines is None:
            continue
        fitting = blank(lines)
        sheet = compose(fitting)
        if all(
            _is_word(rows, top + box.row, box) for box in sheet.boxes if box.is_heading and box.text.strip()
        ):
            return _Reader(fitting, sheet, rows).read(top)
    return None


@dataclass(frozen=True, slots=True)
class _Step:
    """A row of the form: the headings that begin on it, and whether it stands once for each line."""

    place: tuple[str, int]
    heads: tuple[tuple[int, str], ...]
    repeats: bool


def _steps(form: FilledForm) -> list[_Step]:
    """Return the rows of a form from top to bottom."""
    steps = []
    for block in form.spec.blocks:
        for number, row in enumerate(block.rows):
            heads = [
                (cell.area.column, words_of(cell.content, form.texts))
                for cell in block.cells
                if cell.area.row == number and isinstance(cell.content, Heading)
            ]
            said = tuple((column, words) for column, words in heads if words.strip())
            steps.append(_Step((block.id, number), said, row.repeats))
    return steps


def _lines_from(form: FilledForm, rows: Rows, top: int) -> dict[tuple[str, int], int] | None:
    """Return how many lines each repeated row has in a table that begins on this row; nothing when none begins there.

    A repeated row ends where the headings of the next row stand, or at an empty row or the notes.
    """
    steps = _steps(form)
    ends = tuple(match_key(form.texts.get(note.text_key, note.text)) for note in form.spec.notes)
    lines = {}
    row = top
    for number, step in enumerate(steps):
        if not _has_heads(rows, row, step.heads):
            return None
        row += 1
        if not step.repeats:
            continue
        first = row - 1
        following = steps[number + 1].heads if number + 1 < len(steps) else ()
        while row < len(rows) and not _ends(rows, row, following, ends):
            row += 1
        lines[step.place] = row - first
    return lines


def _has_heads(rows: Rows, row: int, heads: Sequence[tuple[int, str]]) -> bool:
    return all(match_key(_text(_at(rows, row, column))) == match_key(words) for column, words in heads)


def _ends(rows: Rows, row: int, following: Sequence[tuple[int, str]], notes: Sequence[str]) -> bool:
    if following:
        return _has_heads(rows, row, following)
    said = [text for cell in rows[row] if (text := _text(cell))]
    return not said or match_key(said[0]) in notes


def _is_word(rows: Rows, row: int, box: Box) -> bool:
    return match_key(_text(_at(rows, row, box.column))) == match_key(box.text)


def _at(rows: Rows, row: int, column: int) -> object:
    return rows[row][column] if 0 <= row < len(rows) and column < len(rows[row]) else None


def _text(cell: object) -> str:
    """Return what a cell says as words: whole numbers without decimals, days as they are written."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return clean_cell(str(cell))


class _Reader:
    """Reads the cells of one blank form out of the rows of a sheet."""

    def __init__(self, form: FilledForm, sheet: Sheet, rows: Rows) -> None:
        self._form = form
        self._sheet = sheet
        self._rows = rows
        self._expected = Expected(form.spec)
        self._values: dict[str, str] = {}
        self._misread: list[Misread] = []

    def read(self, top: int) -> ReadBack:
        """Return what stands in the table that begins on this row, and in the header above it."""
        for box in self._sheet.all_boxes():
            if box.id:
                self._put(
                    box.id, _text(_at(self._rows, top + box.row, box.column)), (top + box.row, box.column)
                )
        self._read_sentences(top)
        self._read_header(top)
        return ReadBack(self._values, tuple(self._misread))

    def _put(self, name: str, text: str, place: tuple[int, int]) -> None:
        if not text:
            return
        if self._expected.is_number(name):
            number = typed_number(text)
            if number is None:
                self._misread.append(Misread(place[0] + 1, place[1] + 1, f"「{text}」{NO_NUMBER}。"))
                return
            text = _with_decimals(number) if _WAN in self._form.cells[name].path else number
        self._values[name] = text

    def _read_sentences(self, top: int) -> None:
        """Read the numbers out of sentences such as 总数：12台，其中台式9台."""
        boxes = [box for box in self._sheet.boxes if not box.id and not box.is_heading]
        templates = [
            cell.content
            for block in self._form.spec.blocks
            for cell in block.cells
            if isinstance(cell.content, Template)
        ]
        for box, template in zip(boxes, templates, strict=True):
            place = (top + box.row, box.column)
            said = _text(_at(self._rows, *place))
            found = re.fullmatch(_pattern_of(template.text), "".join(said.split()))
            if found is None:
                words = re.sub(r"\{\w+\}", "（数）", template.text)
                self._misread.append(Misread(place[0] + 1, place[1] + 1, f"应写成「{words}」的样子。"))
                continue
            for number, text in zip(template.numbers, found.groups(), strict=True):
                self._put(number.id, text, place)

    def _read_header(self, top: int) -> None:
        """Read what is written after the words of the header: 填表人：张三."""
        above = [_text(cell) for row in self._rows[:top] for cell in row]
        for name, text in _header_values(self._form, [said for said in above if said]):
            self._values[f"{ROOM}.{VARIABLES[name]}"] = text


def _with_decimals(number: str) -> str:
    """Return an amount in 万元 with the two decimals that a spreadsheet program leaves out."""
    value = Decimal(number)
    return format(
        max(value, value.quantize(_TWO_DECIMALS), key=lambda each: -int(each.as_tuple().exponent)), "f"
    )


def _pattern_of(text: str) -> str:
    """Return the pattern of a sentence with numbers, blanks left out."""
    parts = re.split(r"\{\w+\}", "".join(text.split()))
    return "([^，。；、]*?)".join(map(re.escape, parts))


def _header_values(form: FilledForm, above: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each variable of the header with what is written for it; what is only printed blanks is nothing."""
    for fields in form.spec.header:
        for each in fields:
            variables = names_in(each.text)
            if len(variables) != 1:
                continue
            before, after = map(_spaced, re.split(r"\{\w+\}", each.text))
            pattern = re.compile(rf"\s*{before}\s*(.*?)\s*{after}\s*", re.IGNORECASE | re.DOTALL)
            found = (pattern.fullmatch(unicodedata.normalize("NFKC", said)) for said in above if before)
            value = next((match.group(1) for match in found if match), "")
            if value.strip("年月日 "):
                yield variables[0], value


def _spaced(words: str) -> str:
    """Return the pattern of words that may be written with blanks between them."""
    plain = "".join(unicodedata.normalize("NFKC", words).split())
    return r"\s*".join(map(re.escape, plain))
