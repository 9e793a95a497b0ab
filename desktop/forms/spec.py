"""What an official table is: a `FormSpec` of blocks, rows and cells. Knows no ledger and no page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from desktop.core.findings import FindingClass
from desktop.forms.language.tree import Formula, Name, Rule

Where: TypeAlias = Mapping[str, frozenset[str]]
"""Dimension of an indicator → the values that count."""


TEXT_PT = 10.5
"""The size of words in a table unless the form says smaller: 五号."""


@dataclass(frozen=True, slots=True)
class Area:
    """The cells a box covers, counted from 0 within its block."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """Printed words. `text_key` lets a campaign give its own; `also` are other spellings for paths."""

    text: str
    text_key: str = ""
    also: tuple[str, ...] = ()
    is_upright: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number: an indicator with filters, or what a formula of the form gives (no indicator)."""

    id: str
    indicator: str = ""
    where: Where = field(default_factory=dict)


ROW_NUMBER = "row_number"
"""The field that numbers the rows from 1 (序号)."""


@dataclass(frozen=True, slots=True)
class RecordField:
    """A field of the record that fills the row, or the row's number."""

    id: str
    field: str


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One line per value of `by`, most first: the value's name, or its amount."""

    id: str
    indicator: str
    where: Where
    by: str
    shows_amount: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """All values of `by` with their amounts in one text, after a leading word."""

    id: str
    indicator: str
    where: Where
    by: str
    lead: str


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with numbers in it; a blank copy leaves `gaps` half-width blanks for each."""

    text: str
    numbers: tuple[Number, ...]
    gaps: tuple[int, ...]


Content: TypeAlias = Heading | Number | RecordField | ListColumn | Summary | Template


@dataclass(frozen=True, slots=True)
class Cell:
    """A box of a block and what stands in it. `spans_lines`: one box over all lines of a repeated row.

    `line` is where the form file describes it.
    """

    area: Area
    content: Content
    spans_lines: bool = False
    aligns_left: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: fixed; or repeated for each record of a kind that `where` selects, or each line of its lists."""

    height_mm: float
    each: str = ""
    where: Where = field(default_factory=dict)
    least_lines: int = 1

    @property
    def repeats(self) -> bool:
        """Whether the row stands as often as there are records or lines."""
        return bool(self.each)

    @property
    def is_ruled(self) -> bool:
        """Whether lines of a repeated row are parted by a line: records are, lists are not."""
        return self.each != "lines"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the table with ids of its own. With a `group`, it is filled from that group's units alone."""

    id: str
    group: str
    rows: tuple[Row, ...]
    head_rows: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A field of a header line: words with {variables}, where it starts (0–1), what a blank copy prints."""

    at: float
    text: str
    blanks: Mapping[str, str] = field(default_factory=dict)
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A line under the table; a campaign may give its own words for `text_key`."""

    text: str
    text_key: str = ""


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A number that checks need and the paper does not show. `line` is where the form file names it.

    One that `is_pure` is known only while every number of the form is the ledger's own.
    """

    id: str
    name: str
    indicator: str
    where: Where
    is_pure: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold: a rule over cells, or what each cell of a pattern must be (`must`).

    `line` is where the form file says so.
    """

    code: str
    level: FindingClass
    text: str
    remedy: str
    rule: Rule | None = None
    cells: Name | None = None
    must: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """The paper: A4, upright or across, margins in mm, one page or as many as it takes."""

    is_landscape: bool
    top_mm: float
    right_mm: float
    bottom_mm: float
    left_mm: float
    is_single: bool

    @property
    def width_mm(self) -> float:
        """The paper's width."""
        return 297.0 if self.is_landscape else 210.0

    @property
    def height_mm(self) -> float:
        """The paper's height."""
        return 210.0 if self.is_landscape else 297.0


@dataclass(frozen=True)
class FormSpec:
    """A form (表样): an official table as data."""

    code: str
    version: int
    title: str
    other_titles: tuple[str, ...]
    is_official: bool
    is_per_unit: bool
    is_per_licence: bool
    source: str
    marker: str
    title_key: str
    title_pt: float
    text_pt: float
    page: Page
    header: tuple[tuple[HeaderField, ...], ...]
    columns_mm: tuple[float, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    unprinted: tuple[Unprinted, ...]
    formulas: tuple[Formula, ...]
    checks: tuple[Check, ...]
    file_text: str = field(default="", compare=False, repr=False)
    """The form file as it was read, to be frozen with what is issued."""


@dataclass(frozen=True, slots=True)
class BrokenForm:
    """A form file that cannot be used: it stays visible in the list, with file, line and reason."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        where = f"第 {self.line} 行" if self.line else "文件"
        return f"《{self.file}》无法读取：{where}，{self.reason}"
