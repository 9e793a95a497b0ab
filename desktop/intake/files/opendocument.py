"""Measures a .ods before its cells are read: repeated cells, merged ranges, formulas in error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from desktop.intake.files.package import index, package_of, strange, too_large
from desktop.intake.files.raw import Merged, Position, Survey
from desktop.intake.files.unreadable import unreadable
from desktop.intake.files.xml import walk

_CONTENT = "content.xml"
_FARTHEST = 1 << 21
_NUMBER = re.compile(r"\+?0*(\d*)", re.ASCII)
_VALUES = {
    f"office:{name}"
    for name in ("value-type", "value", "string-value", "boolean-value", "date-value", "time-value")
}
MOST_CELLS = 1_500_000
"""How many cells all sheets may span: the reader takes some 260 bytes for each of this kind."""
_MOST_CHARACTERS = 100_000_000


def survey_ods(path: Path) -> Mapping[str, Survey]:
    """Return what was seen of each sheet, by its name.

    Raises AppError for a document that is protected, damaged, or would take an absurd amount of memory.
    """
    with package_of(path) as package:
        manifest = index(package, "META-INF/manifest.xml")
        if (
            any(tag.endswith("encryption-data") for tag, _ in manifest)
            or "encrypted-package" in package.namelist()
        ):
            raise unreadable(path, "文件有打开密码。", "请去掉密码后再导入。")
        if _CONTENT not in package.namelist():
            raise strange(path)
        document = _Document()
        with package.open(_CONTENT) as file:
            walk(file, document.start, document.end, document.text)
    if document.characters >= _MOST_CHARACTERS:
        raise too_large(path, [])
    too_far = [name for name, table in document.tables.items() if table.cells > MOST_CELLS]
    if too_far or sum(table.cells for table in document.tables.values()) > MOST_CELLS:
        raise too_large(path, too_far)
    return {name: Survey(table.errors, table.merged) for name, table in document.tables.items()}


class _Table:
    """A sheet while its rows go by: where the next cell stands, how far those reach that hold something."""

    def __init__(self) -> None:
        self.row = self.column = self.height = self.width = 0
        self.rows_repeated = 1
        self.merged: list[Merged] = []
        self.errors: dict[Position, str] = {}

    @property
    def cells(self) -> int:
        """How many cells the reader will take memory for."""
        return self.height * self.width


class _Document:
    """Follows the elements of `content.xml`."""

    def __init__(self) -> None:
        self.tables: dict[str, _Table] = {}
        self._table = _Table()  # stands for none until the first begins
        self._error_at: Position | None = None
        self.characters = self._row_characters = self._characters = 0
        self._columns_repeated = 1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
        if tag == "table:table":
            self._table = self.tables.setdefault(attributes.get("table:name", ""), _Table())
        elif tag == "table:table-row":
            self._table.column = 0
            self._table.rows_repeated = _count(attributes, "table:number-rows-repeated")
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)
        elif tag == "text:s":
            self._characters += _count(attributes, "text:c", most=_MOST_CHARACTERS)

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag == "table:table-cell":
            self._row_characters += self._characters * self._columns_repeated
            self._characters = 0
        if tag == "table:table-row":
            self.characters += self._row_characters * self._table.rows_repeated
            self._row_characters = 0
            self._table.row = min(self._table.row + self._table.rows_repeated, _FARTHEST)
        elif tag == "table:table-cell":
            self._error_at = None

    def text(self, text: str) -> None:
        """Take in text: that of a cell in error is kept."""
        self._characters += len(text)
        if self._error_at is not None and text.strip():
            self._table.errors[self._error_at] = text.strip()

    def _cell(self, attributes: dict[str, str]) -> None:
        table = self._table
        at = (table.row, table.column)
        self._columns_repeated = _count(attributes, "table:number-columns-repeated")
        table.column = min(table.column + self._columns_repeated, _FARTHEST)
        self._characters += len(attributes.get("office:string-value", ""))
        rows, columns = (_count(attributes, f"table:number-{which}-spanned") for which in ("rows", "columns"))
        if (rows, columns) != (1, 1):
            table.merged.append((at, (at[0] + rows - 1, at[1] + columns - 1)))
        if not _VALUES & attributes.keys():
            return
        table.width = max(table.width, table.column)
        table.height = max(table.height, min(table.row + table.rows_repeated, _FARTHEST))
        if attributes.get("calcext:value-type") == "error":
            self._error_at = at


def _count(attributes: dict[str, str], name: str, *, most: int = _FARTHEST) -> int:
    """Return how often something is repeated; what is no number counts once, one that cannot be as very many."""
    given = _NUMBER.fullmatch(attributes.get(name, "1").strip())
    if given is None:
        return 1
    return most if len(given[1]) > 9 else min(max(int(given[1] or "1"), 1), most)
