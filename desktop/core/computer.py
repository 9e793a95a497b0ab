"""A computer (计算机) that a unit owns or rents: the words for its kind and state."""

from __future__ import annotations

from enum import StrEnum


class ComputerKind(StrEnum):
    """The kind (类型) under which tables count a computer."""

    DESKTOP = "台式"
    PORTABLE = "便携"
    SERVER = "服务器"


class ComputerState(StrEnum):
    """The state (状态) of a computer; 闲置 and 报废 hold from its 停用日期 on."""

    IN_USE = "在用"
    IDLE = "闲置"
    SCRAPPED = "报废"
