"""The words over each column of a raw sheet: on one level or several, merged or not. Knows no kinds of sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop.intake.cells import as_text
from desktop.intake.files.raw import Cell, Merged, RawSheet
from desktop.intake.measures import is_of_measures

_ROWS_SEARCHED = 30
_UNIT = re.compile(
    r"(?:填报|填表|使用|上报|报送)?单位(?:名称|全称)?(?:[(（](?:盖章|公章|签章)[)）])?\s*[:：]\s*([^:：]*)"
)
_NEXT_LABEL = re.compile(
    r"\s{2,}|\s+\S{1,6}[:：]|[(（](?:盖章|公章|签章)[)）]|\s+(?:填表|填报|制表|联系)\S*$"
)
_LABEL = re.compile(r"[:：]\s*(?:\S|$)")
_MEASURED = re.compile(r"(?<=\w)\s*[(（](?:金额)?单位[:：][^()（）]*[)）]$")
"""The end of a heading that says in which unit the numbers below are, which is no label."""
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Headings:
    """What a row would say as the heading row: of each column its own words, and those of the group it is in.

    Words merged downwards, or left standing a row higher by a copy without merged cells, are the column's own.
    """

    row: int
    texts: tuple[str, ...]
    groups: tuple[str, ...]


def heading_rows(sheet: RawSheet) -> list[Headings]:
    """Return the rows in which headings are looked for, as headings."""
    top = _filled_down(sheet)
    return [_headings(top, row, sheet.merged) for row in range(len(top))]


def _filled_down(sheet: RawSheet) -> list[list[str]]:
    """Return the first rows as texts; one merged downwards stands in each of its rows."""
    rows = [[as_text(cell) for cell in row] for row in sheet.rows[:_ROWS_SEARCHED]]
    for (top, column), (bottom, _) in sheet.merged:
        for row in rows[top + 1 : bottom + 1]:
            if column < min(len(row), len(rows[top])):
                row[column] = rows[top][column]
    return rows


def _headings(top: Sequence[Sequence[str]], row: int, merged: Sequence[Merged]) -> Headings:
    texts = list(top[row])
    above = top[row - 1] if row else ()
    if sum(bool(text) for text in above) < _FEWEST_WORDS or any(map(_is_label, above)):
        return Headings(row, tuple(texts), ("",) * len(texts))
    texts = [text or (above[column] if column < len(above) else "") for column, text in enumerate(texts)]
    groups = _spread(above, row - 1, merged, len(texts))
    groups = ["" if group == text else group for group, text in zip(groups, texts, strict=True)]
    sizes = {group: len(list(columns)) for group, columns in groupby(groups)}
    return Headings(row, tuple(texts), tuple(group if sizes[group] > 1 else "" for group in groups))


def _is_label(text: str) -> bool:
    return bool(_LABEL.search(text) and _LABEL.search(_MEASURED.sub("", text)))


def _spread(above: Sequence[str], row: int, merged: Sequence[Merged], width: int) -> list[str]:
    """Return the words over each column: across merged cells, or in a row without such, across the empty ones."""
    ranges = [(left, right) for (first, left), (_, right) in merged if first == row and right > left]
    groups = [above[column] if column < len(above) else "" for column in range(width)]
    if ranges:
        for left, right in ranges:
            for column in range(left + 1, min(right + 1, width)):
                groups[column] = groups[left] if left < width else ""
        return groups
    for column in range(1, width):
        groups[column] = groups[column] or groups[column - 1]
    return groups


def words_above(sheet: RawSheet, row: int, column: int) -> list[str]:
    """Return the words over a column in the rows above a heading row, the nearest first, as far as they are headings.

    Those of a group over several columns stand over each of them. Of a line alone in its row nobody knows whether it
    is a title; a row with a label ends the headings.
    """
    above = []
    for number in range(row - 1, -1, -1):
        texts = [as_text(cell) for cell in sheet.rows[number]]
        if any(map(_is_label, texts)):
            break
        if sum(map(bool, texts)) >= _FEWEST_WORDS:
            above.append(_spread(texts, number, sheet.merged, max(len(texts), column + 1))[column])
    return above


def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 0, as a spreadsheet program shows them."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def last_heading_row(heading_row: int, merged: Sequence[Merged]) -> int:
    """Return the last of the rows that the headings of a row reach down to."""
    bottoms = [bottom for (top, _), (bottom, _) in merged if top == heading_row and bottom > top]
    return max(bottoms) if len(bottoms) >= _FEWEST_WORDS else heading_row


def labelled_unit(rows: Iterable[Sequence[Cell]]) -> str:
    """Return the unit that lines beside a table name, as in 「填报单位（盖章）：县财政局」, empty where none is."""
    for row in rows:
        texts = [text for cell in row if (text := as_text(cell))]
        for place, text in enumerate(texts):
            label = _UNIT.match(text)
            if label is None:
                continue
            beside = texts[place + 1] if place + 1 < len(texts) else ""
            name = label[1].strip() or ("" if re.search(r"[:：]", beside) else beside)
            named = _NEXT_LABEL.split(name.strip())[0].strip()
            if named and not is_of_measures(named):
                return named
    return ""
