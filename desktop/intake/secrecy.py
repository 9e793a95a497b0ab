"""Warns where a file that is imported speaks of state secrets: in its name, a sheet's name or any cell. Refuses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.core.findings import Finding, FindingClass, Place
from desktop.core.secrecy import secret_words
from desktop.intake.doubts import other_rows
from desktop.intake.files.raw import Cell, RawSheet
from desktop.intake.headings import column_letters
from desktop.intake.recognise import SheetMap

_ROWS_AT_ONCE = 10_000
_REMEDY = "请确认不涉及国家秘密；涉密内容不得录入本系统。"


@dataclass
class _Column:
    """What was found in a column: the rows as a person counts them, the words met."""

    rows: list[int] = field(default_factory=list)
    words: dict[str, None] = field(default_factory=dict)


def secrets_of_names(path: Path, place: Place, sheets: Sequence[RawSheet]) -> Iterator[Finding]:
    """Yield a warning for the name of a file, and for that of each sheet that has a name of its own.

    `place` is the file as findings call it. A text or a web page lends its sheets its own name.
    """
    in_file = secret_words(path.name)
    if in_file:
        yield _warning("文件名中", in_file, place)
    for sheet in sheets:
        in_sheet = secret_words(sheet.name)
        if in_sheet and not (in_file and sheet.name.startswith(path.stem)):
            yield _warning("表名中", in_sheet, replace(place, sheet=sheet.name))


def secrets_of_cells(sheet: RawSheet, place: Place, maps: Sequence[SheetMap]) -> Iterator[Finding]:
    """Yield a warning for every column of a sheet that holds such a word, read or not; it names the rows.

    A column is called by its heading, and by its letters at and above the headings and where there are none.
    """
    mapping = maps[0] if maps else None
    columns: dict[tuple[int, bool], _Column] = {}
    for row, column, words in _found(sheet.rows):
        is_below = mapping is not None and row > mapping.heading_row
        noted = columns.setdefault((column, is_below), _Column())
        noted.rows.append(row + 1)
        noted.words.update(dict.fromkeys(words))
    for (column, is_below), noted in columns.items():
        name = _heading(mapping, column) if mapping and is_below else ""
        at = replace(place, row=noted.rows[0], column=name or column_letters(column))
        yield _warning("", tuple(noted.words), at, other_rows(noted.rows))


def _found(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield row, column and words of each cell that holds any; of equal cells in a stretch of rows one is read."""
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        stretch = rows[first : first + _ROWS_AT_ONCE]
        told: Mapping[Cell, tuple[str, ...]] = {
            cell: words
            for cell in set[Cell]().union(*stretch)
            if isinstance(cell, str) and (words := secret_words(cell))
        }
        if told:
            for number, row in enumerate(stretch, start=first):
                yield from ((number, column, told[cell]) for column, cell in enumerate(row) if cell in told)


def _heading(mapping: SheetMap, column: int) -> str:
    return " ".join(mapping.headings[column].split()) if column < len(mapping.headings) else ""


def _warning(where: str, words: Sequence[str], place: Place, more: str = "") -> Finding:
    listed = "".join(f"「{word}」" for word in words)
    return Finding("I47", FindingClass.C, f"{where}有{listed}字样。{more}", _REMEDY, place)
