"""Taking an operation back, and listing what was done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.actions.locks import refuse_undoing
from desktop.core.issued import FINAL
from desktop.errors import AppError
from desktop.store.backup import make_backup
from desktop.store.database import Ledger
from desktop.store.obstacles import taken_back_by
from desktop.store.operations import Operation, operations
from desktop.store.undoing import UNDO, undo

FIRST = "建立台账"


def last_undoable(ledger: Ledger) -> int:
    """Return the newest operation that is no undo and holds. Raises AppError when there is none.

    One that was undone and brought back by undoing that holds again.
    """
    for op in reversed(operations(ledger)):
        if op.kind not in (UNDO, FIRST) and taken_back_by(ledger.connection, op.id) is None:
            return op.id
    raise AppError("NOTHING", "没有可撤销的操作", message="台账中没有可撤销的操作。", remedy="无需处理。")


def history_lines(ledger: Ledger) -> Iterator[str]:
    """Yield a line for every operation, newest first."""
    for op in reversed(operations(ledger)):
        undone = taken_back_by(ledger.connection, op.id)
        after = f"，已由操作 {undone} 撤销" if undone is not None else ""
        why = f"，理由：{op.reason}" if op.reason else ""
        yield f"{op.id}　{op.at[:16].replace('T', ' ')}　{op.who or '（不详）'}　{op.label}{why}{after}"


def undo_operation(ledger: Ledger, number: int) -> tuple[Operation, int]:
    """Take an operation back, after a backup; return it and the number of the operation that undoes it.

    Raises AppError when it cannot be taken back; the ledger is then as before.
    """
    listed = {op.id: op for op in operations(ledger)}
    if number not in listed:
        raise AppError(
            "NO-OPERATION", "没有这项操作", message=f"操作 {number} 不存在。", remedy="请核对操作号。"
        )
    if listed[number].kind == FIRST:
        raise AppError("FIRST", "不能撤销", message="建立台账不能撤销。", remedy="不再使用的台账请归档保存。")
    if listed[number].kind in FINAL:
        what = f"操作 {number}「{listed[number].label}」不能撤销：纸质表可能已经发出。"
        remedy = "要改正请用 issue --corrects 更正，不再用的请用 issued void 作废；更早的操作请写明操作号。"
        raise AppError("FINAL", "不能撤销", message=what, remedy=remedy)
    if taken_back_by(ledger.connection, number) is None:
        refuse_undoing(ledger, listed[number])
    with _backed_up(ledger):
        undoing = undo(ledger, number)
    return listed[number], undoing


@contextmanager
def _backed_up(ledger: Ledger) -> Iterator[None]:
    """Keep a backup of the ledger as it was; none when nothing comes of what is tried."""
    backup = make_backup(ledger, "撤销前") if ledger.path.is_file() else None
    try:
        yield
    except AppError:
        if backup is not None:
            backup.unlink()
        raise
