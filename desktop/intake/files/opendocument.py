"""Measures a .ods before its cells are read: repeated cells, merged ranges, formulas in error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from desktop.intake.files.package import index, package_of, strange, too_large
from desktop.intake.files.raw import MOST_CELLS, Merged, Position, Survey
from desktop.intake.files.unreadable import unreadable
from desktop.intake.files.xml import walk

_CONTENT = "content.xml"
_FARTHEST = 1 << 21


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

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
        if tag == "table:table":
            self._table = self.tables.setdefault(attributes.get("table:name", ""), _Table())
        elif tag == "table:table-row":
            self._table.column = 0
            self._table.rows_repeated = _count(attributes, "table:number-rows-repeated")
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag == "table:table-row":
            self._table.row = min(self._table.row + self._table.rows_repeated, _FARTHEST)
        elif tag == "table:table-cell":
            self._error_at = None

    def text(self, text: str) -> None:
        """Take in text: that of a cell in error is kept."""
        if self._error_at is not None and text.strip():
            self._table.errors[self._error_at] = text.strip()

    def _cell(self, attributes: dict[str, str]) -> None:
        table = self._table
        at = (table.row, table.column)
        table.column = min(table.column + _count(attributes, "table:number-columns-repeated"), _FARTHEST)
        if "office:value-type" not in attributes:
            return
        table.width = max(table.width, table.column)
        table.height = max(table.height, min(table.row + table.rows_repeated, _FARTHEST))
        if attributes.get("calcext:value-type") == "error":
            self._error_at = at
        rows, columns = (_count(attributes, f"table:number-{which}-spanned") for which in ("rows", "columns"))
        if (rows, columns) != (1, 1):
            table.merged.append((at, (at[0] + rows - 1, at[1] + columns - 1)))


def _count(attributes: dict[str, str], name: str) -> int:
    """Return how often something is repeated; what is no number counts once, one that cannot be as very many."""
    given = attributes.get(name, "1")
    return min(max(int(given[:9]), 1), _FARTHEST) if given.isascii() and given.isdecimal() else 1
