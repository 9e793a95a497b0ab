"""Forms that passed a check and are locked until they are returned, and what of them cannot be taken back."""

from __future__ import annotations

from desktop.core.issued import EventKind, State
from desktop.core.report import ReportKey
from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.form_obstacles import (
    KeptEvent,
    decided_later_by,
    events_added_by,
    forms_written_since,
    newest_decision,
    reports_written_by,
)
from desktop.store.issued import all_issued, events_of_report, issued_of
from desktop.store.operations import Operation, operation_numbered
from desktop.store.reports import key_of_report, number_of

_DECISIONS = (EventKind.ACCEPTED, EventKind.RETURNED)


def is_accepted(ledger: Ledger, key: ReportKey) -> bool:
    """Return whether a sheet entered from paper has passed and is locked."""
    report = number_of(ledger, key)
    events = events_of_report(ledger, report) if report is not None else []
    decided = [each.kind for each in events if each.kind in _DECISIONS]
    return bool(decided) and decided[-1] is EventKind.ACCEPTED


def refuse_locked(ledger: Ledger, key: ReportKey) -> None:
    """Raise AppError for a form that is locked, as it was entered from paper or as it was issued."""
    if is_accepted(ledger, key):
        raise _locked("这张表已审核通过并锁定。", "要改请先用 paper return 退回。")
    for form in issued_of(ledger, key):
        if form.state is State.ACCEPTED:
            remedy = f"要改请先用 issued return {form.number} --reason 理由 退回。"
            raise _locked(f"这张表的定稿 {form.number} 已审核通过并锁定。", remedy)


def refuse_undoing(ledger: Ledger, op: Operation) -> None:
    """Raise AppError for an operation on a form that cannot be taken back.

    That is one that wrote into a form which is locked by now, one that entered what a later decision, correction or
    voiding rests on, and one that took such an entry away before the form was worked on further.
    """
    connection = ledger.connection
    for subject in ("report", "report_cell", "explanation"):
        for report in reports_written_by(connection, op.id, subject):
            refuse_locked(ledger, key_of_report(ledger, report))
    for event in events_added_by(connection, op.id):
        _refuse_what_others_rest_on(ledger, op, event)
    later = forms_written_since(connection, op.id)
    if later is not None:
        what = f"操作 {op.id}「{op.label}」以后，这张表又有操作 {_named(ledger, later)}。"
        raise _not_undone(what, "请按现在的情况重新登记。")


def _refuse_what_others_rest_on(ledger: Ledger, op: Operation, event: KeptEvent) -> None:
    form = next((form for form in all_issued(ledger) if form.id == event.issued), None)
    if form is not None and not form.holds:
        what = (
            f"操作 {op.id}「{op.label}」不能撤销：{form.number} {form.state.value}，发出的纸质表要凭它收回。"
        )
        raise _not_undone(what, "登记有误的，请在收回旧表时书面注明。")
    later = decided_later_by(ledger.connection, event)
    if later is None and form and form.state is State.ACCEPTED and event.kind is EventKind.SEALED:
        later = newest_decision(ledger.connection, event)
    if later is not None:
        what = f"操作 {op.id}「{op.label}」以后，这张表已有操作 {_named(ledger, later)}。"
        raise _not_undone(what, f"确实登记错了的，请先撤销操作 {later}。")


def _named(ledger: Ledger, number: int) -> str:
    found = operation_numbered(ledger, number)
    return f"{number}「{found.label if found else ''}」"


def _locked(what: str, remedy: str) -> AppError:
    return AppError("LOCKED-FORM", "没有改动", message=what, remedy=remedy)


def _not_undone(what: str, remedy: str) -> AppError:
    return AppError("RESTS-ON", "不能撤销", message=what, remedy=remedy)
