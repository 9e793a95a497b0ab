"""Every error a person meets says what to do."""

from __future__ import annotations

import ast
import errno
from pathlib import Path

from desktop.errors import AppError, reason_of

DESKTOP = Path(__file__).resolve().parents[1] / "desktop"


def test_the_text_of_an_error_is_a_whole_message() -> None:
    error = AppError("X", "无法写入", message="磁盘已满。", remedy="请清理磁盘。")
    assert str(error) == "无法写入：磁盘已满。请清理磁盘。"


def test_the_systems_reason_is_said_in_chinese() -> None:
    assert reason_of(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"
    assert reason_of(OSError(errno.EXDEV, "Invalid cross-device link")) == f"系统错误 {errno.EXDEV}"


def test_no_error_is_made_without_a_remedy() -> None:
    calls = [
        (path, node)
        for path in DESKTOP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "AppError"
    ]
    assert len(calls) > 10
    for path, call in calls:
        remedies = [word.value for word in call.keywords if word.arg == "remedy"]
        assert len(remedies) == 1, f"{path}:{call.lineno}"
        assert not (isinstance(remedies[0], ast.Constant) and not remedies[0].value), f"{path}:{call.lineno}"
