"""What a form is filled with, and a cell as filling makes it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.core.indicators import Filters, Question
from desktop.core.ports import Indicators, Records
from desktop.core.report import TypedCell
from desktop.forms.filled import FilledCell, Origin, Trace
from desktop.forms.numbers import number_text

NO_TRACE = Trace()
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


@dataclass(frozen=True)
class Filling:
    """What a form is filled with. `question` None leaves it blank, to be filled by hand.

    `header` gives the header's variables, `texts` the campaign's own words, `expected` the names of the units
    that should appear in the rows. `narrowed` are filters of the form as a whole, such as the one licence it is about.
    `typed` are values that a person typed in place of the ledger's, by cell id; a form that `is_paper` holds nothing
    else. `previous` is what the cells held in the period before, `deadline` the last day of the campaign.
    With `given` the numbers are these instead of the ledger's, such as sums over units, and `remarks` are printed
    under the notes.
    A blank copy has exactly so many `lines` in a repeated row, by block and row, where they are given.
    """

    question: Question | None = None
    indicators: Indicators | None = None
    records: Records | None = None
    header: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    expected: Sequence[str] = ()
    narrowed: Filters = field(default_factory=dict)
    typed: Mapping[str, TypedCell] = field(default_factory=dict)
    is_paper: bool = False
    previous: Mapping[str, Decimal | str] = field(default_factory=dict)
    deadline: datetime.date | None = None
    given: Mapping[str, Decimal] | None = None
    remarks: Sequence[str] = ()
    lines: Mapping[tuple[str, int], int] = field(default_factory=dict)


def cell_of(name: str, path: str, value: Decimal | str | None, trace: Trace = NO_TRACE) -> FilledCell:
    """Return a cell with its value as text; without a value it is blank."""
    text = number_text(value) if isinstance(value, Decimal) else value or ""
    return FilledCell(name, path, value, text, Origin.BLANK if value is None else Origin.COMPUTED, trace)


def typed_over(cell: FilledCell, typed: TypedCell, *, is_number: bool) -> FilledCell:
    """Return a cell with what was typed into it, as a number where the form asks for one and it is one."""
    value = Decimal(typed.value) if is_number and _NUMBER.fullmatch(typed.value) else typed.value
    filled = cell_of(cell.id, cell.path, value, cell.trace)
    return replace(
        filled,
        origin=Origin.TYPED,
        uid=cell.uid,
        other_paths=cell.other_paths,
        computed=cell.value,
        reason=typed.reason,
    )
