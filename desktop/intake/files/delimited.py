"""Reads .csv and .txt: cells parted by commas, tabs, semicolons, bars, wide commas or gaps, in the usual encodings."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from desktop.errors import AppError
from desktop.intake.files.raw import MOST_COLUMNS, MOST_ROWS, Cell, RawSheet
from desktop.intake.files.unreadable import unreadable

_LINES_TRIED = 20
_MOST_BYTES = 60_000_000
_MOST_CELLS = 2_500_000
"""How many cells a text may hold: each takes some 120 bytes."""
_GAP = re.compile(r"(?:[ \u3000]{2,}|\u3000|\t)+")

Split = Callable[[Iterable[str]], Iterator[list[str]]]


class _Semicolons(csv.excel):
    delimiter = ";"


class _Bars(csv.excel):
    delimiter = "|"


class _WideCommas(csv.excel):
    delimiter = "，"


_DIALECTS: tuple[type[csv.Dialect], ...] = (csv.excel, csv.excel_tab, _Semicolons, _Bars)


def read_delimited(path: Path) -> RawSheet:
    """Return the one sheet of a text file. Raises AppError for no text, broken quotes, or absurdly many cells."""
    if path.stat().st_size > _MOST_BYTES:
        raise unreadable(path, "文本文件超过 60 MB。", "请拆成几个文件后再导入。")
    text = decoded(path.read_bytes(), path)
    lines = _Counted(io.StringIO(text, newline=""))
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in _split_of(text)(lines):
            cells += len(row)
            if len(row) > MOST_COLUMNS or len(rows) >= MOST_ROWS or cells > _MOST_CELLS:
                raise unreadable(path, f"第 {lines.number} 行起行列数超出范围。", "请拆成几个文件后再导入。")
            rows.append([*row])
    except csv.Error as error:
        raise _broken(path, lines.number) from error
    return RawSheet(path.stem, rows)


def _broken(path: Path, line: int) -> AppError:
    return unreadable(
        path, f"第 {line} 行不是规范的 CSV。", "请核对该行的引号，或用 WPS 或 Excel 另存为 .xlsx。"
    )


class _Counted:
    """The lines of a text; `number` is that of the last one handed out."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for self.number, line in enumerate(self._lines, start=1):  # noqa: B020  # the count is what is kept
            yield line


def _split_of(text: str) -> Split:
    """Return how cells are parted: by the mark that gives most of the first lines most cells, or else by gaps.

    Wide commas, which are a mark of sentences, part them only where nothing else does into as many, and evenly.
    """
    lines = [line for line in text[:8192].splitlines() if line.strip()][:_LINES_TRIED]

    def cells(dialect: type[csv.Dialect]) -> int:
        counts = sorted(len(row) for row in csv.reader(lines, dialect))
        return counts[(len(counts) - 1) // 2] if counts else 0

    best = max(_DIALECTS, key=cells)
    if cells(best) <= 1 and _are_parted_by_wide_commas(lines):
        best = _WideCommas
    is_parted = cells(best) > 1 or not any(_GAP.search(line.strip()) for line in lines)
    return (lambda found: iter(csv.reader(found, best, strict=True))) if is_parted else _by_gaps


def _are_parted_by_wide_commas(lines: Sequence[str]) -> bool:
    """Return whether wide commas part most of the lines, all into one number of cells, and gaps into no more."""
    parted = [len(cells) for cells in csv.reader(lines, _WideCommas) if len(cells) > 1]
    by_gaps = [len(cells) for cells in _by_gaps(lines)]
    is_even = len({*parted}) == 1 and len(parted) > max(1, len(lines) // 2)
    return is_even and sum(count >= parted[0] for count in by_gaps) * 2 < len(lines)


def _by_gaps(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the cells of lines parted by two blanks or more, or a wide one."""
    for line in lines:
        plain = line.strip()
        yield _GAP.split(plain) if plain else []


def decoded(content: bytes, path: Path) -> str:
    """Return the text of bytes in UTF-8, UTF-16 with its mark, or GB18030; raises AppError for others."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise unreadable(path, "文字编码无法识别。", "请另存为 .xlsx，或存为 UTF-8 编码的 CSV。")
