"""Every cell of every form says where it comes from, and the rows behind a number are that number."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop.actions.explaining import explanation_lines
from desktop.actions.filling import Request, explain, fill
from desktop.actions.naming import all_forms
from desktop.forms.numbers import leaf_value
from desktop.forms.spec import FormSpec
from desktop.store.database import Ledger
from tests.builders import imported
from tests.forms.test_reading_back import SHEETS

FORMS = [code for code, form in all_forms().items() if isinstance(form, FormSpec)]


@pytest.fixture
def ledger(ledger: Ledger, tmp_path: Path) -> Ledger:
    imported(ledger, tmp_path, SHEETS)
    return ledger


@pytest.mark.parametrize("code", FORMS)
def test_every_cell_is_explained(ledger: Ledger, code: str) -> None:
    form = fill(ledger, Request(code, licence="W1" if code == "L03" else ""))
    assert form.question is not None
    for cell in form.cells.values():
        explanation = explain(ledger, form, cell.id)
        lines = list(explanation_lines(form, explanation))
        assert len(lines) > 1, cell.path
        trace = cell.trace
        if trace.indicator and isinstance(cell.value, Decimal):
            amount = sum(row.amount for row in explanation.rows)
            assert leaf_value(trace.indicator, amount, form.question) == cell.value, cell.path
