"""A filled form (填报表) as a value: every cell with its text, its origin and where it comes from."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from desktop.core.consolidation import Contribution
from desktop.core.findings import Finding
from desktop.core.indicators import Question
from desktop.core.text import match_key
from desktop.forms.language.names import Index, expand
from desktop.forms.record_rows import RecordRows
from desktop.forms.spec import FormSpec, Where

_MOST_NEAR = 3


class Origin(StrEnum):
    """Where a cell's value comes from."""

    COMPUTED = "computed"
    TYPED = "typed"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Trace:
    """What a value was computed from: an indicator with filters, or a formula over other cells."""

    indicator: str = ""
    where: Where | None = None
    formula: str = ""


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell of a filled form. `path` are the printed headings that lead to it; `uid` the record of its row.

    Of a typed cell `computed` is what the ledger gives, and `reason` why something else was typed.
    """

    id: str
    path: str
    value: Decimal | str | None
    text: str
    origin: Origin
    trace: Trace = Trace()
    uid: str = ""
    other_paths: tuple[str, ...] = ()
    computed: Decimal | str | None = None
    reason: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether a person typed the value."""
        return self.origin is Origin.TYPED


NOT_PRINTED = "不打印"
"""The first heading in the path of cells that only checks read."""


def is_printed(cell: FilledCell) -> bool:
    """Return whether a cell stands on paper."""
    return not cell.path.startswith(f"{NOT_PRINTED}/")


FROM_PAPER = "F04"
"""The finding that says that a form was entered from paper (纸质代录)."""


@dataclass(frozen=True)
class FilledForm:
    """A form filled for a unit or a group, a campaign and a cut-off day.

    `lines` says how often each repeated row stands, by block and row; `texts` are the campaign's own words, `remarks` are
    printed under the notes. `explanations` answer findings, by code and cell. `records`
    are repeated rows of so many records that their cells are made when they are asked for. `parts` are what each unit
    adds to a form that is added up, None for any other.
    """

    spec: FormSpec
    cells: Mapping[str, FilledCell]
    lines: Mapping[tuple[str, int], int]
    header: tuple[tuple[str, ...], ...]
    texts: Mapping[str, str]
    question: Question | None
    findings: tuple[Finding, ...] = ()
    records: Mapping[tuple[str, int], RecordRows] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    explanations: Mapping[tuple[str, str], str] = field(default_factory=dict)
    parts: tuple[Contribution, ...] | None = None

    def explained(self, finding: Finding) -> Finding:
        """Return a finding with what was said about it."""
        if not self.explanations:
            return finding
        cell = self.find(finding.place.cell) if finding.place.cell else None
        text = self.explanations.get((finding.code, cell.id if cell else ""), "")
        return replace(finding, explained=text) if text else finding

    @property
    def is_paper(self) -> bool:
        """Whether it holds what a sealed sheet says, and nothing of the ledger."""
        return any(finding.code == FROM_PAPER for finding in self.findings)

    @property
    def title(self) -> str:
        """The title as printed."""
        return (
            self.texts.get(self.spec.title_key, self.spec.title) if self.spec.title_key else self.spec.title
        )

    def find(self, name: str) -> FilledCell | None:
        """Return the cell with this id or path; blanks, full or half width and listed spellings do not matter."""
        if name in self.cells:
            return self.cells[name]
        wanted = match_key(name)
        cells = self.cells.values()
        printed = (cell for cell in cells if wanted in (match_key(cell.id), match_key(cell.path)))
        spelt = (cell for cell in cells if wanted in map(match_key, cell.other_paths))
        return next(chain(printed, spelt), None)

    def near(self, name: str) -> list[str]:
        """Return up to three printed paths that may have been meant: those that hold the words, else the likest."""
        wanted = [match_key(part) for part in name.split("/") if part.strip()]
        paths = [cell.path for cell in self.cells.values()]
        holding = [path for path in paths if wanted and all(part in match_key(path) for part in wanted)]
        return (holding or difflib.get_close_matches(name, paths, n=_MOST_NEAR, cutoff=0.6))[:_MOST_NEAR]

    def parts_of(self, cell: FilledCell) -> list[FilledCell]:
        """Return the cells that a cell's formula reads, in the order written."""
        for formula in self.spec.formulas:
            if formula.text != cell.trace.formula:
                continue
            for binding in expand(formula.target, [cell.id]):
                index = Index(list(self.cells))
                return [self.cells[name] for name in index.read_by(formula.expression, binding.stars)]
        return []
