"""The path of a cell: the words a person reads to the left of it and above it, outermost first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from desktop.forms.spec import Area, Block, Cell, FormSpec, Heading, Number, Template

Texts = Mapping[str, str]
"""A campaign's own words by text key."""


def words_of(heading: Heading, texts: Texts) -> str:
    """Return what a heading prints: the campaign's own words, or the form's."""
    return texts.get(heading.text_key, heading.text) if heading.text_key else heading.text


def path_word(text: str) -> str:
    """Return a heading as it stands in paths: without line breaks and without any blanks."""
    return re.sub(r"\s", "", text)


class Paths:
    """The paths of a block's cells."""

    def __init__(self, block: Block, texts: Texts) -> None:
        self._texts = texts
        self._grid: dict[tuple[int, int], Cell] = {}
        for cell in block.cells:
            area = cell.area
            for row in range(area.row, area.row + area.rows):
                for column in range(area.column, area.column + area.columns):
                    self._grid[row, column] = cell

    def headings(self, cell: Cell) -> tuple[list[Heading], list[Heading]]:
        """Return the headings to the left of a cell and those above it, outermost first."""
        area = cell.area
        left = self._walk(cell, [(area.row, column) for column in range(area.column - 1, -1, -1)])
        above = self._walk(cell, [(row, area.column) for row in range(area.row - 1, -1, -1)])
        taken = {id(heading) for heading in left}
        return left, [heading for heading in above if id(heading) not in taken]

    def _walk(self, cell: Cell, places: Sequence[tuple[int, int]]) -> list[Heading]:
        """Collect headings outwards from a cell: past other values first, then until a value comes again.

        A heading counts when it stands over the whole width, or beside the whole height, of the cell; a box left empty
        for writing by hand is none.
        """
        found: list[Heading] = []
        for place in places:
            box = self._grid[place]
            if not isinstance(box.content, Heading):
                if found:
                    break
            elif not box.content.text:
                continue
            elif _reaches_over(box.area, cell.area) and (not found or found[-1] is not box.content):
                found.append(box.content)
        return list(reversed(found))

    def path(self, cell: Cell, *, line: int | None = None, name: str = "") -> str:
        """Return the path of a cell; with its line in a repeated row, and a name within a sentence."""
        left, above = self.headings(cell)
        words = [path_word(words_of(heading, self._texts)) for heading in left]
        words += [f"第{line}行"] if line is not None and not cell.spans_lines else []
        words += [path_word(words_of(heading, self._texts)) for heading in above]
        return "/".join([*words, *([name] if name else [])])


def _reaches_over(heading: Area, cell: Area) -> bool:
    beside = heading.row <= cell.row and heading.row + heading.rows >= cell.row + cell.rows
    over = heading.column <= cell.column and heading.column + heading.columns >= cell.column + cell.columns
    return beside or over


def static_paths(spec: FormSpec, texts: Texts) -> Iterator[tuple[str, Cell]]:
    """Yield the path of every value of a form with its cell, repeated rows by their first line."""
    for block in spec.blocks:
        paths = Paths(block, texts)
        for cell in block.cells:
            line = 1 if block.rows[cell.area.row].repeats else None
            if isinstance(cell.content, Template):
                for number in cell.content.numbers:
                    yield paths.path(cell, name=short_name(number)), cell
            elif not isinstance(cell.content, Heading):
                yield paths.path(cell, line=line), cell


def short_name(number: Number) -> str:
    """Return the last part of a number's id, its name within a sentence."""
    return number.id.rsplit(".", 1)[-1]


def spellings(path: str, headings: Sequence[Heading]) -> list[str]:
    """Return the other spellings of a path, by the other spellings of its headings."""
    paths = [f"/{path}/"]
    for heading in headings:
        word = f"/{path_word(heading.text)}/"
        others = [f"/{path_word(other)}/" for other in heading.also]
        paths += [each.replace(word, other, 1) for each in paths if word in each for other in others]
    return [each[1:-1] for each in paths[1:]]
