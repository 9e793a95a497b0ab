"""Takes an operation back as a whole, by a new operation, where nothing later stands in the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.core.issued import FINAL
from desktop.errors import AppError
from desktop.store import obstacles
from desktop.store.database import Ledger
from desktop.store.faults import Connection, IntegrityFault
from desktop.store.form_obstacles import issued_upon
from desktop.store.operations import Act, Operation, operation, operation_numbered
from desktop.store.promises import broken_promises
from desktop.store.triggers import columns_of

UNDO = "撤销"
_SHARED = "product"
"""Records that any import may name that comes to need them first."""


def undo(ledger: Ledger, number: int) -> int:
    """Take an operation back by a new operation and return the new one's number.

    A product that it brought and that later operations use stays: it is described alike by all.
    Raises AppError when there is no such operation, it is taken back already, a form was issued upon it, or a later
    operation touched a record of it, refers to one or has registered it anew, which is named; and when the ledger
    would then break one of its promises.
    """
    target = _undoable(ledger, number)
    connection = ledger.connection
    with (
        _references_unchecked(connection),
        operation(ledger, Act(UNDO, f"撤销：{target.label}", undoes=number)) as undoing,
    ):
        kept = broken_promises(connection)
        lines = connection.execute(
            "SELECT subject, row_id, before FROM change WHERE operation_id = ? ORDER BY subject = ?, id DESC",
            (number, _SHARED),
        ).fetchall()
        for subject, row_id, before in lines:
            try:
                _restore(connection, subject, row_id, before)
            except IntegrityFault as error:
                again = obstacles.named_again_by(connection, subject, json.loads(before))
                raise _refused(ledger, target, again, "重新登记过") from error
        user = obstacles.left_dangling_by(connection, undoing)
        if user is not None:
            raise _refused(ledger, target, user, "用到")
        for clause in sorted(broken_promises(connection) - kept):
            raise AppError(
                "BREAKS",
                "不能撤销",
                message=f"撤销操作 {target.id}「{target.label}」后，{clause}。",
                remedy="请先撤销后来改动过它的操作。",
            )
    return undoing


@contextmanager
def _references_unchecked(connection: Connection) -> Iterator[None]:
    """Let records go without a search for what refers to each, which takes minutes where no index helps."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _undoable(ledger: Ledger, number: int) -> Operation:
    target = operation_numbered(ledger, number)
    if target is None:
        raise AppError(
            "NO-OPERATION", "没有这项操作", message=f"操作 {number} 不存在。", remedy="请核对操作号。"
        )
    undone = obstacles.taken_back_by(ledger.connection, number)
    if undone is not None:
        raise AppError(
            "UNDONE",
            "已经撤销",
            message=f"操作 {number}「{target.label}」已由操作 {undone} 撤销。",
            remedy=f"如要恢复，请撤销操作 {undone}。",
        )
    issuing = issued_upon(ledger.connection, number)
    if issuing is not None:
        raise _went_into_issue(ledger, target, issuing)
    later = obstacles.touched_later_by(ledger.connection, number)
    if later is not None:
        raise _refused(ledger, target, later, "改动过")
    return target


def _refused(ledger: Ledger, target: Operation, later: int, what: str) -> AppError:
    """Return why an operation cannot be taken back: a later one changed, uses or registered its records anew.

    Where that one can never be taken back itself, it says what to do instead.
    """
    named = operation_numbered(ledger, later)
    label = named.label if named else ""
    issuing = later if named and named.kind in FINAL else issued_upon(ledger.connection, later)
    if issuing is not None:
        return _went_into_issue(ledger, target, issuing)
    return AppError(
        "TOUCHED-LATER",
        "不能撤销",
        message=f"操作 {target.id}「{target.label}」的记录后来被操作 {later}「{label}」{what}。",
        remedy=f"请先撤销操作 {later}。",
    )


def _went_into_issue(ledger: Ledger, target: Operation, issuing: int) -> AppError:
    """Return that an operation stays for good, since a form was issued upon it."""
    named = operation_numbered(ledger, issuing)
    label = named.label if named else ""
    return AppError(
        "ISSUED-UPON",
        "不能撤销",
        message=f"操作 {target.id}「{target.label}」已用于操作 {issuing}「{label}」，定稿和作废不能撤销，它也不能再撤销。",
        remedy="要改请直接改正（重新导入，或用 type、justify，加 --clear 取消），再用 issue --corrects 编号 更正定稿。",
    )


def _restore(connection: Connection, subject: str, row_id: int, before: str | None) -> None:
    """Put a record back to its before-image; without one it did not exist."""
    if before is None:
        is_used = subject == _SHARED and obstacles.is_used(connection, subject, row_id)
        if not is_used:
            connection.execute(f"DELETE FROM {subject} WHERE id = ?", (row_id,))
        return
    image = json.loads(before)
    columns = columns_of(connection, subject)
    values = [image.get(column) for column in columns]
    if connection.execute(f"SELECT 1 FROM {subject} WHERE id = ?", (row_id,)).fetchone():
        settings = ", ".join(f"{column} = ?" for column in columns)
        connection.execute(f"UPDATE {subject} SET {settings} WHERE id = ?", [*values, row_id])
    else:
        marks = ", ".join("?" * len(columns))
        connection.execute(f"INSERT INTO {subject} ({', '.join(columns)}) VALUES ({marks})", values)
