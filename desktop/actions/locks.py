"""Forms entered from paper that passed the office's check, and are locked until they are returned."""

from __future__ import annotations

from desktop.core.issued import EventKind
from desktop.core.report import ReportKey
from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.issued import events_of_report
from desktop.store.reports import number_of

_DECISIONS = (EventKind.ACCEPTED, EventKind.RETURNED)


def is_accepted(ledger: Ledger, key: ReportKey) -> bool:
    """Return whether a sheet entered from paper has passed and is locked."""
    report = number_of(ledger, key)
    events = events_of_report(ledger, report) if report is not None else []
    decided = [each.kind for each in events if each.kind in _DECISIONS]
    return bool(decided) and decided[-1] is EventKind.ACCEPTED


def refuse_locked(ledger: Ledger, key: ReportKey) -> None:
    """Raise AppError for a form that is locked."""
    if is_accepted(ledger, key):
        raise AppError(
            "LOCKED-FORM",
            "没有改动",
            message="这张表已审核通过并锁定。",
            remedy="要改请先用 paper return 退回。",
        )
