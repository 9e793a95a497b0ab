"""Reads the tables of a web page: what many office systems export under the name .xls.

Only the few tags that make a table are looked at, each once; whatever else a page holds is passed over.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from desktop.intake.files.delimited import decoded
from desktop.intake.files.package import too_large
from desktop.intake.files.raw import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    Cell,
    Merged,
    RawSheet,
)
from desktop.intake.files.unreadable import unreadable

_MOST_BYTES = 40_000_000
_TAG = re.compile(r"<(/?)(table|tr|td|th|br|style|script)\b([^<>]*)>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"<[/!?a-z][^<>]*>", re.IGNORECASE)
_SPAN = {
    name: re.compile(rf"\b{name}\s*=\s*[\"']?\s*(\d{{1,7}})", re.IGNORECASE)
    for name in ("rowspan", "colspan")
}
_HUGE_CHARACTER = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}")


def read_page(path: Path) -> list[RawSheet]:
    """Return every table of the page that holds no other, as a sheet. Raises AppError for one without a table."""
    if path.stat().st_size > _MOST_BYTES:
        raise unreadable(path, "网页格式的文件超过 40 MB。", "请用 WPS 或 Excel 打开并另存为 .xlsx。")
    reader = _Tables()
    try:
        reader.read(_without_comments(decoded(path.read_bytes(), path)))
    except _TooWideError as error:
        raise too_large(path, []) from error
    tables = [table for table in reader.done if table.rows]
    if not tables:
        raise unreadable(path, "这是网页文件，其中没有表格。", "请用 WPS 或 Excel 打开并另存为 .xlsx。")
    names = [path.stem, *(f"{path.stem}（第{number}张）" for number in range(2, len(tables) + 1))]
    return [RawSheet(name, table.rows, table.merged) for name, table in zip(names, tables, strict=True)]


def _without_comments(page: str) -> str:
    """Return a page without its comments; one that is never closed takes the rest with it."""
    kept = []
    at = 0
    while (begin := page.find("<!--", at)) >= 0:
        kept.append(page[at:begin])
        end = page.find("-->", begin + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, page[at:]])


class _TooWideError(Exception):
    """A table has more rows, columns or sisters than any office's."""


class _Table:
    """A table while its cells go by. Cells that reach down from above are stepped over."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.merged: list[Merged] = []
        self.is_outer = False
        self._reaching: dict[int, int] = {}
        self._cells = 0

    def start_row(self) -> None:
        """Begin a row."""
        self._cells += max(len(self.rows[-1]) if self.rows else 0, len(self._reaching))
        self._reaching = {column: left - 1 for column, left in self._reaching.items() if left > 1}
        self.rows.append([])
        if len(self.rows) > MOST_ROWS or self._cells > MOST_CELLS:
            raise _TooWideError

    def put(self, text: str, rows: int, columns: int) -> None:
        """Put a cell into the row."""
        if not self.rows:
            self.start_row()
        row = self.rows[-1]
        while len(row) in self._reaching:
            row.append("")
        top, left = len(self.rows) - 1, len(row)
        if left + columns > MOST_COLUMNS:
            raise _TooWideError
        row.extend([text, *[""] * (columns - 1)])
        if (rows, columns) != (1, 1):
            self.merged.append(((top, left), (top + rows - 1, left + columns - 1)))
        if rows > 1:
            self._reaching |= dict.fromkeys(range(left, left + columns), rows)


class _Tables:
    """Follows tags and the text between them, one table inside another included."""

    def __init__(self) -> None:
        self.done: list[_Table] = []
        self._open: list[_Table] = []
        self._cell: tuple[list[str], int, int] | None = None
        self._hidden = ""

    def read(self, page: str) -> None:
        """Take in a whole page; a table that is never closed is one all the same."""
        at = 0
        for tag in _TAG.finditer(page):
            self._text(page[at : tag.start()])
            at = tag.end()
            name = tag[2].lower()
            if self._hidden:
                self._hidden = "" if tag[1] and name == self._hidden else self._hidden
            elif tag[1]:
                self._end(name)
            else:
                self._start(name, tag[3])
        self._text(page[at:])
        while self._open:
            self._end("table")

    def _start(self, name: str, attributes: str) -> None:
        if name in ("style", "script"):
            self._hidden = name
        elif name == "table":
            self._end_cell()
            if self._open:
                self._open[-1].is_outer = True
            self._open.append(_Table())
            if len(self._open) + len(self.done) > MOST_SHEETS:
                raise _TooWideError
        elif name == "br":
            self._text("\n")
        elif self._open:
            self._end_cell()
            if name == "tr":
                self._open[-1].start_row()
            else:
                self._cell = ([], _span(attributes, "rowspan"), _span(attributes, "colspan"))

    def _end(self, name: str) -> None:
        if name in ("td", "th", "tr", "table"):
            self._end_cell()
        if name == "table" and self._open:
            table = self._open.pop()
            if not table.is_outer:
                self.done.append(table)

    def _text(self, text: str) -> None:
        if self._cell and not self._hidden:
            self._cell[0].append(text if text == "\n" else " ".join(_plain(text).split("\n")))

    def _end_cell(self) -> None:
        if self._cell and self._open:
            pieces, rows, columns = self._cell
            lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
            self._open[-1].put("\n".join(lines).strip(), rows, columns)
        self._cell = None


def _plain(text: str) -> str:
    """Return what a person reads of a piece between tags that matter."""
    if "<" in text:
        text = _OTHER_TAG.sub("", text)
    return html.unescape(_HUGE_CHARACTER.sub("\ufffd", text)) if "&" in text else text


def _span(attributes: str, name: str) -> int:
    """Return over how many rows or columns a cell reaches; what is no sensible number is one."""
    given = _SPAN[name].search(attributes)
    return min(max(int(given[1]), 1), MOST_ROWS) if given else 1
