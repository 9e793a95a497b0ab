"""What a form is filled with, and a cell as filling makes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.core.indicators import Filters, Question
from desktop.core.ports import Indicators, Records
from desktop.forms.filled import FilledCell, Origin, Trace
from desktop.forms.numbers import number_text

NO_TRACE = Trace()


@dataclass(frozen=True)
class Filling:
    """What a form is filled with. `question` None leaves it blank, to be filled by hand.

    `header` gives the header's variables, `texts` the campaign's own words, `expected` the names of the units
    that should appear in the rows. `narrowed` are filters of the form as a whole, such as the one licence it is about.
    """

    question: Question | None = None
    indicators: Indicators | None = None
    records: Records | None = None
    header: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    expected: Sequence[str] = ()
    narrowed: Filters = field(default_factory=dict)


def cell_of(name: str, path: str, value: Decimal | str | None, trace: Trace = NO_TRACE) -> FilledCell:
    """Return a cell with its value as text; without a value it is blank."""
    text = number_text(value) if isinstance(value, Decimal) else value or ""
    return FilledCell(name, path, value, text, Origin.BLANK if value is None else Origin.COMPUTED, trace)
