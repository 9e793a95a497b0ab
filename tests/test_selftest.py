from __future__ import annotations

import pytest

from desktop.selftest import run_self_test


def test_the_self_test_finds_nothing_wrong() -> None:
    results = run_self_test()
    assert [result.name for result in results if not result.is_good] == []
    assert {"表样 T01", "表样 T02", "表样 T03", "操作日志与撤销"} <= {result.name for result in results}


def test_a_fault_is_shown_and_the_other_parts_still_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.selftest._imported", _raise)
    results = run_self_test()
    assert next(result.name for result in results if not result.is_good) == "导入示例工作簿"
    assert len(results) > 3


def _raise(*_: object) -> str:
    raise ValueError("坏了")
