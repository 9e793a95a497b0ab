"""Reads the tables of a web page: what many office systems export under the name .xls."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from desktop.intake.files.delimited import decoded
from desktop.intake.files.package import too_large
from desktop.intake.files.raw import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Cell, Merged, RawSheet
from desktop.intake.files.unreadable import unreadable

_MOST_BYTES = 40_000_000


def read_page(path: Path) -> list[RawSheet]:
    """Return every table of the page that holds no other, as a sheet. Raises AppError for one without a table."""
    if path.stat().st_size > _MOST_BYTES:
        raise unreadable(path, "网页格式的文件超过 40 MB。", "请用 WPS 或 Excel 打开并另存为 .xlsx。")
    reader = _Tables()
    try:
        reader.feed(decoded(path.read_bytes(), path))
        reader.close()
    except _TooWideError as error:
        raise too_large(path, []) from error
    tables = [table for table in reader.done if table.rows]
    if not tables:
        raise unreadable(path, "这是网页文件，其中没有表格。", "请用 WPS 或 Excel 打开并另存为 .xlsx。")
    names = [path.stem, *(f"{path.stem}（第{number}张）" for number in range(2, len(tables) + 1))]
    return [RawSheet(name, table.rows, table.merged) for name, table in zip(names, tables, strict=True)]


class _TooWideError(Exception):
    """A table has more rows, columns or sisters than any office's."""


class _Table:
    """A table while its cells go by. Cells that reach down from above are stepped over."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.merged: list[Merged] = []
        self.is_outer = False
        self._reaching: dict[int, int] = {}

    def start_row(self) -> None:
        """Begin a row."""
        self._reaching = {column: left - 1 for column, left in self._reaching.items() if left > 1}
        self.rows.append([])
        if len(self.rows) > MOST_ROWS:
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


class _Tables(HTMLParser):
    """Follows tags and text, one table inside another included."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[_Table] = []
        self._open: list[_Table] = []
        self._cell: tuple[list[str], int, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in the start of an element."""
        if tag == "table":
            self._end_cell()
            if self._open:
                self._open[-1].is_outer = True
            self._open.append(_Table())
            if len(self._open) + len(self.done) > MOST_SHEETS:
                raise _TooWideError
        elif tag in ("tr", "td", "th") and self._open:
            self._end_cell()
            if tag == "tr":
                self._open[-1].start_row()
            else:
                given = dict(attrs)
                self._cell = ([], _span(given.get("rowspan")), _span(given.get("colspan")))
        elif tag == "br" and self._cell:
            self._cell[0].append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._open:
            table = self._open.pop()
            if not table.is_outer:
                self.done.append(table)

    def handle_data(self, data: str) -> None:
        """Take in text."""
        if self._cell:
            self._cell[0].append(data)

    def close(self) -> None:
        """Take in the end of the page; a table that was never closed is one all the same."""
        super().close()
        while self._open:
            self.handle_endtag("table")

    def _end_cell(self) -> None:
        if self._cell and self._open:
            pieces, rows, columns = self._cell
            lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
            self._open[-1].put("\n".join(lines).strip(), rows, columns)
        self._cell = None


def _span(given: str | None) -> int:
    """Return over how many rows or columns a cell reaches; what is no sensible number is one."""
    text = given or ""
    return min(max(int(text[:7]), 1), MOST_ROWS) if text.isascii() and text.isdecimal() else 1
