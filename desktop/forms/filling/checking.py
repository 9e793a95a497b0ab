"""Runs a form's checks over its filled cells and says in words what does not hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.core.findings import Finding, Place
from desktop.forms.filled import FilledCell, FilledForm
from desktop.forms.language.evaluate import Failure, expand, failures
from desktop.forms.numbers import number_text
from desktop.forms.spec import Check

Value = Decimal | str | None


@dataclass(frozen=True)
class Beside:
    """What checks compare a form with: units that are missing, the period before, the last day."""

    missing: Sequence[str] = ()
    previous: Mapping[str, Decimal | str] = field(default_factory=dict)
    deadline: datetime.date | None = None


class CellValues:
    """The cells of a form as the formula language reads them."""

    def __init__(self, cells: Mapping[str, FilledCell], beside: Beside | None = None) -> None:
        self._cells = cells
        self._beside = beside or Beside()

    def ids(self) -> Sequence[str]:
        """Return every cell's id."""
        return list(self._cells)

    def value(self, cell_id: str) -> Value:
        """Return a cell's value."""
        cell = self._cells.get(cell_id)
        return None if cell is None else cell.value

    def previous(self, cell_id: str) -> Value:
        """Return what a cell held in the period before."""
        return self._beside.previous.get(cell_id)

    def ledger(self, cell_id: str) -> Value:
        """Return what the ledger gives for a cell, also where something else was typed."""
        cell = self._cells.get(cell_id)
        return None if cell is None else cell.computed if cell.is_typed else cell.value

    def deadline(self) -> Decimal | None:
        """Return the campaign's last day as a number of eight digits, 20240930."""
        day = self._beside.deadline
        return Decimal(day.strftime("%Y%m%d")) if day else None

    def missing_units(self) -> Decimal:
        """Return how many units that should appear do not."""
        return Decimal(len(self._beside.missing))


def check_form(form: FilledForm, beside: Beside) -> Iterator[Finding]:
    """Yield what does not hold, in the order of the form's checks."""
    values = CellValues(form.cells, beside)
    for check in form.spec.checks:
        if check.rule is not None:
            for failure in failures(check.rule, values):
                yield _broken_rule(check, failure, form, beside.missing)
        elif check.cells is not None:
            for binding in expand(check.cells, form.cells):
                cell = form.cells[binding.id]
                if not _is_as_it_must(cell, check.must, form):
                    yield _finding(check, {"value": cell.text}, cell.path)


def _broken_rule(check: Check, failure: Failure, form: FilledForm, missing: Sequence[str]) -> Finding:
    words = {
        "left": _text(failure.left),
        "right": _text(failure.right),
        "missing_units": "、".join(missing),
    }
    return _finding(check, words, form.cells[failure.cell_ids[0]].path if failure.cell_ids else "")


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return number_text(value.normalize() if value == value.to_integral_value() else value)
    return "空" if value is None else str(value)


def _finding(check: Check, words: Mapping[str, str], cell: str) -> Finding:
    text = re.sub(r"\{(\w+)\}", lambda match: words.get(match.group(1), match.group(0)), check.text)
    return Finding(check.code, check.level, text, check.remedy, Place(cell=cell))


def _is_as_it_must(cell: FilledCell, must: str, form: FilledForm) -> bool:
    """Return whether a cell is what it must be; an empty one is only asked to be filled."""
    if must == "required":
        return _is_filled(cell)
    return cell.value is None or _fits(must, cell, form)


def _is_filled(cell: FilledCell) -> bool:
    """Return whether a cell holds something; in a row that stands for no record it need not."""
    return cell.value is not None or not cell.uid


def _fits(must: str, cell: FilledCell, form: FilledForm) -> bool:
    if must == "integer":
        return _is_amount(cell, 0)
    if must == "decimals":
        return _is_amount(cell, form.question.switches.money_decimals if form.question else 2)
    return all(_SHAPES[must].fullmatch(part.strip()) for part in _SEVERAL.split(cell.text) if part.strip())


def _is_amount(cell: FilledCell, decimals: int) -> bool:
    """Return whether a cell holds a number of zero or more with no more decimals than these."""
    value = cell.value
    return isinstance(value, Decimal) and value >= 0 and value == round(value, decimals)


_SEVERAL = re.compile(r"[、，,;；/]")
_SHAPES = {
    "mobile": re.compile(r"1\d{10}"),
    "phone": re.compile(r"(\(?0\d{2,3}\)?[-\s]?)?\d{7,8}([-转]\d{1,6})?|1\d{10}|\d{5,6}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"),
}
