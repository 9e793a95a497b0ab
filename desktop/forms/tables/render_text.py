"""Renders a sheet as plain text: marker, title, header lines, table, notes. Knows no file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.core.text import columns_of
from desktop.forms.grid import HeaderText, Sheet
from desktop.forms.tables.text_table import table_lines
from desktop.forms.text_fit import wrap

_GAP = 2


def render_text(sheet: Sheet) -> str:
    """Return the sheet as text for a font in which a Chinese character is as wide as two Latin letters.

    No line ends in blanks; the last one ends with a line end.
    """
    table = table_lines(sheet)
    width = columns_of(table[0])
    lines = [sheet.marker] if sheet.marker else []
    lines += [_centred(line, width) for line in wrap(sheet.title, width, columns_of)]
    for fields in sheet.header:
        lines += _header_lines(fields, width)
    lines += table
    for note in sheet.notes:
        lines += wrap(note, width, columns_of)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _centred(text: str, width: int) -> str:
    return " " * ((width - columns_of(text)) // 2) + text


def _header_lines(fields: Sequence[HeaderText], width: int) -> list[str]:
    """Return the fields where the form puts them, moved right or down when those before are long."""
    lines = [""]
    for at, text in _pieces(fields, width):
        place = min(round(at * width), width - columns_of(text))
        after = columns_of(lines[-1]) + _GAP if lines[-1] else 0
        if max(place, after) + columns_of(text) > width:
            lines.append("")
            after = 0
        lines[-1] += " " * (max(place, after) - columns_of(lines[-1])) + text
    return lines


def _pieces(fields: Sequence[HeaderText], width: int) -> Iterator[tuple[float, str]]:
    for field in fields:
        yield from ((field.at, line) for line in wrap(field.text, width, columns_of))
