"""Reads what is written above, below and between the records of a table, of whose they are. Knows no ledger."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from desktop.intake.cells import as_text
from desktop.intake.files.raw import Cell
from desktop.intake.headings import labelled_unit
from desktop.intake.sheets import Around

_COLONS = (":", "：")
_EMPTY = ("", None)
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")


def around(above: Sequence[Sequence[Cell]], below: Sequence[Sequence[Cell]]) -> Around:
    """Return what the lines above a table and those below it that hold no records say."""
    lines = tuple(line for row in (*above, *below) for line in lines_of(row))
    unit = labelled_unit(above)
    return Around(lines, unit or labelled_unit(below), is_above=bool(unit))


def heads(
    above: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]], passed: Collection[int]
) -> Iterator[tuple[int, Around]]:
    """Yield the lines after which records follow, with the number of the row: all those above the table first.

    Among the records they are those passed over, and those of one text alone that holds a word. Where labels stand
    below the records that they speak of, the last one of the sheet is among them.
    """
    top = around(above, ())
    yield len(above) + 1, top
    waiting: list[tuple[int, Around]] = []
    labels: list[bool] = []
    for number, row in enumerate(body):
        written = [cell for cell in row if cell not in _EMPTY]
        if number in passed or (len(written) == 1 and _WORD.search(as_text(written[0]))):
            waiting.append((len(above) + 2 + number, around([row], ())))
        elif written:
            if waiting or not labels:
                labels.append(any(line.unit for _, line in waiting))
            yield from waiting
            waiting.clear()
    if any(labels) and not (top.unit or labels[0]):
        yield from (found for found in waiting if found[1].unit)


def lines_of(row: Sequence[Cell]) -> Iterator[str]:
    """Yield the texts of a row, one that ends with a colon together with what stands beside it."""
    label = ""
    for cell in row:
        text = as_text(cell)
        if text:
            label += text
            if not text.endswith(_COLONS):
                yield label
                label = ""
    if label:
        yield label
