"""What speaks against the ledger itself: its schema, a mark of a running operation, a journal that does not fit."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions.scoping import first_few
from desktop.store.database import Ledger
from desktop.store.journal import NO_OPERATION, broken_link
from desktop.store.shape import ADDED, CHANGED, MISSING, Unlike, is_left_running, unlike_schema

_KINDS = {"table": "数据表", "trigger": "触发器", "index": "索引", "view": "视图"}
_BECAME = {MISSING: "缺少", ADDED: "多出", CHANGED: "被改动"}


def trail_faults(ledger: Ledger) -> Iterator[str]:
    """Yield in words, with a remedy, what shows that a ledger was changed outside the program; nothing when it was not.

    The journal is not read where its tables are not what they should be.
    """
    unlike = unlike_schema(ledger.connection)
    if unlike:
        yield f"台账的结构在程序之外被改动过：{_named(unlike)}。请保留这份台账，从改动以前的备份恢复。"
    if any(each.kind == "table" for each in unlike):
        yield "数据表不是本程序建立的样子，没有核对操作日志。"
        return
    if is_left_running(ledger.connection):
        yield "台账中留有不是本程序写的“正在进行的操作”标记（running 表）。请保留这份台账，从改动以前的备份恢复。"
    broken = broken_link(ledger)
    if broken is NO_OPERATION:
        yield "有记录不属于任何操作：台账在程序之外被改动过。请用备份核对。"
    elif broken is not None:
        yield f"操作 {broken.id}「{broken.label}」以后，台账在程序之外被改动过。请用备份核对。"


def _named(unlike: list[Unlike]) -> str:
    """Return by kind and what became of it which parts of the schema are not as they should be."""
    said = []
    for became, words in _BECAME.items():
        for kind in dict.fromkeys(each.kind for each in unlike):
            names = [each.name for each in unlike if (each.kind, each.what) == (kind, became)]
            if names:
                said.append(f"{words}{_KINDS.get(kind, kind)} {first_few(names)}")
    return "，".join(said)
