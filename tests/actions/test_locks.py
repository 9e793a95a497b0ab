"""What passed a check is locked, and nothing that a later state rests on is taken back."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desktop.actions.filling import Request, report_key
from desktop.actions.issuing import Correction, issue, issued_called, void
from desktop.actions.locks import is_accepted, refuse_locked
from desktop.actions.papers import Sealing, accept, issued_list, seal, send_back
from desktop.actions.typing_in import clear_cell, explain_finding, type_cell
from desktop.actions.undoing import last_undoable, undo_operation
from desktop.core.issued import State
from desktop.errors import AppError
from desktop.store.database import Ledger
from tests.builders import NOON, Rows, imported

TODAY = NOON.date()
UNITS: Rows = [["单位名称", "级别"], ["县局", "县直"]]
PEOPLE: Rows = [["单位名称", "姓名", "职责", "手机"], ["县局", "张三", "填表人", "13900000001"]]
T02 = Request("T02", unit="县局")
LATE = Request("T02", unit="县局", as_of=datetime.date(2024, 6, 30), dated=datetime.date(2024, 6, 1))
CELL = "县级机关/软件情况/国内/办公软件/许可数（个）"


@pytest.fixture
def ledger(ledger: Ledger, tmp_path: Path) -> Ledger:
    imported(ledger, tmp_path, {"单位": UNITS, "人员": PEOPLE})
    return ledger


def explained(ledger: Ledger) -> int:
    """Explain the one finding that keeps the late form from being issued; return the operation's number."""
    return explain_finding(ledger, LATE, "F02", "", text="补填上月的表")


def test_an_accepted_issue_is_not_typed_into_until_it_is_returned(ledger: Ledger) -> None:
    type_cell(ledger, T02, CELL, "120", reason="依据合同核对")
    typed = last_undoable(ledger)
    form = issue(ledger, T02)
    accept(ledger, form.number)
    for act in (
        lambda: type_cell(ledger, T02, CELL, "121", reason="依据合同核对"),
        lambda: clear_cell(ledger, T02, CELL),
        lambda: explain_finding(ledger, T02, "V11", "", text="与合同原件核对"),
        lambda: undo_operation(ledger, typed),
        lambda: refuse_locked(ledger, report_key(ledger, T02)),
    ):
        with pytest.raises(AppError, match="已审核通过并锁定") as refused:
            act()
        assert f"issued return {form.number}" in refused.value.remedy
    type_cell(ledger, Request("T02", unit="县局", period="下半年"), CELL, "1", reason="依据合同核对")
    send_back(ledger, form.number, "合计不符")
    type_cell(ledger, T02, CELL, "121", reason="依据合同核对")
    assert not is_accepted(ledger, report_key(ledger, T02))


def test_a_sealing_is_taken_back_only_while_nothing_rests_on_it(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    undo_operation(ledger, seal(ledger, form.number, Sealing(TODAY, "李局", 30)))
    assert issued_called(ledger, form.number).sealed_copies == 0
    sealing = seal(ledger, form.number, Sealing(TODAY, "李局", 3))
    accepting = accept(ledger, form.number)
    with pytest.raises(AppError, match="审核通过") as refused:
        undo_operation(ledger, sealing)
    assert refused.value.remedy == f"确实登记错了的，请先撤销操作 {accepting}。"
    undo_operation(ledger, accepting)
    undo_operation(ledger, sealing)
    assert issued_called(ledger, form.number).state is State.ISSUED


def test_a_sealing_after_the_acceptance_is_locked_too(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    accepting = accept(ledger, form.number)
    sealing = seal(ledger, form.number, Sealing(TODAY, "李局", 3))
    with pytest.raises(AppError, match="不能撤销") as refused:
        undo_operation(ledger, sealing)
    assert f"请先撤销操作 {accepting}" in refused.value.remedy


@pytest.mark.parametrize("ended", ["corrected", "void"])
def test_what_became_of_a_form_stays_when_it_no_longer_holds(ledger: Ledger, ended: str) -> None:
    form = issue(ledger, T02)
    sealing = seal(ledger, form.number, Sealing(TODAY, "李局", 3))
    accepting = accept(ledger, form.number)
    returning = send_back(ledger, form.number, "合计不符")
    if ended == "void":
        void(ledger, form.number, "印错单位")
    else:
        issue(ledger, T02, Correction(form.number, "合计改正"))
    for number in (sealing, accepting, returning):
        with pytest.raises(AppError, match=f"{form.number} 已.*收回"):
            undo_operation(ledger, number)
    assert "应收回的盖章旧表：" in list(issued_list(ledger))


def test_an_acceptance_is_taken_back_only_while_it_is_the_newest_decision(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    accepting = accept(ledger, form.number)
    returning = send_back(ledger, form.number, "合计不符")
    with pytest.raises(AppError, match="退回"):
        undo_operation(ledger, accepting)
    undo_operation(ledger, returning)
    assert issued_called(ledger, form.number).state is State.ACCEPTED
    _, undoing = undo_operation(ledger, accepting)
    undo_operation(ledger, undoing)
    assert issued_called(ledger, form.number).state is State.ACCEPTED


def test_what_was_taken_away_is_not_brought_back_over_later_work(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    _, undoing = undo_operation(ledger, accept(ledger, form.number))
    void(ledger, form.number, "印错单位")
    with pytest.raises(AppError, match="又有操作"):
        undo_operation(ledger, undoing)


def test_what_a_form_was_issued_upon_is_no_dead_end(ledger: Ledger) -> None:
    explaining = explained(ledger)
    issue(ledger, LATE)
    with pytest.raises(AppError, match="定稿和作废不能撤销") as refused:
        undo_operation(ledger, explaining)
    assert "请先撤销" not in refused.value.remedy
    assert "issue --corrects" in refused.value.remedy
    with pytest.raises(AppError, match="定稿和作废不能撤销"):
        undo_operation(ledger, 2)  # the import of the unit
