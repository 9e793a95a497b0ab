"""The period before: what the newest earlier issued form of the same table, for the same unit or group, held."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from desktop.core.issued import IssuedForm
from desktop.core.report import ReportKey
from desktop.forms.freezing import values_in
from desktop.store.database import Ledger
from desktop.store.issued import all_issued, frozen


def previous_values(ledger: Ledger, key: ReportKey, as_of: datetime.date) -> Mapping[str, Decimal | str]:
    """Return what each cell held in the period before, by its id; nothing where none was issued."""
    form = previous_form(ledger, key, as_of)
    return values_in(frozen(ledger, form.hashes.filled)) if form else {}


def previous_form(ledger: Ledger, key: ReportKey, as_of: datetime.date) -> IssuedForm | None:
    """Return the newest issued form that holds, of another campaign or period and an earlier cut-off day."""
    earlier = [
        form
        for form in all_issued(ledger, key.form)
        if form.holds and form.as_of < as_of and form.key != key and _whose(form.key) == _whose(key)
    ]
    return max(earlier, key=lambda form: (form.as_of, form.id), default=None)


def _whose(key: ReportKey) -> ReportKey:
    return replace(key, campaign_id=0, period="")
